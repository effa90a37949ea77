"""What the young person forbids an adult."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.follow_ups import rules
from coordination.interface.forms import Form
from coordination.interface.widgets import Radios
from coordination.people.models import Refusal

SaidBy = Refusal.SaidBy


class RefuseForm(Form):
    """Whose flag is forbidden, and who said so. `adults` are (row, name as the reader may see it)."""

    refused = forms.ChoiceField(label=_("Whose flag does the young person forbid?"), widget=Radios)
    refused_by = forms.ChoiceField(label=_("Who said so?"), choices=SaidBy.choices, widget=Radios)

    def __init__(self, *args, follow_up, adults, **kwargs):
        self.adults = {str(adult.public_id): adult for adult, _name in adults}
        super().__init__(*args, auto_id="refuse_%s", **kwargs)
        self.fields["refused"].choices = [(str(adult.public_id), name) for adult, name in adults]
        if not rules.guardians_are_heard(follow_up):
            self.fields["refused_by"].choices = [(SaidBy.YOUNG_PERSON, _("the young person"))]

    @property
    def adult(self):
        """The row of the adult who was chosen."""
        return self.adults[self.cleaned_data["refused"]]
