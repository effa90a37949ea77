"""P4: one page, one look in the use log; without the look there is no page."""

from uuid import uuid4

import pytest
from django.http import Http404
from django.urls import ResolverMatch

from coordination.people import access
from coordination.people.commands import exclude
from coordination.people.models import Ground
from coordination.use_log.models import Look


@pytest.fixture
def person(cast):
    person = cast.flag(cast.youth_worker).young_person
    access.give_ground(young_person=person, kind="participation", source=uuid4(), membership=cast.teacher)
    return person


@pytest.fixture
def asking(rf):
    def request(membership):
        request = rf.get("/")
        request.membership = membership
        request.resolver_match = ResolverMatch(lambda: None, (), {}, url_name="person", namespaces=["pages"])
        request.id = "request-1"
        return request

    return request


def test_one_look_for_one_page(cast, person, asking):
    assert access.person_or_404(asking(cast.teacher), person.public_id, to="view_network") == person
    look = Look.objects.get()
    ground = Ground.objects.get(kind="participation")
    assert (look.user_id, look.membership_id, look.agency_id) == (
        cast.teacher.user_id,
        cast.teacher.pk,
        cast.school.pk,
    )
    assert (look.role, look.page, look.purpose) == ("professional", "pages:person", "participation")
    assert look.person_keys == person.log_keys
    assert look.grounds == [ground.pk]
    assert look.request_id == "request-1"


def test_the_key_in_the_log_is_not_the_key_on_the_pages(person):
    assert person.public_id not in person.log_keys


@pytest.mark.parametrize("who", ["youth_worker", "nurse", "coordinator", "stranger", "administrator"])
def test_no_ground_no_page_no_look(cast, person, asking, who):
    with pytest.raises(Http404):
        access.person_or_404(asking(getattr(cast, who)), person.public_id, to="view_network")
    assert not Look.objects.exists()


def test_somebody_who_is_not_there(cast, asking):
    with pytest.raises(Http404):
        access.person_or_404(asking(cast.teacher), uuid4(), to="view_network")
    assert not Look.objects.exists()


def test_a_permission_that_the_ground_does_not_carry(cast, person, asking):
    with pytest.raises(Http404):
        access.person_or_404(asking(cast.teacher), person.public_id, to="review_looks")


def test_an_excluded_reader(cast, person, asking):
    exclude(young_person=person, by=cast.coordinator, user=cast.teacher.user)
    with pytest.raises(Http404):
        access.person_or_404(asking(cast.teacher), person.public_id, to="view_network")
    assert not Look.objects.exists()


def test_without_the_look_no_page(cast, person, asking, monkeypatch):
    def broken(**kwargs):
        raise RuntimeError("the log is away")

    monkeypatch.setattr(access, "write_look", broken)
    with pytest.raises(RuntimeError):
        access.person_or_404(asking(cast.teacher), person.public_id, to="view_network")


@pytest.mark.django_db(transaction=True)
def test_a_page_outside_a_transaction_can_write_no_look(cast, person, asking):
    from django.db import transaction

    with pytest.raises(transaction.TransactionManagementError):
        access.person_or_404(asking(cast.teacher), person.public_id, to="view_network")


def test_one_look_for_a_page_of_many(cast, person, asking):
    other = cast.flag(cast.youth_worker, first_name="Eeva").young_person
    access.look(asking(cast.teacher), people=[person, other, person], purpose="list")
    assert set(Look.objects.get().person_keys) == {*person.log_keys, *other.log_keys}
