"""Each area keeps its own programmes; pilots are looked through."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.agencies import role_permissions
from coordination.agencies.models import County
from pilots.registry.models import Programme
from pilots.registry.states import PilotState
from tests.cast import sign_in
from tests.coordination.staffing.pages import change, changelist, posted
from tests.pilots.registry.piloting import begun, in_state, of_the_portal, text

ADD = "admin:pilots_programme_add"
PROGRAMMES, PILOTS = "pilots_programme", "pilots_pilot"


@pytest.fixture
def anna(client, cast):
    role_permissions.apply()
    return sign_in(client, cast.administrator)


def fields(**more):
    return {"name_fi": "Ohjelma", "funder_fi": "Ministeriö", "from_year": "2026", "until_year": "2027"} | more


def shown(client, model, query=""):
    return set(client.get(f"{changelist(model)}?{query}").context["cl"].result_list)


def statements(client, model):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(changelist(model)).status_code == 200
    return len(queries)


def test_a_new_programme_is_the_own_areas(cast, anna):
    county = County.objects.get(code="09")
    data = fields(counties=[county.pk], origin_fi="Alkoi\x0bkokeilusta")
    assert anna.post(reverse(ADD), data).status_code == 200
    assert anna.post(reverse(ADD), data | {"origin_fi": "Alkoi kokeilusta"}).status_code == 302
    made = Programme.objects.get()
    assert (made.area, made.code, made.counties.get(), made.origin_fi) == (
        cast.mikkeli,
        None,
        county,
        "Alkoi kokeilusta",
    )


@pytest.mark.parametrize(
    "wrong",
    [{"name_fi": ""}, {"until_year": "2025"}, {"from_year": "x"}, {"funder_sv": "x" * 201}, {"origin_en": "x" * 501}],
)
def test_what_contradicts_itself_is_asked_again(anna, wrong):
    answer = anna.post(reverse(ADD), fields(**wrong))
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert not Programme.objects.exists()


def test_the_own_is_changed_the_portals_own_read_and_another_areas_not_there(cast, anna):
    own, foreign = (
        Programme.objects.create(area=area, name_fi="Ohjelma", from_year=2026) for area in (cast.mikkeli, cast.kerava)
    )
    common = Programme.objects.create(code="yhteinen", name_fi="Yhteinen", from_year=2026)
    assert shown(anna, PROGRAMMES) == {own, common}
    assert shown(anna, PROGRAMMES, "q=yhtei") == shown(anna, PROGRAMMES, "area__isempty=1") == {common}
    page = anna.get(change(own))
    assert anna.post(change(own), posted(page, name_fi="Uusi")).status_code == 302
    assert anna.get(change(common)).status_code == 200
    for row in (common, foreign):
        assert anna.post(change(row), fields(name_fi="Uusi")).status_code in (403, 404)
    assert anna.get(change(foreign)).status_code == 404
    assert set(Programme.objects.filter(name_fi="Uusi")) == {own}


def test_coordinators_read_and_write_nothing(cast, client):
    role_permissions.apply()
    own = Programme.objects.create(area=cast.mikkeli, name_fi="Ohjelma", from_year=2026)
    kaisa = sign_in(client, cast.coordinator)
    assert kaisa.get(change(own)).status_code == 200
    assert kaisa.post(reverse(ADD), fields()).status_code == 404
    assert kaisa.post(change(own), fields(name_fi="Uusi")).status_code in (403, 404)


def test_pilots_are_found_and_changed_by_nobody_there(cast, anna):
    programme = Programme.objects.create(area=cast.kerava, name_fi="Ohjelma", from_year=2026)
    own, common = begun(cast.coordinator, texts={"fi": text("Nuorten pilotti")}), of_the_portal()
    foreign = in_state(PilotState.RUNNING, cast.other_coordinator, programme=programme, spread_from=common)
    assert shown(anna, PILOTS) == {own, common, foreign}
    for query in ("state=running", f"area__id__exact={cast.kerava.pk}", f"programme__id__exact={programme.pk}"):
        assert shown(anna, PILOTS, query.replace("state=", "state__exact=")) == {foreign}, query
    assert shown(anna, PILOTS, "q=nuorten") == {own}
    page = anna.get(change(foreign)).content.decode()
    for words in ("Portaalin kirje", "1.1.2026", foreign.get_absolute_url()):
        assert words in page
    assert anna.post(change(own), {"state": "stopped"}).status_code in (403, 404)
    assert anna.get(reverse("admin:pilots_pilot_add")).status_code == 404


@pytest.mark.parametrize("model", [PROGRAMMES, PILOTS])
def test_a_list_takes_as_many_statements_for_thirty_as_for_one(cast, anna, model):
    for number in range(30):
        programme = Programme.objects.create(area=cast.mikkeli, name_fi=f"Ohjelma {number}", from_year=2026)
        begun(cast.coordinator, programme=programme)
        if number == 0:
            alone = statements(anna, model)
    assert statements(anna, model) == alone <= 15
