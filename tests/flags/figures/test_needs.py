"""Needed but not available, by month: counted from the marks, and shown by the rules of every other figure."""

from datetime import date

from django.utils import timezone

from coordination.assessments.models import Assessment, Participant
from coordination.follow_ups.commands import save_call, take_up
from coordination.services.commands import count_unmet, mark_unmet, take_back_unmet
from coordination.services.models import Need, UnmetNeed
from flags.figures import queries, rules
from flags.figures.commands import count_months
from flags.figures.models import MonthCount
from tests.directory import need
from tests.flags.figures.test_counting import MARCH, at, cast, counts, match  # noqa: F401  (cast is a fixture)
from tests.flags.figures.test_shown import month, texts


def save(follow_up, by, *codes):
    follow_up.refresh_from_db()
    none = {"attempt": None, "decisions": (), "next_step": "", "next_step_on": None, "pause": False, "contact": {}}
    unmet = [need(code) for code in codes]
    save_call(
        follow_up=follow_up, by=by, version=follow_up.version, token=follow_up.public_id, unmet=unmet, **none
    )  # fmt: skip


def test_marks_are_counted_by_need_with_the_agencies_that_may_know(cast):  # noqa: F811
    with at(2026, 3, 3):
        first, second = match(cast, 1), match(cast, 2, cast.social_worker)
        for follow_up in (first, second):
            take_up(follow_up=follow_up, by=cast.coordinator)
        save(first, cast.coordinator, "housing", "money")
        save(second, cast.coordinator, "housing")
    with at(2026, 4, 3):
        save(second, cast.coordinator, "money")
    with at(2026, 5, 1):
        count_months()
    found = counts(cast.mikkeli)
    school, health, social = (str(one.agency_id) for one in (cast.teacher, cast.nurse, cast.social_worker))
    assert (found["need_housing"].number, found["need_money"].number) == (2, 1)
    assert found["need_housing"].known == {school: 2, health: 2, social: 1}


def test_whose_own_work_a_mark_comes_from_knows_of_it_and_whoever_takes_part_in_an_assessment(cast):  # noqa: F811
    """Else one agency could take its own marks away from what is told, and read what is left."""
    with at(2026, 3, 3):
        assessment = Assessment.objects.create(
            young_person=match(cast, 1).young_person, area=cast.mikkeli, agency=cast.social,
            worker=cast.social_worker, pending_at=timezone.now(), began_at=timezone.now(),
        )  # fmt: skip
        Participant.objects.create(
            assessment=assessment, kind="professional", membership=cast.nurse, token=MARK, asked_by=cast.social_worker
        )
        for source, by in ((assessment.public_id, cast.social_worker), (MARK, cast.youth_worker)):
            mark_unmet(need=need(), source=source, birth_date=MARCH, area=cast.mikkeli, by=by)
    with at(2026, 5, 1):
        count_months()
    found = counts(cast.mikkeli)["need_housing"]
    agencies = (cast.social_worker, cast.nurse, cast.youth_worker)
    assert (found.number, found.known) == (2, {str(one.agency_id): 1 for one in agencies})


def test_a_need_is_counted_also_where_nobody_marked_it_and_one_out_of_use_where_somebody_did(cast):  # noqa: F811
    need("housing")
    Need.objects.create(code="gone", name_fi="Poistunut", is_active=False)
    marked = Need.objects.create(code="was_there", name_fi="Oli", is_active=False)
    with at(2026, 3, 3):
        row = mark_unmet(
            need=marked, source=MARK, birth_date=MARCH, area=cast.mikkeli,
            by=cast.coordinator,
        )  # fmt: skip
        assert row
    with at(2026, 5, 1):
        count_months()
    found = {what: one.number for what, one in counts(cast.mikkeli).items() if what.startswith("need_")}
    assert found == {"need_housing": 0, "need_was_there": 1}


MARK = "6f1c8c12-6f0e-4a52-a1f5-b1b4d6a2a111"


def test_what_was_erased_counts_and_what_was_taken_back_later_changes_nothing(cast):  # noqa: F811
    with at(2026, 3, 3):
        follow_up = match(cast, 1)
        for source in (MARK, follow_up.public_id):
            mark_unmet(need=need(), source=source, birth_date=MARCH, area=cast.mikkeli, by=cast.coordinator)
        count_unmet(source=MARK)
    with at(2026, 5, 1):
        count_months()
        before = list(MonthCount.objects.order_by("pk").values())
        take_back_unmet(unmet=UnmetNeed.objects.get(source=follow_up.public_id))
        count_months()
    counted = counts(cast.mikkeli)["need_housing"]
    assert (counted.number, counted.known[rules.ERASED], counted.known[str(cast.teacher.agency_id)]) == (2, 1, 2)
    assert list(MonthCount.objects.order_by("pk").values()) == before


def of_need(area, number, counted, code="housing"):
    known = {side: counted // 4 for side in "abcd"}
    MonthCount.objects.create(area=area, month=date(2026, number, 1), what=f"need_{code}", number=counted, known=known)


def test_small_months_are_told_together_and_a_need_that_came_later_tells_nothing_of_before(cast):  # noqa: F811
    for number in range(1, 7):
        month(cast.mikkeli, number)
        of_need(cast.mikkeli, number, (8, 3, 4, 0, 1, 2)[number - 1])
    for number in (5, 6):
        of_need(cast.mikkeli, number, 8, "late")
    [found] = queries.figures(cast.mikkeli, 2026)
    assert [str(row.needs["housing"]) for row in found.rows] == ["8", "↓", "7", "<5", "<5", "<5", "≥15"]
    assert [str(row.needs["late"]) for row in found.rows] == ["–", "–", "–", "–", "8", "8", "16"]
    assert texts(found.rows, "flags") == ["<5"] * 7
