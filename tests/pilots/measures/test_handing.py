"""The phone in somebody else's hand: once, for half an hour, with nothing of the professional's."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coordination.agencies.rules import NotNow
from coordination.interface.secret_words import hash_of
from pilots.measures.commands import courses, sessions
from pilots.measures.models import HandOver, LicensedWording, Response
from tests.cast import PASSWORD
from tests.pilots.measures.measuring import YOUNG, four, held, scored

VALUES = {"scale_1": "7.3", "scale_2": "0,0", "scale_3": "10", "scale_4": "4.6"}


@pytest.fixture
def session(course):
    return held(course, 1)


def hand(session, *, language="en", code="outcome"):
    course = session.course
    return sessions.hand_over(
        session=session, instrument=getattr(course, code), respondent=YOUNG, language=language, by=course.membership
    )


def page(secret):
    return reverse("handed:answer", args=[secret])


def said(answer):
    return answer.content.decode()


@pytest.fixture
def phone():
    """A browser in which nobody is signed in."""
    return Client()


def test_what_was_answered_is_kept_once(session, phone):
    secret = hand(session)
    assert "Your answers" in said(phone.get(page(secret)))
    answer = phone.post(page(secret), VALUES)
    assert (answer.status_code, answer["Location"]) == (302, page(secret))
    assert "Thank you" in said(phone.get(page(secret)))
    # Sent again with other values: it is thanked for, and nothing changes.
    phone.post(page(secret), VALUES | {"scale_1": "1"})
    kept = Response.objects.get()
    assert kept.numbers == [Decimal(one) for one in ("7.3", "0", "10", "4.6")]
    assert (kept.by_hand_over, kept.by, kept.respondent) == (True, session.course.membership, YOUNG)


def test_the_page_has_nothing_of_anybody(session, phone):
    person, member = session.course.young_person, session.course.membership
    scored(session.course, 1, "31.7", code="srs")
    for text in (said(phone.get(page(hand(session)))), said(phone.post(page(hand(session)), {}))):
        for name in (person.first_name, person.last_name, member.user.last_name, member.agency.name, "31,7", "ORS"):
            assert name not in text
        assert "Scale 1" in text
        assert "<nav" not in text


def test_only_the_hash_of_the_secret_is_stored(session):
    secret = hand(session)
    row = HandOver.objects.get()
    assert bytes(row.secret_hash) == hash_of(secret)
    assert timedelta(minutes=29) < row.expires_at - row.made_at <= timedelta(minutes=30)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        VALUES | {"scale_1": "10.1"},
        VALUES | {"scale_1": "NaN"},
        VALUES | {"scale_1": "-1"},
        VALUES | {"scale_1": ""},
        VALUES | {"scale_1": "\0"},
        VALUES | {"scale_1": "9" * 400},
        {name: value for name, value in VALUES.items() if name != "scale_4"},
    ],
)
def test_what_is_missing_or_beyond_the_line_is_asked_for_again(session, phone, typed):
    secret = hand(session)
    answer = phone.post(page(secret), typed)
    assert answer.status_code == 200
    assert "govuk-error-summary" in said(answer)
    assert not Response.objects.exists()
    assert phone.post(page(secret), VALUES).status_code == 302


def is_closed(phone, secret):
    """Whether the page says calmly that it doesn't open, to a look and to a press, and keeps nothing."""
    phone.post(page(secret), VALUES)
    return "does not open any more" in said(phone.get(page(secret))) and not Response.objects.exists()


def test_after_half_an_hour_it_doesnt_open(session, phone, time_machine):
    secret = hand(session)
    time_machine.move_to(timezone.now() + timedelta(minutes=31))
    assert is_closed(phone, secret)


def test_a_later_one_closes_the_earlier_one(session, phone):
    earlier, later = hand(session), hand(session)
    assert is_closed(phone, earlier)
    assert phone.post(page(later), VALUES).status_code == 302
    assert Response.objects.count() == 1


def test_it_closes_with_the_course_and_with_the_sight_of_whoever_handed_it_over(session, phone):
    secret = hand(session)
    session.course.young_person.grounds.filter(membership=session.course.membership).delete()
    phone.post(page(secret), VALUES)
    assert not Response.objects.exists()
    courses.end_unseen()
    assert is_closed(phone, secret)


