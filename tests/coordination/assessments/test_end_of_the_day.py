"""What a tired social worker must be able to rely on: what is done waits no more, and each page says how it stands."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coordination.agencies.models import Membership
from coordination.assessments.commands import parts, summaries, views
from coordination.assessments.forms.plans import ActionForm
from coordination.assessments.models import PlanAction
from coordination.assessments.notices import PART_ASKED
from coordination.assessments.queries import overview, record
from coordination.assessments.queries.guests import words_of
from coordination.assessments.queries.rooms import room_for
from coordination.cards.models import CardVersion
from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from tests.cast import sign_in
from tests.coordination.assessments import planned
from tests.coordination.assessments.handing import afresh, signed, whole
from tests.coordination.assessments.records import at, room
from tests.coordination.assessments.rooming import fresh, guardian, invited, of, outside, sign

pytestmark = pytest.mark.django_db


def page_of(member, path, **typed):
    """The page in English, as text; `typed` is posted."""
    member.user.language = "en"
    member.user.save()
    client = sign_in(Client(), member)
    answer = client.post(path, typed, follow=True) if typed else client.get(path, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def waiting(membership):
    """How many notices ask this member for a part."""
    return Notification.objects.of(membership).waiting().filter(code=PART_ASKED.code).count()


def written(assessment, by, **more):
    said = {"content": {"health": "Nukkuu huonosti"}, "basis": "permission", "basis_why": "Äiti", "readers": []}
    return parts.write_part(assessment=assessment, number=0, by=by, **said | more)


def heard(assessment):
    said = {"own_words": "Haluan nukkua", "maturity": "able", "maturity_why": "Osaa kertoa", "why_not_alone": ""}
    said |= {"heard_on": today(), "heard_how": "face", "met_alone": True}
    return views.hear_child(assessment=assessment, number=0, by=assessment.worker, **said)


# --- What is done waits no more -------------------------------------------------------------------------------------


def test_whoever_has_written_their_part_is_asked_for_it_no_more(cast, assessment):
    invited(assessment, cast.nurse)
    invited(assessment, cast.youth_worker)
    assert waiting(cast.nurse) == 1
    written(assessment, cast.nurse)
    assert (waiting(cast.nurse), waiting(cast.youth_worker)) == (0, 1)


def test_once_it_is_signed_nobody_is_asked_for_a_part(cast, assessment):
    invited(assessment, cast.nurse)
    heard(assessment)
    planned.written(assessment)
    assert waiting(cast.nurse) == 1
    summaries.sign(assessment=assessment, by=assessment.worker)
    assert waiting(cast.nurse) == 0


def test_of_a_signed_assessment_no_part_is_missing_in_the_list(cast, assessment):
    invited(assessment, cast.nurse)
    assert [one.missing for one in overview.mine(cast.social_worker).own] == [1]
    sign(assessment)
    assert [one.missing for one in overview.mine(cast.social_worker).own] == [0]
    assert "1 part missing" not in page_of(cast.social_worker, reverse("assessments:mine"))


def test_a_child_who_has_been_heard_is_not_waited_for(assessment):
    child, mother = outside(assessment, "child", ""), guardian(assessment)
    heard(assessment)
    assert (fresh(child).state, fresh(mother).state) == ("contributed", "asked")


def test_a_child_who_has_nothing_to_add_stays_so(assessment):
    child = outside(assessment, "child", "")
    child.state = "nothing_to_add"
    child.save()
    heard(assessment)
    assert fresh(child).state == "nothing_to_add"


# --- Where to go ----------------------------------------------------------------------------------------------------


def test_each_step_leads_to_something_on_the_page(cast, assessment):
    page = page_of(cast.social_worker, assessment.get_absolute_url())
    steps = overview.steps(room_for(cast.social_worker, assessment.public_id))
    assert {step.url[1:] for step in steps} <= set(re.findall(r'id="([^"]+)"', page))


def test_whoever_has_written_still_finds_the_assessment_from_the_desk(cast, assessment):
    invited(assessment, cast.nurse)
    written(assessment, cast.nurse)
    assert f'href="{reverse("assessments:mine")}"' in page_of(cast.nurse, "/")


def test_a_colleague_is_asked_for_only_where_there_is_one(cast, assessment):
    path = reverse("assessments:worker", args=[assessment.public_id])
    assert 'name="colleague"' in page_of(cast.social_worker, path)
    Membership.objects.filter(pk=cast.colleague.pk).update(ended_on=today())
    page = page_of(cast.social_worker, path)
    assert "Nobody else of your agency" in page
    assert "Hand on</button>" not in page


# --- What is wrong is said once, and what was done is said ------------------------------------------------------------


def test_what_is_wrong_is_said_once(cast):
    made = signed(whole(cast))
    for path in (at("hand_over", made), reverse("assessments:worker", args=[made.public_id])):
        assert page_of(cast.social_worker, path, nothing="").count("govuk-error-summary__title") == 1


def test_a_reader_is_told_that_a_signed_summary_was_opened_again(cast):
    made = signed(whole(cast))
    version = made.summaries.last()
    version.readers.set(made.participants.filter(membership=cast.nurse))
    said = "has been opened again"
    assert said not in page_of(cast.nurse, made.get_absolute_url())
    summaries.reopen(assessment=made, why="Koulun osuus tuli", by=made.worker)
    page = page_of(cast.nurse, made.get_absolute_url())
    assert version.conclusions in page
    assert said in page


def test_who_has_looked_is_not_released_by_a_slip(cast, assessment):
    page = page_of(cast.social_worker, assessment.get_absolute_url())
    before = page[: page.index(reverse("assessments:looks", args=[assessment.public_id]))]
    assert "It can't be taken back" in before[before.rindex("<details") :]


def test_before_a_link_goes_to_a_guardian_it_is_said_that_the_family_was_not_told(cast, assessment):
    child, mother = outside(assessment, "child", ""), guardian(assessment)
    said = "has not been written down yet that the family has been told"
    assert said in page_of(cast.social_worker, of(mother, "link"))
    assert said not in page_of(cast.social_worker, of(child, "link"))
    assessment.reports.update(family_informed_on=today())
    assert said not in page_of(cast.social_worker, of(mother, "link"))


def test_a_ban_stands_beside_that_guardians_copy(cast):
    made = signed(whole(cast))
    mother = made.participants.filter(kind="guardian").first()
    copy = reverse("assessments:family_copy", args=[made.public_id, mother.public_id])

    def row():
        before = page_of(cast.social_worker, made.get_absolute_url()).split(copy)[0]
        return before[before.rindex("<li") :]

    assert "must not be told" not in row()
    views.ban(participant=mother, covers="child_view", why="Pelkää", by=made.worker)
    assert "must not be told" in row()


def test_the_page_behind_the_link_says_who_wrote_what_was_told(cast, assessment):
    mother = guardian(assessment)
    said = {"words": "Iltaisin tarvitaan apua", "how": "phone", "on": today(), "number": 0}
    views.hear_participant(participant=mother, by=assessment.worker, **said)
    assert words_of(fresh(mother)).heard == today()
    preview = reverse("pages:room_preview", args=[assessment.public_id, mother.public_id])
    assert "wrote down what you told on" in page_of(cast.social_worker, preview)


def test_what_the_child_tells_is_written_down_in_one_place(cast, assessment):
    child, mother = outside(assessment, "child", ""), guardian(assessment)
    page = page_of(cast.social_worker, assessment.get_absolute_url())
    assert of(mother, "heard") in page
    assert of(child, "heard") not in page


# --- Forms ------------------------------------------------------------------------------------------------------------


def test_the_only_goal_is_chosen_already(assessment):
    class Directory:
        services, needs = [], []

    def goal(goals):
        return ActionForm(goals=goals, people=[], directory=Directory).fields["goal"].initial

    first, second = planned.goal(assessment, "Nukun"), planned.goal(assessment, "Syön")
    assert goal([first]) == str(first.public_id)
    assert goal([first, second]) is None


def labels(paper):
    return {label for chapter in paper.chapters for label, _text in chapter.lines}


# --- The record -------------------------------------------------------------------------------------------------------


def test_what_is_done_for_no_goal_stands_last_in_the_record(cast):
    made = signed(whole(cast))
    assert PlanAction.objects.filter(assessment=made).update(goal=None)
    titles = [one.title for one in record.of(room(afresh(made))).chapters]
    assert titles.index("Joint plan") < titles.index("Goal 1") < titles.index("Not for one goal alone")


def test_the_record_says_who_decided_and_the_family_nothing_of_action_cards(cast):
    made = signed(whole(cast))
    card = CardVersion.objects.create(role="child_welfare", phase="summarise", number=99, published_at=timezone.now())
    made.summaries.update(card=card)
    child = made.participants.get(kind="child")
    whole_record, copy = labels(record.of(room(afresh(made)))), labels(record.copy_for(room(afresh(made)), child))
    assert {"Decision", "Action card"} <= whole_record
    assert "Action card" not in copy
