"""Which agencies do what with the young person, and how a double is asked about, agreed to and closed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.follow_ups.models import FollowUp
from coordination.people.commands import exclude
from coordination.support.commands import overlaps
from coordination.support.models import ClientRelationship
from coordination.support.queries import overlaps as queries
from coordination.support.states import OVERLAP_MOVES
from coordination.use_log.models import Look
from tests.acts import protect, say
from tests.coordination.support.overlapping import asked_to_close, double, numbers, row, tick, untick
from tests.coordination.support.talking import let, told
from tests.coordination.support.working import stands_in, supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(cast):
    """The nurse is Aino's one adult; the social worker may talk with her."""
    support = supported(cast)
    let(support, cast.social_worker)
    return support


@pytest.fixture
def question(cast, support):
    """The social worker is asked to close the counselling, which the association does, too."""
    return asked_to_close(double(support, "counselling", cast.social, cast.association), cast.social_worker)


# --- The list ---------------------------------------------------------------------------------------------------------


def test_the_list_counts_agencies_and_adults_before_and_now(cast, support):
    """By hand: social services with two adults, the school with one who does both, the association with one."""
    school = {cast.school.pk: True}
    tick(support, (cast.social, "case_work"), (cast.social, "money"))
    tick(support, (cast.school, "guidance"), (cast.school, "counselling"), same_adult=school)
    tick(support, (cast.association, "free_time"))
    assert numbers(support, cast.nurse) == (3, 3, 4, 4)
    tick(support, (cast.health, "health"), at_naming=False)
    assert numbers(support, cast.nurse) == (3, 4, 4, 5)
    ClientRelationship.objects.update(recorded_at=timezone.now() - timedelta(days=2))
    untick(support, (cast.social, "money"), (cast.association, "free_time"))
    assert numbers(support, cast.nurse) == (3, 3, 4, 3)
    assert numbers(support, cast.coordinator, coordinates=True) == (3, 3, 4, 3)


def test_what_is_unticked_on_the_same_day_was_a_slip(cast, support):
    tick(support, (cast.social, "case_work"), (cast.school, "guidance"))
    untick(support, (cast.school, "guidance"))
    assert numbers(support, cast.nurse) == (1, 1, 1, 1)


def test_ticking_twice_writes_one_and_two_lists_undo_nothing(cast, support):
    tick(support, (cast.social, "case_work"))
    tick(support, (cast.social, "case_work"), (cast.school, "guidance"), by=cast.nurse)
    untick(support, (cast.association, "free_time"))
    assert ClientRelationship.objects.filter(ended_at=None).count() == 2


def test_who_ended_it_and_when_is_written_down(cast, support):
    tick(support, (cast.social, "case_work"))
    stands_in(support, cast.youth_worker)
    untick(support, (cast.social, "case_work"), by=cast.youth_worker)
    one = ClientRelationship.objects.get()
    assert one.ended_by == cast.youth_worker
    assert one.ended_at


def test_only_agencies_of_the_list_can_be_chosen(cast, support):
    exclude(young_person=support.young_person, by=cast.coordinator, agency=cast.school)
    for agency in (cast.other_school, cast.clinic, cast.school):
        with pytest.raises(NotNow):
            tick(support, (agency, "health"))
    assert not ClientRelationship.objects.exists()


def test_of_a_sensitive_agency_there_is_no_row_and_no_count_for_others(cast):
    support = supported(cast, adult=cast.therapist)
    tick(support, (cast.clinic, "counselling"), (cast.social, "counselling"))
    assert numbers(support, cast.therapist) == (2, 2, 2, 2)
    assert numbers(support, cast.coordinator, coordinates=True) == (2, 2, 2, 2)
    stands_in(support, cast.youth_worker)
    assert numbers(support, cast.youth_worker) == (1, 1, 1, 1)
    assert not queries.around(support, cast.youth_worker).double


def test_with_non_disclosure_agencies_read_by_kind_and_are_told_apart(cast, support):
    tick(support, (cast.social, "money"), (cast.agency("Toinen", "social"), "money"), (cast.health, "health"))
    protect(FollowUp.objects.get(), by=cast.coordinator)
    support.young_person.refresh_from_db()
    shown = {one.shown for one in queries.relationships(support, cast.nurse)}
    assert shown == {"social services 1", "social services 2", "Kouluterveydenhuolto"}


def test_a_double_is_the_same_done_by_two_agencies(cast, support):
    tick(support, (cast.social, "money"), (cast.social, "case_work"), (cast.school, "guidance"))
    assert not queries.around(support, cast.nurse).double
    tick(support, (cast.school, "money"))
    assert {one.agency for one in queries.around(support, cast.nurse).double} == {cast.social, cast.school}


# --- Who can be asked -------------------------------------------------------------------------------------------------


def test_who_takes_part_or_may_talk_can_be_asked_and_nobody_else(cast, support):
    closing = double(support, "guidance", cast.school, cast.social)
    assert queries.could_be_asked(closing, cast.nurse) == []
    with pytest.raises(NotNow):
        asked_to_close(closing, cast.teacher)
    let(support, cast.teacher)
    assert [one for one, _words in queries.could_be_asked(closing, cast.nurse)] == [cast.teacher]
    for member in (cast.social_worker, cast.stranger, cast.coordinator):
        with pytest.raises(NotNow):
            asked_to_close(closing, member)


