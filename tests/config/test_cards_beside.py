"""A card beside a young person: ticks that only their professional reads, the version kept, and gone with the rest."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from coordination.cards.models import CardUse
from coordination.clocks.rules import today
from coordination.follow_ups.commands.erasing import erase_follow_up
from coordination.people.models import Ground
from coordination.use_log.models import Look
from tests.acts import begun, say
from tests.cast import sign_in
from tests.coordination.cards.writing import written
from tests.coordination.support.working import supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def follow_up(cast):
    """The teacher and the nurse take part."""
    follow_up = begun(cast)
    say(follow_up, cast.teacher, cast.nurse, by=cast.coordinator)
    return follow_up


def at(follow_up, role="school", phase="meet"):
    return reverse("pages:card", args=[follow_up.young_person.public_id, role, phase])


def test_ticks_and_sign_off_stay_and_are_the_professionals_own(cast, follow_up):
    written()
    teacher, nurse = (sign_in(Client(), one) for one in (cast.teacher, cast.nurse))
    assert teacher.post(at(follow_up), {"done": ["1"]}).headers["Location"] == at(follow_up)
    page = teacher.get(at(follow_up))
    assert page.context["form"].initial == {"done": [1], "signed": False}
    assert teacher.post(at(follow_up), {"done": ["0", "1"], "signed": "on"}).status_code == 302
    assert "tehty" in teacher.get(reverse("pages:cards", args=[follow_up.young_person.public_id])).content.decode()
    assert nurse.get(at(follow_up)).context["form"].initial == {}
    before = CardUse.objects.get().signed_at
    teacher.post(at(follow_up), {"done": ["0", "1"], "signed": "on"})
    assert CardUse.objects.get().signed_at == before


@pytest.mark.parametrize("wrong", [{"done": ["9"]}, {"done": ["x"]}, {"done": ["-1"]}, {"done": ["\0"]}])
def test_a_point_that_is_not_on_the_card_is_refused(cast, follow_up, wrong):
    written()
    answer = sign_in(Client(), cast.teacher).post(at(follow_up), wrong)
    assert answer.status_code == 200
    assert not CardUse.objects.exists()


def test_the_version_that_was_begun_with_stays(cast, follow_up):
    first = written()
    teacher = sign_in(Client(), cast.teacher)
    teacher.post(at(follow_up), {"done": ["0"]})
    written(word="Uusi")
    assert teacher.get(at(follow_up)).context["card"].version == first
    assert sign_in(Client(), cast.nurse).get(at(follow_up)).context["card"].version.number == 2


def test_the_ticks_stay_when_something_else_lasts_longer(cast, follow_up):
    """The nurse works by a card beside a support, and later takes part in a follow-up that sees longer."""
    supported(cast, young_person=follow_up.young_person)
    written()
    nurse = sign_in(Client(), cast.nurse)
    nurse.post(at(follow_up), {"done": ["0"], "signed": "on"})
    Ground.objects.filter(source=CardUse.objects.get().about).update(until=today() + timedelta(days=3))
    assert nurse.get(at(follow_up)).context["form"].initial == {"done": [0], "signed": True}
    nurse.post(at(follow_up), {"done": ["0", "1"]})
    assert CardUse.objects.get().ticked == [0, 1]


def test_whoever_may_not_see_the_young_person_finds_no_cards_beside_them(cast, follow_up):
    written()
    for member in (cast.stranger, cast.social_worker):
        client = sign_in(Client(), member)
        for path in (at(follow_up), reverse("pages:cards", args=[follow_up.young_person.public_id])):
            assert client.get(path).status_code == 404
            assert client.post(path, {"done": ["0"]}).status_code == 404
    assert not CardUse.objects.exists()


@pytest.mark.parametrize(("role", "phase"), [("school", "dance"), ("police", "meet"), ("child_welfare", "raise")])
def test_a_card_that_does_not_exist_is_not_there(cast, follow_up, role, phase):
    written()
    assert sign_in(Client(), cast.teacher).get(at(follow_up, role, phase)).status_code == 404


def test_the_look_is_in_the_use_log(cast, follow_up):
    written()
    before = Look.objects.count()
    sign_in(Client(), cast.teacher).get(at(follow_up))
    look = Look.objects.order_by("pk").last()
    assert Look.objects.count() == before + 1
    assert look.page == "pages:card"


def test_it_goes_with_the_follow_up(cast, follow_up):
    written()
    sign_in(Client(), cast.teacher).post(at(follow_up), {"done": ["0"]})
    erase_follow_up(follow_up=follow_up)
    assert not CardUse.objects.exists()
