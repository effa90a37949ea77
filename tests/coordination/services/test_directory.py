"""Which services are offered where and when, how they are shown, and the closed lists behind them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.services import queries, reference, rules
from coordination.services.models import Need, Service, ServiceClass, TargetGroup
from tests.directory import service


def is_offered_both_ways(one, area):
    found = queries.offered(area, today()).filter(pk=one.pk).exists()
    assert found == rules.is_offered(one, area, today())
    return found


def test_a_service_is_offered_in_its_own_area_and_in_those_it_is_also_in(cast):
    one = service(cast.mikkeli)
    assert is_offered_both_ways(one, cast.mikkeli)
    assert not is_offered_both_ways(one, cast.kerava)
    one.also_in.add(cast.kerava)
    assert is_offered_both_ways(one, cast.kerava)


@pytest.mark.parametrize(
    ("fields", "is_there"),
    [
        ({"is_active": False}, False),
        ({"from_": 1}, False),
        ({"from_": 0}, True),
        ({"until": -1}, False),
        ({"until": 0}, True),
    ],
)
def test_a_service_is_offered_while_it_is_in_use_and_between_its_days(cast, fields, is_there):
    days = {"from_": "valid_from", "until": "valid_until"}
    values = {
        days.get(name, name): today() + timedelta(days=value) if name in days else value
        for name, value in fields.items()
    }
    one = service(cast.mikkeli, **values)
    assert is_offered_both_ways(one, cast.mikkeli) == is_there
    if not is_there:
        with pytest.raises(NotNow):
            rules.check_offered(one, cast.mikkeli, today())


def test_ages_are_within_both_limits_and_in_words(cast):
    one = service(cast.mikkeli, youngest_age=16, oldest_age=29)
    assert [one.is_for(age) for age in (15, 16, 29, 30)] == [False, True, True, False]
    assert one.ages == "16–29 years"
    for fields, words in (
        ({"youngest_age": 18}, "from 18 years"),
        ({"oldest_age": 17}, "up to 17 years"),
        ({}, "all ages"),
    ):
        assert Service(**fields).ages == words
        assert Service(**fields).is_for(17) == (fields != {"youngest_age": 18})


@pytest.mark.parametrize(
    "fields",
    [
        {"provider_name": ""},
        {"youngest_age": 20, "oldest_age": 19},
        {"valid_from": today(), "valid_until": today() - timedelta(days=1)},
    ],
)
def test_the_database_refuses_a_service_that_contradicts_itself(cast, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        service(cast.mikkeli, **fields)


def test_the_lists_come_once_and_what_a_file_no_longer_has_goes_out_of_use(cast, monkeypatch, tmp_path):
    assert reference.load() == (0, 0)
    Need.objects.filter(code="housing").update(name_sv="?")
    short = tmp_path / "needs.csv"
    lines = reference.LISTS[Need].read_text(encoding="utf-8").splitlines()
    short.write_text("\n".join(line for line in lines if not line.startswith("work,")), encoding="utf-8")
    monkeypatch.setitem(reference.LISTS, Need, short)
    assert reference.load() == (0, 2)
    assert Need.objects.get(code="housing").name_sv == "Boende"
    assert not Need.objects.get(code="work").is_active
    assert "work" not in {one.code for one in queries.needs_in_use()}
    monkeypatch.undo()
    assert reference.load() == (0, 1)


def test_a_class_keeps_the_national_code_that_somebody_gave_it(cast):
    ServiceClass.objects.filter(code="housing").update(ptv_code="P4.1")
    call_command("load_reference_data", verbosity=0)
    assert ServiceClass.objects.get(code="housing").ptv_code == "P4.1"


def test_every_entry_of_the_lists_is_there_in_three_languages(cast):
    for model, least in ((Need, 12), (ServiceClass, 12), (TargetGroup, 8)):
        assert model.objects.count() >= least
        for one in model.objects.all():
            assert one.name_fi and one.name_sv and one.name_en, one.code  # noqa: PT018


def test_under_non_disclosure_a_service_shows_by_its_class(cast):
    one = service(cast.mikkeli, "Ristiinan asumisneuvonta")
    about = cast.match().young_person
    assert rules.shown_service(one, cast.coordinator, about=about) == "Ristiinan asumisneuvonta"
    about.non_disclosure = True
    assert rules.shown_service(one, cast.coordinator, about=about) == "Housing services"


def test_what_a_sensitive_agency_provides_is_a_service_to_those_who_may_not_know_it(cast):
    clinic = cast.agency("Keravan klinikka", "mental_health", area=cast.kerava, sensitive=True)
    one = service(cast.kerava, "Päihdearvio", owner=clinic)
    about = cast.match().young_person
    assert rules.shown_service(one, cast.coordinator, about=about) == "a service"
    assert rules.shown_service(one, cast.other_coordinator, about=about) == "Päihdearvio"
