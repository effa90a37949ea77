"""The network card of each viewer: who coordinates, the own row, and whom the young person lets this viewer know of."""

from itertools import combinations

import pytest
from django.test import Client
from django.urls import reverse

from config.pages.queries import person_page
from coordination.activity.models import Event
from coordination.people.models import Ground
from tests.acts import begun, protect, say
from tests.cast import sign_in

pytestmark = pytest.mark.django_db

COORDINATOR, TEACHER, NURSE, SOMEBODY = "Kaisa Etsivä", "Tiina Opettaja", "Niina Hoitaja", ""


@pytest.fixture
def follow_up(cast):
    return begun(cast)


def card(follow_up, viewer):
    """The names on this viewer's card, in its order."""
    follow_up.young_person.refresh_from_db()
    return [row["name"] for row in person_page(follow_up.young_person, viewer)["network"]]


def lines(follow_up, viewer):
    """The texts of this viewer's timeline."""
    return [line["text"] for line in person_page(follow_up.young_person, viewer)["events"]]


def test_those_who_take_part_see_each_other_and_nobody_else(cast, follow_up):
    say(follow_up, cast.teacher, cast.nurse, by=cast.coordinator)
    say(follow_up, cast.social_worker, by=cast.coordinator, takes_part="no", may_know="yes")
    say(follow_up, cast.youth_worker, by=cast.coordinator, takes_part="later")
    assert card(follow_up, cast.teacher) == [COORDINATOR, TEACHER, NURSE]
    assert card(follow_up, cast.nurse) == [COORDINATOR, NURSE, TEACHER]
    assert card(follow_up, cast.coordinator) == [COORDINATOR, NURSE, TEACHER]


@pytest.mark.parametrize("apart", [set(), {"teacher"}, {"nurse"}, {"teacher", "nurse"}])
def test_two_see_each_other_unless_one_of_them_is_kept_apart(cast, follow_up, apart):
    for name in ("teacher", "nurse"):
        say(follow_up, getattr(cast, name), by=cast.coordinator, apart=name in apart)
    for name, own, other in (("teacher", TEACHER, NURSE), ("nurse", NURSE, TEACHER)):
        seen = card(follow_up, getattr(cast, name))
        assert seen == [COORDINATOR, own, *([] if apart else [other])]
    assert card(follow_up, cast.coordinator) == [COORDINATOR, NURSE, TEACHER]


def test_of_three_the_one_apart_is_alone(cast, follow_up):
    say(follow_up, cast.teacher, cast.social_worker, by=cast.coordinator)
    say(follow_up, cast.nurse, by=cast.coordinator, apart=True)
    assert card(follow_up, cast.nurse) == [COORDINATOR, NURSE]
    for viewer, other in combinations((cast.teacher, cast.social_worker), 2):
        assert NURSE not in card(follow_up, viewer)
        assert other.user.get_full_name() in card(follow_up, viewer)


def test_the_order_does_not_tell_who_was_asked_first(cast, follow_up):
    say(follow_up, cast.teacher, by=cast.coordinator)
    say(follow_up, cast.nurse, by=cast.coordinator)
    say(follow_up, cast.social_worker, by=cast.coordinator)
    assert card(follow_up, cast.teacher)[2:] == sorted([NURSE, "Sanna Sosiaali"])


@pytest.mark.parametrize("joins", [True, False])
def test_of_whoever_is_apart_the_others_have_no_line_and_no_later_day(cast, follow_up, joins):
    say(follow_up, cast.teacher, by=cast.coordinator)
    ground = Ground.objects.get(membership=cast.teacher, ended_at=None)
    page, day = lines(follow_up, cast.teacher), ground.last_activity
    say(follow_up, cast.nurse, by=cast.coordinator, apart=True)
    if not joins:
        say(follow_up, cast.nurse, by=cast.coordinator, takes_part="no")
    ground.refresh_from_db()
    assert (lines(follow_up, cast.teacher), ground.last_activity) == (page, day)
    assert Event.objects.filter(kind="joined", audience="coordinators").count() == 1


def test_whoever_is_apart_has_no_line_of_the_others(cast, follow_up):
    say(follow_up, cast.nurse, by=cast.coordinator, apart=True)
    ground = Ground.objects.get(membership=cast.nurse, ended_at=None)
    page, day = lines(follow_up, cast.nurse), ground.last_activity
    say(follow_up, cast.teacher, by=cast.coordinator)
    say(follow_up, cast.teacher, by=cast.coordinator, takes_part="no")
    ground.refresh_from_db()
    assert (lines(follow_up, cast.nurse), ground.last_activity) == (page, day)


def test_keeping_apart_counts_at_once_and_can_be_taken_back(cast, follow_up):
    say(follow_up, cast.teacher, cast.nurse, by=cast.coordinator)
    say(follow_up, cast.nurse, by=cast.coordinator, apart=True)
    assert card(follow_up, cast.teacher) == [COORDINATOR, TEACHER]
    assert not any("Niina" in line for line in lines(follow_up, cast.teacher))
    say(follow_up, cast.nurse, by=cast.coordinator)
    assert card(follow_up, cast.teacher) == [COORDINATOR, TEACHER, NURSE]


