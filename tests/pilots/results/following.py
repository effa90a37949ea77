"""Indicators and evaluations for tests."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.urls import reverse

from coordination.clocks.rules import half_year_after
from pilots.measures.models import MeasureFact
from pilots.results.commands.evaluations import finish, save_draft
from pilots.results.commands.indicators import add_indicator, save_values
from pilots.results.queries.evaluations import COLUMNS, draft_of
from pilots.results.queries.following import results_of

JANUARY = date(2026, 1, 1)
JULY = half_year_after(JANUARY)
COUNTED = MeasureFact.What.COUNTED
# Absences fall from 40 to 20 in a year.
PLAIN = {
    "name_fi": "Poissaolot",
    "source": "hand",
    "unit": "hours",
    "period": "month",
    "better": "less",
    "baseline": Decimal("40.0"),
    "baseline_on": date(2026, 1, 1),
    "target": Decimal("20.0"),
    "target_on": date(2027, 1, 1),
}
FACTS = {"covers_from": date(2026, 1, 1), "covers_to": date(2026, 6, 30), "recommends": "spread"}
WORDS = {name: f"Sanottu: {name}" for name in COLUMNS}


def indicator(pilot, by, **columns):
    """An indicator of this pilot, typed by the month unless told otherwise."""
    return add_indicator(pilot=pilot, token=uuid4(), by=by, **PLAIN | columns)


def counted(pilot, by, source="courses_begun", **columns):
    """One that the portal counts."""
    return indicator(pilot, by, name_fi=f"Laskettu {source}", source=source, better="more", baseline=None,
                     baseline_on=None, target=None, target_on=None, **columns)  # fmt: skip


def typed(one, by, **values):
    """The indicator with these numbers, such as jan="12.5", or (number, note)."""
    months = {name: place for place, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun"), 1)}
    pairs = {
        date(2026, months[name], 1): said if isinstance(said, tuple) else (said, "") for name, said in values.items()
    }
    written = {first: (None if value is None else Decimal(value), note) for first, (value, note) in pairs.items()}
    return save_values(indicator=one, values=written, number=now(one).number, by=by)


def drafted(pilot, by, *, language="fi", words=WORDS, facts=FACTS):
    """The draft of an evaluation with this in it."""
    number = draft_of(pilot).number
    return save_draft(pilot=pilot, language=language, words=words, facts=facts, number=number, by=by)


def finished(pilot, by):
    """An evaluation that is whole and finished."""
    draft = drafted(pilot, by)
    return finish(pilot=pilot, number=draft.number, by=by)


def began(pilot, *, half=JANUARY, **numbers):
    """So many courses of measures were begun by each agency, a="6" being the first; the half-year isn't closed."""
    for agency, number in enumerate(numbers.values(), 1):
        MeasureFact.objects.create(
            area=pilot.area, pilot=pilot, half=half, what="begun", agencies=[agency], people=number, count=number
        )


def close(pilot, half=JANUARY, facts=MeasureFact):
    """The half-year is counted: it shows."""
    facts.objects.create(area=pilot.area, half=half, what=COUNTED, count=1)


def texts(pilot):
    """What is told of each half-year by the pilot's first indicator."""
    return [value.text for value in results_of(pilot).followed[0].values]


def now(row):
    """The row as it stands."""
    return type(row).objects.get(pk=row.pk)


def at(name, pilot, *more):
    """The address of a page of results."""
    return reverse(f"results:{name}", args=[pilot.public_id, *more])
