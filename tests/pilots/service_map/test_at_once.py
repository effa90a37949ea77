"""Two at the same moment at one group's survey: nothing is lost unseen, and nothing is done twice."""

from uuid import uuid4

import pytest

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from pilots.service_map.commands import meetings, network, rounds
from pilots.service_map.commands.group import add_member, end_member
from pilots.service_map.models import GroupAction, GroupMeeting, GroupMember, NetworkContact, SurveyAnswer, SurveyRound
from tests.cast import Cast
from tests.flags.together import together
from tests.pilots.service_map.meeting import agreed, held, now, planned
from tests.pilots.service_map.surveying import answered, begun, group, indicator, opened, summarised

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    cast = Cast()
    group(cast)
    return cast


def refusals(answers):
    return [type(one) for one in answers if isinstance(one, Exception)]


def test_of_two_answers_at_once_one_is_refused(cast):
    lead = cast.coordinator
    indicator(lead)
    made = opened(lead)
    found = made.answers.get()
    said = {"answer": found, "number": found.number, "words": "", "evidence": "", "link": "", "value": None}
    answers = together(
        lambda: rounds.answer(by=lead, stands="partly", **said),
        lambda: rounds.answer(by=cast.youth_worker, stands="not", **said),
    )
    assert refusals(answers) == [NotNow]
    assert SurveyAnswer.objects.get().number == 1


def test_an_answer_comes_before_the_summary_or_not_at_all(cast):
    lead = cast.coordinator
    indicator(lead)
    made = opened(lead)
    answers = together(lambda: answered(made, cast.youth_worker), lambda: summarised(made, lead))
    assert refusals(answers) in ([], [NotNow])
    assert SurveyRound.objects.get().state == "closed"
    assert bool(SurveyAnswer.objects.get().stands) == (refusals(answers) == [])


def test_approved_at_once_is_approved_once(cast):
    lead = cast.coordinator
    indicator(lead)
    made = summarised(opened(lead), lead)
    add_member(membership=cast.second_coordinator, leads=True, by=lead)
    answers = together(
        *[lambda by=by: rounds.approve(survey_round=made, approved_on=today(), by=by)
          for by in (lead, cast.second_coordinator)]
    )  # fmt: skip
    assert refusals(answers) == [NotNow]


def test_two_rounds_are_never_begun(cast):
    lead = cast.coordinator
    indicator(lead)
    assert refusals(together(lambda: begun(lead), lambda: begun(lead))) == [NotNow]
    assert SurveyRound.objects.count() == 1


def test_whoever_is_ended_at_that_moment_does_nothing_after(cast):
    """The group is held: a lead who is taken out of it begins a round before that, or not at all."""
    lead = cast.coordinator
    indicator(lead)
    member = GroupMember.objects.get(membership=lead)
    together(lambda: end_member(member=member, by=cast.administrator), lambda: begun(lead))
    with pytest.raises(NotNow):
        begun(lead, token=uuid4())


def test_one_form_sent_twice_at_once_plans_one_meeting_and_one_action(cast):
    lead, token = cast.coordinator, uuid4()
    together(*[lambda: planned(lead, token=token)] * 2)
    assert GroupMeeting.objects.count() == 1
    there = held(lead)
    together(*[lambda: agreed(there, lead, owner=cast.teacher, token=token)] * 2)
    assert GroupAction.objects.count() == 1


def test_of_two_who_write_down_at_once_the_second_is_refused(cast):
    lead = cast.coordinator
    there = held(lead)
    said = {"attended": [], "decided": {}, "matter": "Asia", "decision": "", "number": now(there).number, "by": lead}
    assert refusals(together(*[lambda: meetings.write_minutes(meeting=there, **said)] * 2)) == [NotNow]
    assert there.agenda.filter(words="Asia").count() == 1


def test_joining_at_once_joins_once(cast):
    together(*[lambda: network.join(asks_about="", gets_letter=True, by=cast.teacher)] * 2)
    assert NetworkContact.objects.count() == 1
