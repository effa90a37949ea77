"""Naming one adult: who is asked and how the young person agreed; and what the professional answers."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.clocks.rules import today
from coordination.interface.fields import CleanCharField, DateField3
from coordination.interface.forms import Form
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios
from coordination.support.models import SaidHow


class NameForm(PostOnceForm):
    """Whom to ask, of the `compared` candidates, and the young person's agreement, asked for by one of `askers`, pairs
    of (membership, name) with the reader first."""

    find = CleanCharField(
        label=_("Somebody else of the area"),
        max_length=100,
        required=False,
        help_text=_("A part of the first or last name. Without one, all are listed."),
    )
    adult = forms.ChoiceField(
        label=_("Who is asked to be the one adult?"),
        widget=Radios,
        error_messages={"required": _("Choose who is asked.")},
    )
    agreed_how = forms.ChoiceField(
        label=_("How did the young person agree to this adult?"), choices=SaidHow.choices, widget=Radios
    )
    agreed_on = DateField3(label=_("When did the young person agree?"), past_only=True)
    asked_by = forms.ChoiceField(label=_("Who asked the young person?"))

    def __init__(self, *args, compared, askers, **kwargs):
        super().__init__(*args, **kwargs)
        self.compared = {str(one.membership.public_id): one for one in compared}
        self.askers = {str(membership.public_id): membership for membership, _name in askers}
        self.fields["adult"].choices = [(key, one.name) for key, one in self.compared.items()]
        self.fields["asked_by"].choices = [(str(membership.public_id), name) for membership, name in askers]
        self.fields["agreed_on"].initial = today

    def rows(self):
        """The candidates for the page, each with the option by which they are chosen."""
        for option, candidate in zip(self["adult"].options, self.compared.values(), strict=True):
            yield {"candidate": candidate, "option": option}

    def clean_adult(self):
        """The membership that is asked; whoever can't be asked is refused with the reason."""
        candidate = self.compared[self.cleaned_data["adult"]]
        if candidate.problem:
            raise forms.ValidationError(candidate.problem)
        return candidate.membership

    def clean_asked_by(self):
        """The membership that asked the young person."""
        return self.askers[self.cleaned_data["asked_by"]]

    def naming(self):
        """What the command wants."""
        return {name: self.cleaned_data[name] for name in ("adult", "agreed_how", "agreed_on", "asked_by", "token")}


class AnswerForm(Form):
    """Yes or no to being the one adult; a yes says that the job description was read, and which (`read`)."""

    YES, NO = "yes", "no"

    answer = forms.ChoiceField(choices=[(YES, YES), (NO, NO)], error_messages={"required": _("Answer yes or no.")})
    read = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000, required=False)
    accepts = forms.BooleanField(label=_("I have read the job description and work as it says"), required=False)

    def clean(self):
        """A yes needs the job description."""
        data = super().clean()
        if data.get("answer") == self.YES and not data.get("accepts"):
            self.add_error("accepts", gettext("Read the job description and tick this to say yes."))
        return data
