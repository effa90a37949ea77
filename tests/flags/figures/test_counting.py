"""Each month is counted once, when the last match of it is due and a week has passed, and then stays."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from coordination.clocks.rules import HELSINKI, today
from coordination.erasures.commands import count
from coordination.erasures.models import Tally
from coordination.follow_ups.commands import close_follow_up, save_call, take_up
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.rules import IN_TIME, LATE
from coordination.follow_ups.states import FollowUpState
from flags.figures import queries, rules
from flags.figures.commands import count_month, count_months
from flags.figures.models import MonthCount
from flags.flagging.models import Flag
from flags.matching.commands import sweep
from tests.cast import Cast, born

MARCH = date(2026, 3, 1)


@pytest.fixture
def cast(db):
    """Everybody came in February, so that March is the first complete month."""
    with at(2026, 2, 10):
        yield Cast()


def at(*day):
    return time_machine.travel(datetime(*day, 12, tzinfo=HELSINKI), tick=False)


def somebody(number):
    """Somebody unlike all others."""
    letters = "aeiouklmnprst"
    name = letters[number % 13] + letters[(number * 5 + 2) % 13] + letters[number * 3 % 7] * 2 + "o"
    return {
        "first_name": name.title(),
        "last_name": f"{name[::-1]}nen".title(),
        "birth_date": born(19) - timedelta(number),
    }


def counts(area, month=MARCH):
    return {row.what: row for row in MonthCount.objects.filter(area=area, month=month)}


def call(follow_up, by, *, reached=True):
    follow_up.refresh_from_db()
    attempt = {"at": datetime.now(tz=HELSINKI), "channel": "phone", "reached": reached}
    save_call(
        follow_up=follow_up,
        by=by,
        version=follow_up.version,
        token=uuid4(),
        attempt=attempt | {"identity_checked": "known_number" if reached else ""},
        decisions=[],
        next_step="meeting",
        next_step_on=today() + timedelta(days=7),
        pause=False,
        contact={},
    )


def match(cast, number, *more):
    """A match of the teacher's and the nurse's flags, and of whoever else flags."""
    for by in (cast.teacher, cast.nurse, *more):
        flag = cast.flag(by, **somebody(number))
    Flag.objects.update(counts_from=None)
    sweep(older_than_seconds=-60)
    return FollowUp.objects.get(young_person=Flag.objects.get(pk=flag.pk).young_person)


@pytest.mark.parametrize(
    ("month", "day"),
    [
        # Five working days after 31 March are over on Wednesday 8 April: Good Friday and Easter Monday are none.
        (date(2026, 3, 1), date(2026, 4, 16)),
        (date(2026, 10, 1), date(2026, 11, 13)),
    ],
)
def test_a_months_figures_come_a_week_after_its_last_match_is_due(cast, month, day):
    assert rules.counted_on(cast.mikkeli, month) == day
    assert month not in queries.months_to_count(cast.mikkeli, day - timedelta(days=1))
    assert month in queries.months_to_count(cast.mikkeli, day)


def test_the_first_month_is_the_first_complete_one(cast):
    assert queries.months_to_count(cast.mikkeli, date(2026, 6, 1)) == [date(2026, 3, 1), date(2026, 4, 1)]
    assert queries.next_month(cast.mikkeli, date(2026, 2, 20))[0] == MARCH
    assert rules.first_complete_month(date(2026, 3, 1)) == MARCH


def test_a_month_is_counted_also_where_nothing_happened(cast):
    with at(2026, 6, 1):
        count_months()
    assert {row.number for row in counts(cast.mikkeli).values()} == {0}
    assert set(counts(cast.mikkeli)) == {what for what, _label in MonthCount.WHATS}
    assert queries.months_to_count(cast.kerava, date(2026, 6, 1)) == []


def test_flags_matches_contacts_and_outcomes_are_counted_with_who_knows_of_them(cast):
    with at(2026, 3, 3):
        first, second = match(cast, 1), match(cast, 2, cast.social_worker)
        cast.flag(cast.youth_worker, **somebody(3))
        for follow_up in (first, second):
            take_up(follow_up=follow_up, by=cast.coordinator)
        call(first, cast.coordinator)
        call(second, cast.coordinator, reached=False)
    with at(2026, 3, 30):
        call(second, cast.coordinator)
        first.refresh_from_db()
        close_follow_up(follow_up=first, by=cast.coordinator, outcome="one_adult", version=first.version)
    with at(2026, 5, 1):
        count_months()
    found = counts(cast.mikkeli)
    school, health, social, club = (
        str(one.agency_id) for one in (cast.teacher, cast.nurse, cast.social_worker, cast.youth_worker)
    )
    assert found["flags"].number == 6
    assert found["flags"].known == {school: 2, health: 2, social: 1, club: 1, rules.COORDINATORS: 5}
    assert (found["matches"].number, found["matches"].people) == (2, 2)
    assert found["matches"].known == {school: 2, health: 2, social: 1}
    assert found["in_time"].number == 1
    assert (found["outcome_one_adult"].number, found["outcome_one_adult"].known) == (1, {school: 1, health: 1})
    assert found["outcome_declined"].number == 0


def test_other_months_other_areas_and_what_fell_away_are_not_counted(cast):
    with at(2026, 4, 1):
        match(cast, 1)
    with at(2026, 3, 31):
        fell_away = match(cast, 2)
        FollowUp.objects.filter(pk=fell_away.pk).update(state=FollowUpState.NOT_NEEDED)
        undone = cast.flag(cast.teacher, **somebody(3))
        Flag.objects.filter(pk=undone.pk).update(ended_at=undone.made_at, end_reason=Flag.EndReason.UNDONE)
        cast.flag(cast.stranger, **somebody(4))
    with at(2026, 5, 1):
        count_months()
    found = counts(cast.mikkeli)
    assert (found["flags"].number, found["matches"].number) == (2, 0)


def test_what_was_erased_is_counted_and_belongs_to_no_agency_that_could_take_it_away(cast):
    with at(2026, 3, 3):
        for _one in range(7):
            count(Tally.Kind.FLAG, area=cast.mikkeli, at=datetime.now(tz=HELSINKI), origin="unmatched")
        cast.flag(cast.teacher, **somebody(1))
    with at(2026, 5, 1):
        count_months()
    flags = counts(cast.mikkeli)["flags"]
    assert (flags.number, flags.known[rules.ERASED], flags.known[str(cast.teacher.agency_id)]) == (8, 7, 8)
    assert queries.figures(cast.mikkeli, 2026)[0].months[0].flags.text == "<5"


def test_erased_matches_count_with_whether_they_were_contacted_in_time(cast):
    for contacted in (IN_TIME, LATE):
        moment = datetime(2026, 3, 3, tzinfo=HELSINKI)
        kind, outcome = Tally.Kind.FOLLOW_UP, FollowUp.Outcome.REFERRED
        count(kind, area=cast.mikkeli, at=moment, origin="match", contacted=contacted, outcome=outcome)
    with at(2026, 5, 1):
        count_months()
    found = counts(cast.mikkeli)
    assert (found["matches"].number, found["in_time"].number) == (2, 1)


def test_where_one_flag_makes_a_match_there_is_nothing_to_keep_from_coordinators(cast):
    with at(2026, 3, 3):
        cast.flag(cast.stranger, **somebody(1))
    with at(2026, 5, 1):
        count_months()
    assert rules.COORDINATORS not in counts(cast.kerava)["flags"].known


def test_a_counted_month_never_changes(cast):
    with at(2026, 3, 3):
        match(cast, 1)
    with at(2026, 5, 1):
        count_months()
        before = list(MonthCount.objects.order_by("pk").values())
        Flag.objects.all().delete()
        count_months()
        count_month(area=cast.mikkeli, month=MARCH)
    assert list(MonthCount.objects.order_by("pk").values()) == before


def test_a_month_that_fails_holds_up_the_later_ones_of_its_area_alone(cast, monkeypatch):
    """Counted later, an earlier month would make a half-year's sum grow, and tell by how much."""
    counted = []

    def one_fails(*, area, month):
        if area == cast.mikkeli and month == MARCH:
            raise RuntimeError
        counted.append((area.pk, month))

    monkeypatch.setattr("flags.figures.commands.count_month", one_fails)
    with at(2026, 6, 1):
        cast.member("Uusi", "Kerava", cast.other_school)
        count_months()
    assert {area for area, _month in counted} == {cast.kerava.pk}
