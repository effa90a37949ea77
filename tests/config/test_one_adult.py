"""The one adult on the young person's page: first on the card of whoever may know, and of nobody else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.pages.queries import person_page
from coordination.agencies.models import Agency
from coordination.clocks.rules import today
from coordination.follow_ups.commands import close_follow_up
from coordination.follow_ups.models import FollowUp
from coordination.people.queries import listed
from coordination.use_log.models import Look
from tests.acts import begun, protect, say
from tests.cast import sign_in
from tests.config.test_preview import own_page, preview, without_actions
from tests.coordination.support.talking import let
from tests.coordination.support.working import stands_in, supported

pytestmark = pytest.mark.django_db

COORDINATOR, TEACHER, NURSE, SOCIAL = "Kaisa Etsivä", "Tiina Opettaja", "Niina Hoitaja", "Sanna Sosiaali"


@pytest.fixture
def support(cast):
    """The nurse is Aino's one adult; the teacher takes part in the follow-up."""
    support = supported(cast)
    say(FollowUp.objects.get(), cast.teacher, by=cast.coordinator)
    return support


@pytest.fixture
def follow_up(support):
    return FollowUp.objects.get()


def card(support, viewer):
    support.young_person.refresh_from_db()
    return [row["name"] for row in person_page(support.young_person, viewer)["network"]]


def html(support, member):
    address = reverse("pages:person", args=[support.young_person.public_id])
    return sign_in(Client(), member).get(address).content.decode()


# --- The card -------------------------------------------------------------------------------------------------------


def test_the_adult_comes_first_for_whoever_may_know(cast, support):
    let(support, cast.social_worker)
    assert card(support, cast.coordinator) == [NURSE, COORDINATOR, TEACHER, SOCIAL]
    assert card(support, cast.teacher) == [NURSE, COORDINATOR, TEACHER]
    assert card(support, cast.nurse) == [NURSE, SOCIAL]
    assert card(support, cast.social_worker) == [NURSE, SOCIAL]


def test_an_adult_who_takes_part_too_stands_there_once(cast, support, follow_up):
    say(follow_up, cast.nurse, by=cast.coordinator)
    assert card(support, cast.coordinator) == [NURSE, COORDINATOR, TEACHER]
    assert card(support, cast.nurse) == [NURSE, COORDINATOR, TEACHER]


def test_a_coordinator_can_be_the_adult(cast):
    support = supported(cast, adult=cast.coordinator)
    (row,) = person_page(support.young_person, cast.second_coordinator)["network"]
    assert row["is_adult"]
    assert row["coordinates"]


def test_whoever_stands_in_shows_to_the_adult_and_the_coordinators(cast, support):
    let(support, cast.social_worker)
    stands_in(support, cast.youth_worker)
    for viewer in (cast.nurse, cast.coordinator, cast.youth_worker):
        assert card(support, viewer)[:2] == [NURSE, "Jussi Nuorisotyö"]
    for viewer in (cast.teacher, cast.social_worker):
        assert "Jussi Nuorisotyö" not in card(support, viewer)


@pytest.mark.parametrize("apart", ["teacher", "nurse"])
def test_of_two_kept_apart_neither_shows_the_other(cast, support, follow_up, apart):
    say(follow_up, cast.nurse, by=cast.coordinator, apart=apart == "nurse")
    say(follow_up, cast.teacher, by=cast.coordinator, apart=apart == "teacher")
    assert NURSE not in card(support, cast.teacher)
    assert TEACHER not in card(support, cast.nurse)
    assert card(support, cast.coordinator)[0] == NURSE


def test_what_began_after_the_follow_up_was_closed_is_not_theirs_to_see(cast, follow_up, support):
    follow_up.refresh_from_db()
    close_follow_up(follow_up=follow_up, by=cast.coordinator, outcome="one_adult", version=follow_up.version)
    assert card(support, cast.teacher)[0] == NURSE
    support.began_at = timezone.now() + timedelta(seconds=1)
    support.save()
    assert NURSE not in card(support, cast.teacher)
    support.source = follow_up.public_id
    support.save()
    assert card(support, cast.teacher)[0] == NURSE


