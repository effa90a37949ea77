"""What a reporter writes, and what the intake decides."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.fields import MunicipalityField
from coordination.assessments.models import Report
from coordination.clocks.rules import today
from coordination.interface.fields import CleanCharField, DateField3, PersonNameField, PhoneField
from coordination.interface.forms import Form
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios, Ticks

LONG, MIDDLE = 5000, 1000
Told = Report.FamilyTold


class ReportForm(PostOnceForm):
    """A contact or notification: who the child is, what it is about, and what the family knows."""

    first_name = PersonNameField(label=_("Child's first name"))
    last_name = PersonNameField(label=_("Child's last name"))
    birth_date = DateField3(label=_("Date of birth"), past_only=True)
    municipality = MunicipalityField(
        label=_("Municipality where the child lives"),
        required=False,
        help_text=_("If you know it. It decides who receives this."),
    )
    reach = CleanCharField(
        label=_("How the family is reached"),
        max_length=MIDDLE,
        multiline=True,
        required=False,
        help_text=_(
            "Guardians' names and telephones; where the child is now and with whom, and whether they are safe today;"
            " siblings, language, non-disclosure, who must not be rung."
        ),
    )
    matter = CleanCharField(
        label=_("What have you seen or heard, and when?"),
        max_length=LONG,
        multiline=True,
        help_text=_("What is needed to judge it, and nothing more. Say what you saw yourself and what others told."),
    )
    contact_ground = forms.ChoiceField(
        label=_("On what does the contact rest?"), choices=Report.ContactGround.choices, widget=Radios
    )
    present = forms.MultipleChoiceField(
        label=_("Who was there when you talked about your worry?"),
        choices=Report.Present.choices,
        widget=Ticks,
        required=False,
        help_text=_("Leave empty if you haven't talked about it."),
    )
    child_said = CleanCharField(
        label=_("What the child said, in the child's own words"), max_length=MIDDLE, multiline=True, required=False
    )
    family_told = forms.ChoiceField(
        label=_("Does the family know that you send this?"), choices=Told.choices, widget=Radios
    )
    not_yet = forms.ChoiceField(
        label=_("If not yet: on which ground?"), choices=Report.NotYet.choices, widget=Radios, required=False
    )
    family_told_why = CleanCharField(
        label=_("If the family doesn't know: why?"), max_length=MIDDLE, multiline=True, required=False
    )
    crime_suspected = forms.BooleanField(
        label=_("I suspect a sexual offence, or an offence against life or health, against the child"), required=False
    )

    reporter_phone = PhoneField(
        label=_("Your telephone"),
        required=False,
        help_text=_("So that social welfare can ask you more. It is kept with this only."),
    )

    def __init__(self, *args, kind, **kwargs):
        self.kind = kind
        super().__init__(*args, **kwargs)
        if kind != Report.Kind.CONTACT:
            del self.fields["contact_ground"]
        self.fields["not_yet"].shown_when = "family_told=not_yet"
        self.fields["family_told_why"].shown_when = "family_told=not_told"
        for name in ("not_yet", "family_told_why"):
            self.fields[name].needed_sometimes = True
        if kind == Report.Kind.JOINT:
            for name in ("family_told", "not_yet", "family_told_why"):
                del self.fields[name]
            self.fields["present"].required = True
            self.fields["present"].label = _("With whom do you make this?")
            self.fields["present"].help_text = ""

    def clean(self):
        """A joint contact is made with the child or a guardian; where the family doesn't know, it is said why."""
        typed = super().clean()
        if self.kind == Report.Kind.JOINT:
            if "present" in typed and not set(typed["present"]) - {Report.Present.SOMEBODY}:
                self.add_error("present", gettext("A joint contact is made with the child or with a guardian."))
            return typed | {"family_told": Told.TOLD}
        if typed.get("family_told") == Told.NOT_TOLD:
            self.demand("family_told_why", gettext("Say why the family doesn't know."))
        if typed.get("family_told") == Told.NOT_YET:
            self.demand("not_yet", gettext("Choose the ground on which the family isn't told yet."))
        if typed.get("family_told") != Told.NOT_YET:
            typed["not_yet"] = ""
        if typed.get("family_told") == Told.TOLD:
            typed["family_told_why"] = ""
        return typed


class OutsideForm(Form):
    """How and to whom a report went that couldn't be sent in the portal."""

    how = forms.ChoiceField(label=_("How did you send it?"), choices=Report.How.choices, widget=Radios)
    to = CleanCharField(
        label=_("Who received it?"),
        max_length=200,
        help_text=_("Name and place, such as the social emergency service."),
    )


class UrgencyForm(Form):
    """How urgent it is."""

    urgency = forms.ChoiceField(label=_("How urgent is it?"), choices=Report.Urgency.choices, widget=Radios)
    why = CleanCharField(label=_("Why?"), max_length=MIDDLE, multiline=True)


class DecisionForm(Form):
    """Whether the need for services is assessed."""

    ANSWERS = [("assess", _("yes, an assessment is made")), ("not", _("no, it is evidently unnecessary (SHL 36 §)"))]
    answer = forms.ChoiceField(label=_("Is the need for services assessed?"), choices=ANSWERS, widget=Radios)
    scope = forms.ChoiceField(
        label=_("If yes: for whom?"),
        choices=Report.Scope.choices,
        widget=Radios,
        required=False,
        help_text=_("By this the law's days differ (SHL 36 §)."),
    )
    why = CleanCharField(label=_("Why?"), max_length=MIDDLE, multiline=True, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scope"].shown_when = "answer=assess"
        for name in ("scope", "why"):
            self.fields[name].needed_sometimes = True

    def clean(self):
        """For whom where there is an assessment; why where there is none."""
        typed = super().clean()
        if typed.get("answer") == "assess":
            self.demand("scope", gettext("Choose for whom the assessment is made."))
        if typed.get("answer") == "not":
            self.demand("why", gettext("Say why an assessment is evidently unnecessary."))
        return typed


class FamilyForm(Form):
    """The day on which the family was told; or on which lawful ground they aren't yet."""

    ANSWERS = [("told", _("yes, they have been told")), ("not_yet", Told.NOT_YET.label)]
    answer = forms.ChoiceField(label=_("Has the family been told?"), choices=ANSWERS, widget=Radios)
    on = DateField3(label=_("When was the family told?"), past_only=True, required=False)
    ground = forms.ChoiceField(
        label=_("On which ground not yet?"), choices=Report.NotYet.choices, widget=Radios, required=False
    )
    why = CleanCharField(
        label=_("Why?"),
        max_length=MIDDLE,
        multiline=True,
        required=False,
        help_text=_("The family is told as soon as the ground is gone. The day for it goes on."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        self.fields["on"].shown_when = "answer=told"
        for name in ("ground", "why"):
            self.fields[name].shown_when = "answer=not_yet"
        for name in ("on", "ground", "why"):
            self.fields[name].needed_sometimes = True

    def clean(self):
        """The day where they have been told; the ground and why where they haven't."""
        typed = super().clean()
        if typed.get("answer") == "told":
            self.demand("on", gettext("Enter the day on which the family was told."))
        if typed.get("answer") == "not_yet":
            self.demand("ground", gettext("Choose the ground on which the family isn't told yet."))
            self.demand("why", gettext("Say why the family isn't told yet."))
        return typed


class WhyLateForm(Form):
    """Why a day was missed."""

    why = CleanCharField(label=_("Why was it missed?"), max_length=MIDDLE, multiline=True)
