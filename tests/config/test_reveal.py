"""What non-disclosure hides shows once, to an authority, for a reason that is logged and told of."""

import pytest
from django.test import Client
from django.urls import reverse

from coordination.activity.models import Event
from coordination.outbox.models import Notification
from coordination.use_log.models import Look
from tests.acts import begun, protect, reason_to_reveal, say
from tests.cast import sign_in

pytestmark = pytest.mark.django_db

HIDDEN = ("Kouluterveydenhuolto", "niina.hoitaja@", "Mikkeli</li>")


@pytest.fixture
def follow_up(cast):
    follow_up = begun(cast)
    say(follow_up, cast.teacher, cast.nurse, cast.youth_worker, by=cast.coordinator)
    follow_up.young_person.contact_shared = True
    follow_up.young_person.save()
    protect(follow_up, by=cast.coordinator)
    return follow_up


@pytest.fixture
def reason(cast, follow_up):
    return reason_to_reveal(cast.mikkeli)


def page_of(member, follow_up, **data):
    """The young person's page as this member gets it, or with data what the reveal answers."""
    client = sign_in(Client(), member)
    name = "pages:reveal" if data else "pages:person"
    address = reverse(name, args=[follow_up.young_person.public_id])
    return client.post(address, data) if data else client.get(address)


def test_nothing_that_tells_the_municipality_shows_to_those_who_take_part(cast, follow_up):
    page = page_of(cast.teacher, follow_up).content.decode()
    assert "Niina Hoitaja" in page
    for words in (*HIDDEN, "Etsivä nuorisotyö", "kaisa.etsiva@", "040 111 2223"):
        assert words not in page


def test_an_authority_with_a_reason_sees_it_once(cast, follow_up, reason):
    response = page_of(cast.teacher, follow_up, reason=reason.pk)
    page = response.content.decode()
    for words in ("Kouluterveydenhuolto", "niina.hoitaja@", "Mikkeli", "040 111 2223"):
        assert words in page
    again = page_of(cast.teacher, follow_up).content.decode()
    for words in HIDDEN:
        assert words not in again


def test_it_leaves_one_row_with_the_reason_and_is_told(cast, follow_up, reason):
    before = Look.objects.count()
    page_of(cast.teacher, follow_up, reason=reason.pk)
    look = Look.objects.order_by("-id").first()
    assert Look.objects.count() == before + 1
    assert (look.purpose, look.page, look.reason) == ("reveal", "pages:reveal", str(reason))
    assert look.person_keys == follow_up.young_person.log_keys
    told = set(Notification.objects.filter(code="details_revealed").values_list("membership", flat=True))
    assert told == {cast.coordinator.pk, cast.second_coordinator.pk}
    assert Event.objects.get(kind="revealed").audience == "coordinators"
    looks = sign_in(Client(), cast.coordinator).get(reverse("pages:looks", args=[follow_up.young_person.public_id]))
    assert "VTJ-laki 37 §" in looks.content.decode()


def test_a_coordinator_reveals_too_and_the_others_are_told(cast, follow_up, reason):
    assert "Mikkeli</li>" not in page_of(cast.coordinator, follow_up).content.decode()
    assert "Mikkeli</li>" in page_of(cast.coordinator, follow_up, reason=reason.pk).content.decode()
    told = set(Notification.objects.filter(code="details_revealed").values_list("membership", flat=True))
    assert told == {cast.second_coordinator.pk}


def test_a_telephone_that_the_young_person_does_not_share_stays_hidden(cast, follow_up, reason):
    follow_up.young_person.contact_shared = False
    follow_up.young_person.save()
    assert "040 111 2223" not in page_of(cast.teacher, follow_up, reason=reason.pk).content.decode()


def refused(member, follow_up, reason):
    before = Look.objects.filter(purpose="reveal").count()
    page = page_of(member, follow_up, reason=reason).content.decode()
    assert Look.objects.filter(purpose="reveal").count() == before
    return not any(words in page for words in HIDDEN)


def test_an_association_reveals_nothing(cast, follow_up, reason):
    assert refused(cast.youth_worker, follow_up, reason.pk)
    assert 'name="reason"' not in page_of(cast.youth_worker, follow_up).content.decode()


@pytest.mark.parametrize("forged", ["", "0", "999999", "abc", "\0"])
def test_a_reason_must_be_one_of_the_own_areas(cast, follow_up, reason, forged):
    assert refused(cast.teacher, follow_up, forged)


def test_neither_another_areas_reason_nor_one_out_of_use_serves(cast, follow_up, reason):
    assert refused(cast.teacher, follow_up, reason_to_reveal(cast.kerava).pk)
    reason.is_active = False
    reason.save()
    assert refused(cast.teacher, follow_up, reason.pk)


def test_only_so_many_times_a_day(cast, follow_up, reason):
    cast.mikkeli.reveals_a_day = 2
    cast.mikkeli.save()
    for _ in range(2):
        assert not refused_again(cast, follow_up, reason)
    assert refused_again(cast, follow_up, reason)


def refused_again(cast, follow_up, reason):
    page = page_of(cast.teacher, follow_up, reason=reason.pk).content.decode()
    return "Kouluterveydenhuolto" not in page


def test_without_a_ground_it_is_the_404_of_nobody(cast, follow_up, reason):
    assert page_of(cast.social_worker, follow_up, reason=reason.pk).status_code == 404
    assert page_of(cast.stranger, follow_up, reason=reason.pk).status_code == 404
    assert not Look.objects.filter(purpose="reveal").exists()


def test_where_nothing_is_hidden_nothing_is_revealed(cast, follow_up, reason):
    follow_up.young_person.non_disclosure = False
    follow_up.young_person.save()
    page_of(cast.teacher, follow_up, reason=reason.pk)
    assert not Look.objects.filter(purpose="reveal").exists()


def test_who_has_looked_shows_agencies_by_kind(cast, follow_up):
    page_of(cast.teacher, follow_up)
    client = sign_in(Client(), cast.coordinator)
    page = client.get(reverse("pages:looks", args=[follow_up.young_person.public_id])).content.decode()
    assert "Tiina Opettaja" in page
    assert "Päämajakoulu" not in page
