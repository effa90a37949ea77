"""Who answers for an assessment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.assessments.queries.rooms import colleagues
from coordination.interface.forms import Form
from coordination.interface.widgets import Radios


class WorkerForm(Form):
    """The colleague who answers for it from now on."""

    colleague = forms.ModelChoiceField(
        label=_("Who answers for it from now on?"), queryset=None, widget=Radios, empty_label=None
    )

    def __init__(self, *args, room, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["colleague"]
        field.queryset = colleagues(room)
        field.label_from_instance = lambda membership: membership.user.get_full_name()
