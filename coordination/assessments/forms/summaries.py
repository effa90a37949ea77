"""What the worker writes into the summary, signs, and says when it is opened again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.agencies.rules import NotNow
from coordination.assessments.forms.marked import VersionForm
from coordination.assessments.forms.plans import not_past
from coordination.assessments.forms.reports import LONG, MIDDLE
from coordination.assessments.models import Summary
from coordination.assessments.planning import check_agrees
from coordination.interface.fields import CleanCharField, DateField3
from coordination.interface.forms import Form
from coordination.interface.marked import MarkedForm
from coordination.interface.widgets import Radios, Ticks

YES_NO = [("yes", _("yes")), ("no", _("no"))]
# In the order of the page; the readers come from the participants.
COLUMNS = (
    *("conclusions", "need_lasts", "rights_told_on", "child_protection", "child_protection_why", "services"),
    *("own_worker", "outcome", "outcome_why", "follow_up_on"),
)


def _yes_no(label):
    return forms.TypedChoiceField(
        label=label, choices=YES_NO, coerce=lambda value: value == "yes", empty_value=None, widget=Radios
    )


class SummaryForm(VersionForm):
    """A version of the summary; `readers` are pairs of (participant, name), `last` is the version before."""

    conclusions = CleanCharField(label=_("Conclusions"), max_length=LONG, multiline=True)
    need_lasts = forms.ChoiceField(
        label=_("How long is the need for support?"), choices=Summary.NeedLasts.choices, widget=Radios
    )
    rights_told_on = DateField3(
        label=_("When were rights and alternatives explained?"),
        past_only=True,
        required=False,
        help_text=_("To the child and the guardians (SHL 36 §). Needed before it is signed."),
    )
    child_protection = _yes_no(_("Does the child need child protection?"))
    child_protection_why = CleanCharField(label=_("Why, or why not?"), max_length=MIDDLE, multiline=True)
    services = CleanCharField(label=_("Services proposed"), max_length=MIDDLE, multiline=True, required=False)
    own_worker = _yes_no(_("Does the child need an own worker?"))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Summary.Outcome.choices, widget=Radios)
    outcome_why = CleanCharField(label=_("Reasons of the outcome"), max_length=MIDDLE, multiline=True)
    follow_up_on = DateField3(label=_("When is it looked at again?"), required=False)
    readers = forms.MultipleChoiceField(
        label=_("Who else reads the summary and the whole plan?"),
        widget=Ticks,
        required=False,
        help_text=_("Once it is signed. Everybody else reads only what they do themselves."),
    )

    def __init__(self, *args, readers, last, **kwargs):
        self.last = last
        self.participants = {str(one.public_id): one for one, _name in readers}
        initial = {name: getattr(last, name) for name in COLUMNS} if last else {}
        for name in ("child_protection", "own_worker"):
            if name in initial:
                initial[name] = "yes" if initial[name] else "no"
        if last:
            initial["readers"] = [str(one.public_id) for one in last.readers.all()]
        super().__init__(*args, initial=initial, latest=last, **kwargs)
        self.fields["rights_told_on"].needed_sometimes = True
        self.fields["readers"].choices = [(str(one.public_id), name) for one, name in readers]
        self.fields["readers"].error_messages["invalid_choice"] = _(
            "Somebody whom you chose takes part no more. Choose again."
        )
        if not readers:
            del self.fields["readers"]

    def clean_follow_up_on(self):
        """A new day hasn't passed."""
        day = self.cleaned_data["follow_up_on"]
        return day and not_past(day, was=self.last and self.last.follow_up_on)

    def clean(self):
        """Child protection is the outcome only where it is the need."""
        typed = super().clean()
        if "child_protection" in typed and "outcome" in typed:
            try:
                check_agrees(typed["outcome"], child_protection=typed["child_protection"])
            except NotNow as refusal:
                self.add_error("outcome", refusal.sentence)
        return typed

    def summary(self):
        """What the command wants to know."""
        chosen = self.cleaned_data.get("readers", [])
        return {name: self.cleaned_data[name] for name in ("number", *COLUMNS)} | {
            "readers": [self.participants[one] for one in chosen]
        }


class SignForm(MarkedForm):
    """Signing, and once more where parts are `missing`."""

    although = forms.BooleanField(label=_("I sign although these parts are missing"))

    def __init__(self, *args, missing, **kwargs):
        super().__init__(*args, **kwargs)
        if not missing:
            del self.fields["although"]


class ReopenForm(Form):
    """Why a signed assessment is opened again."""

    why = CleanCharField(label=_("Why is it opened again?"), max_length=MIDDLE, multiline=True)
