"""A ban on disclosure isn't got round by writing the same guardian down once more."""

import pytest

from coordination.agencies.rules import NotNow
from coordination.assessments.commands import taking_part, views
from coordination.assessments.queries import disclosure, record
from tests.coordination.assessments.guesting import link_to
from tests.coordination.assessments.parting import banned
from tests.coordination.assessments.rooming import fresh, guardian, outside

pytestmark = pytest.mark.django_db


def covers(guardian):
    """What the ban for this guardian covers; None where there is none."""
    return guardian.bans.filter(ended_at=None).values_list("covers", flat=True).first()


@pytest.mark.parametrize("ended", [True, False])
@pytest.mark.parametrize("name", ["Pekka Virtanen", " pekka  VIRTANEN"])
def test_the_ban_is_for_whoever_is_written_down_again(cast, assessment, ended, name):
    before = guardian(assessment, "Pekka Virtanen")
    made = banned(before, "everything")
    if ended:
        taking_part.end_part(participant=before, by=cast.social_worker)
    again = guardian(assessment, name)
    assert covers(again) == "everything"
    ban = again.bans.get()
    assert (ban.why, ban.made_by, ban.made_at) == (made.why, made.made_by, made.made_at)
    assert disclosure.for_guardian(assessment, again) == disclosure.ForGuardian()
    assert not record.may_have_copy(assessment, fresh(again))
    with pytest.raises(NotNow):
        link_to(fresh(again))
    views.end_ban(participant=again, by=cast.social_worker)
    assert covers(again) is None


def test_of_two_bans_the_wider(assessment):
    for word in ("child_view", "everything", "child_view"):
        one = guardian(assessment, "Pekka Virtanen")
        if covers(one):
            views.end_ban(participant=one, by=assessment.worker)
        banned(one, word)
    assert covers(guardian(assessment, "Pekka Virtanen")) == "everything"


def test_nobody_else_is_banned_with_them(cast, assessment):
    father = guardian(assessment, "Pekka Virtanen")
    banned(father, "everything")
    assert covers(guardian(assessment, "Mari Virtanen")) is None
    assert covers(outside(assessment, "outside", "Pekka Virtanen")) is None
    views.end_ban(participant=father, by=cast.social_worker)
    assert covers(guardian(assessment, "Pekka Virtanen")) is None
