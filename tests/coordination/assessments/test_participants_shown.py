"""Who takes part is shown to each as they may know of it."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coordination.assessments.commands import taking_part
from coordination.assessments.models import Participant
from coordination.assessments.queries import participants
from coordination.assessments.queries.rooms import room_for
from coordination.people.models import YoungPerson
from tests.cast import sign_in
from tests.coordination.assessments.rooming import guardian, invited, outside

pytestmark = pytest.mark.django_db


def shown_to(member, assessment):
    return [
        (one.name, one.state) for one in participants.shown_in(room_for(member, assessment.public_id))["participants"]
    ]


def test_names_are_for_the_worker_others_see_professionals_as_ever_and_of_guests_the_kind(cast, assessment):
    invited(assessment, cast.nurse)
    invited(assessment, cast.therapist)
    guardian(assessment, name="Mari Virtanen")
    assert [name for name, _state in shown_to(cast.social_worker, assessment)] == [
        "Niina Hoitaja",
        "Pia Päihde",
        "Mari Virtanen",
    ]
    shown = shown_to(cast.nurse, assessment)
    assert [name for name, _state in shown] == ["Niina Hoitaja", "a professional", "guardian"]
    page = sign_in(Client(), cast.nurse).get(assessment.get_absolute_url()).content.decode()
    for word in ("Mari", "Pia", "Päihde"):
        assert word not in page


def test_that_somebody_took_their_part_back_is_between_them_and_the_worker(cast, assessment):
    invited(assessment, cast.nurse)
    invited(assessment, cast.teacher)
    Participant.objects.filter(membership=cast.nurse).update(state="withdrawn")
    states = {str(state) for _name, state in shown_to(cast.teacher, assessment)}
    assert len(states) == 1
    for member in (cast.nurse, cast.social_worker):
        assert len({str(state) for _name, state in shown_to(member, assessment)}) == 2


def test_what_is_asked_is_for_whoever_is_asked(cast, assessment):
    said = {"assessment": assessment, "token": uuid4(), "by": cast.social_worker}
    taking_part.invite(membership=cast.nurse, asked="Kysymys hoitajalle", **said)
    invited(assessment, cast.teacher)
    outside(assessment, "guardian", "Mari", asked="Kysymys huoltajalle")

    def asks(member):
        page = sign_in(Client(), member).get(assessment.get_absolute_url()).content.decode()
        return [word in page for word in ("Kysymys hoitajalle", "Kysymys huoltajalle")]

    assert [asks(one) for one in (cast.social_worker, cast.nurse, cast.teacher)] == [
        [True, True],
        [True, False],
        [False, False],
    ]


def test_the_same_statements_for_one_and_for_many(cast, assessment):
    def statements():
        room = room_for(cast.social_worker, assessment.public_id)
        with CaptureQueriesContext(connection) as queries:
            participants.shown_in(room)
        return len(queries)

    invited(assessment, cast.nurse)
    guardian(assessment)
    few = statements()
    for member in (cast.teacher, cast.youth_worker, cast.therapist):
        invited(assessment, member)
    for number in range(5):
        guardian(assessment, name=f"Mari {number}")
    assert statements() == few


def test_under_non_disclosure_agencies_show_by_kind(cast, assessment):
    invited(assessment, cast.nurse)
    invited(assessment, cast.teacher)
    YoungPerson.objects.update(non_disclosure=True)
    page = sign_in(Client(), cast.nurse).get(assessment.get_absolute_url()).content.decode()
    assert "Päämajakoulu" not in page.split("<main")[1]
