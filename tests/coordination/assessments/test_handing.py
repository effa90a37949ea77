"""Handing over to the controller's own system, and who may read who has looked."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from config.pages.own.queries import looks as looks_of_own_page
from config.pages.queries import looks_at
from coordination.agencies.rules import NotNow
from coordination.assessments.commands import handing as commands
from coordination.clocks.rules import today
from coordination.links.models import OneTimeLink
from coordination.use_log.models import Look
from tests.cast import sign_in
from tests.coordination.assessments.handing import afresh, signed, whole
from tests.coordination.assessments.records import at, texts_of_pages
from tests.coordination.assessments.rooming import begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(cast):
    return signed(whole(cast))


# --- Handing over ---------------------------------------------------------------------------------------------------


def typed(on, **more):
    day = {"on_day": on.day, "on_month": on.month, "on_year": on.year}
    return {"receipt": "Kirjaamo, 123/2026", "looks": "hold", "held_why": "JulkL 11 §"} | day | more


def test_received_it_says_where_and_the_links_end(assessment, sanna):
    assert OneTimeLink.objects.filter(ended_at=None).count() == 1
    assert sanna.post(at("hand_over", assessment), typed(today())).status_code == 302
    after = afresh(assessment)
    assert (after.state, after.receipt, after.looks_held_why) == ("handed_over", "Kirjaamo, 123/2026", "JulkL 11 §")
    assert after.handed_by == assessment.worker
    assert OneTimeLink.objects.filter(ended_at=None).count() == 0
    page = sanna.get(assessment.get_absolute_url())
    assert page.context["handing"]["goes_on"] == today() + timedelta(days=90)
    assert "Kirjaamo, 123/2026" in page.content.decode()


@pytest.mark.parametrize("wrong", [{"receipt": ""}, {"looks": ""}, {"held_why": ""}, {"on_day": "40"}])
def test_what_is_missing_is_asked_again(assessment, sanna, wrong):
    assert sanna.post(at("hand_over", assessment), typed(today(), **wrong)).status_code == 200
    assert afresh(assessment).state == "signed"


@pytest.mark.parametrize("days", [-1, 1])
def test_a_day_before_the_signing_or_to_come_is_refused(assessment, days):
    with pytest.raises(NotNow):
        commands.hand_over(
            assessment=assessment, on=today() + timedelta(days=days), receipt="x", looks="release", by=assessment.worker
        )


def test_twice_is_once_and_only_by_its_worker(cast, assessment):
    said = {"assessment": assessment, "on": today(), "receipt": "x", "looks": "hold", "held_why": "y"}
    with pytest.raises(NotNow):
        commands.hand_over(**said, by=cast.nurse)
    commands.hand_over(**said, by=cast.social_worker)
    with pytest.raises(NotNow):
        commands.hand_over(**said, by=cast.social_worker)


# --- Who has looked -------------------------------------------------------------------------------------------------


def seen(assessment):
    """How many looks the young person and the coordinators read of, in both lists."""
    person = afresh(assessment).young_person
    return looks_at(person).count(), len(looks_of_own_page(person))


def test_looks_stand_in_nobodys_list_until_they_are_released(cast, assessment, sanna, monkeypatch):
    texts_of_pages(monkeypatch)
    nurse = sign_in(Client(), cast.nurse)
    for client in (sanna, nurse):
        assert client.get(assessment.get_absolute_url()).status_code == 200
        assert client.get(reverse("assessments:mine")).status_code == 200
    report = assessment.reports.get()
    assert sanna.get(report.get_absolute_url()).status_code == 200
    sanna.get(at("room_paper", assessment))
    assert seen(assessment) == (0, 0)
    assert sanna.post(at("looks", assessment)).status_code == 302
    keys = [assessment.log_key, report.log_key]
    rows = Look.objects.about(keys)
    assert {row.purpose for row in looks_at(afresh(assessment).young_person)} == {row.purpose for row in rows}
    assert {"assessment", "contribution", "report", "intake", "disclosure", "list"} >= {row.purpose for row in rows}
    assert seen(assessment)[0] == rows.count() > 5
    purposes = [str(one) for line in looks_of_own_page(afresh(assessment).young_person) for one in line["purposes"]]
    assert not {"assessment", "contribution", "disclosure", "outcome"} & set(purposes)
    assert seen(assessment)[1] > 1


def test_a_look_at_them_changes_nothing_until_pressed(assessment, sanna):
    assert sanna.get(at("looks", assessment)).status_code == 302
    assert afresh(assessment).looks_released_at is None


def test_released_once_and_what_comes_later_comes_along(cast, assessment):
    commands.release_looks(assessment=assessment, by=cast.social_worker)
    with pytest.raises(NotNow):
        commands.release_looks(assessment=assessment, by=cast.social_worker)
    keys = afresh(assessment).young_person.log_keys
    assert len(keys) == len(set(keys)) == 3


def test_a_report_that_joins_a_released_assessment_brings_its_looks(cast):
    assessment = begun(cast.social_worker, by=cast.teacher)
    commands.release_looks(assessment=assessment, by=cast.social_worker)
    assert begun(cast.social_worker, by=cast.nurse) == assessment
    assert {one.log_key for one in assessment.reports.all()} < set(afresh(assessment).young_person.log_keys)


def test_releasing_at_handing_over(assessment, sanna):
    sanna.post(at("hand_over", assessment), typed(today(), looks="release", held_why=""))
    after = afresh(assessment)
    assert after.looks_released_at
    assert after.log_key in after.young_person.log_keys
