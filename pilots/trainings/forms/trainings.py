"""What a training says of itself, and when it is held."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import User
from coordination.agencies.rules import shown_adult
from coordination.interface.fields import CleanCharField, WebsiteField
from coordination.interface.forms import Form
from coordination.interface.marked import NumberedForm
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios
from coordination.meetings.forms import TimeField
from pilots.registry.queries.texts import text_of
from pilots.trainings import rules
from pilots.trainings.forms.fields import ComingDayField
from pilots.trainings.models import TrainingEvent
from pilots.trainings.models.trainings import LANGUAGES
from pilots.trainings.queries.trainings import able_to_lead, pilots_for

_OF_THESE = {"invalid_choice": _("Choose one of these.")}
_NUMBER = {"inputmode": "numeric", "class": "govuk-input--width-3"}
_TEXTS = (
    ("title", _("Title"), 200, False),
    ("about", _("What is done there"), 2000, True),
    ("for_whom", _("For whom"), 300, False),
)
_IN_NUMBERS = _("Write it in numbers, from 1 to 500.")


class FactsForm(Form):
    """A training. `by` is who makes or changes it: who looks after those of the area says more. `training` is None for
    a new one."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=TrainingEvent.Kind.choices, widget=Radios, error_messages=_OF_THESE
    )
    language = forms.ChoiceField(
        label=_("In which language is it held?"), choices=User.Language.choices, error_messages=_OF_THESE
    )
    place = CleanCharField(label=_("Place"), max_length=200, required=False)
    video_link = WebsiteField(
        label=_("Address of the video meeting"),
        max_length=500,
        required=False,
        help_text=_("Only those who have a place see it."),
    )
    places = forms.IntegerField(
        label=_("How many places are there?"),
        min_value=1,
        max_value=500,
        required=False,
        help_text=_("Empty: there is no limit."),
        widget=forms.TextInput(attrs=_NUMBER),
        error_messages={"invalid": _IN_NUMBERS, "min_value": _IN_NUMBERS, "max_value": _IN_NUMBERS},
    )
    closes_on = ComingDayField(
        label=_("Last day to sign up"), required=False, help_text=_("Empty: until the last time begins.")
    )
    open_to_all = forms.BooleanField(label=_("Professionals of other areas can come, too"), required=False)
    gives_right = forms.BooleanField(
        label=_("Its certificate gives the right to flag"),
        required=False,
        help_text=_("Only for the flag model's own training, for professionals of this area."),
    )
    leader = forms.ChoiceField(
        label=_("Who leads it?"), error_messages={"invalid_choice": _("Choose one of these people.")}
    )
    pilot = forms.ChoiceField(
        label=_("Does it belong to a pilot?"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the pilots.")},
    )

    def __init__(self, *args, by, training=None, **kwargs):
        self.area = training.area if training else by.area
        kwargs["initial"] = _initial(by, training) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            for name, label, longest, multiline in _TEXTS:
                field = CleanCharField(label=label, max_length=longest, multiline=multiline, required=False)
                # In one language there must be a title and a description.
                field.needed_sometimes = name != "for_whom"
                self.fields[f"{name}_{language}"] = field
        self._let_choose(by, training)

    def _let_choose(self, by, training):
        self.pilots = {str(one.public_id): one for one in pilots_for(self.area)}
        self.fields["pilot"].choices = [
            ("", _("no")),
            *((key, text_of(one).name) for key, one in self.pilots.items()),
        ]
        if not rules.looks_after(by, self.area.pk):
            del self.fields["leader"], self.fields["gives_right"]
            return
        self.leaders = {str(one.public_id): one for one in able_to_lead(self.area)}
        shown = {key: shown_adult(one, by, about=None) for key, one in self.leaders.items()}
        named = [(key, f"{one.name}, {one.agency}") for key, one in shown.items() if one.name]
        self.fields["leader"].choices = [("", _("Choose")), *named]

    def languages(self, first):
        """The fields of each language, the reader's `first`, and whether anything is written in it."""
        for language in sorted(LANGUAGES, key=lambda one: one != first):
            fields = [self[f"{name}_{language}"] for name, *_rest in _TEXTS]
            yield {
                "code": language,
                "name": User.Language(language).label,
                "fields": fields,
                "is_first": language == first,
                "is_written": any(field.value() or field.errors for field in fields),
            }

    def clean(self):
        """What is written in a language has both title and description there; a right to flag comes from a training."""
        typed = super().clean()
        for language in LANGUAGES:
            if any(typed.get(f"{name}_{language}") for name, *_rest in _TEXTS):
                self.demand(f"title_{language}", gettext("Write the title in this language, too."))
                self.demand(f"about_{language}", gettext("Describe it in this language, too."))
        if typed.get("gives_right") and (typed.get("kind") != TrainingEvent.Kind.TRAINING or typed.get("open_to_all")):
            self.add_error("gives_right", gettext("Only a training for the own area gives the right to flag."))
        return typed

    def facts(self):
        """What the commands keep."""
        typed = self.cleaned_data
        names = ("kind", "language", "place", "video_link", "places", "closes_on", "open_to_all")
        found = {name: typed[name] for name in names}
        found |= {f"{name}_{code}": typed[f"{name}_{code}"] for code in LANGUAGES for name, *_rest in _TEXTS}
        found["pilot"] = self.pilots.get(typed["pilot"])
        if "leader" in self.fields:
            found |= {"leader": self.leaders[typed["leader"]], "gives_right": typed["gives_right"]}
        return found


def _initial(by, training):
    if training is None:
        return {"leader": str(by.public_id), "language": by.user.language}
    names = [field.name for field in TrainingEvent._meta.fields if field.name in FactsForm.base_fields]
    found = {name: getattr(training, name) for name in names}
    found |= {f"{name}_{code}": getattr(training, f"{name}_{code}") for code in LANGUAGES for name, *_rest in _TEXTS}
    found["leader"] = str(training.leader.public_id) if training.leader else ""
    found["pilot"] = str(training.pilot.public_id) if training.pilot else ""
    return found


class TimesForm(Form):
    """A day, and from when to when."""

    day = ComingDayField(label=_("Day"))
    begins = TimeField(label=_("Begins at"), help_text=_("For example 9.15"))
    ends = TimeField(label=_("Ends at"))

    def clean(self):
        """It ends after it begins."""
        typed = super().clean()
        if typed.get("begins") and typed.get("ends") and typed["ends"] <= typed["begins"]:
            self.add_error("ends", gettext("It can't end before it begins."))
        return typed

    def moments(self, *, every_weeks=0, times=1):
        """(begins, ends) of each time."""
        typed = self.cleaned_data
        return rules.repeated(typed["day"], typed["begins"], typed["ends"], every_weeks=every_weeks, times=times)


class NewTrainingForm(FactsForm, TimesForm, PostOnceForm):
    """A new training with its first time, and again by a rule."""

    every_weeks = forms.TypedChoiceField(
        label=_("Is it held again?"),
        choices=[
            (0, _("no, once")),
            (1, _("every week")),
            (2, _("every other week")),
            (3, _("every third week")),
            (4, _("every fourth week")),
        ],
        coerce=int,
        initial=0,
        error_messages=_OF_THESE,
    )
    times = forms.IntegerField(
        label=_("How many times in all?"),
        min_value=2,
        max_value=rules.MOST_OCCASIONS,
        required=False,
        help_text=_("Each can be changed or called off afterwards."),
        widget=forms.TextInput(attrs=_NUMBER),
    )

    def clean(self):
        """What is held again says how often."""
        typed = super().clean()
        if typed.get("every_weeks"):
            self.demand("times", gettext("Say how many times, from 2 to 60."))
        return typed

    def made(self):
        """What `make_training` wants to know."""
        weeks = self.cleaned_data["every_weeks"]
        times = self.cleaned_data["times"] if weeks else 1
        return self.facts() | {
            "times": self.moments(every_weeks=weeks, times=times),
            "token": self.cleaned_data["token"],
        }


class ChangeTrainingForm(NumberedForm, FactsForm):
    """A training that is there."""

    def __init__(self, *args, training, by, **kwargs):
        super().__init__(*args, stands=training.number, training=training, by=by, **kwargs)
        # What has gone by may stay.
        self.fields["closes_on"].future_only = False


class _PlacedForm(TimesForm):
    """A time, at a place of its own where it has one."""

    place = CleanCharField(
        label=_("Another place than usual"), max_length=200, required=False, help_text=_("Empty: the usual one.")
    )

    def occasion(self):
        """What the commands keep."""
        ((starts_at, ends_at),) = self.moments()
        return {"starts_at": starts_at, "ends_at": ends_at, "place": self.cleaned_data["place"]}


class OccasionForm(_PlacedForm, PostOnceForm):
    """One time more."""


class ChangeOccasionForm(NumberedForm, _PlacedForm):
    """A time that is there. `local` are its beginning and end by the clock here."""

    def __init__(self, *args, occasion, local, **kwargs):
        starts_at, ends_at = local
        initial = {"day": starts_at.date(), "begins": starts_at.time(), "ends": ends_at.time(), "place": occasion.place}
        super().__init__(*args, stands=occasion.sequence, initial=initial, **kwargs)
