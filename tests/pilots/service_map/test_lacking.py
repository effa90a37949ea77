"""What may be told of marks: nothing that tells of fewer than five, and nothing that changes later."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordination.interface.small_numbers import Count
from coordination.services.models import UnmetNeed
from pilots.service_map.queries import lacking
from tests.directory import need

HALVES = [date(2024, 1, 1), date(2024, 7, 1), date(2025, 1, 1), date(2025, 7, 1)]
# A busy machine is no failure.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SMALL = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(0, 7), max_size=3)


def told(cells, shown=2):
    halves = HALVES[: len(cells)]
    return lacking._told(dict(zip(halves, counted(cells), strict=True)), halves[-shown:])


def counted(cells):
    return [Count(sum(one.values()), one) for one in cells]


@unhurried
@given(st.lists(SMALL, min_size=4, max_size=4))
def test_whoever_takes_their_own_away_is_left_with_five_or_more(cells):
    for one in told(cells):
        within = [cell for half, cell in zip(HALVES, cells, strict=True) if one.first <= half <= one.last]
        for side in ("a", "b", "c"):
            assert one.number - sum(cell.get(side, 0) for cell in within) >= 5


@unhurried
@given(st.lists(SMALL, min_size=4, max_size=4))
def test_what_shows_never_overlaps_and_never_changes_later(cells):
    """Every picture there ever was, side by side: each half-year is in one number at most, which stays as it is."""
    pictures = {one for number in range(1, 5) for one in told(cells[:number])}
    for half in HALVES:
        assert len({one for one in pictures if one.first <= half <= one.last}) <= 1


@unhurried
@given(st.lists(SMALL, min_size=4, max_size=4), st.integers(0, 3), st.sampled_from(["a", "b", "c"]))
def test_a_mark_less_where_nothing_shows_changes_nothing(cells, place, side):
    half = HALVES[place]
    if any(one.first <= half <= one.last for one in told(cells, shown=4)) or not cells[place].get(side):
        return
    fewer = [dict(cell) for cell in cells]
    fewer[place][side] -= 1
    assert told(fewer) == told(cells)


@pytest.mark.django_db
class TestMarks:
    def mark(self, cast, agency, month, count=1):
        return UnmetNeed.objects.create(
            area=cast.mikkeli,
            need=need("mental"),
            agency=agency,
            month=month,
            count=count,
            public_id=None,
            age_band="13-15",
        )

    @pytest.fixture(autouse=True)
    def day(self, monkeypatch):
        monkeypatch.setattr(lacking, "today", lambda: date(2026, 8, 1))

    def test_each_year_is_told_by_itself(self, cast):
        self.mark(cast, cast.school, date(2025, 11, 1), 6)
        self.mark(cast, cast.school, date(2026, 2, 1), 2)
        self.mark(cast, cast.health, date(2025, 12, 1), 7)
        (one,) = lacking.lacking_in(cast.mikkeli)[need("mental").pk]
        assert (one.number, one.first, one.last) == (13, date(2025, 1, 1), date(2025, 7, 1))

    def test_a_sensitive_agency_leaves_no_trace(self, cast):
        for agency in (cast.school, cast.health):
            self.mark(cast, agency, date(2026, 2, 1), 9)
        before = lacking.lacking_in(cast.mikkeli)
        self.mark(cast, cast.clinic, date(2026, 2, 1), 50)
        assert lacking.lacking_in(cast.mikkeli) == before
        assert [one.number for one in before[need("mental").pk]] == [18]

    def test_a_half_year_waits_for_two_weeks(self, cast, monkeypatch):
        self.mark(cast, cast.school, date(2026, 2, 1), 9)
        self.mark(cast, cast.health, date(2026, 2, 1), 9)
        monkeypatch.setattr(lacking, "today", lambda: date(2026, 7, 14))
        assert lacking.lacking_in(cast.mikkeli) == {}
        monkeypatch.setattr(lacking, "today", lambda: date(2026, 7, 15))
        assert [one.number for one in lacking.lacking_in(cast.mikkeli)[need("mental").pk]] == [18]
