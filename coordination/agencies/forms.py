"""Choosing for whom one acts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import Radios
from coordination.interface.forms import Form


class ChooseForm(Form):
    """One of the reader's own open memberships."""

    membership = forms.ChoiceField(
        label=_("Whom do you act for now?"),
        widget=Radios,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )
    next = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(self, *args, memberships, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["membership"].choices = [
            (str(one.public_id), f"{one.agency.name} – {one.get_role_display()}") for one in memberships
        ]
