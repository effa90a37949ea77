"""What is pressed beside the call: closing, one more adult, exclusions."""

from datetime import timedelta

import pytest
from django.test import Client

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.follow_ups import commands
from coordination.follow_ups.models import FollowUp
from coordination.people import access
from coordination.people.models import Exclusion
from tests.cast import sign_in
from tests.coordination.follow_ups.conftest import REACHED, asked, decides, opened, step, told, url

pytestmark = pytest.mark.django_db


def test_closing_needs_an_outcome(kaisa, taken_up):
    response = kaisa.post(url("close", taken_up), {"version": taken_up.version})
    assert "outcome" in response.context["shown_form"].errors
    assert not response.context["form"].errors
    taken_up.refresh_from_db()
    assert taken_up.state == "taken_up"


def test_closed_is_read_only_until_the_areas_days_have_passed(cast, kaisa, taken_up, time_machine):
    person = taken_up.young_person
    kaisa.post(
        url("sheet", taken_up), opened(kaisa, taken_up) | REACHED | decides(asked(taken_up, cast.teacher), "yes")
    )
    taken_up.refresh_from_db()
    kaisa.post(url("close", taken_up), {"outcome": "one_adult", "version": taken_up.version})
    page = kaisa.get(url("sheet", taken_up))
    assert b'id="call"' not in page.content
    assert page.context["seen_until"] == today() + timedelta(days=cast.mikkeli.days_seen_after_closing)
    assert url("close", taken_up) not in page.content.decode()
    assert access.may(cast.teacher, "view_network", person)
    time_machine.move_to(page.context["seen_until"] + timedelta(days=1, hours=3))
    assert sign_in(Client(), cast.coordinator).get(url("sheet", taken_up)).status_code == 404
    assert not access.may(cast.teacher, "view_network", person)


def test_what_waits_can_not_be_closed(kaisa, waiting):
    kaisa.post(url("close", waiting), {"outcome": "other", "version": waiting.version})
    waiting.refresh_from_db()
    assert waiting.state == "waiting"


def test_an_old_version_can_not_be_closed(kaisa, kalle, taken_up):
    kalle.post(url("sheet", taken_up), opened(kalle, taken_up) | REACHED | step())
    kaisa.post(url("close", taken_up), {"outcome": "other", "version": taken_up.version})
    taken_up.refresh_from_db()
    assert taken_up.state == "taken_up"


def test_one_more_adult(cast, kaisa, taken_up):
    kaisa.post(url("add_adult", taken_up), {"email": cast.youth_worker.user.email.upper()})
    assert asked(taken_up, cast.youth_worker).takes_part == ""
    assert told(cast.youth_worker, "you_are_wanted") == 0
    kaisa.post(url("add_adult", taken_up), {"email": cast.youth_worker.user.email})
    assert taken_up.asked.count() == 3


@pytest.mark.parametrize("email", ["nobody@example.test", "ville.vieras@example.test", "", "x", "a\0@example.test"])
def test_only_somebody_of_this_area_can_be_added(kaisa, taken_up, email):
    response = kaisa.post(url("add_adult", taken_up), {"email": email})
    assert "email" in response.context["shown_form"].errors
    assert not response.context["form"].errors
    assert taken_up.asked.count() == 2


def test_nobody_is_added_before_it_is_taken_up(cast, kaisa, waiting):
    kaisa.post(url("add_adult", waiting), {"email": cast.youth_worker.user.email})
    assert waiting.asked.count() == 2


def test_the_excluded_lose_sight_and_are_not_told(cast, client, kaisa, taken_up):
    teacher = asked(taken_up, cast.teacher)
    kaisa.post(url("sheet", taken_up), opened(kaisa, taken_up) | REACHED | step() | decides(teacher, "yes"))
    kaisa.post(url("exclude", taken_up), {"who": "person", "excluded_email": cast.teacher.user.email})
    assert not access.may(cast.teacher, "view_network", taken_up.young_person)
    assert told(cast.teacher, "your_part_ended") == 0
    assert taken_up.asked.filter(left_at=None).count() == 1
    assert sign_in(client, cast.teacher).get(f"/person/{taken_up.young_person.public_id}/").status_code == 404
    kaisa.post(url("add_adult", taken_up), {"email": cast.teacher.user.email})
    assert taken_up.asked.filter(left_at=None).count() == 1


def test_nobody_is_added_to_what_is_closed(cast, taken_up):
    commands.close_follow_up(
        follow_up=FollowUp.objects.get(), by=cast.coordinator, outcome="in_touch", version=taken_up.version
    )
    with pytest.raises(NotNow):
        commands.add_adult(follow_up=taken_up, membership=cast.youth_worker, by=cast.coordinator)
    assert taken_up.asked.count() == 2


def test_a_whole_agency_is_excluded(cast, kaisa, kalle, taken_up):
    response = kaisa.post(url("exclude", taken_up), {"who": "agency", "excluded_email": cast.nurse.user.email})
    assert response.status_code == 302
    assert not taken_up.asked.filter(membership=cast.nurse, left_at=None).exists()
    assert Exclusion.objects.get().agency == cast.health


def test_the_agency_of_all_coordinators_is_not_excluded(cast, kaisa, kalle, taken_up):
    kaisa.post(url("exclude", taken_up), {"who": "agency", "excluded_email": cast.coordinator.user.email})
    assert not Exclusion.objects.exists()
    for browser in (kaisa, kalle):
        assert browser.get(url("sheet", taken_up)).status_code == 200


def test_excluding_the_same_twice_or_nobody(cast, kaisa, taken_up):
    data = {"who": "person", "excluded_email": cast.youth_worker.user.email}
    for _ in range(2):
        assert kaisa.post(url("exclude", taken_up), data).status_code == 302
    assert Exclusion.objects.filter(ended_at=None).count() == 1
    response = kaisa.post(url("exclude", taken_up), {"who": "", "excluded_email": "nobody@example.test"})
    assert set(response.context["shown_form"].errors) == {"who", "excluded_email"}


def test_ending_an_exclusion(cast, kaisa, taken_up):
    kaisa.post(url("exclude", taken_up), {"who": "person", "excluded_email": cast.teacher.user.email})
    exclusion = Exclusion.objects.get()
    other = cast.match(first_name="Veikko")
    assert kaisa.post(url("end_exclusion", other, exclusion.public_id)).status_code == 404
    assert kaisa.post(url("end_exclusion", taken_up, exclusion.public_id)).status_code == 302
    exclusion.refresh_from_db()
    assert exclusion.ended_at
    assert kaisa.post(url("end_exclusion", taken_up, exclusion.public_id)).status_code == 404
    assert not access.may(cast.teacher, "view_network", taken_up.young_person)
    kaisa.post(url("add_adult", taken_up), {"email": cast.teacher.user.email})
    assert asked(taken_up, cast.teacher).left_at is None
