"""Another area takes a follow-up over: it learns of nobody before it accepts, and nothing ever sends it back."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.follow_ups.areas import taken_over_by
from coordination.follow_ups.commands import (
    accept_takeover,
    ask_area,
    close_follow_up,
    decline_takeover,
    exclude,
    withdraw_asking,
)
from coordination.follow_ups.models import FollowUp, Takeover
from coordination.follow_ups.queries import is_excluded
from coordination.outbox.models import Notification
from coordination.people import access
from coordination.people.drifting import drift
from coordination.people.models import Exclusion
from tests.acts import begun, protect, say
from tests.cast import ROLES, sign_in
from tests.coordination.follow_ups.conftest import told, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def follow_up(cast):
    return begun(cast)


@pytest.fixture
def oona(cast):
    """A browser of the other area's coordinator."""
    return sign_in(Client(), cast.other_coordinator)


@pytest.fixture
def asked_over(cast, follow_up):
    return ask_area(follow_up=follow_up, to_area=cast.kerava, reason="moved", by=cast.coordinator)


def page_of(takeover):
    return reverse("follow_ups:asked_over", args=[takeover.public_id])


def answer(client, takeover, word):
    return client.post(reverse("follow_ups:answer", args=[takeover.public_id]), {"answer": word})


# --- Asking -----------------------------------------------------------------------------------------------------------


def test_the_asked_area_reads_of_nobody(cast, kaisa, oona, follow_up):
    kaisa.post(url("ask_area", follow_up), {"to_area": cast.kerava.pk, "takeover_reason": "moved"})
    takeover = Takeover.objects.get()
    assert told(cast.other_coordinator, "takeover_asked") == 1
    pages = [page_of(takeover), reverse("follow_ups:list"), "/", "/notices/"]
    text = "".join(oona.get(page).content.decode() for page in pages)
    assert "Aino" not in text
    assert "Virtanen" not in text
    assert str(follow_up.public_id) not in text
    assert oona.get(url("sheet", follow_up)).status_code == 404
    assert page_of(takeover) in text


def test_under_non_disclosure_not_even_which_area_asks(cast, oona, follow_up):
    protect(follow_up, by=cast.coordinator)
    takeover = ask_area(follow_up=follow_up, to_area=cast.kerava, reason="wish", by=cast.coordinator)
    assert "Mikkeli" not in oona.get(page_of(takeover)).content.decode()


