"""The indicators of a pilot as pages show them: baseline, target, values by period, and how each stands."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import ceil

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.clocks.rules import today
from coordination.interface.charts import Chart, Level, scores
from pilots.registry.queries.editing import pilot_or_404
from pilots.results import rules
from pilots.results.models import EvaluationRow, Indicator
from pilots.results.models.indicators import Unit
from pilots.results.queries import words
from pilots.results.queries.counted import SOURCES, Counts
from pilots.results.states import Standing

COLOURS = {
    Standing.REACHED: "green",
    Standing.ON_WAY: "blue",
    Standing.BEHIND: "yellow",
    Standing.FURTHER: "red",
}


@dataclass(frozen=True)
class Value:
    """What is told of one period: a `number`, or only a `text` in its place. `so_far`: the period isn't over."""

    starts_on: date
    when: str
    text: str
    number: Decimal | int | None
    note: str = ""
    so_far: bool = False


@dataclass(frozen=True)
class Followed:
    """One indicator with its values in their order, and the one by which it is judged: the latest of a period that is
    over, where there is such. `row` is it in one line."""

    indicator: Indicator
    values: list[Value]
    latest: Value | None
    row: EvaluationRow
    chart: Chart | None = None

    @property
    def source(self):
        """What the portal counts for it; None where the numbers are typed."""
        return SOURCES.get(self.indicator.source)

    @property
    def has_notes(self):
        """Whether anything is noted beside a value."""
        return any(value.note for value in self.values)


@dataclass(frozen=True)
class ShownRow:
    """One line of indicators in words."""

    name: str
    baseline: str
    target: str
    latest: str
    when: str
    standing: str
    colour: str
    anchor: str = ""


@dataclass(frozen=True)
class Results:
    """Everything that is followed and counted of a pilot."""

    followed: list[Followed]
    counts: Counts

    @property
    def rows(self):
        """Every indicator in one line."""
        return [shown(one.row) for one in self.followed]


def pilot_with_results_or_404(public_id):
    """A pilot of an area, for whoever is signed in; those that come with the portal have no results."""
    found = pilot_or_404(public_id)
    if found.area_id is None:
        raise Http404
    return found


def indicator_or_404(pilot, public_id):
    """One of the pilot's indicators."""
    return get_object_or_404(Indicator, pilot=pilot, public_id=public_id)


def indicators_of(pilot):
    """The pilot's indicators, those that aren't followed any more last."""
    found = Indicator.objects.filter(pilot=pilot).prefetch_related("values")
    return sorted(found, key=lambda one: (one.closed_on is not None, one.order, one.pk))


def results_of(pilot, *, charts=False):
    """Everything of this pilot; the same statements however many indicators there are."""
    counts = Counts(pilot)
    found = [_followed(place, one, counts) for place, one in enumerate(indicators_of(pilot))]
    return Results([replace(one, chart=_chart(one)) for one in found] if charts else found, counts)


def _followed(place, indicator, counts):
    values = typed_values(indicator) if indicator.is_by_hand else _counted(indicator, counts)
    latest = _latest(values)
    return Followed(indicator, values, latest, _row(place, indicator, latest, counts.pilot))


def typed_values(indicator):
    """What was typed of each period, in their order."""
    return [
        Value(
            one.starts_on,
            words.period(indicator.period, one.starts_on),
            words.number(one.value, indicator.unit),
            one.value,
            one.note,
            rules.is_running(indicator.period, one.starts_on),
        )
        for one in indicator.values.all()
    ]


def _counted(indicator, counts):
    told = SOURCES[indicator.source].told(counts)
    until = indicator.closed_on or today()
    return [
        Value(
            half,
            words.period(indicator.period, half),
            one.text if one.number is None else words.number(one.number, indicator.unit),
            one.number,
        )
        for half, one in told.items()
        if half <= until
    ]


def _latest(values):
    """The last value of a period that is over, before one that isn't, and before what is no number."""
    return max(values, key=lambda one: (one.number is not None, not one.so_far, one.starts_on), default=None)


def _row(place, indicator, latest, pilot):
    names = ("name_fi", "name_sv", "name_en", "unit", "period", "baseline", "baseline_on", "target", "target_on")
    row = EvaluationRow(order=place, **{name: getattr(indicator, name) for name in names})
    row.standing = _standing(indicator, latest, pilot)
    if latest:
        row.starts_on, row.value, row.so_far = latest.starts_on, latest.number, latest.so_far
        row.told = "" if latest.number is not None else latest.text
    return row


def _standing(indicator, latest, pilot):
    if latest is None:
        return Standing.NOTHING
    if latest.number is None:
        return Standing.HIDDEN
    by = min(rules.last_of(indicator.period, latest.starts_on), today())
    return rules.standing_of(indicator, latest.number, by=by, begins=pilot.starts_on, ends=pilot.ends_on)


def shown(row):
    """One line of indicators in the reader's words, as it stands or as an evaluation kept it."""
    told = row.told or "–"
    when = words.period(row.period, row.starts_on) if row.starts_on else ""
    return ShownRow(
        name=row.name,
        baseline=words.dated(row.baseline, row.unit, row.baseline_on),
        target=words.dated(row.target, row.unit, row.target_on),
        latest=told if row.value is None else words.number(row.value, row.unit),
        when=_("%(period)s, so far") % {"period": when} if row.so_far else when,
        standing=Standing(row.standing).label,
        colour=COLOURS.get(row.standing, "grey"),
    )


def _chart(followed):
    """The values as a line, beside baseline and target; None where no number is told."""
    one, values = followed.indicator, _without_gaps(followed)
    numbers = [value.number for value in values]
    known = [number for number in numbers if number is not None]
    if not known:
        return None
    levels = [(_("baseline"), one.baseline), (_("target"), one.target)]
    levels = [(name, level) for name, level in levels if level is not None]
    said = {"number": len(known), "first": words.number(known[0], one.unit), "last": words.number(known[-1], one.unit)}
    desc = [
        ngettext("%(number)d value: %(first)s.", "%(number)d values, from %(first)s to %(last)s.", len(known)) % said
    ]
    desc += [f"{capfirst(name)}: {words.number(level, one.unit)}." for name, level in levels]
    labels = [words.period_in_short(one.period, value.starts_on) for value in values]
    is_share = one.unit == Unit.PERCENT
    return scores(
        id=f"chart-{one.pk}",
        title=one.name,
        desc=" ".join([*desc, _("The table has the same numbers.")]),
        name=_("value"),
        labels=[(label, label) for label in labels],
        values=numbers,
        levels=[Level(name, [level] * len(values)) for name, level in levels],
        most=100 if is_share else max(1, ceil(max([*known, *(level for _name, level in levels)]))),
        unit=" %" if is_share else "",
        signs=["" if value.number is not None else value.text for value in values],
    )


def _without_gaps(followed):
    """The values with a place for each period between them of which nothing was typed."""
    by_first = {value.starts_on: value for value in followed.values}
    if not by_first:
        return []
    kind = followed.indicator.period
    every = rules.periods(kind, min(by_first), max(by_first))
    return [by_first.get(first) or Value(first, words.period(kind, first), "", None) for first in every]
