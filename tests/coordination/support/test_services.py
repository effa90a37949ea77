"""What the one adult writes down of services and of what is next, and the card for the young person."""

from datetime import timedelta

import pytest
from django.test import Client

from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.follow_ups.models import FollowUp
from coordination.interface import pdf
from coordination.people.commands import exclude
from coordination.services.models import UnmetNeed
from coordination.support.commands import work
from coordination.support.models import Accompanied
from tests.acts import protect
from tests.cast import sign_in
from tests.coordination.support.working import at, opened, stands_in, supported
from tests.directory import need, service


@pytest.fixture
def support(cast):
    return supported(cast)


@pytest.fixture
def niina(cast):
    return sign_in(Client(), cast.nurse)


# --- Services -------------------------------------------------------------------------------------------------------


def test_gone_along_once_a_day(cast, niina, support):
    advice = service(cast.mikkeli, "Asumisneuvonta")
    path = at("gone_along", support)
    data = opened(niina, path) | {"service": str(advice.public_id)}
    assert [niina.post(path, data).status_code for _ in range(2)] == [302, 302]
    assert Accompanied.objects.count() == 1
    assert "Asumisneuvonta" in niina.get(at("support", support)).content.decode()


def test_no_service_of_another_area_and_none_of_an_excluded_agency(cast, niina, support):
    theirs = service(cast.kerava, "Keravan paja")
    excluded = service(cast.mikkeli, "Sosiaalityö", owner=cast.social)
    exclude(young_person=support.young_person, by=cast.coordinator, agency=cast.social)
    path = at("gone_along", support)
    for one in (theirs, excluded):
        answer = niina.post(path, {"service": str(one.public_id), **_today()})
        assert answer.status_code == 200
        with pytest.raises(NotNow):
            work.go_along(support=support, service=one, on=today(), by=cast.nurse)
    assert not Accompanied.objects.exists()


def test_a_service_shows_as_the_young_person_needs(cast, niina, support):
    """Under non-disclosure by its class; a sensitive agency's only to whoever went along."""
    clinic = service(cast.mikkeli, "Päihdevastaanotto", owner=cast.clinic)
    work.go_along(support=support, service=clinic, on=today(), by=cast.nurse)
    stands_in(support, cast.youth_worker)
    jussi = sign_in(Client(), cast.youth_worker)
    assert "Päihdevastaanotto" in niina.get(at("support", support)).content.decode()
    assert "Päihdevastaanotto" not in jussi.get(at("support", support)).content.decode()
    protect(FollowUp.objects.get(young_person=support.young_person), by=cast.coordinator)
    assert "Päihdevastaanotto" not in niina.get(at("support", support)).content.decode()


def test_what_was_missing_is_counted_by_the_support_and_taken_back(cast, niina, support):
    need("housing")
    path = at("unmet", support)
    assert [niina.post(path, {"needs": ["housing"]}).status_code for _ in range(2)] == [302, 302]
    mark = UnmetNeed.objects.get()
    assert (mark.source, mark.agency, mark.area) == (support.public_id, cast.health, cast.mikkeli)
    assert Event.objects.filter(kind="unmet_need", audience="coordinators").count() == 1
    path = at("remove_unmet", support, unmet_id=mark.public_id)
    assert niina.get(path).status_code == 302
    assert UnmetNeed.objects.exists()
    assert [niina.post(path).status_code for _ in range(2)] == [302, 404]
    assert not UnmetNeed.objects.exists()


# --- What is next ---------------------------------------------------------------------------------------------------


def test_the_next_step_is_set_changed_and_taken_away(niina, support):
    path, day = at("next_step", support), today() + timedelta(days=3)
    boxes = {"next_step_on_day": day.day, "next_step_on_month": day.month, "next_step_on_year": day.year}
    assert niina.post(path, {"next_step": "meet", **boxes}).status_code == 302
    support.refresh_from_db()
    assert (support.next_step, support.next_step_on) == ("meet", day)
    assert niina.post(path, {"next_step": "nothing", **boxes}).status_code == 302
    support.refresh_from_db()
    assert (support.next_step, support.next_step_on) == ("", None)


@pytest.mark.parametrize("day", [None, -1, 5000])
def test_a_next_step_needs_a_day_to_come(niina, support, day):
    boxes = {}
    if day is not None:
        on = today() + timedelta(days=day)
        boxes = {"next_step_on_day": on.day, "next_step_on_month": on.month, "next_step_on_year": on.year}
    assert niina.post(at("next_step", support), {"next_step": "meet", **boxes}).status_code == 200
    support.refresh_from_db()
    assert support.next_step == ""


# --- The card -------------------------------------------------------------------------------------------------------


def test_the_card_says_who_and_how_to_change_one_s_mind_and_nothing_else(cast, niina, support):
    cast.nurse.user.phone = "+358401234567"
    cast.nurse.user.save()
    card = niina.get(at("card", support)).content.decode().split("<main")[1].split("</main")[0]
    for text in ("Niina Hoitaja", "040 123 4567", "015 000 000"):
        assert text in card
    for text in ("Aino", "Virtanen", "Kouluterveydenhuolto", "Mikkeli"):
        assert text not in card


def test_under_non_disclosure_the_card_says_no_number_of_the_area(cast, niina, support):
    protect(FollowUp.objects.get(young_person=support.young_person), by=cast.coordinator)
    card = niina.get(at("card", support)).content.decode()
    assert "015 000 000" not in card.split("<main")[1].split("</main")[0]
    assert "Niina Hoitaja" in card


def test_the_card_as_a_pdf_or_a_sentence_where_none_can_be_made(niina, support, monkeypatch):
    if not pdf.unavailable():
        answer = niina.get(at("card_pdf", support))
        assert answer.content.startswith(b"%PDF")
        assert "Aino" not in answer.headers["Content-Disposition"]
    monkeypatch.setattr(pdf, "_library", lambda: None)
    assert niina.get(at("card_pdf", support)).headers["Location"] == at("card", support)
    assert niina.get(at("card", support)).status_code == 200


def _today():
    day = today()
    return {"on_day": day.day, "on_month": day.month, "on_year": day.year}