def test_a_secret_that_never_was_is_the_same_page(session, phone, time_machine):
    secret = hand(session)
    time_machine.move_to(timezone.now() + timedelta(hours=1))
    assert said(phone.get(page("never"))) == said(phone.get(page(secret)))
    assert phone.get(page("never")).status_code == 200


def test_what_was_answered_isnt_handed_over_again(session):
    scored(session.course, 1, "18.4")
    with pytest.raises(NotNow, match="already"):
        hand(session)


def test_a_correction_from_paper_closes_what_is_handed_over(session, phone):
    secret = hand(session)
    scored(session.course, 1, "18.4")
    assert "does not open" in said(phone.get(page(secret)))


@pytest.mark.parametrize(("language", "words"), [("fi", "Asteikko 1"), ("sv", "Skala 1"), ("en", "Scale 1")])
def test_it_speaks_the_language_chosen_whatever_the_browser_wants(session, phone, language, words):
    answer = phone.get(page(hand(session, language=language)), headers={"accept-language": "en"})
    assert f'lang="{language}"' in said(answer)
    assert words in said(answer)


def test_an_owners_wording_stands_in_its_language_alone(cast, session, phone):
    for agency, words in ((None, "Alueen oma"), (cast.health, "Toimijan oma")):
        LicensedWording.objects.create(
            instrument=session.course.outcome,
            area=cast.mikkeli,
            agency=agency,
            language="fi",
            names="\n".join(f"{words} {number}" for number in range(4)),
            licence="123",
            confirmed_by=cast.administrator,
            confirmed_on="2026-01-01",
        )
    assert "Toimijan oma 3" in said(phone.get(page(hand(session, language="fi"))))
    assert "Scale 4" in said(phone.get(page(hand(session, language="en"))))


# --- The professional's own session -----------------------------------------------------------------------------------


def open_session(nurse, course):
    nurse.client.post(reverse("measures:begin_session", args=[course.public_id]))
    return reverse("measures:session", args=[course.public_id, 1])


def test_handing_over_locks_the_professionals_session(nurse, course):
    address = open_session(nurse, course)
    what = f"{course.outcome.public_id}:young_person"
    answer = nurse.client.post(f"{address}hand-over/", {"what": what, "language": "en"})
    assert answer["Location"].startswith("/h/")
    # The page in hand opens; whatever else is asked for asks who it is, in the same browser.
    shown = nurse.client.get(answer["Location"])
    assert "Scale 1" in said(shown)
    for path in (address, course.get_absolute_url(), "/", reverse("people:mine"), "/admin/"):
        asked = nurse.client.get(path)
        assert (asked.status_code, "reauthenticate" in asked["Location"]) == (302, True)
    nurse.client.post(answer["Location"], VALUES)
    assert sum(Response.objects.get().numbers) == Decimal("21.9")
    assert "reauthenticate" in nurse.client.get(course.get_absolute_url())["Location"]


def test_unlocking_leads_back_to_the_course(nurse, cast, course):
    address = open_session(nurse, course)
    nurse.client.post(f"{address}hand-over/", {"what": f"{course.outcome.public_id}:young_person", "language": "fi"})
    asked = nurse.client.get(course.get_absolute_url())["Location"]
    assert nurse.client.post(asked, {"password": PASSWORD})["Location"] == course.get_absolute_url()
    assert nurse.status(course.get_absolute_url()) == 200


@pytest.mark.parametrize("typed", [{}, {"what": "nothing", "language": "en"}, {"what": "\0", "language": "xx"}])
def test_a_forged_handing_over_locks_nothing(nurse, course, typed):
    address = open_session(nurse, course)
    assert nurse.client.post(f"{address}hand-over/", typed)["Location"] == address
    assert nurse.status(address) == 200
    assert not HandOver.objects.exists()


def test_the_total_of_what_was_handed_over(session, phone):
    phone.post(page(hand(session)), {f"scale_{n}": str(v) for n, v in enumerate(four("30.2"), start=1)})
    assert sum(Response.objects.get().numbers) == Decimal("30.2")
