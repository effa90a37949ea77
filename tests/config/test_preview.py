"""What do they see? A coordinator reads the young person's page as another gets it, and nothing more than they may."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from coordination.agencies.models import Agency, User
from coordination.follow_ups.commands import exclude
from coordination.meetings.commands import plan_meeting
from coordination.use_log.models import Look
from tests.acts import begun, protect, reason_to_reveal, say
from tests.cast import sign_in
from tests.flags.matching.test_later_flags import set_mikkeli

pytestmark = pytest.mark.django_db

ACTIONS = [
    (re.compile(r'<a\b[^>]*>|<span class="preview__link">'), "<text>"),
    (re.compile(r"</a>|</span>"), "</text>"),
    (re.compile(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>'), ""),
    (re.compile(r"<form\b[^>]*>|<div>"), "<box>"),
    (re.compile(r"</form>|</div>"), "</box>"),
    (re.compile(r"<(button|input|select|textarea) disabled"), r"<\1"),
    (re.compile(r"\s+"), " "),
]


@pytest.fixture
def follow_up(cast):
    """The teacher and the nurse take part and meet; the youth worker is asked about, and doesn't."""
    follow_up = begun(cast)
    say(follow_up, cast.teacher, cast.nurse, by=cast.coordinator)
    say(follow_up, cast.youth_worker, by=cast.coordinator, takes_part="no")
    follow_up.young_person.contact_shared = True
    follow_up.young_person.save()
    plan_meeting(
        young_person=follow_up.young_person,
        source=follow_up.public_id,
        memberships=[cast.nurse, cast.coordinator],
        starts_at=timezone.now() + timedelta(days=3),
        minutes=60,
        place="Kirjasto",
        token=uuid4(),
        by=cast.coordinator,
    )
    return follow_up


def address(follow_up, member=None):
    """Where one looks through this member's eyes, or the young person's."""
    person = follow_up.young_person.public_id
    if member is None:
        return reverse("pages:preview_young_person", args=[person])
    return reverse("pages:preview", args=[person, member.public_id])


def preview(follow_up, member=None, *, by):
    return sign_in(Client(), by).get(address(follow_up, member))


def without_actions(html):
    for pattern, instead in ACTIONS:
        html = pattern.sub(instead, html)
    return html.strip()


def own_page(follow_up, member):
    """The main part of the page as the member gets it, actions and their own forms and measures apart."""
    html = sign_in(Client(), member).get(reverse("pages:person", args=[follow_up.young_person.public_id]))
    main = re.search(r'<div class="person-bar">.*(?=\s*<div class="own-work">)', html.content.decode(), re.DOTALL)[0]
    return without_actions(main)


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("name", ["teacher", "nurse", "therapist"])
def test_it_is_what_they_get_byte_for_byte(cast, follow_up, name, apart):
    member = getattr(cast, name)
    say(follow_up, cast.therapist, by=cast.coordinator)
    say(follow_up, cast.nurse, by=cast.coordinator, apart=apart)
    seen = preview(follow_up, member, by=cast.coordinator).context["page"]
    assert without_actions(seen) == own_page(follow_up, member)


def test_under_non_disclosure_too_the_own_agency_apart(cast, follow_up):
    reason_to_reveal(cast.mikkeli)
    protect(follow_up, by=cast.coordinator)
    own = own_page(follow_up, cast.nurse)
    seen = without_actions(preview(follow_up, cast.nurse, by=cast.coordinator).context["page"])
    assert "Kouluterveydenhuolto" in own
    assert "terveydenhoitaja" in own
    hidden = own.replace("terveydenhoitaja, Kouluterveydenhuolto", "ammattilainen, terveydenhuolto")
    assert seen == hidden


def test_nothing_in_it_can_be_pressed(cast, follow_up):
    reason_to_reveal(cast.mikkeli)
    protect(follow_up, by=cast.coordinator)
    page = preview(follow_up, cast.nurse, by=cast.coordinator).context["page"]
    assert "<button disabled" in page
    assert "preview__link" in page
    assert not re.search(r"<a\b|<form\b|href=|action=|csrf|<(?:button|input|select|textarea)(?! disabled)", page)


def test_it_is_the_coordinators_own_look(cast, follow_up):
    before = Look.objects.count()
    preview(follow_up, cast.nurse, by=cast.coordinator)
    preview(follow_up, by=cast.coordinator)
    looks = Look.objects.order_by("id")[before:]
    assert [(look.membership_id, look.purpose, look.page) for look in looks] == [
        (cast.coordinator.pk, "preview", "pages:preview"),
        (cast.coordinator.pk, "preview", "pages:preview_young_person"),
    ]
    assert all(look.person_keys == follow_up.young_person.log_keys for look in looks)
    assert preview(follow_up, cast.stranger, by=cast.coordinator).status_code == 404
    assert Look.objects.count() == before + 2