def test_who_takes_part_unknown_to_the_adult_cant_be_found_by_asking(cast, support):
    """The nurse takes no part in the follow-up, so she isn't to learn who does."""
    follow_up = FollowUp.objects.get()
    closing = double(support, "guidance", cast.school, cast.social)
    say(follow_up, cast.teacher, by=cast.coordinator)
    assert queries.could_be_asked(closing, cast.nurse) == []
    say(follow_up, cast.nurse, by=cast.coordinator)
    assert [one for one, _words in queries.could_be_asked(closing, cast.nurse)] == [cast.teacher]
    say(follow_up, cast.teacher, by=cast.coordinator, apart=True)
    assert queries.could_be_asked(closing, cast.nurse) == []


def test_asking_is_told_recorded_and_written_into_the_disclosure_log(cast, support, question):
    assert told(cast.social_worker, "overlap_asked") == 1
    look = Look.objects.latest("pk")
    assert (look.passed_on, look.passed_to_agency) == (["other_agency"], cast.social.pk)
    events = Event.objects.filter(kind="overlap_asked")
    assert {(one.audience, one.to_membership) for one in events} == {("everyone", None), ("one", cast.social_worker)}
    assert all(one.data == {"task": "counselling"} for one in events)


def test_the_same_press_again_asks_once(cast, support, question):
    assert asked_to_close(question.closing, cast.social_worker) == question
    assert told(cast.social_worker, "overlap_asked") == 1


def test_never_are_both_asked_to_close(cast, support, question):
    let(support, cast.youth_worker)
    with pytest.raises(NotNow):
        asked_to_close(question.stays, cast.youth_worker, stays=question.closing)
    # A third that does the same may close, as long as the one that stays isn't to be closed itself.
    third = double(support, "counselling", cast.school, cast.association)
    let(support, cast.teacher)
    with pytest.raises(NotNow):
        asked_to_close(third, cast.teacher, stays=question.closing)
    assert asked_to_close(third, cast.teacher, stays=question.stays).state == "proposed"


def test_what_no_longer_does_the_same_isnt_asked_about(cast, support):
    closing = double(support, "money", cast.social, cast.association)
    other = row(support, cast.association, "money")
    untick(support, (cast.association, "money"))
    with pytest.raises(NotNow):
        asked_to_close(closing, cast.social_worker, stays=other)


def test_what_somebody_is_asked_about_stays_on_the_list(cast, support, question):
    for agency in (cast.social, cast.association):
        with pytest.raises(NotNow):
            untick(support, (agency, "counselling"))


# --- Answers and the closing ------------------------------------------------------------------------------------------


def test_agreed_and_closed_by_whom_and_when_and_the_hours_are_freed(cast, support, question):
    overlaps.answer(proposal=question, agrees=True, hours=8, by=cast.social_worker)
    assert told(cast.nurse, "overlap_answered") == 1
    assert told(cast.social_worker, "overlap_asked") == 0
    for _twice in range(2):
        overlaps.close_overlap(proposal=question, by=cast.social_worker)
    question.refresh_from_db()
    closing = ClientRelationship.objects.get(pk=question.closing_id)
    assert (question.state, question.closed_by, question.hours_freed) == ("closed", cast.social_worker, 8)
    assert (closing.ended_by, closing.ended_at, closing.hours_a_month) == (cast.social_worker, question.closed_at, 8)
    assert told(cast.nurse, "overlap_closed") == 1
    found = queries.counted(support, cast.nurse)
    assert (found.doubles, found.closed, found.hours_freed) == (0, 1, 8)
    assert numbers(support, cast.nurse) == (2, 1, 2, 1)
    assert Event.objects.filter(kind="overlap_closed", audience="everyone").count() == 1


def test_a_later_change_of_the_hours_changes_no_figure(cast, support, question):
    overlaps.answer(proposal=question, agrees=True, hours=4, by=cast.social_worker)
    overlaps.close_overlap(proposal=question, by=cast.nurse)
    ClientRelationship.objects.update(hours_a_month=24)
    assert queries.counted(support, cast.nurse).hours_freed == 4
    assert told(cast.social_worker, "overlap_closed") == 1


def test_declined_both_go_on_and_one_can_ask_again(cast, support, question):
    overlaps.answer(proposal=question, agrees=False, by=cast.social_worker)
    with pytest.raises(NotNow):
        overlaps.close_overlap(proposal=question, by=cast.nurse)
    assert queries.counted(support, cast.nurse).doubles == 1
    assert asked_to_close(question.closing, cast.social_worker) != question


def acted(name, question, cast):
    return {
        "agreed": lambda: overlaps.answer(proposal=question, agrees=True, hours=1, by=cast.social_worker),
        "declined": lambda: overlaps.answer(proposal=question, agrees=False, by=cast.social_worker),
        "closed": lambda: overlaps.close_overlap(proposal=question, by=cast.nurse),
        "withdrawn": lambda: overlaps.withdraw(proposal=question, by=cast.nurse),
    }[name]()


@pytest.mark.parametrize("state", [*OVERLAP_MOVES])
@pytest.mark.parametrize("to", ["agreed", "declined", "closed", "withdrawn"])
def test_every_move_is_one_of_the_drawing(cast, support, question, state, to):
    for step in {"agreed": ["agreed"], "closed": ["agreed", "closed"]}.get(state, [state]):
        if step != "proposed":
            acted(step, question, cast)
    allowed = to in OVERLAP_MOVES[state] or to == state
    if not allowed:
        with pytest.raises(NotNow):
            acted(to, question, cast)
    else:
        assert acted(to, question, cast).state == to
    question.refresh_from_db()
    assert question.state == (to if allowed else state)
