"""Beginning a schedule, its first day, whom it is handed to, and how it ended."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.clocks.rules import today
from coordination.interface.fields import DateField3
from coordination.interface.forms import Form
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios
from pilots.schedules import rules
from pilots.schedules.models import Enrolment

Ending = Enrolment.Ending
_OF_THESE = {"invalid_choice": _("Choose one of these.")}


def first_day_field(**more):
    """The day from which the others are counted."""
    return DateField3(
        label=_("First day"),
        help_text=_("The day of the placement, or on which the young person came along."),
        past_only=True,
        not_before=rules.earliest_day,
        too_early=_("The first day can lie a year back at most."),
        **more,
    )


class BeginForm(PostOnceForm):
    """Which schedule, from which day on. What comes of it is shown once before it is begun: `seen` says of what."""

    schedule = forms.ChoiceField(label=_("Which schedule?"), widget=Radios, error_messages=_OF_THESE)
    first_day = first_day_field(initial=today)
    pilot = forms.ChoiceField(
        label=_("Does it belong to a pilot?"),
        required=False,
        error_messages=_OF_THESE,
        help_text=_("Then it is counted, without anybody in it, in the figures of that pilot."),
    )
    seen = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, schedules, pilots, **kwargs):
        super().__init__(*args, **kwargs)
        self.schedules = {str(one.public_id): one for one in schedules}
        field = self.fields["schedule"]
        field.choices = [(key, one.name) for key, one in self.schedules.items()]
        field.initial = next(iter(self.schedules)) if len(self.schedules) == 1 else None
        self.pilots = {str(pilot.public_id): pilot for pilot, _name in pilots}
        self.fields["pilot"].choices = [("", _("to none")), *((str(one.public_id), name) for one, name in pilots)]
        if not pilots:
            del self.fields["pilot"]

    def typed(self):
        """What `begin` wants to know."""
        said = self.cleaned_data
        return {
            "schedule": self.schedules[said["schedule"]],
            "first_day": said["first_day"],
            "pilot": self.pilots.get(said.get("pilot")),
            "token": said["token"],
        }

    def was_seen(self):
        """Whether what comes of these very words was shown; from now on it has been."""
        key = f"{self.cleaned_data['schedule']} {self.cleaned_data['first_day']}"
        was = self.cleaned_data["seen"] == key
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = key
        return was


class FirstDayForm(Form):
    """The first day was another one."""

    first_day = first_day_field()


class HandOverForm(Form):
    """Who does from now on what is due."""

    to = forms.ChoiceField(label=_("Who does it from now on?"), widget=Radios, error_messages=_OF_THESE)

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = {str(membership.public_id): membership for membership, _name in found}
        self.fields["to"].choices = [(str(membership.public_id), name) for membership, name in found]

    def chosen(self):
        """The membership."""
        return self.members[self.cleaned_data["to"]]


class EndForm(Form):
    """How it ended, and when."""

    ending = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[(one.value, one.label) for one in (Ending.DONE, Ending.STOPPED, Ending.MOVED)],
        widget=Radios,
        error_messages=_OF_THESE,
    )
    on = DateField3(label=_("On which day did it end?"), past_only=True, initial=today)
