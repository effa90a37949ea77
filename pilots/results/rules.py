"""Periods, how an indicator stands, and what can be said of it and of an evaluation when."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import months_after, today
from pilots.registry.states import MOVES, PilotState
from pilots.results.models import Evaluation, Indicator
from pilots.results.models.indicators import Period, Unit
from pilots.results.states import Standing

MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}
# Nobody follows more, or reads it; of months these are ten years.
MOST_INDICATORS = 40
MOST_PERIODS = 120
HIGHEST = Decimal("99999999.9")
# What an evaluation can't be finished without.
NEEDED = ("did", "worked", "did_not", "heard", "advice")
_Recommends = Evaluation.Recommends
_DECIDES = {
    _Recommends.SPREAD: PilotState.SPREAD,
    _Recommends.ADAPT: PilotState.ADAPTED,
    _Recommends.STOP: PilotState.STOPPED,
}


# --- Periods --------------------------------------------------------------------------------------------------------


def first_of(period, day):
    """The first day of the calendar month, quarter, half-year or year in which the day lies."""
    months = MONTHS[period]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def last_of(period, first):
    """The last day of the period with this first day."""
    return months_after(first, MONTHS[period]) - timedelta(days=1)


def is_running(period, first):
    """Whether the period isn't over."""
    return last_of(period, first) >= today()


def periods(period, since, until):
    """The first days of the periods from the one with the day `since` to the one with `until`: the latest ones, where
    there would be too many to read."""
    found, first = [], first_of(period, since)
    while first <= until:
        found.append(first)
        first = months_after(first, MONTHS[period])
    return found[-MOST_PERIODS:]


# --- How it stands --------------------------------------------------------------------------------------------------


def standing_of(indicator, value, *, by, begins, ends):
    """How an indicator stands with this value on the day `by`, in the pilot that `begins` then and `ends` then (None:
    without an end).

    From baseline to target it goes straight, from the day of the one (else the pilot's first) to that of the other
    (else the pilot's last): at least so far is on its way. Where that line can't be drawn it is reached or not.
    """
    baseline, target = indicator.baseline, indicator.target
    if target is None:
        return Standing.NO_TARGET
    if _is_at_least(indicator, value, target):
        return Standing.REACHED
    if baseline is None:
        return Standing.NOT_YET
    if not _is_at_least(indicator, value, baseline):
        return Standing.FURTHER
    from_day, to_day = indicator.baseline_on or begins, indicator.target_on or ends
    if to_day is None or to_day <= from_day:
        return Standing.NOT_YET
    days = (to_day - from_day).days
    gone = min(max((by - from_day).days, 0), days)
    # Divided last: a third rounded up would ask for more than the line.
    expected = baseline + (target - baseline) * gone / days
    return Standing.ON_WAY if _is_at_least(indicator, value, expected) else Standing.BEHIND


def _is_at_least(indicator, value, other):
    """Whether the value is as good as the other, or better."""
    return value >= other if indicator.better == Indicator.Better.MORE else value <= other


# --- Indicators and values ------------------------------------------------------------------------------------------


def check_room_for_more(number):
    """Raise NotNow where a pilot has as many indicators as it can have."""
    if number >= MOST_INDICATORS:
        raise NotNow(_("A pilot can have %(number)d indicators.") % {"number": MOST_INDICATORS})


def check_fits(unit, *values):
    """Raise NotNow for numbers that are none of this unit; None is no number."""
    highest = Decimal(100) if unit == Unit.PERCENT else HIGHEST
    if all(value is None or 0 <= value <= highest for value in values):
        return
    if unit == Unit.PERCENT:
        raise NotNow(_("A share is from 0 to 100 per cent."))
    raise NotNow(_("Write a number with at most one decimal, for example 12 or 12,5."))


def check_way(indicator):
    """Raise NotNow for a target that would be worse than the baseline."""
    baseline, target = indicator.baseline, indicator.target
    if None not in (baseline, target) and not _is_at_least(indicator, target, baseline):
        raise NotNow(_("The target would be worse than the baseline. Check the numbers, and which way is better."))


def check_same_measure(before, after, has_values):
    """Raise NotNow where numbers that were typed would come to mean something else; both are {column: what is said}."""
    if has_values and before != after:
        raise NotNow(
            _("It has values already: unit, period and source stay. Stop following it, and add another indicator.")
        )


def check_followed(indicator):
    """Raise NotNow for an indicator that isn't followed any more."""
    if indicator.closed_on:
        raise NotNow(_("This indicator isn't followed any more."))


def check_closed(indicator):
    """Raise NotNow for an indicator that is followed."""
    if indicator.closed_on is None:
        raise NotNow(_("This indicator is followed already."))


def check_not_first(before):
    """Raise NotNow where nothing stands before an indicator."""
    if before is None:
        raise NotNow(_("It stands first already."))


def check_by_hand(indicator):
    """Raise NotNow for an indicator that the portal counts."""
    if not indicator.is_by_hand:
        raise NotNow(_("The portal counts this indicator: nothing is typed into it."))


def check_period(indicator, first, begins):
    """Raise NotNow for a day on which no period begins, for a period that hasn't begun, and for one before that with
    the day `begins`."""
    if first not in periods(indicator.period, begins, today()):
        raise NotNow(_("There is no such period yet. Look at it again."))


def check_said(value, note):
    """Raise NotNow for a note without its number."""
    if value is None and note:
        raise NotNow(_("Write the number of which the note tells, too."))


# --- Evaluations ----------------------------------------------------------------------------------------------------


def missing(evaluation, texts):
    """[(language, column)] of what the evaluation can't be finished without; what is written once has no language."""
    texts = list(texts)
    own = [("", name) for name in ("covers_from", "covers_to", "recommends") if not getattr(evaluation, name)]
    words = [(text.language, name) for text in texts for name in NEEDED if not getattr(text, name).strip()]
    return own + (words if texts else [("", name) for name in NEEDED])


def check_whole(found):
    """Raise NotNow where something is `missing`."""
    if found:
        raise NotNow(_("Something is missing still. It can be finished once all of it is written."))


def next_state(pilot, evaluation):
    """The state that can be decided next by what the evaluation recommends; None where there is none."""
    wanted, moves = _DECIDES.get(evaluation.recommends), MOVES[pilot.state]
    if wanted in moves:
        return wanted
    return PilotState.EVALUATED if PilotState.EVALUATED in moves else None
