"""The call sheet: who may open it, and what saving a call does."""

from uuid import uuid4

import pytest

from coordination.follow_ups import commands
from coordination.follow_ups.models import AskedAdult, ContactAttempt
from coordination.outbox.models import Notification
from coordination.people import access
from coordination.use_log.models import Look
from tests.cast import sign_in
from tests.coordination.follow_ups.conftest import (
    NOT_REACHED,
    REACHED,
    asked,
    decides,
    opened,
    step,
    told,
    url,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["other_coordinator", "stranger", "teacher", "nurse", "administrator"])
def test_nobody_else_finds_the_sheet(client, cast, waiting, who):
    client = sign_in(client, getattr(cast, who))
    assert client.get(url("sheet", waiting)).status_code == 404
    for name in ("sheet", "take_up", "take_over", "close", "add_adult", "exclude"):
        assert client.post(url(name, waiting), {"version": 0}).status_code == 404
    waiting.refresh_from_db()
    assert waiting.owner is None


def test_opening_the_sheet_leaves_one_look(kaisa, waiting):
    looks = Look.objects.count()
    response = kaisa.get(url("sheet", waiting))
    assert response.status_code == 200
    assert Look.objects.count() == looks + 1
    assert waiting.young_person.log_keys[0] in Look.objects.latest("pk").person_keys


def test_before_it_is_taken_up_nothing_can_be_saved(kaisa, waiting):
    page = kaisa.get(url("sheet", waiting))
    assert b'name="attempt"' not in page.content
    response = kaisa.post(url("sheet", waiting), opened(kaisa, waiting) | REACHED | step())
    assert response.status_code == 200
    assert response.context["shown_form"].errors
    assert not ContactAttempt.objects.exists()


def test_numbers_that_adults_knew_are_shown_with_who_gave_them(cast, kaisa):
    follow_up = cast.match(phone="+358501112223")
    text = kaisa.get(url("sheet", follow_up)).content.decode()
    assert 'href="tel:+358501112223"' in text
    assert "Tiina Opettaja" in text


def test_reached_with_decisions_gives_sight_and_tells(cast, kaisa, taken_up):
    teacher, nurse = asked(taken_up, cast.teacher), asked(taken_up, cast.nurse)
    data = opened(kaisa, taken_up) | REACHED | step() | decides(teacher, "yes") | decides(nurse, "no", "yes")
    response = kaisa.post(url("sheet", taken_up), data)
    assert response.status_code == 302
    taken_up.refresh_from_db()
    assert taken_up.reached_at
    assert taken_up.next_step == "call_again"
    assert ContactAttempt.objects.get().identity_checked == "known_number"
    assert access.may(cast.teacher, "view_network", taken_up.young_person)
    assert not access.may(cast.nurse, "view_network", taken_up.young_person)
    assert asked(taken_up, cast.teacher).may_know == AskedAdult.MayKnow.YES
    assert asked(taken_up, cast.teacher).decided_by == cast.coordinator
    assert (told(cast.teacher, "you_are_wanted"), told(cast.teacher, "we_have_talked")) == (1, 0)
    assert (told(cast.nurse, "you_are_wanted"), told(cast.nurse, "we_have_talked")) == (0, 1)


def test_a_no_tells_nobody_anything(cast, kaisa, taken_up):
    notices = Notification.objects.exclude(membership=cast.coordinator).count()
    data = opened(kaisa, taken_up) | REACHED | step() | decides(asked(taken_up, cast.teacher), "no", "no")
    assert kaisa.post(url("sheet", taken_up), data).status_code == 302
    assert Notification.objects.exclude(membership=cast.coordinator).count() == notices


def test_taking_back_ends_sight_at_once(cast, client, kaisa, taken_up):
    teacher = asked(taken_up, cast.teacher)
    kaisa.post(url("sheet", taken_up), opened(kaisa, taken_up) | REACHED | step() | decides(teacher, "yes"))
    sign_in(client, cast.teacher)
    data = opened(kaisa, taken_up) | decides(teacher, "no", "yes")
    assert kaisa.post(url("sheet", taken_up), data).status_code == 302
    assert not access.may(cast.teacher, "view_network", taken_up.young_person)
    assert client.get(f"/person/{taken_up.young_person.public_id}/").status_code == 404
    assert told(cast.teacher, "your_part_ended") == 1


def test_what_was_decided_does_not_become_undecided(cast, kaisa, taken_up):
    teacher = asked(taken_up, cast.teacher)
    kaisa.post(url("sheet", taken_up), opened(kaisa, taken_up) | REACHED | step() | decides(teacher, "yes"))
    response = kaisa.post(url("sheet", taken_up), opened(kaisa, taken_up) | decides(teacher, "", ""))
    assert f"takes_part_{teacher.public_id.hex}" in response.context["form"].errors
    assert asked(taken_up, cast.teacher).takes_part == "yes"


