"""Namings and answers in the same moment: one of them happens, the others learn of it."""

import pytest

from coordination.agencies.rules import NotNow
from coordination.people import access
from coordination.people.drifting import drift
from coordination.support.commands import naming as commands
from coordination.support.models import Support
from tests.acts import begun
from tests.cast import Cast
from tests.coordination.support.namings import accepted, ask, named
from tests.flags.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_namings_at_once_one_is_asked_and_the_others_learn_of_it(transactional_db):
    cast = Cast()
    accepted(cast.health, cast.school, cast.association)
    person = begun(cast).young_person
    asked = together(
        lambda: ask(person, cast.nurse, by=cast.coordinator),
        lambda: ask(person, cast.teacher, by=cast.second_coordinator),
        lambda: ask(person, cast.youth_worker, by=cast.coordinator),
    )
    refused = [one for one in asked if isinstance(one, NotNow)]
    assert [one.sentence for one in refused] == ["Somebody has already been asked."] * 2
    assert Support.objects.get().state == "asked"
    assert not list(drift())


@pytest.mark.parametrize("others", ["decline", "take_back"])
def test_of_answers_at_once_one_counts(transactional_db, others):
    cast = Cast()
    support = named(begun(cast).young_person, cast.nurse, by=cast.coordinator)
    done = together(
        lambda: commands.accept(support=support, by=cast.nurse),
        lambda: getattr(commands, others)(support=support, by=cast.nurse),
    )
    assert [type(one) for one in done].count(NotNow) == 1
    support.refresh_from_db()
    assert support.state in ("active", "declined", "withdrawn")
    assert access.may(cast.nurse, "support", support.young_person) is (support.state == "active")
    assert not list(drift())
