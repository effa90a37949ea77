"""The pages of gaps and overlaps: from a box to the end, the list, and what another area reads."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coordination.clocks.rules import today
from coordination.services.models import Service
from pilots.service_map.commands import findings as commands
from pilots.service_map.models import Finding
from pilots.service_map.queries.deciding import findings_of, open_findings
from tests.cast import sign_in
from tests.pilots.service_map.mapping import decided, entered, opened


def signed_in(who):
    return sign_in(Client(), who)


def test_from_the_box_to_its_end_in_pages(cast):
    entered(cast.mikkeli, "Keskusteluapu", needs=["mental"])
    client = signed_in(cast.coordinator)
    query = "?row=mental&band=13-15&language=sv"
    form = client.get(f"/service-map/gaps/open/{query}").context["form"]
    assert form["kind"].value() == "gap"
    posted = {name: form[name].value() or "" for name in ("token", "kind", "title", "words")} | {"owner": ""}
    for _again in range(2):
        answer = client.post(f"/service-map/gaps/open/{query}", posted)
    finding = Finding.objects.get()
    assert answer.url == finding.get_absolute_url()
    assert (finding.language, finding.state_then, finding.number_then) == ("sv", "none", 0)
    assert client.get(f"/service-map/gaps/open/{query}").url == finding.get_absolute_url()
    refused = client.post(f"/service-map/gaps/open/{query}", posted | {"token": str(uuid4())})
    assert refused.context["form"].errors
    day = today()
    typed = {"number": "1", "decision": "buy", "action": "Ostetaan", "reason": ""}
    for name in ("due_on", "decided_on"):
        typed |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    assert client.post(f"{answer.url}decide/", typed).status_code == 302
    note = client.get(f"{answer.url}note/").context["form"]["token"].value()
    client.post(f"{answer.url}note/", {"token": str(note), "words": "Tarjous pyydetty"})
    assert "Tarjous pyydetty" in client.get(answer.url).content.decode()
    assert client.post(f"{answer.url}close/", {"number": "2", "outcome": "filled"}).status_code == 302
    assert client.get(f"{answer.url}close/").status_code == 302
    finding.refresh_from_db()
    assert (finding.state, finding.outcome, finding.services.count()) == ("closed", "filled", 0)


@pytest.mark.parametrize(("kind", "names"), [("overlap", ["A", "B"]), ("gap", ["A", "B", "C"])])
def test_an_overlap_holds_the_services_that_do_the_same(cast, kind, names):
    for name, service_class in zip("ABC", ["peer", "peer", "advice"], strict=True):
        entered(cast.mikkeli, name, kind=service_class)
    query = "?row=mental&band=13-15"
    posted = {"token": str(uuid4()), "kind": kind, "title": "Sama kahdesti", "words": "", "owner": ""}
    signed_in(cast.coordinator).post(f"/service-map/gaps/open/{query}", posted)
    services = Finding.objects.get().services
    assert list(services.order_by("name_fi").values_list("name_fi", flat=True)) == names


def test_two_tabs_keep_what_was_typed(cast):
    found = opened(cast.coordinator)
    decided(cast.administrator, finding=found)
    client = signed_in(cast.coordinator)
    page = client.post(f"{found.get_absolute_url()}change/", {"number": "1", "title": "Oma", "words": "", "owner": ""})
    assert page.context["is_overtaken"]
    assert page.context["form"]["title"].value() == "Oma"


def test_another_area_reads_and_does_not_write(cast):
    found = opened(cast.coordinator)
    client = signed_in(cast.other_coordinator)
    assert client.get(found.get_absolute_url()).status_code == 200
    assert client.get(f"/service-map/gaps/?area={cast.mikkeli.pk}").context["rows"]
    assert not client.get("/service-map/gaps/").context["rows"]
    for word in ("change", "decide", "note", "close", "reopen", "merge"):
        assert client.post(f"{found.get_absolute_url()}{word}/").status_code == 404
    query = f"?area={cast.mikkeli.pk}&row=mental&band=6-6"
    assert client.get(f"/service-map/gaps/open/{query}").status_code == 404


def test_the_list_is_leafed_through_at_the_same_cost(cast, unhurried):
    client, made = signed_in(cast.teacher), []

    def page(number):
        return client.get(f"/service-map/gaps/?area={cast.mikkeli.pk}&page={number}")

    for age in range(26):
        made.append(opened(cast.coordinator, from_age=age, to_age=age, owner=cast.nurse))
    with CaptureQueriesContext(connection) as few:
        assert len(page(2).context["rows"]) == 1
    with CaptureQueriesContext(connection) as many:
        first = page(1).context
    assert len(many) == len(few)
    assert (len(first["rows"]), first["previous_url"]) == (25, "")
    assert client.get(f"/service-map/gaps/{first['next_url']}").context["rows"][0]["finding"] == made[0]
    assert "?area=" in page(3).context["area_query"]


def test_what_waits_comes_first_and_what_is_closed_last(cast):
    closed = decided(cast.coordinator, finding=opened(cast.coordinator, from_age=1))
    commands.close(finding=closed, number=2, by=cast.coordinator, outcome="filled")
    later, sooner = (
        decided(cast.coordinator, finding=opened(cast.coordinator, from_age=age), due_on=today() + timedelta(age))
        for age in (9, 8)
    )
    waits = opened(cast.coordinator)
    assert list(findings_of(cast.mikkeli)) == [waits, sooner, later, closed]
    assert list(open_findings(cast.mikkeli)) == [waits, sooner, later]
    assert not open_findings(cast.kerava)


def test_the_list_says_by_what_a_box_was_narrowed(cast):
    town = cast.mikkeli.municipalities.get()
    opened(cast.coordinator, municipality_id=town.pk, language="sv", threshold="open", priority=4)
    opened(cast.coordinator)
    page = signed_in(cast.teacher).get("/service-map/gaps/")
    plain, narrowed = page.context["rows"]
    assert (len(plain["narrowed_by"]), len(narrowed["narrowed_by"])) == (0, 4)
    assert f"{town.name}, ruotsi, " in page.content.decode()


class TestMerging:
    @pytest.fixture
    def three(self, cast):
        return [entered(cast.mikkeli, name) for name in ("Kerho A", "Kerho B", "Kerho C")]

    def overlap_of(self, cast, services):
        found = opened(cast.coordinator, kind="overlap", services=services)
        return decided(cast.coordinator, finding=found, decision="merge").get_absolute_url()

    def test_of_two_one_says_which_stays(self, cast, three):
        kept, retired, _other = three
        client, page = signed_in(cast.coordinator), self.overlap_of(cast, [kept, retired])
        assert list(client.get(f"{page}merge/").context["form"].fields) == ["kept"]
        assert client.post(f"{page}merge/", {"kept": "x"}).context["form"].errors
        for _again in range(2):
            assert client.post(f"{page}merge/", {"kept": f"{kept.public_id} {retired.public_id}"}).url == page
        assert client.get(f"{page}merge/").url == page
        retired.refresh_from_db()
        assert retired.merged_into == kept

    def test_not_before_it_is_decided(self, cast, three):
        client, found = signed_in(cast.coordinator), opened(cast.coordinator, kind="overlap", services=three[:2])
        page = found.get_absolute_url()
        assert client.get(f"{page}merge/").url == page
        assert client.post(f"{page}merge/", {"kept": " ".join(str(one.public_id) for one in three[:2])}).url == page
        assert Service.objects.filter(is_active=True).count() == 3

    def test_of_three_one_says_both_and_no_other_goes_instead(self, cast, three):
        kept, retired, other = three
        client, page = signed_in(cast.coordinator), self.overlap_of(cast, three)
        assert client.post(f"{page}merge/", {"kept": str(kept.public_id)}).context["form"].errors
        posted = {"kept": str(kept.public_id), "retired": str(retired.public_id)}
        for _again in range(2):
            client.post(f"{page}merge/", posted)
        assert list(Service.objects.filter(is_active=True)) == [kept, other]

    def test_of_two_the_other_one_never_goes_for_one_that_came_meanwhile(self, cast, three):
        kept, chosen, other = three
        client, page = signed_in(cast.coordinator), self.overlap_of(cast, three)
        Service.objects.filter(pk=other.pk).update(is_active=False)
        posted = {"kept": client.get(f"{page}merge/").context["form"]["kept"].field.choices[0][0]}
        Service.objects.filter(pk=other.pk).update(is_active=True)
        Service.objects.filter(pk=chosen.pk).update(is_active=False)
        assert client.post(f"{page}merge/", posted).context["form"].errors
        assert list(Service.objects.filter(is_active=True)) == [kept, other]


def test_another_area_reads_names_without_addresses_that_lead_nowhere(cast):
    kept = entered(cast.mikkeli, "Kerho A")
    found = opened(cast.coordinator, kind="overlap", services=[kept])
    page = signed_in(cast.stranger).get(found.get_absolute_url()).content.decode()
    assert "Kerho A" in page
    assert kept.get_absolute_url() not in page


def test_it_leads_to_how_it_stands_now(cast):
    found = opened(cast.coordinator, language="sv")
    for who in (cast.teacher, cast.stranger):
        client = signed_in(who)
        query = client.get(found.get_absolute_url()).context["cell_url"]
        box = client.get(f"/service-map/coverage/cell/{query}").context["cell"]
        assert box.findings == [found]