def test_a_decision_says_who_decided(cast, kaisa, taken_up):
    data = opened(kaisa, taken_up) | decides(asked(taken_up, cast.teacher), "yes", said_by="")
    assert "said_by" in kaisa.post(url("sheet", taken_up), data).context["form"].errors
    assert not access.may(cast.teacher, "view_network", taken_up.young_person)


def test_who_takes_part_knows(cast, kaisa, taken_up):
    teacher = asked(taken_up, cast.teacher)
    response = kaisa.post(url("sheet", taken_up), opened(kaisa, taken_up) | decides(teacher, "yes", "no"))
    assert f"may_know_{teacher.public_id.hex}" in response.context["form"].errors


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ({"attempt": ""}, {"attempt"}),
        ({"attempt": "reached"}, {"channel", "identity_checked"}),
        (NOT_REACHED, {"next_step"}),
        (NOT_REACHED | {"next_step": "call_again"}, {"next_step_on"}),
        ({"pause": "on"}, {"next_step_on"}),
        (step(days=-1), {"next_step_on"}),
        (REACHED | {"channel": "pigeon"}, {"channel"}),
        (REACHED | {"phone": "\0"}, {"phone"}),
    ],
)
def test_what_is_missing_is_said(kaisa, taken_up, typed, missing):
    response = kaisa.post(url("sheet", taken_up), opened(kaisa, taken_up) | typed)
    assert response.status_code == 200
    assert missing <= set(response.context["form"].errors)
    assert not ContactAttempt.objects.exists()


def test_not_reached_pauses_until_a_day_and_never_closes(kaisa, taken_up):
    data = opened(kaisa, taken_up) | NOT_REACHED | step(days=14) | {"pause": "on"}
    assert kaisa.post(url("sheet", taken_up), data).status_code == 302
    taken_up.refresh_from_db()
    assert (taken_up.state, taken_up.next_step) == ("paused", "call_again")
    data = opened(kaisa, taken_up)
    del data["pause"]
    kaisa.post(url("sheet", taken_up), data)
    taken_up.refresh_from_db()
    assert taken_up.state == "taken_up"


def test_contact_details_are_kept_with_the_young_person(kaisa, taken_up):
    data = opened(kaisa, taken_up) | {"phone": "040 765 4321", "safe_hours": "ma–ke klo 14–16", "no_voicemail": "on"}
    kaisa.post(url("sheet", taken_up), data)
    person = taken_up.young_person
    person.refresh_from_db()
    assert (person.phone, person.safe_hours, person.no_voicemail) == ("+358407654321", "ma–ke klo 14–16", True)
    assert 'href="tel:+358407654321"' in kaisa.get(url("sheet", taken_up)).content.decode()


@pytest.mark.parametrize("attempt", [REACHED, {}], ids=["with an attempt", "without an attempt"])
def test_the_same_page_sent_twice_does_nothing_twice(cast, kaisa, taken_up, attempt):
    data = opened(kaisa, taken_up) | step() | attempt | decides(asked(taken_up, cast.teacher), "yes")
    assert kaisa.post(url("sheet", taken_up), data).status_code == 302
    taken_up.refresh_from_db()
    version = taken_up.version
    assert kaisa.post(url("sheet", taken_up), data).status_code == 302
    taken_up.refresh_from_db()
    assert taken_up.version == version
    assert ContactAttempt.objects.count() == bool(attempt)
    assert told(cast.teacher, "you_are_wanted") == 1


def test_forged_adults_are_passed_over(cast, kaisa, taken_up):
    other = cast.match(first_name="Veikko")
    forged = asked(other, cast.teacher)
    data = opened(kaisa, taken_up) | decides(forged, "yes") | {f"takes_part_{uuid4().hex}": "yes"}
    assert kaisa.post(url("sheet", taken_up), data).status_code == 302
    assert asked(other, cast.teacher).takes_part == ""
    assert not access.may(cast.teacher, "view_network", other.young_person)


def test_somebody_of_a_hidden_agency_elsewhere_has_no_name(cast, kaisa, taken_up):
    clinic = cast.agency("Keravan klinikka", "mental_health", area=cast.kerava, sensitive=True)
    commands.ask_also(
        follow_up=taken_up, asked=commands.Asked(cast.member("Salla", "Salainen", clinic)), by=cast.coordinator
    )
    commands.ask_also(follow_up=taken_up, asked=commands.Asked(cast.therapist), by=cast.coordinator)
    text = kaisa.get(url("sheet", taken_up)).content.decode()
    assert "Salainen" not in text
    assert "Keravan klinikka" not in text
    assert "Päihdeklinikka" in text


def test_a_ground_in_law_is_said(cast, kaisa):
    cast.flag(cast.teacher, told_and_allowed=False, legal_ground=cast.legal_ground)
    cast.flag(cast.nurse)
    from coordination.follow_ups.models import FollowUp

    page = kaisa.get(url("sheet", FollowUp.objects.get()))
    assert "Nuorisolaki 1285/2016 11 §" in page.content.decode()