def test_an_adult_of_a_sensitive_agency_has_no_name_for_others(cast):
    support = supported(cast, adult=cast.therapist)
    say(FollowUp.objects.get(), cast.teacher, by=cast.coordinator)
    let(support, cast.social_worker)
    for viewer in (cast.teacher, cast.social_worker):
        row = person_page(support.young_person, viewer)["network"][0]
        assert (row["name"], row["agency"], row["phone"]) == ("", "a professional", "")


def test_nobody_who_was_not_told_learns_of_it(cast, support):
    for member in (cast.social_worker, cast.youth_worker, cast.stranger, cast.other_coordinator):
        address = reverse("pages:person", args=[support.young_person.public_id])
        assert sign_in(Client(), member).get(address).status_code == 404


# --- What else the page says ----------------------------------------------------------------------------------------


def test_the_adult_rings_as_the_coordinator_does_and_who_talks_does_not(cast, support, follow_up):
    let(support, cast.social_worker)
    protect(follow_up, by=cast.coordinator)
    support.young_person.refresh_from_db()
    assert person_page(support.young_person, cast.nurse)["contact"].phone
    assert not person_page(support.young_person, cast.nurse)["contact"].municipality
    support.young_person.contact_shared = True
    support.young_person.save()
    assert not person_page(support.young_person, cast.social_worker)["contact"].phone


def test_each_finds_their_way_and_reads_what_is_theirs(cast, support):
    let(support, cast.social_worker)
    own, overview = support.get_absolute_url(), reverse("support:overview", args=[support.public_id])
    assert own in html(support, cast.nurse)
    assert overview in html(support, cast.coordinator)
    talks = html(support, cast.social_worker)
    assert "asuminen" in talks or "housing" in talks
    for page in (talks, html(support, cast.teacher)):
        assert own not in page
        assert overview not in page


def test_who_has_no_adult_can_be_named_one(cast):
    follow_up = begun(cast)
    page = html(follow_up, cast.coordinator)
    assert reverse("support:name", args=[follow_up.young_person.public_id]) in page


def test_the_list_says_the_closest_reason_and_names_somebody_once(cast, support, follow_up):
    say(follow_up, cast.nurse, by=cast.coordinator)
    let(support, cast.teacher)
    (ground,), _more = listed(cast.nurse)
    assert ground.kind == "support"
    (ground,), _more = listed(cast.teacher)
    assert ground.kind == "participation"
    let(support, cast.social_worker)
    (ground,), _more = listed(cast.social_worker)
    assert (ground.kind, ground.until) == ("talk", today() + timedelta(days=30))


def test_the_log_says_why_they_looked(cast, support):
    let(support, cast.social_worker)
    for member, purpose in ((cast.nurse, "support"), (cast.social_worker, "talk")):
        html(support, member)
        assert Look.objects.latest("pk").purpose == purpose


# --- What do they see? ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize("name", ["nurse", "social_worker", "youth_worker", "teacher"])
def test_the_preview_is_what_they_get_byte_for_byte(cast, support, follow_up, name, hidden):
    let(support, cast.social_worker)
    stands_in(support, cast.youth_worker)
    if hidden:
        protect(follow_up, by=cast.coordinator)
    member = getattr(cast, name)
    seen = preview(follow_up, member, by=cast.coordinator).context["page"]
    if hidden:
        assert seen
    else:
        assert without_actions(seen) == own_page(follow_up, member)


def test_the_young_person_is_told_of_the_adult_and_of_whom_they_talk_with(cast, support, follow_up):
    let(support, cast.social_worker)
    page = preview(follow_up, by=cast.coordinator)
    assert page.context["one_adult"]["name"] == NURSE
    assert [row["name"] for row in page.context["talking"]] == [SOCIAL]
    assert [row["name"] for row in page.context["taking_part"]] == [TEACHER]
    assert [row["name"] for row in page.context["coordinating"]] == [COORDINATOR]


def test_a_look_of_somebody_chosen_in_another_areas_sensitive_agency_shows(cast, support, follow_up):
    clinic = cast.agency("Muu klinikka", Agency.Kind.MENTAL_HEALTH, sensitive=True)
    doctor = cast.member("Lotta", "Lääkäri", clinic)
    let(support, doctor)
    html(support, doctor)
    names = [row["name"] for row in preview(follow_up, by=cast.coordinator).context["looks"]]
    assert "Lotta Lääkäri" in names
