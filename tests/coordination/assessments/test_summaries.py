"""The summary: versions with reasons, the signature that locks, and opening again for a reason."""

import pytest
from django.urls import reverse

from coordination.agencies.rules import NotNow
from coordination.assessments.commands import plans, summaries
from coordination.assessments.models import ReportDeadline, Summary
from coordination.assessments.queries import plans as queries
from coordination.outbox.models import Notification
from coordination.people.commands import exclude
from tests.cast import english
from tests.coordination.assessments.planned import (
    COLUMNS,
    action,
    columns_of,
    fresh,
    goal,
    heard,
    is_signed,
    ready,
    signed,
    written,
)
from tests.coordination.assessments.reporting import waits
from tests.coordination.assessments.rooming import begun, guardian, invited
from tests.coordination.cards.writing import written as written_card

pytestmark = pytest.mark.django_db


def at(word, assessment, *more):
    return reverse(f"assessments:{word}", args=[assessment.public_id, *more])


def posted(**changes):
    """What a browser sends from the form of the summary."""
    typed = {name: value for name, value in COLUMNS.items() if isinstance(value, str)}
    return typed | {"number": "0", "child_protection": "no", "own_worker": "yes"} | changes


def test_each_saving_is_a_version_and_none_is_overwritten(cast):
    card = written_card(role="child_welfare", phase="summarise")
    assessment = begun(cast.social_worker)
    first = written(assessment)
    second = written(assessment, number=1, conclusions="Muuttui")
    assert [one.number for one in Summary.objects.all()] == [1, 2]
    assert fresh(first).conclusions == COLUMNS["conclusions"]
    assert second.conclusions == "Muuttui"
    assert first.card == second.card == card


def test_the_same_again_makes_no_version(cast):
    assessment = begun(cast.social_worker)
    assert written(assessment) == written(assessment) == Summary.objects.get()


def test_another_version_saved_meanwhile_is_not_overwritten(cast):
    assessment = begun(cast.social_worker)
    written(assessment, conclusions="Ensimmäinen")
    with pytest.raises(NotNow):
        written(assessment, conclusions="Toinen")
    assert Summary.objects.get().conclusions == "Ensimmäinen"


@pytest.mark.parametrize("name", ["conclusions", "outcome_why", "child_protection_why"])
def test_no_outcome_without_its_reasons(cast, name):
    assessment = begun(cast.social_worker)
    with pytest.raises(NotNow):
        written(assessment, **{name: "  "})
    page = english(cast.social_worker).post(at("summary", assessment), posted(**{name: ""}))
    assert name in page.context["form"].errors
    assert not Summary.objects.exists()


def test_child_protection_is_no_outcome_where_it_is_not_needed(cast):
    assessment = begun(cast.social_worker)
    with pytest.raises(NotNow):
        written(assessment, outcome="child_protection")
    page = english(cast.social_worker).post(at("summary", assessment), posted(outcome="child_protection"))
    assert "outcome" in page.context["form"].errors
    written(assessment, outcome="child_protection", child_protection=True)


def test_only_professionals_who_take_part_can_read(cast):
    assessment = begun(cast.social_worker)
    elsewhere = invited(begun(cast.social_worker, first_name="Bea"), cast.nurse)
    with pytest.raises(NotNow):
        written(assessment, elsewhere)
    with pytest.raises(NotNow):
        written(assessment, guardian(assessment))
    nurse = invited(assessment, cast.nurse)
    exclude(young_person=assessment.young_person, user=cast.nurse.user, by=cast.coordinator)
    with pytest.raises(NotNow):
        written(assessment, nurse)


def test_nobody_signs_without_summary_rights_and_the_child(cast):
    assessment = begun(cast.social_worker)
    with pytest.raises(NotNow, match="summary"):
        signed(assessment)
    written(assessment, rights_told_on=None)
    with pytest.raises(NotNow, match="rights"):
        signed(assessment)
    written(assessment, number=1)
    with pytest.raises(NotNow, match="child"):
        signed(assessment)
    heard(assessment)
    assert signed(assessment).state == "signed"


