"""Feedback on a training: once, by whoever came, told all at once and never by name."""

from uuid import uuid4

import pytest

from coordination.agencies.rules import NotNow
from pilots.trainings.commands.feedback import give_feedback
from pilots.trainings.models import TrainingFeedback
from pilots.trainings.queries.people import said_of
from tests.pilots.trainings.training import held, made, now, signed_up

pytestmark = pytest.mark.django_db


def said(sign_up, useful="yes", better="nothing", token=None):
    give_feedback(sign_up=sign_up, useful=useful, better=better, token=token or uuid4())


@pytest.fixture
def came(cast):
    """The sign-ups of eight who came to a workshop, of four agencies."""
    training = made(cast.coordinator)
    members = [cast.teacher, cast.nurse, cast.youth_worker, cast.social_worker]
    members += [cast.member(f"Vieras{number}", "Tulija", cast.school) for number in range(4)]
    rows = [signed_up(training, one) for one in members]
    held(training, *members)
    return rows


def test_once_and_only_by_whoever_came(cast, came):
    token = uuid4()
    said(came[0], token=token)
    said(came[0], token=token)
    with pytest.raises(NotNow):
        said(came[0])
    late = signed_up(made(cast.coordinator), cast.teacher)
    with pytest.raises(NotNow):
        said(late)
    assert TrainingFeedback.objects.count() == 1


def test_nothing_says_who_it_was_or_when(came):
    said(came[0])
    assert {field.name for field in TrainingFeedback._meta.fields} == {
        *("id", "token", "training", "agency", "useful", "better")
    }


def test_it_is_told_all_at_once_after_the_days_and_small_numbers_are_not(cast, came):
    for one in came[:7]:
        said(one)
    said(came[7], useful="no", better="longer")
    training = came[0].training
    assert said_of(now(training)) is None
    held(training, *[one.membership for one in came], days_ago=15)
    useful, better = said_of(now(training))
    # Of seven who said yes four are of one school, which would know of the three others.
    assert [str(told) for _answer, told in useful[1]] == ["<5", "<5", "<5"]
    more = made(cast.coordinator)
    rows = [signed_up(more, one) for one in _of_many(cast, 9)]
    held(more, *[one.membership for one in rows])
    for one in rows:
        said(one)
    held(more, *[one.membership for one in rows], days_ago=15)
    useful, better = said_of(now(more))
    assert [str(told) for _answer, told in useful[1]] == ["9", "<5", "<5"]
    assert str(better[1][0][1]) == "9"


def _of_many(cast, number):
    """So many members, each of another agency."""
    for place in range(number):
        agency = cast.agency(f"Toimija {place}", "other")
        yield cast.member(f"Monen{place}", "Talon", agency)


def test_too_late_is_too_late(came):
    held(came[0].training, *[one.membership for one in came], days_ago=15)
    with pytest.raises(NotNow):
        said(now(came[0]))
