"""Who stands in for the adult, and until when."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coordination.follow_ups.forms import MemberByEmailForm
from coordination.interface.fields import DateField3
from coordination.interface.forms import Form
from coordination.interface.widgets import Radios

SOMEBODY_ELSE = "else"


class SubstituteForm(Form):
    """One of those who take part, or somebody else of the area by their work e-mail. `candidates` are those whom
    `queries.candidates.compared` gives."""

    who = forms.ChoiceField(label=_("Who stands in?"), widget=Radios)
    email = forms.EmailField(
        label=_("Somebody else's work e-mail"),
        max_length=254,
        required=False,
        help_text=_("Only where you chose somebody else."),
    )
    until = DateField3(label=_("Until when?"), future_only=True, help_text=_("The last day of standing in."))
    agreed = forms.BooleanField(label=_("The young person has said yes to this substitute"))

    def __init__(self, *args, candidates, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.areas = areas
        self.known = {str(one.membership.public_id): one.membership for one in candidates if not one.problem}
        who = [(str(one.membership.public_id), one.name) for one in candidates if not one.problem]
        self.fields["who"].choices = [*who, (SOMEBODY_ELSE, _("somebody else"))]
        self.fields["who"].widget.hints = {
            str(one.membership.public_id): ", ".join(part for part in (one.agency, one.job_title) if part)
            for one in candidates
        }

    def clean(self):
        """The membership that was chosen."""
        data = super().clean()
        self.membership = self.known.get(data.get("who"))
        if data.get("who") == SOMEBODY_ELSE and "email" not in self.errors:
            found = MemberByEmailForm({"email": data.get("email")}, areas=self.areas)
            if found.is_valid():
                self.membership = found.membership
            else:
                self.add_error("email", ValidationError(found.errors["email"].as_data()))
        return data