def test_only_the_worker_writes_signs_and_opens_again(cast):
    assessment = ready(cast, readers=[cast.nurse])
    with pytest.raises(NotNow):
        summaries.write_summary(
            assessment=assessment, number=1, readers=[], by=cast.nurse, rights_told_on=None, **COLUMNS
        )  # fmt: skip
    with pytest.raises(NotNow):
        summaries.sign(assessment=assessment, by=cast.nurse)
    signed(assessment)
    with pytest.raises(NotNow):
        summaries.reopen(assessment=assessment, why="Virhe", by=cast.nurse)
    assert is_signed(assessment)


def test_the_signature_meets_the_last_day_and_marks_the_version(cast):
    assessment = ready(cast)
    due = ReportDeadline.objects.get(report__assessment=assessment, what="finish")
    assert due.done_at is None
    held = signed(assessment)
    assert fresh(due).done_at
    assert Summary.objects.get().signed_at == held.signed_at
    assert held.signed_by == cast.social_worker


def test_what_is_signed_is_locked(cast):
    assessment = ready(cast)
    aim, todo = goal(assessment), action(assessment)
    signed(assessment)
    by = cast.social_worker
    for refused in (
        lambda: written(assessment, number=1, conclusions="Uusi"),
        lambda: signed(assessment),
        lambda: goal(assessment),
        lambda: plans.change_goal(goal=aim, words="Toinen", mark=queries.mark_of_goal(aim), by=by),
        lambda: plans.remove_goal(goal=aim, by=by),
        lambda: action(assessment),
        lambda: plans.change_action(action=todo, mark=queries.mark_of_action(todo), by=by, **columns_of(todo)),
        lambda: plans.remove_action(action=todo, by=by),
    ):
        with pytest.raises(NotNow):
            refused()
    assert (Summary.objects.count(), assessment.goals.count(), assessment.actions.count()) == (1, 1, 1)


def test_pages_that_change_something_lead_back_once_it_is_signed(cast):
    assessment = ready(cast)
    aim, todo = goal(assessment), action(assessment)
    signed(assessment)
    browser = english(cast.social_worker)
    for path in (
        *(at(word, assessment) for word in ("summary", "sign", "goal", "action")),
        *(at("change_goal", assessment, aim.public_id), at("change_action", assessment, todo.public_id)),
    ):
        assert browser.get(path).headers["Location"] == assessment.get_absolute_url()
    # What was typed before the signature is not lost with it.
    page = browser.post(at("summary", assessment), posted(number="1", conclusions="Kirjoitin tätä juuri"))
    assert "Kirjoitin tätä juuri" in page.content.decode()
    assert "has been signed" in page.content.decode()


def test_opened_again_with_a_reason_the_signed_version_stays(cast):
    assessment = ready(cast, readers=[cast.nurse])
    signed(assessment)
    with pytest.raises(NotNow):
        summaries.reopen(assessment=assessment, why=" ", by=cast.social_worker)
    summaries.reopen(assessment=assessment, why="Uusi tieto", by=cast.social_worker)
    assert [one.why for one in assessment.reopenings.all()] == ["Uusi tieto"]
    assert fresh(assessment).signed_at is None
    written(assessment, number=1, conclusions="Uusi")
    first, second = Summary.objects.all()
    assert first.signed_at
    assert second.signed_at is None
    assert first.conclusions == COLUMNS["conclusions"]
    with pytest.raises(NotNow):
        summaries.reopen(assessment=assessment, why="Taas", by=cast.social_worker)


def test_no_last_day_begins_anew_with_the_opening(cast):
    assessment = ready(cast)
    signed(assessment)
    met = ReportDeadline.objects.get(report__assessment=assessment, what="finish").done_at
    summaries.reopen(assessment=assessment, why="Uusi tieto", by=cast.social_worker)
    assert ReportDeadline.objects.get(report__assessment=assessment, what="finish").done_at == met