def test_one_area_is_asked_at_a_time(cast, follow_up, asked_over):
    with pytest.raises(NotNow):
        ask_area(follow_up=follow_up, to_area=cast.kerava, reason="wish", by=cast.second_coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Takeover.objects.create(
            follow_up=follow_up,
            from_area=cast.mikkeli,
            to_area=cast.kerava,
            reason="wish",
            asked_by=cast.coordinator,
        )


def test_the_own_area_is_not_asked(cast, follow_up):
    with pytest.raises(NotNow):
        ask_area(follow_up=follow_up, to_area=cast.mikkeli, reason="wish", by=cast.coordinator)


def test_an_area_where_all_are_kept_away_is_not_asked(cast, follow_up):
    exclude(follow_up=follow_up, user=cast.other_coordinator.user, by=cast.coordinator)
    with pytest.raises(NotNow):
        ask_area(follow_up=follow_up, to_area=cast.kerava, reason="wish", by=cast.coordinator)
    assert told(cast.other_coordinator, "takeover_asked") == 0


def test_an_excluded_coordinator_of_the_asked_area_finds_nothing(cast, oona, follow_up):
    cast.member("Onni", "Toinen", cast.other_outreach, role=ROLES.COORDINATOR)
    exclude(follow_up=follow_up, user=cast.other_coordinator.user, by=cast.coordinator)
    takeover = ask_area(follow_up=follow_up, to_area=cast.kerava, reason="wish", by=cast.coordinator)
    assert oona.get(page_of(takeover)).status_code == 404
    assert answer(oona, takeover, "accept").status_code == 404
    assert page_of(takeover) not in oona.get(reverse("follow_ups:list")).content.decode()
    with pytest.raises(NotNow):
        accept_takeover(takeover=takeover, by=cast.other_coordinator)


# --- Answering --------------------------------------------------------------------------------------------------------


def test_accepting_moves_sight_and_keeps_the_clock(cast, kaisa, oona, follow_up, asked_over):
    say(follow_up, cast.teacher, by=cast.coordinator)
    exclude(follow_up=follow_up, user=cast.nurse.user, by=cast.coordinator)
    before = follow_up.contact_by
    assert answer(oona, asked_over, "accept").status_code == 302
    follow_up.refresh_from_db()
    assert (follow_up.area, follow_up.owner, follow_up.contact_by) == (cast.kerava, cast.other_coordinator, before)
    person = follow_up.young_person
    assert access.may(cast.other_coordinator, "coordinate", person)
    assert access.may(cast.teacher, "view_network", person)
    assert is_excluded(cast.nurse, person)
    for member in (cast.coordinator, cast.second_coordinator):
        assert not access.may(member, "view_network", person)
    assert oona.get(url("sheet", follow_up)).status_code == 200
    assert not list(drift())


def test_the_old_area_sees_that_it_was_handed_over_and_nothing_else(cast, kaisa, oona, follow_up, asked_over):
    answer(oona, asked_over, "accept")
    person = follow_up.young_person
    for address in (url("sheet", follow_up), reverse("pages:person", args=[person.public_id]), page_of(asked_over)):
        assert kaisa.get(address).status_code == 404
    text = "".join(kaisa.get(page).content.decode() for page in ("/", "/notices/", "/people/", "/follow-ups/"))
    for words in ("Aino", "Virtanen", "Kerava", "Oona", str(follow_up.public_id), str(person.public_id)):
        assert words not in text
    kept = Notification.objects.filter(membership__in=[cast.coordinator, cast.second_coordinator])
    assert [(one.code, one.membership) for one in kept] == [("takeover_accepted", cast.coordinator)]


def test_of_two_who_accept_the_second_learns_of_it(cast, follow_up, asked_over):
    second = cast.member("Onni", "Toinen", cast.other_outreach, role=ROLES.COORDINATOR)
    accept_takeover(takeover=asked_over, by=cast.other_coordinator)
    with pytest.raises(NotNow):
        accept_takeover(takeover=asked_over, by=second)
    with pytest.raises(NotNow):
        decline_takeover(takeover=asked_over, by=second)
    with pytest.raises(NotNow):
        withdraw_asking(takeover=asked_over, by=cast.coordinator)
    assert FollowUp.objects.get().owner == cast.other_coordinator


def test_what_was_withdrawn_never_was(cast, kaisa, oona, follow_up, asked_over):
    kaisa.post(url("withdraw_asking", follow_up))
    assert told(cast.other_coordinator, "takeover_asked") == 0
    assert oona.get(page_of(asked_over)).status_code == 404
    assert answer(oona, asked_over, "accept").status_code == 404
    assert access.may(cast.coordinator, "coordinate", follow_up.young_person)


def test_declined_is_told_to_those_who_asked(cast, oona, follow_up, asked_over):
    answer(oona, asked_over, "decline")
    assert told(cast.coordinator, "takeover_declined") == told(cast.second_coordinator, "takeover_declined") == 1
    ask_area(follow_up=follow_up, to_area=cast.kerava, reason="wish", by=cast.coordinator)
    assert not access.may(cast.other_coordinator, "coordinate", follow_up.young_person)


@pytest.mark.parametrize("word", ["", "both", "\0"])
def test_any_other_answer_is_none(oona, asked_over, word):
    assert answer(oona, asked_over, word).status_code == 404
    asked_over.refresh_from_db()
    assert asked_over.state == "waiting"


def test_closing_ends_the_asking(cast, oona, follow_up, asked_over):
    follow_up.refresh_from_db()
    close_follow_up(follow_up=follow_up, by=cast.coordinator, outcome="moved", version=follow_up.version)
    assert oona.get(page_of(asked_over)).status_code == 404
    assert told(cast.other_coordinator, "takeover_asked") == 0


def test_somebody_else_answers_nothing(cast, kaisa, asked_over):
    assert kaisa.get(page_of(asked_over)).status_code == 404
    assert answer(kaisa, asked_over, "accept").status_code == 404
    assert answer(sign_in(Client(), cast.stranger), asked_over, "accept").status_code == 404


# --- The asking agency itself must not learn --------------------------------------------------------------------------


def test_the_last_coordinators_are_excluded_by_way_of_another_area(cast, oona, follow_up):
    with pytest.raises(NotNow), transaction.atomic():
        exclude(follow_up=follow_up, agency=cast.outreach, by=cast.coordinator)
    takeover = ask_area(follow_up=follow_up, to_area=cast.kerava, reason="own_agency", by=cast.coordinator)
    answer(oona, takeover, "accept")
    assert Exclusion.objects.get().agency == cast.outreach
    assert is_excluded(cast.coordinator, follow_up.young_person)
    assert told(cast.coordinator, "takeover_accepted") == 1


def test_the_new_area_asks_about_and_excludes_people_of_the_old_one(cast, oona, follow_up, asked_over):
    answer(oona, asked_over, "accept")
    oona.post(url("add_adult", follow_up), {"email": cast.teacher.user.email})
    assert follow_up.asked.get().membership == cast.teacher
    oona.post(url("exclude", follow_up), {"who": "person", "excluded_email": cast.nurse.user.email})
    assert is_excluded(cast.nurse, follow_up.young_person)


def test_the_new_area_rings_a_sensitive_agencys_people_too(cast, oona, follow_up, asked_over):
    say(follow_up, cast.therapist, by=cast.coordinator)
    answer(oona, asked_over, "accept")
    assert "Pia Päihde" in oona.get(url("sheet", follow_up)).content.decode()


# --- Nothing sends it back --------------------------------------------------------------------------------------------


def test_what_opens_later_opens_where_it_was_taken_over(cast, oona, follow_up, asked_over):
    answer(oona, asked_over, "accept")
    assert taken_over_by(follow_up.young_person) == cast.kerava
    follow_up.refresh_from_db()
    close_follow_up(follow_up=follow_up, by=cast.other_coordinator, outcome="in_touch", version=follow_up.version)
    cast.flag(cast.teacher)
    cast.flag(cast.nurse)
    later = FollowUp.objects.get(state="waiting")
    assert (later.area, later.young_person) == (cast.kerava, follow_up.young_person)
    assert not access.may(cast.coordinator, "view_network", later.young_person)


def test_a_match_joins_it_where_it_is(cast, oona, follow_up, asked_over):
    answer(oona, asked_over, "accept")
    assert cast.match() == follow_up
    follow_up.refresh_from_db()
    assert follow_up.area == cast.kerava
    assert not access.may(cast.coordinator, "coordinate", follow_up.young_person)


def test_the_history_goes_along(cast, oona, follow_up, asked_over):
    answer(oona, asked_over, "accept")
    kinds = set(Event.objects.filter(young_person=follow_up.young_person).values_list("kind", flat=True))
    assert {"follow_up_opened", "area_asked", "area_changed"} <= kinds
