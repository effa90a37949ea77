"""The directory in the administration: each area keeps its own services; the lists are everybody's to read."""

import pytest
from django.urls import reverse

from coordination.agencies import role_permissions
from coordination.services.models import Need, Service, ServiceClass
from tests.cast import sign_in
from tests.coordination.staffing.pages import change, changelist, posted
from tests.directory import service

ADD = "admin:coordination_service_add"


@pytest.fixture
def kaisa(client, cast):
    role_permissions.apply()
    return sign_in(client, cast.coordinator)


def fields(**more):
    return {
        "name_fi": "Paja Puro",
        "owner": "",
        "provider_name": "Puro ry",
        "service_class": ServiceClass.objects.get(code="workshop").pk,
        "needs": [Need.objects.get(code="work").pk],
        "kind": "service",
        "threshold": "open",
        "cost": "unknown",
        "is_active": "on",
    } | more


@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_a_service_that_is_added_is_the_own_areas(client, cast, who):
    role_permissions.apply()
    sign_in(client, getattr(cast, who))
    assert client.post(reverse(ADD), fields(owner=cast.association.pk, provider_name="")).status_code == 302
    one = Service.objects.get()
    assert (one.area, one.owner) == (cast.mikkeli, cast.association)
    page = client.get(change(one))
    assert client.post(change(one), posted(page, name_fi="Paja Puro 2", youngest_age="16")).status_code == 302
    one.refresh_from_db()
    assert (one.name_fi, one.youngest_age, one.area) == ("Paja Puro 2", 16, cast.mikkeli)
    changes = client.get(client.get(reverse("admin:coordination_service_history", args=[one.pk])).url)
    assert "Paja Puro 2" in changes.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"provider_name": ""},
        {"owner": "school"},
        {"provider_name": "", "owner": "other_school"},
        {"youngest_age": "20", "oldest_age": "10"},
        {"valid_from": "2.3.2026", "valid_until": "1.3.2026"},
        {"name_fi": "Pa\0ja"},
        {"description_fi": "x" * 1001},
        {"website": "http://example.fi"},
        {"website": "https://example.fi@evil.example"},
        {"needs": []},
        {"also_in": ["mikkeli"]},
        {"service_class": "999999999999999999999"},
    ],
)
def test_what_contradicts_itself_or_belongs_elsewhere_is_refused(kaisa, cast, wrong):
    if "owner" in wrong:
        wrong = wrong | {"owner": getattr(cast, wrong["owner"]).pk}
    if "also_in" in wrong:
        wrong = {"also_in": [cast.mikkeli.pk]}
    answer = kaisa.post(reverse(ADD), fields(**wrong))
    assert answer.status_code == 200
    assert answer.context["errors"]
    assert not Service.objects.exists()


def test_other_areas_can_be_chosen_but_not_their_services(kaisa, cast):
    assert kaisa.post(reverse(ADD), fields(also_in=[cast.kerava.pk])).status_code == 302
    assert list(Service.objects.get().also_in.all()) == [cast.kerava]
    theirs = service(cast.kerava, "Keravan paja")
    theirs.also_in.add(cast.mikkeli)
    assert kaisa.get(change(theirs)).status_code == 404
    assert "Keravan paja" not in kaisa.get(changelist("coordination_service")).content.decode()


def test_what_went_out_of_use_is_not_chosen_anew(kaisa, cast):
    Need.objects.filter(code="work").update(is_active=False)
    assert kaisa.post(reverse(ADD), fields()).status_code == 200
    assert not Service.objects.exists()


def test_the_lists_are_changed_by_nobody(kaisa, cast):
    for row in (Need.objects.first(), ServiceClass.objects.first()):
        assert kaisa.get(change(row)).status_code == 200
        assert kaisa.post(change(row), {"name_fi": "Muu"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_and_little(kaisa, cast, rows, django_assert_num_queries):
    for number in range(rows):
        owner = cast.school if number % 2 else None
        service(cast.mikkeli, f"Palvelu {number}", owner=owner, needs=("housing", "money"))
    path = changelist("coordination_service")
    kaisa.get(path)
    with django_assert_num_queries(10):
        assert kaisa.get(path).status_code == 200
    for query in ("?q=palvelu", "?threshold__exact=open", "?needs__id__exact=1", "?is_active__exact=1"):
        assert kaisa.get(path + query).status_code == 200