# --- A sensitive agency -----------------------------------------------------------------------------------------------


def page(follow_up, viewer):
    client = sign_in(Client(), viewer)
    return client.get(reverse("pages:person", args=[follow_up.young_person.public_id])).content.decode()


@pytest.mark.parametrize("takes_part", ["", "no", "later"])
def test_of_a_sensitive_agency_there_is_nothing_before_the_young_persons_yes(cast, follow_up, takes_part):
    from coordination.follow_ups.commands import add_adult

    say(follow_up, cast.teacher, by=cast.coordinator)
    before = page(follow_up, cast.teacher)
    if takes_part:
        say(follow_up, cast.therapist, by=cast.coordinator, takes_part=takes_part, may_know="yes")
    else:
        add_adult(follow_up=follow_up, membership=cast.therapist, by=cast.coordinator)
    after = page(follow_up, cast.teacher)
    assert _bare(after) == _bare(before)


def _bare(text):
    """The page without what differs from one reading to the next."""
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


def test_with_the_yes_there_is_a_professional_reached_through_the_coordinator(cast, follow_up):
    say(follow_up, cast.teacher, cast.therapist, by=cast.coordinator)
    assert card(follow_up, cast.teacher) == [COORDINATOR, TEACHER, SOMEBODY]
    row = person_page(follow_up.young_person, cast.teacher)["network"][-1]
    assert (row["phone"], row["email"]) == ("", "")
    text = page(follow_up, cast.teacher)
    for words in ("Päihde", "Pia", "pia.paihde"):
        assert words not in text
    assert card(follow_up, cast.therapist) == [COORDINATOR, "Pia Päihde", TEACHER]
    assert "Pia Päihde" in card(follow_up, cast.coordinator)


def test_after_a_sensitive_agency_has_left_no_line_stays(cast, follow_up):
    say(follow_up, cast.teacher, by=cast.coordinator)
    before = lines(follow_up, cast.teacher)
    say(follow_up, cast.therapist, by=cast.coordinator)
    assert len(lines(follow_up, cast.teacher)) == len(before) + 1
    ground = Ground.objects.get(membership=cast.teacher, ended_at=None)
    say(follow_up, cast.therapist, by=cast.coordinator, takes_part="no")
    day = ground.last_activity
    ground.refresh_from_db()
    assert (lines(follow_up, cast.teacher), ground.last_activity) == (before, day)


def test_a_sensitive_agency_kept_apart_leaves_nothing(cast, follow_up):
    say(follow_up, cast.teacher, by=cast.coordinator)
    before = page(follow_up, cast.teacher)
    say(follow_up, cast.therapist, by=cast.coordinator, apart=True)
    assert _bare(page(follow_up, cast.teacher)) == _bare(before)
    assert card(follow_up, cast.therapist) == [COORDINATOR, "Pia Päihde"]


def test_another_areas_sensitive_agency_leaves_no_look_before_the_yes(cast, follow_up):
    from coordination.agencies.models import Agency
    from coordination.use_log.commands import write_look

    far = cast.agency("Keravan klinikka", Agency.Kind.MENTAL_HEALTH, area=cast.kerava, sensitive=True)
    salla = cast.member("Salla", "Salainen", far)

    def looks():
        client = sign_in(Client(), cast.coordinator)
        address = reverse("pages:looks", args=[follow_up.young_person.public_id])
        return [(row.shown_user, row.shown_agency) for row in client.get(address).context["rows"]]

    write_look(
        user_id=salla.user_id,
        user_name="Salla Salainen",
        membership_id=salla.pk,
        agency_id=far.pk,
        agency_name=far.name_fi,
        agency_kind=far.kind,
        role="professional",
        page="pages:person",
        purpose="participation",
        person_keys=follow_up.young_person.log_keys,
    )
    assert all(name == COORDINATOR for name, _agency in looks())
    say(follow_up, salla, by=cast.coordinator)
    assert ("", "a professional") in looks() or ("", "ammattilainen") in looks()


# --- Non-disclosure ---------------------------------------------------------------------------------------------------


def test_with_non_disclosure_agencies_appear_by_kind_and_nobody_is_reached_directly(cast, follow_up):
    say(follow_up, cast.teacher, cast.nurse, cast.therapist, by=cast.coordinator)
    protect(follow_up, by=cast.coordinator)
    rows = person_page(follow_up.young_person, cast.teacher)["network"]
    assert [row["name"] for row in rows] == [COORDINATOR, TEACHER, NURSE, SOMEBODY]
    assert [row["agency"] for row in rows][:3] == ["outreach youth work", "Päämajakoulu", "health care"]
    assert {row["phone"] or row["email"] for row in rows if not row["is_me"]} == {""}
    assert cast.mikkeli.coordinator_phone.replace(" ", "") in page(follow_up, cast.teacher)


def test_the_coordinator_rings_with_non_disclosure_too(cast, follow_up):
    say(follow_up, cast.nurse, by=cast.coordinator)
    protect(follow_up, by=cast.coordinator)
    row = person_page(follow_up.young_person, cast.coordinator)["network"][-1]
    assert (row["phone"], row["email"], row["agency"]) == (cast.nurse.user.phone, "", "health care")
