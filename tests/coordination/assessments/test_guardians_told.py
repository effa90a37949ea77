"""What may be told to a guardian, as a table."""

from datetime import timedelta

import pytest

from coordination.assessments.commands import views
from coordination.assessments.models import Assessment, Participant
from coordination.assessments.queries.disclosure import ForGuardian, for_guardian
from coordination.clocks.rules import today
from coordination.people.models import YoungPerson
from coordination.people.rules import latest_birth_date
from tests.coordination.assessments.parting import banned, child
from tests.coordination.assessments.rooming import begun, guardian, invited

pytestmark = pytest.mark.django_db


class Told:
    """A family of which the child and both guardians take part."""

    def __init__(self, cast):
        self.room = begun(cast.social_worker, by=cast.teacher)
        self.mother, self.father, self.child = guardian(self.room), guardian(self.room, "Pekka"), child(self.room)
        invited(self.room, cast.nurse)

    def turns(self, years, *, in_days=0):
        """The young person turns so many years old in so many days."""
        born = latest_birth_date(years, today()) + timedelta(days=in_days)
        YoungPerson.objects.filter(pk=self.room.young_person_id).update(birth_date=born)

    def to(self, one):
        """What may be told to this one."""
        return for_guardian(Assessment.objects.get(pk=self.room.pk), Participant.objects.get(pk=one.pk))


NOTHING = ForGuardian()
ALL = ForGuardian(outcome=True, goals_in_words=True)
BUT_THE_CHILD = ForGuardian(outcome=True)


@pytest.mark.parametrize(
    ("happens", "told"),
    [
        (lambda all: None, ALL),
        (lambda all: banned(all.mother, "child_view"), BUT_THE_CHILD),
        (lambda all: banned(all.mother, "everything"), NOTHING),
        (lambda all: banned(all.father, "everything"), ALL),
        (
            lambda all: (banned(all.mother, "everything"), views.end_ban(participant=all.mother, by=all.room.worker)),
            ALL,
        ),
        (lambda all: all.turns(18), NOTHING),
        (lambda all: all.turns(18, in_days=1), ALL),
        (lambda all: (all.turns(18, in_days=1), banned(all.mother)), BUT_THE_CHILD),
        (lambda all: (all.turns(25), banned(all.mother)), NOTHING),
        (lambda all: Participant.objects.update(state="ended", ended_at=all.room.began_at), NOTHING),
    ],
)
def test_what_may_be_told_to_a_guardian(cast, happens, told):
    family = Told(cast)
    happens(family)
    assert family.to(family.mother) == told


def test_nothing_may_be_told_to_anybody_but_a_guardian_of_this_assessment(cast):
    family = Told(cast)
    elsewhere = guardian(begun(cast.colleague, by=cast.teacher, first_name="Eino"))
    for one in (*family.room.participants.exclude(kind="guardian"), elsewhere):
        assert for_guardian(family.room, one) == ForGuardian()