def test_a_later_version_that_leaves_a_reader_out_closes_the_signed_one_to_them(cast):
    assessment = ready(cast, readers=[cast.nurse])
    page = english(cast.nurse)
    assert "Tukea arkeen" not in page.get(assessment.get_absolute_url()).content.decode()
    signed(assessment)
    assert "Tukea arkeen" in page.get(assessment.get_absolute_url()).content.decode()
    summaries.reopen(assessment=assessment, why="Uusi tieto", by=cast.social_worker)
    assert "Tukea arkeen" in page.get(assessment.get_absolute_url()).content.decode()
    written(assessment, number=1)
    assert "Tukea arkeen" not in page.get(assessment.get_absolute_url()).content.decode()


def test_those_concerned_are_told_of_signature_and_opening(cast):
    assessment = ready(cast, readers=[cast.nurse, cast.teacher], others=[cast.youth_worker, cast.therapist])
    action(assessment, cast.nurse)
    action(assessment, cast.youth_worker)
    action(assessment)
    signed(assessment)
    told = Notification.objects.filter(about=assessment.public_id)
    of = {code: {one.membership for one in told.filter(code=code)} for code in ("plan_signed", "summary_signed")}
    assert of == {"plan_signed": {cast.nurse, cast.youth_worker}, "summary_signed": {cast.teacher}}
    summaries.reopen(assessment=assessment, why="Uusi tieto", by=cast.social_worker)
    everybody = [cast.nurse, cast.youth_worker, cast.teacher, cast.therapist, cast.social_worker]
    assert [waits(one, "plan_signed") for one in everybody] == [0, 0, 0, 0, 0]
    assert [waits(one, "assessment_reopened") for one in everybody] == [1, 1, 1, 0, 0]
    signed(assessment)
    assert [waits(one, "plan_signed") for one in everybody] == [1, 1, 0, 0, 0]
    assert [waits(one, "assessment_reopened") for one in everybody] == [0, 0, 0, 0, 0]


def test_whose_part_is_missing_is_asked_once_by_name(cast):
    assessment = ready(cast, others=[cast.nurse])
    guardian(assessment, name="Mari Virtanen")
    browser = english(cast.social_worker)
    page = browser.get(at("sign", assessment))
    words = page.content.decode()
    assert "Niina Hoitaja" in words
    assert "Mari Virtanen" in words
    number = page.context["form"]["number"].value()
    assert "although" in browser.post(at("sign", assessment), {"number": number}).context["form"].errors
    assert not is_signed(assessment)
    assert browser.post(at("sign", assessment), {"number": number, "although": "on"}).status_code == 302
    assert is_signed(assessment)


def test_nobody_signs_what_they_have_not_read(cast):
    assessment = ready(cast)
    browser = english(cast.social_worker)
    number = browser.get(at("sign", assessment)).context["form"]["number"].value()
    action(assessment, what="Lisätty toisessa välilehdessä")
    page = browser.post(at("sign", assessment), {"number": number})
    assert "Lisätty toisessa" in page.content.decode()
    assert not is_signed(assessment)
    # What stands there now has been shown: it is signed next.
    assert browser.post(at("sign", assessment), {"number": page.context["form"]["number"].value()}).status_code == 302


def test_the_page_says_why_it_cannot_be_signed(cast):
    assessment = begun(cast.social_worker)
    page = english(cast.social_worker).get(at("sign", assessment))
    assert page.context["why_not"] == "Write the summary first."
    assert 'name="number"' not in page.content.decode()


def test_two_tabs_lose_nothing(cast):
    assessment = begun(cast.social_worker)
    browser = english(cast.social_worker)
    written(assessment, conclusions="Toisessa välilehdessä")
    page = browser.post(at("summary", assessment), posted(conclusions="Tässä välilehdessä"))
    words = page.content.decode()
    assert "Tässä välilehdessä" in words
    assert "Toisessa välilehdessä" in words
    assert page.context["now"] == Summary.objects.get()
    number = page.context["form"]["number"].value()
    again = posted(conclusions="Tässä välilehdessä", number=number)
    assert browser.post(at("summary", assessment), again).status_code == 302
    assert [one.conclusions for one in Summary.objects.all()] == ["Toisessa välilehdessä", "Tässä välilehdessä"]
