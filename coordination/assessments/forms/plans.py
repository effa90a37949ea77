"""Goals of the joint plan, who does what by when, and how the young person agreed to one adult."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.rules import NotNow
from coordination.assessments.forms.reports import MIDDLE
from coordination.assessments.models import PlanAction
from coordination.assessments.planning import check_due
from coordination.clocks.rules import today
from coordination.interface.fields import CleanCharField, DateField3
from coordination.interface.forms import Form
from coordination.interface.marked import MarkedForm
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios
from coordination.support.models import SaidHow

SOMEBODY, NONE = "somebody", "none"
Kind = PlanAction.Kind


class GoalForm(PostOnceForm):
    """A goal."""

    words = CleanCharField(label=_("The goal, in the child's own words"), max_length=MIDDLE, multiline=True)


class ChangeGoalForm(MarkedForm):
    """A goal in other words."""

    words = CleanCharField(label=_("The goal, in the child's own words"), max_length=MIDDLE, multiline=True)


def not_past(day, *, was):
    """The day as it was typed; a new one that has passed is an error of its field."""
    try:
        check_due(day, was=was)
    except NotNow as refusal:
        raise forms.ValidationError(refusal.sentence) from None
    return day


def _in_two_years():
    return today() + timedelta(days=731)


class _Action(Form):
    """`goals`, pairs of (membership, name) as `people`, the `directory` of services and needs, and the `action` where
    there is one."""

    goal = forms.ChoiceField(label=_("For which goal?"), required=False)
    kind = forms.ChoiceField(label=_("What kind of thing is it?"), choices=Kind.choices, widget=Radios)
    service = forms.ChoiceField(label=_("Which service begins?"), required=False)
    unmet = forms.ChoiceField(
        label=_("Which need does no service answer?"),
        required=False,
        help_text=_("Counted without anybody's name once it is signed: so it is seen which services are missing."),
    )
    what = CleanCharField(label=_("What is done?"), max_length=MIDDLE, multiline=True)
    responsible = forms.ChoiceField(label=_("Who is responsible?"), widget=Radios)
    responsible_name = CleanCharField(
        label=_("Who?"),
        max_length=100,
        required=False,
        help_text=_("Everybody who reads the plan sees this. Mostly the part is enough, such as “mother”."),
    )
    due_on = DateField3(label=_("By when?"), not_after=_in_two_years)

    def __init__(self, *args, goals, people, directory, action=None, **kwargs):
        self.action = action
        self.goals = {str(one.public_id): one for one in goals}
        self.people = {str(one.public_id): one for one, _name in people}
        self.services = {str(one.public_id): one for one in directory.services}
        self.needs = {one.code: one for one in directory.needs}
        super().__init__(*args, initial=_initial(action) if action else None, **kwargs)
        if action and action.service:
            self.services.setdefault(str(action.service.public_id), action.service)
        if action and action.unmet:
            self.needs.setdefault(action.unmet.code, action.unmet)
        choose = ("", _("Choose"))
        words = [(key, _shortened(one.words)) for key, one in self.goals.items()]
        services = [(key, one.name) for key, one in self.services.items()]
        no_service = (NONE, _("no service answers this need"))
        self.fields["goal"].choices = [("", _("not for one goal alone")), *words]
        if len(words) == 1:
            self.fields["goal"].initial = words[0][0]
        self.fields["service"].choices = [choose, *services, no_service]
        self.fields["unmet"].choices = [choose, *((code, one.name) for code, one in self.needs.items())]
        names = [(str(one.public_id), name) for one, name in people]
        self.fields["responsible"].choices = [*names, (SOMEBODY, _("somebody without an account"))]
        for name, when in (("service", f"kind={Kind.SERVICE}"), ("unmet", f"service={NONE}")):
            self.fields[name].shown_when, self.fields[name].needed_sometimes = when, True
        self.fields["responsible_name"].shown_when = f"responsible={SOMEBODY}"
        self.fields["responsible_name"].needed_sometimes = True
        gone = _("One of these can't be chosen any more. Choose again.")
        for name in ("goal", "service", "unmet", "responsible"):
            self.fields[name].error_messages["invalid_choice"] = gone

    def clean_due_on(self):
        """A new day hasn't passed."""
        return not_past(self.cleaned_data["due_on"], was=self.action and self.action.due_on)

    def clean(self):
        """A beginning service is chosen or missing; somebody without an account has a name."""
        typed = super().clean()
        if typed.get("kind") == Kind.SERVICE:
            self.demand("service", gettext("Choose the service, or that there is none."))
            if typed.get("service") == NONE:
                self.demand("unmet", gettext("Choose the need."))
        if typed.get("responsible") == SOMEBODY:
            self.demand("responsible_name", gettext("Write who it is."))
        return typed

    def columns(self):
        """What the command wants to know."""
        typed = self.cleaned_data
        is_service, has_none = typed["kind"] == Kind.SERVICE, typed["service"] == NONE
        is_somebody = typed["responsible"] == SOMEBODY
        return {
            "goal": self.goals.get(typed["goal"]),
            "kind": typed["kind"],
            "service": self.services.get(typed["service"]) if is_service else None,
            "unmet": self.needs.get(typed["unmet"]) if is_service and has_none else None,
            "what": typed["what"],
            "responsible": self.people.get(typed["responsible"]),
            "responsible_name": typed["responsible_name"] if is_somebody else "",
            "due_on": typed["due_on"],
        }


class ActionForm(_Action, PostOnceForm):
    """A new action."""


class ChangeActionForm(_Action, MarkedForm):
    """An action as it stands."""


def _shortened(words):
    return words if len(words) <= 80 else f"{words[:79]}…"


def _initial(action):
    return {
        "goal": str(action.goal.public_id) if action.goal else "",
        "kind": action.kind,
        "service": str(action.service.public_id) if action.service else NONE if action.unmet else "",
        "unmet": action.unmet.code if action.unmet else "",
        "what": action.what,
        "responsible": str(action.responsible.public_id) if action.responsible else SOMEBODY,
        "responsible_name": action.responsible_name,
        "due_on": action.due_on,
    }


class AskForAdultForm(Form):
    """How and when the young person agreed that the coordinators are asked."""

    agreed_how = forms.ChoiceField(label=_("How did the young person agree?"), choices=SaidHow.choices, widget=Radios)
    agreed_on = DateField3(label=_("When did the young person agree?"), past_only=True)
