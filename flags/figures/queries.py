"""What may be shown of the counts."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from coordination.agencies.models import User
from coordination.follow_ups.models import FollowUp
from coordination.interface import small_numbers
from coordination.interface.small_numbers import JOINED, NOTHING, Count, Part, Span, Told
from flags.figures import rules
from flags.figures.models import MonthCount

What = MonthCount.What


@dataclass(frozen=True)
class Row:
    """A month's or a half-year's figures, already so that they may be shown. `first` is its first month."""

    first: date
    last: date
    flags: Told
    matches: Told
    in_time: Span | str
    outcomes: dict[str, Told]
    needs: dict[str, Told]

    @property
    def is_half(self):
        """Whether it adds months up."""
        return self.first != self.last

    @property
    def rate(self):
        """The share contacted in time; None where none is told."""
        return self.in_time if isinstance(self.in_time, Span) else None


@dataclass(frozen=True)
class Figures:
    """A year's months that have been counted, and its halves all of whose months have."""

    year: int
    months: list[Row]
    halves: list[Row]

    @property
    def rows(self):
        """Months in their order, each half after its last month."""
        halves = {row.last: row for row in self.halves}
        return [row for month in self.months for row in (month, halves.get(month.last)) if row]


def began_on(area):
    """The day on which the first user of the area came; None before there is any."""
    users = User.objects.filter(memberships__agency__area=area).order_by("date_joined")
    first = users.values_list("date_joined", flat=True).first()
    return timezone.localtime(first).date() if first else None


def months_to_count(area, day):
    """The complete months of this area that can be counted on this day and haven't been, oldest first."""
    began = began_on(area)
    if began is None:
        return []
    counted = set(MonthCount.objects.filter(area=area).values_list("month", flat=True))
    months = rules.months_between(rules.first_complete_month(began), rules.first_of(day))
    return [month for month in months if month not in counted and rules.counted_on(area, month) <= day]


def next_month(area, day):
    """The next month whose figures come, and the day on which they do."""
    began = began_on(area) or day
    for month in rules.months_between(rules.first_complete_month(began), rules.after(rules.first_of(day))):
        if rules.counted_on(area, month) > day:
            return month, rules.counted_on(area, month)
    raise AssertionError("this month can't be counted before it is over")


def years(area):
    """The years of which something has been counted, latest first."""
    months = MonthCount.objects.filter(area=area).order_by("-month").values_list("month", flat=True).distinct()
    return list(dict.fromkeys(month.year for month in months))


def figures(area, *years_wanted):
    """The figures of each of these years, in one reading."""
    counts = {}
    for count in MonthCount.objects.filter(area=area, month__year__in=years_wanted):
        counts.setdefault(count.month, {})[count.what] = count
    return [_year(counts, year) for year in years_wanted]


def _year(counts, year):
    months, halves = [], []
    for half in (1, 2):
        of_half = [month for month in rules.months_of(year, half) if month in counts]
        if not of_half:
            continue
        rows = [counts[month] for month in of_half]
        flags, matches = _column(rows, What.FLAGS), _column(rows, What.MATCHES)
        outcomes = {code: _column(rows, f"outcome_{code}") for code in FollowUp.Outcome.values}
        needs = {code: _column_of_need(rows, code) for code in _needs_of(counts, year)}
        shares, share = _shares(rows)
        months += [
            Row(month, month, flags[n], matches[n], shares[n], _nth(outcomes, n), _nth(needs, n))
            for n, month in enumerate(of_half)
        ]
        # Months are counted in their order, so with the last all are there, also where the area began within the half.
        if rules.ends_half(of_half[-1]):
            sums = _nth(outcomes, -1), _nth(needs, -1)
            halves.append(Row(of_half[0], of_half[-1], flags[-1], matches[-1], share, *sums))
    return Figures(year, months, halves)


def _nth(columns, n):
    return {code: told[n] for code, told in columns.items()}


def _needs_of(counts, year):
    """The codes of the needs that were counted in the year."""
    found = {what for month, row in counts.items() if month.year == year for what in row}
    return sorted(what.removeprefix(MonthCount.NEED) for what in found if what.startswith(MonthCount.NEED))


def _column_of_need(rows, code):
    """As `_column`; a need that came onto the list later has nothing to tell of the months before it."""
    what = f"{MonthCount.NEED}{code}"
    counted = [row for row in rows if what in row]
    before = [Told(NOTHING)] * (len(rows) - len(counted))
    return [*before, *_column(counted, what)] if counted else [*before, Told(NOTHING)]


def _column(rows, what):
    """What is told of one thing in each month, and last of all months together."""
    return small_numbers.column([Count(row[what].number, row[what].known) for row in rows])


def _shares(rows):
    """What is told of the share contacted in time: of each month or months counted together, and of all of them."""
    cells = [Count(row[What.MATCHES].number, row[What.MATCHES].known) for row in rows]
    told, parts = [NOTHING] * len(cells), []
    for group in small_numbers.groups(cells):
        part = sum((_part(rows[place]) for place in group), Part(0, 0, 0))
        parts.append(part)
        told[group.start : group.stop] = [JOINED] * (len(group) - 1) + [small_numbers.share(part) or NOTHING]
    return told, small_numbers.share_of_all(parts) or NOTHING


def _part(row):
    matches = row[What.MATCHES]
    agencies = frozenset(matches.known) - {rules.COORDINATORS, rules.ERASED}
    return Part(row[What.IN_TIME].number, matches.number, matches.people, agencies)