def test_whoever_was_not_chosen_gets_no_page(cast, follow_up):
    response = preview(follow_up, cast.youth_worker, by=cast.coordinator)
    assert response.context["page"] == ""
    text = re.search(r'<section class="preview".*</section>', response.content.decode(), re.DOTALL)[0]
    assert "Virtanen" not in text
    assert "Niina" not in text
    say(follow_up, cast.youth_worker, by=cast.coordinator, takes_part="no", may_know="yes")
    assert preview(follow_up, cast.youth_worker, by=cast.coordinator).context["talked"]


@pytest.mark.parametrize("name", ["teacher", "youth_worker"])
def test_an_unmatched_flag_makes_no_difference(cast, follow_up, name):
    member = getattr(cast, name)

    def seen():
        response = preview(follow_up, member, by=cast.coordinator)
        return re.sub(r'value="[^"]*"|data-\w+="\d+"', "", response.content.decode())

    before = seen()
    cast.flag(member)
    assert seen() == before


def test_whoever_is_excluded_gets_no_page_any_more(cast, follow_up):
    exclude(follow_up=follow_up, by=cast.coordinator, user=cast.nurse.user)
    response = preview(follow_up, cast.nurse, by=cast.coordinator)
    assert response.status_code == 404 or response.context["page"] == ""


def test_those_informed_are_named(cast):
    set_mikkeli(cast, reveal_rule="inform", inform_basis="Laki 123/2026 4 §")
    follow_up = cast.match(told_rule="inform")
    assert preview(follow_up, cast.nurse, by=cast.coordinator).context["informed"] == ["Tiina Opettaja"]
    assert preview(follow_up, cast.teacher, by=cast.coordinator).context["informed"] == ["Niina Hoitaja"]


def test_nobody_is_named_where_the_young_person_is_asked_first(cast):
    set_mikkeli(cast, reveal_rule="inform", inform_basis="Laki 123/2026 4 §")
    assert preview(cast.match(), cast.nurse, by=cast.coordinator).context["informed"] == []


@pytest.mark.parametrize("reader", ["teacher", "nurse", "other_coordinator", "stranger", "administrator"])
def test_nobody_else_looks_through_others_eyes(cast, follow_up, reader):
    for member in (cast.nurse, cast.youth_worker, None):
        assert preview(follow_up, member, by=getattr(cast, reader)).status_code == 404


def test_nor_anybody_through_the_eyes_of_somebody_who_is_not_asked(cast, follow_up):
    cast.flag(cast.social_worker, settle=False)
    nobody = reverse("pages:preview", args=[follow_up.young_person.public_id, uuid4()])
    client = sign_in(Client(), cast.coordinator)
    answers = {client.get(address(follow_up, one)).content for one in (cast.social_worker, cast.stranger)}
    assert answers == {client.get(nobody).content}


def test_whose_name_is_hidden_from_the_coordinator_is_not_looked_through(cast, follow_up):
    clinic = cast.agency("Muu klinikka", Agency.Kind.MENTAL_HEALTH, area=cast.kerava, sensitive=True)
    doctor = cast.member("Lotta", "Lääkäri", clinic)
    say(follow_up, doctor, by=cast.coordinator)
    response = preview(follow_up, cast.nurse, by=cast.coordinator)
    assert "Lotta" not in response.content.decode()
    assert preview(follow_up, doctor, by=cast.coordinator).status_code == 404


def test_who_looked_and_why_is_said_in_each_language(cast, follow_up):
    sign_in(Client(), cast.nurse).get(reverse("pages:person", args=[follow_up.young_person.public_id]))
    said = set()
    for language in ("fi", "sv", "en"):
        User.objects.filter(pk=cast.coordinator.user_id).update(language=language)
        cast.coordinator.user.refresh_from_db()
        looks = preview(follow_up, by=cast.coordinator).context["looks"]
        look = next(one for one in looks if one["name"] == "Niina Hoitaja")
        with translation.override(language):
            said.add((str(look["role"]), str(look["purpose"])))
    assert said == {("ammattilainen", "mukana"), ("yrkesperson", "deltar"), ("professional", "takes part")}


def test_the_young_person_reads_who_and_why_but_no_other_names(cast, follow_up):
    sign_in(Client(), cast.nurse).get(reverse("pages:person", args=[follow_up.young_person.public_id]))
    sign_in(Client(), cast.second_coordinator).get(reverse("pages:person", args=[follow_up.young_person.public_id]))
    response = preview(follow_up, by=cast.coordinator)
    names = {(look["name"], look["agency"]) for look in response.context["looks"]}
    assert names == {
        ("Niina Hoitaja", "Kouluterveydenhuolto"),
        ("Kaisa Etsivä", "Etsivä nuorisotyö"),
        ("", "Etsivä nuorisotyö"),
    }
    assert [row["name"] for row in response.context["taking_part"]] == ["Niina Hoitaja", "Tiina Opettaja"]
    assert "Kalle" not in response.content.decode()
