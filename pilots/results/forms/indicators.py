"""What is followed, and its numbers by period."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import CleanCharField
from coordination.interface.marked import NumberedForm
from coordination.interface.widgets import Radios
from pilots.registry.forms.facts import DayField
from pilots.registry.forms.parts import NamedForm
from pilots.results import rules
from pilots.results.forms.fields import NumberField, refuse, refuse_misfits
from pilots.results.models import Indicator
from pilots.results.models.indicators import BY_HAND, Period, Unit
from pilots.results.queries import words
from pilots.results.queries.counted import SOURCES

_OF_THESE = {"invalid_choice": _("Choose one of these.")}
_TYPED = f"source={BY_HAND}"
_NAMES = ("name_fi", "name_sv", "name_en")
_COLUMNS = (*_NAMES, "source", "unit", "period", "better")
_NUMBERS = ("baseline", "baseline_on", "baseline_note", "target", "target_on")


class IndicatorForm(NumberedForm, NamedForm):
    """One indicator; a new one without `indicator`. Unit and period of what the portal counts follow by themselves."""

    source = forms.ChoiceField(label=_("Where do the numbers come from?"), error_messages=_OF_THESE)
    unit = forms.ChoiceField(label=_("What is the number of?"), choices=Unit.choices, error_messages=_OF_THESE)
    period = forms.ChoiceField(
        label=_("How often is there a number?"), choices=Period.choices, error_messages=_OF_THESE
    )
    better = forms.ChoiceField(
        label=_("Which way is better?"), choices=Indicator.Better.choices, widget=Radios, error_messages=_OF_THESE
    )
    baseline = NumberField(
        label=_("Baseline"), help_text=_("How it was before the pilot. A comma or a point before one decimal.")
    )
    baseline_on = DayField(label=_("When was the baseline measured?"), required=False, past_only=True)
    baseline_note = CleanCharField(
        label=_("Where does the baseline come from?"),
        max_length=200,
        required=False,
        help_text=_("Such as the school's register of absences."),
    )
    target = NumberField(label=_("Target"))
    target_on = DayField(label=_("By when is the target to be reached?"), required=False)
    field_order = ["token", "number", "name_fi", "source", "unit", "period", "better", *_NUMBERS, *_NAMES[1:]]

    def __init__(self, *args, indicator=None, **kwargs):
        names = (*_COLUMNS, *_NUMBERS)
        start = {"unit": Unit.NUMBER, "period": Period.HALF_YEAR, "source": BY_HAND}
        initial = {name: getattr(indicator, name) for name in names} if indicator else start
        super().__init__(*args, stands=indicator.number if indicator else 0, initial=initial, **kwargs)
        self.fields["name_fi"].label = _("What is followed?")
        self.fields["source"].choices = [
            (BY_HAND, _("typed by hand")),
            *((code, source.label) for code, source in SOURCES.items()),
        ]
        for name in ("unit", "period"):
            self.fields[name].shown_when = _TYPED

    def clean(self):
        """Numbers are of their unit, stand where something is said of them, and lead from the baseline to the
        target."""
        typed = super().clean()
        source = SOURCES.get(typed.get("source"))
        refuse_misfits(self, source.unit if source else typed.get("unit"), "baseline", "target")
        if typed.get("baseline_on") or typed.get("baseline_note"):
            self._demand_number("baseline", gettext("Write the number of the baseline, too."))
        if typed.get("target_on"):
            self._demand_number("target", gettext("Write the number of the target, too."))
            if typed.get("baseline_on") and typed["target_on"] <= typed["baseline_on"]:
                self.add_error("target_on", gettext("The day of the target comes after that of the baseline."))
        if typed.get("better"):
            way = {name: typed.get(name) for name in ("better", "baseline", "target")}
            refuse(self, "target", rules.check_way, Indicator(**way))
        return typed

    def _demand_number(self, name, sentence):
        # Nought is a number, too, so that `demand` would ask for it again.
        if self.cleaned_data.get(name) is None and name not in self.errors:
            self.add_error(name, sentence)

    def columns(self):
        """What the commands keep of the indicator."""
        return {name: self.cleaned_data[name] for name in (*_COLUMNS, *_NUMBERS)}


class ValuesForm(NumberedForm):
    """A number and a note of each of these periods, given by their first days; the values that are there stand in
    them."""

    def __init__(self, *args, indicator, periods, **kwargs):
        super().__init__(*args, stands=indicator.number, **kwargs)
        self.unit, self.periods = indicator.unit, periods
        there = {one.starts_on: one for one in indicator.values.all()}
        for first in periods:
            when, value = words.period(indicator.period, first), there.get(first)
            self.fields[_value(first)] = NumberField(label=capfirst(when), initial=value and value.value)
            self.fields[_note(first)] = CleanCharField(
                label=_("Note, %(period)s") % {"period": when},
                max_length=300,
                required=False,
                initial=value.note if value else "",
            )
            self.fields[_value(first)].needed_sometimes = self.fields[_note(first)].needed_sometimes = True

    def clean(self):
        """Numbers are of the unit, and notes have one."""
        typed = super().clean()
        refuse_misfits(self, self.unit, *map(_value, self.periods))
        for value, note in ((_value(first), _note(first)) for first in self.periods):
            refuse(self, value, rules.check_said, typed.get(value), typed.get(note))
        return typed

    def rows(self):
        """(first day, the box for its number, the box for its note)."""
        return [(first, self[_value(first)], self[_note(first)]) for first in self.periods]

    def values(self):
        """What `save_values` keeps."""
        typed = self.cleaned_data
        return {first: (typed[_value(first)], typed[_note(first)]) for first in self.periods}


def _value(first):
    return f"value_{first:%Y_%m}"


def _note(first):
    return f"note_{first:%Y_%m}"
