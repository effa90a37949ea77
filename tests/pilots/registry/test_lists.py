"""Everybody reads all pilots of all areas, by what they look for."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from coordination.agencies.models import County
from pilots.registry.models import Programme
from pilots.registry.queries.lists import A_PAGE, Filters, counts_by_county, listed
from pilots.registry.queries.pilots import laid_out, leads_of
from pilots.registry.states import PilotState
from tests.pilots.registry.piloting import begun, in_state, of_the_portal, text

pytestmark = pytest.mark.django_db


def names(area, **asked):
    return {one.text.name for one in listed(Filters(**asked), area)[0]}


def test_pilots_of_all_areas_and_of_the_portal_are_read(cast):
    begun(cast.coordinator, texts={"fi": text("Mikkelin")})
    begun(cast.other_coordinator, texts={"fi": text("Keravan")})
    of_the_portal()
    assert names(cast.kerava) == {"Mikkelin", "Keravan", "Portaalin kirje"}
    assert names(cast.kerava, own_area=True) == {"Keravan"}


def test_words_are_looked_for_in_texts_sites_and_programmes(cast):
    programme = Programme.objects.create(name_fi="Oikeasta paikasta", area=cast.mikkeli, from_year=2021)
    pilot = begun(cast.coordinator, texts={"fi": text(), "sv": text("Brevet")}, programme=programme)
    pilot.sites.create(name_fi="Äänekosken koulu")
    begun(cast.coordinator, texts={"fi": text("Toinen", method="Tapaaminen.")})
    for words in ("kirje", "KIRJE", "brevet", "äänekosken", "ÄÄNEKOSKEN", "paikasta", "kirje  äänek", "kotiin"):
        assert names(cast.mikkeli, words=words) == {"Kirje"}, words
    assert names(cast.mikkeli, words="kirje tapaaminen") == set()
    assert names(cast.mikkeli, words="%") == set()


def test_every_filter_leaves_what_it_says(cast):
    county = County.objects.get(code="09")
    programme = Programme.objects.create(name_fi="Ohjelma", area=cast.mikkeli, from_year=2021)
    young = begun(cast.coordinator, texts={"fi": text("Nuoret")}, youngest_age=13, oldest_age=17, counties=[county])
    begun(cast.coordinator, texts={"fi": text("Kaikki")}, programme=programme)
    in_state(PilotState.STOPPED, cast.coordinator, texts={"fi": text("Lopetettu")}, oldest_age=12)
    area = cast.mikkeli
    assert names(area, state="stopped") == {"Lopetettu"}
    assert names(area, county="09") == {"Nuoret"}
    assert names(area, county="01") == set()
    assert names(area, programme=programme) == {"Kaikki"}
    assert names(area, age=13) == {"Nuoret", "Kaikki"}
    assert names(area, age=12) == {"Kaikki", "Lopetettu"}
    assert names(area, age=18) == {"Kaikki"}
    assert young.ages == "13–17 years"


def test_counties_are_counted_once_for_each_pilot(cast):
    here, there = County.objects.get(code="09"), County.objects.create(code="01", name_fi="Itä-Uusimaa")
    begun(cast.coordinator, texts={"fi": text("Koulu koulussa"), "sv": text("Skolan koulu")}, counties=[here, there])
    begun(cast.coordinator, counties=[here])
    assert counts_by_county(Filters(), cast.mikkeli) == {"09": 2, "01": 1}
    assert counts_by_county(Filters(words="skolan koulu"), cast.mikkeli) == {"09": 1, "01": 1}


def test_a_page_has_25_and_says_whether_there_are_more(cast):
    for day in range(1, 28):
        begun(cast.coordinator, texts={"fi": text(f"Pilotti {day}")}, starts_on=date(2026, 3, day))
    first, has_more = listed(Filters(), cast.mikkeli)
    assert ([one.text.name for one in first][:2], len(first), has_more) == (["Pilotti 27", "Pilotti 26"], A_PAGE, True)
    second, has_more = listed(Filters(), cast.mikkeli, page=2)
    assert ([one.text.name for one in second], has_more) == (["Pilotti 2", "Pilotti 1"], False)


def test_the_list_takes_as_many_statements_for_thirty_as_for_one(cast):
    counties = [County.objects.get(code="09")]

    def statements():
        with CaptureQueriesContext(connection) as queries:
            for one in listed(Filters(words="kirje"), cast.mikkeli)[0]:
                assert (one.text.name, one.pilot.area.name, list(one.pilot.counties.all())) == (
                    *("Kirje", "Mikkeli"),
                    counties,
                )
        return len(queries)

    begun(cast.coordinator, counties=counties)
    alone = statements()
    for _more in range(29):
        begun(cast.coordinator, counties=counties)
    assert statements() == alone == 4


def test_a_pilot_is_read_in_the_readers_language_else_in_finnish_else_in_any(cast):
    every = begun(cast.coordinator, texts={code: text(f"på {code}") for code in ("fi", "sv", "en")})
    finnish = begun(cast.coordinator, texts={"fi": text("suomeksi"), "en": text("in English")})
    swedish = begun(cast.coordinator, texts={"sv": text("på svenska")})
    with translation.override("sv"):
        shown = [laid_out(one, cast.teacher).text.name for one in (every, finnish, swedish)]
    assert shown == ["på sv", "suomeksi", "på svenska"]


def test_a_page_says_what_is_late_what_is_grave_and_what_comes_next(cast):
    pilot = in_state(PilotState.RUNNING, cast.coordinator)
    pilot.milestones.create(name_fi="Aloitus", due_on=date(2026, 1, 1), done_on=date(2026, 1, 2))
    pilot.milestones.create(name_fi="Väliarvio", due_on=date(2026, 3, 1))
    pilot.milestones.create(name_fi="Loppuarvio", due_on=date(2999, 1, 1))
    for words, likelihood, impact, closed_on in (
        ("pieni", 1, 1, None),
        ("mennyt", 3, 3, date(2026, 1, 1)),
        ("suuri", 2, 3, None),
    ):
        pilot.risks.create(words=words, likelihood=likelihood, impact=impact, answer="Sovitaan.", closed_on=closed_on)
    shown = laid_out(pilot, cast.coordinator)
    assert [one.name_fi for one in shown.late] == ["Väliarvio"]
    assert [one.words for one in shown.risks] == ["suuri", "pieni", "mennyt"]
    assert [(move.state, move.why_not) for move in shown.moves] == [
        (PilotState.EVALUATED, ""),
        (PilotState.STOPPED, ""),
    ]
    assert (shown.missing, len(shown.checklist), shown.may_edit) == (0, 2, True)
    stranger = laid_out(pilot, cast.stranger)
    assert (stranger.may_edit, stranger.moves) == (False, [])


def test_what_is_missing_stands_beside_the_move(cast):
    pilot = begun(cast.coordinator)
    running, stopped = laid_out(pilot, cast.coordinator).moves
    assert "2" in running.why_not
    assert stopped.why_not == ""


def test_a_lead_of_a_sensitive_agency_is_a_professional_to_others(cast):
    pilot = begun(cast.coordinator)
    pilot.leads.create(membership=cast.therapist)
    assert [one["shown"].name for one in leads_of(pilot, cast.coordinator)] == ["Kaisa Etsivä", "Pia Päihde"]
    assert [one["shown"].name for one in leads_of(pilot, cast.teacher)] == ["Kaisa Etsivä", ""]
