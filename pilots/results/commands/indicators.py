"""What is followed of a pilot, and the numbers that are typed of it. Only whoever may change the pilot does."""

from django.db import transaction
from django.utils import timezone

from coordination.agencies.constraints import keeping_constraints
from coordination.clocks.rules import today
from pilots.registry.queries.editing import held_by
from pilots.registry.rules import check_name, check_number, check_there
from pilots.results import rules
from pilots.results.models import Indicator, IndicatorValue
from pilots.results.models.indicators import BY_HAND, Period
from pilots.results.queries.counted import SOURCES

# What the numbers of an indicator mean.
_MEASURE = ("source", "unit", "period")


@transaction.atomic
def add_indicator(*, pilot, token, by, **columns):
    """Follow something of the pilot, too; the same `token` again gives back what it made. `columns` are those of
    Indicator: its names, source, unit, period, better, baseline and target with their days."""
    pilot = held_by(by, pilot)
    own = Indicator.objects.filter(pilot=pilot)
    if made := own.filter(token=token).first():
        return made
    rules.check_room_for_more(own.count())
    last = own.order_by("order").values_list("order", flat=True).last() or 0
    return _write(Indicator(pilot=pilot, token=token, order=last + 1), columns)


@transaction.atomic
def change_indicator(*, indicator, number, by, **columns):
    """Change what is said of it; raises NotNow where it or its values were changed since the page was opened
    (`number`), where values that are there would come to mean something else, and once it isn't followed any more."""
    indicator = _held(indicator, by)
    check_number(number, indicator)
    rules.check_followed(indicator)
    before = {name: getattr(indicator, name) for name in _MEASURE}
    after = {name: _measure(columns)[name] for name in _MEASURE}
    rules.check_same_measure(before, after, indicator.values.exists())
    indicator.number += 1
    return _write(indicator, columns)


def _write(indicator, columns):
    for name, value in (columns | _measure(columns)).items():
        setattr(indicator, name, value)
    check_name(indicator.name_fi)
    rules.check_fits(indicator.unit, indicator.baseline, indicator.target)
    rules.check_way(indicator)
    with keeping_constraints():
        indicator.save()
    return indicator


def _measure(columns):
    """Unit and period: of what the portal counts they follow from what it is."""
    source = columns["source"]
    check_there(source == BY_HAND or source in SOURCES)
    if source == BY_HAND:
        return {name: columns[name] for name in _MEASURE}
    return {"source": source, "unit": SOURCES[source].unit, "period": Period.HALF_YEAR}


@transaction.atomic
def close_indicator(*, indicator, by):
    """Follow it no more: what is there stays. Raises NotNow the second time."""
    indicator = _held(indicator, by)
    rules.check_followed(indicator)
    _save(indicator, closed_on=today())


@transaction.atomic
def follow_again(*, indicator, by):
    """Follow it after all. Raises NotNow where it is followed."""
    indicator = _held(indicator, by)
    rules.check_closed(indicator)
    _save(indicator, closed_on=None)


@transaction.atomic
def move_up(*, indicator, by):
    """Let it change places with the one that stands before it. Raises NotNow for the first, and for one that isn't
    followed."""
    indicator = _held(indicator, by)
    rules.check_followed(indicator)
    own = Indicator.objects.filter(pilot=indicator.pilot_id, closed_on=None, order__lt=indicator.order)
    before = own.order_by("order").last()
    rules.check_not_first(before)
    before_order = before.order
    _save(before, order=indicator.order)
    _save(indicator, order=before_order)


def _save(indicator, **columns):
    for name, value in columns.items():
        setattr(indicator, name, value)
    indicator.number += 1
    indicator.save(update_fields=[*columns, "number"])


@transaction.atomic
def save_values(*, indicator, values, number, by):
    """Write down the numbers of these periods, {first day: (number or None, note)}; one that is left empty goes.

    The same again is no change. Raises NotNow where something else was saved since the page was opened (`number`), for
    an indicator that isn't followed any more or that the portal counts, for a period that hasn't begun, and for a
    number that is none of its unit.
    """
    indicator = _held(indicator, by)
    before = {one.starts_on: one for one in indicator.values.all()}
    changed = {first: said for first, said in values.items() if said != _said(before.get(first))}
    if not changed:
        return indicator
    check_number(number, indicator)
    rules.check_followed(indicator)
    rules.check_by_hand(indicator)
    begins = min([indicator.pilot.starts_on, *before])
    for first, (value, note) in changed.items():
        rules.check_period(indicator, first, begins)
        rules.check_said(value, note)
        rules.check_fits(indicator.unit, value)
        row = before.get(first) or IndicatorValue(indicator=indicator, starts_on=first)
        if value is None:
            row.delete()
        else:
            row.value, row.note, row.by, row.at = value, note, by, timezone.now()
            row.save()
    _save(indicator)
    return indicator


def _said(row):
    return (row.value, row.note) if row else (None, "")


def _held(indicator, by):
    """The indicator as it stands, with its pilot held."""
    pilot = held_by(by, indicator.pilot)
    found = Indicator.objects.select_related("pilot").filter(pk=indicator.pk, pilot=pilot).first()
    check_there(found)
    return found
