"""The directory without signing in: nothing in it is about anybody, and at 10,000 services it costs what it does at
ten."""

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.clocks.rules import today
from coordination.services.commands.words import rebuild
from coordination.services.models import Need, Service, ServiceClass, ServiceWords
from coordination.services.queries import printed, search
from coordination.services.queries.lists import Filters, listed
from coordination.services.queries.open import public_in
from tests.cast import sign_in
from tests.directory import group, service

MANY = 10_000


def directory(area, name="list", *more, language="fi"):
    return reverse(f"directory:{name}", args=[language, area.pk, *more])


def names(response):
    return [one.service.name_fi for one in response.context["rows"]]


def test_what_is_public_is_there_without_signing_in_and_without_a_cookie(cast):
    service(cast.mikkeli, "Julkinen", description_fi="Kaikille.")
    service(cast.mikkeli, "Oma", is_public=False)
    answer = Client().get(directory(cast.mikkeli))
    assert names(answer) == ["Julkinen"]
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=300"
    assert "noindex" not in answer.content.decode()
    assert '<form method="post"' not in answer.content.decode()


def test_whoever_is_signed_in_reads_the_same_page(cast):
    service(cast.mikkeli, "Julkinen")
    service(cast.mikkeli, "Oma", is_public=False)
    address = directory(cast.mikkeli, language="sv")
    answer = sign_in(Client(), cast.coordinator).get(address)
    assert answer.content == Client().get(address).content
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("language", "words"), [("fi", "1 palvelu"), ("sv", "1 tjänst"), ("en", "1 service")])
def test_the_language_stands_in_the_address(cast, language, words):
    service(cast.mikkeli, "Paja", name_sv="Verkstad")
    answer = Client(headers={"accept-language": "fi"}).get(directory(cast.mikkeli, language=language))
    assert answer["Content-Language"] == language
    assert words in answer.content.decode()
    assert Client().get(directory(cast.mikkeli, language="xx")).status_code == 404


def test_the_start_leads_on_in_the_readers_language(cast):
    assert Client(headers={"accept-language": "sv"}).get("/directory/").url == "/directory/sv/"


def test_an_area_without_anything_public_is_not_listed(cast):
    service(cast.mikkeli, "Julkinen")
    service(cast.kerava, "Oma", is_public=False)
    assert Client().get("/directory/fi/").context["areas"] == [cast.mikkeli]
    assert names(Client().get(directory(cast.kerava))) == []
    assert Client().get("/directory/fi/999999/").status_code == 404
    assert Client().get(f"/directory/fi/{2**40}/").status_code == 404


def test_one_service_tells_who_provides_it_and_nobody_who_keeps_it(cast):
    one = service(cast.mikkeli, "Julkinen", owner=cast.school, keeper=cast.teacher)
    text = Client().get(reverse("directory:service", args=["fi", one.public_id])).content.decode()
    assert "Päämajakoulu" in text
    assert "Tiina" not in text
    assert "priority" not in Client().get(directory(cast.mikkeli)).context["form"].fields


def test_a_list_to_print_has_all_of_one_audience_kind_by_kind(cast):
    for name, code in (("Perhekerho", "families"), ("Nuorten ilta", "young_people"), ("Asumisneuvonta", "families")):
        service(cast.mikkeli, name).target_groups.add(group(code))
    answer = Client().get(directory(cast.mikkeli, "printed", "families"))
    (chapter,) = answer.context["chapters"]
    assert [one.service.name_fi for one in chapter["entries"]] == ["Asumisneuvonta", "Perhekerho"]
    assert Client().get(directory(cast.mikkeli, "printed", "nobody")).status_code == 404


def test_a_printed_list_that_is_cut_off_says_so(cast, monkeypatch):
    monkeypatch.setattr(printed, "MOST", 1)
    service(cast.mikkeli, "Paja").target_groups.add(group("families"))
    said = "Luettelossa on vain 1 ensimmäistä palvelua."
    address = directory(cast.mikkeli, "printed", "families")
    assert said not in Client().get(address).content.decode()
    service(cast.mikkeli, "Ryhmä").target_groups.add(group("families"))
    page = Client().get(address).content.decode()
    assert said in page
    assert "Paja" in page
    assert "Ryhmä" not in page


@pytest.fixture
def bulk(cast):
    """Services with words, in one statement each: so many in Mikkeli, the others in Kerava."""
    kind, need = ServiceClass.objects.get(code="housing"), Need.objects.get(code="housing")

    def made(area, number):
        rows = [
            Service(area=area, name_fi=f"Palvelu {one:05}", provider_name="Joku", service_class=kind, threshold="open")
            for one in range(number)
        ]
        rows = Service.objects.bulk_create(rows, batch_size=2000)
        Service.needs.through.objects.bulk_create(
            [Service.needs.through(service=one, need=need) for one in rows], batch_size=5000
        )
        with connection.cursor() as cursor:
            cursor.execute(
                """INSERT INTO coordination_servicewords (service_id, vector, words)
                SELECT id, setweight(to_tsvector('simple', lower(name_fi)), 'A') || to_tsvector('simple', more),
                    lower(name_fi) || ' ' || more
                FROM coordination_service, LATERAL (
                    SELECT string_agg(md5(name_fi || one), ' ') AS more FROM generate_series(1, 40) AS one
                ) AS words WHERE id NOT IN (SELECT service_id FROM coordination_servicewords)"""
            )

    return made


def statements(address):
    client = Client()
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_ten_thousand_cost_what_ten_do_and_no_large_table_is_read_from_end_to_end(cast, bulk):
    bulk(cast.mikkeli, 150)
    queries = ["", "?words=palvelu&need=housing&age=12", "?words=palvleu"]
    addresses = [directory(cast.mikkeli) + query for query in queries]
    few = [statements(address) for address in addresses]
    bulk(cast.kerava, MANY - 150)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE coordination_service, coordination_servicewords, coordination_service_needs")
    addresses += [directory(cast.kerava) + query for query in queries]
    assert [statements(address) for address in addresses] == few * 2
    assert Service.objects.count() == MANY
    large = re.compile(r"Seq Scan on coordination_service(words|_needs)?\b(?!_)")
    with transaction.atomic():
        offered = public_in(cast.mikkeli)
        plans = {
            "list": offered.order_by("name_fi", "pk")[:26].explain(),
            "search": search.by_words(offered, ["palvelu", "00007"])[:26].explain(),
            "near": search.nearly(offered, ["palvleu"]).explain(),
            "large": public_in(cast.kerava).order_by("name_fi", "pk")[:26].explain(),
        }
        assert listed(offered, Filters(words="00007")).number >= 1
    for what, plan in plans.items():
        assert not large.search(plan), f"{what}\n{plan}"


def test_words_are_made_for_what_the_search_shows(cast):
    one = service(cast.mikkeli, "Velkaneuvonta", name_sv="Skuldrådgivning", checked_on=today())
    rebuild(Service.objects.all())
    words = ServiceWords.objects.get(service=one).words.split()
    assert {"velkaneuvonta", "skuldrådgivning", "velka", "neuvonta", "skulder", "pikavippi"} <= set(words)
    assert rebuild(Service.objects.filter(words=None)) == 0
