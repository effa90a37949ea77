"""Taking the catalogue's services over: once, again, changed, gone, and with what was changed here by hand."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils.translation import override

from coordination.agencies.rules import NotNow
from coordination.services.catalogue import commands
from coordination.services.catalogue.files import as_kept
from coordination.services.catalogue.models import CatalogueEntry, CatalogueLine, CatalogueRun
from coordination.services.commands import keeping
from coordination.services.commands.merging import merge_services
from coordination.services.models import Service, ServiceClass
from tests.coordination.services.catalogue.importing import begin, bring, described, finished, one, said, town
from tests.coordination.services.catalogue.records import GENERAL, channel, general, service
from tests.forms.trying import rows


def test_a_service_is_taken_over_with_all_that_the_catalogue_says(cast):
    run = bring(cast, [service(serviceClasses=[{"code": "P3.6"}])], [channel()])
    assert (said(run), run.failure) == ([("added", "Perheneuvola")], "")
    made = Service.objects.get()
    assert (made.name_fi, made.name_sv, made.name_en) == ("Perheneuvola", "Familjerådgivning", "")
    assert made.description_fi == "Tukea kasvatukseen & arkeen."
    assert (made.owner, made.provider_name) == (None, "Etelä-Savon hyvinvointialue")
    assert (made.service_class.code, made.cost, made.threshold) == ("family", "free", "open")
    assert (made.languages, made.channels) == (["fi", "sv"], ["visit"])
    assert [group.code for group in made.target_groups.all()] == ["families", "young_people"]
    assert [need.code for need in made.needs.all()] == ["family"]
    assert list(made.municipalities.all()) == []  # the whole area, which has one
    assert made.contact == "Porrassalmenkatu 21, 50100 MIKKELI; +358 15 000 0000"
    assert made.website == "https://example.test/neuvola"
    assert "perheneuvola" in made.words.words


def test_nothing_of_a_person_comes_along(cast):
    run = bring(cast, town(2), [channel()])
    run.refresh_from_db()
    with connection.cursor() as cursor:
        for table in ("service", "servicewords", "catalogueentry", "catalogueline", "cataloguerun"):
            cursor.execute(f"SELECT count(*) FROM coordination_{table} t WHERE t::text ~* 'maija|@'")
            assert cursor.fetchone() == (0,), table


def test_the_same_again_changes_and_writes_nothing(cast):
    bring(cast, town(5), [channel()])
    before = rows()
    run = bring(cast, town(5), [channel()])
    assert (said(run), run.tally) == ([], {"same": 5})
    assert {name for name, now in rows().items() if now != before[name]} == {"coordination_cataloguerun"}


def test_five_changed_two_gone_and_one_broken_says_exactly_that(cast):
    bring(cast, town(20))
    records = [one(f"Palvelu {n}", serviceDescriptions=described("Uusi")) for n in range(1, 6)]
    records += town(18)[5:17] + [one("Palvelu 18", serviceNames=[])]
    run = bring(cast, records)
    assert said(run) == [
        ("broken", one("Palvelu 18")["id"]),
        *(("changed", f"Palvelu {n}") for n in range(1, 6)),
        ("gone", "Palvelu 19"),
        ("gone", "Palvelu 20"),
    ]
    assert run.tally == {"same": 12}
    assert [line.changed for line in run.lines.filter(outcome="changed")] == [["description_fi"]] * 5
    assert run.lines.get(outcome="broken").sentence
    assert Service.objects.filter(is_active=False).count() == 2
    assert Service.objects.filter(description_fi="Uusi").count() == 5
    assert Service.objects.get(name_fi="Palvelu 18").is_active


def test_what_was_changed_here_stays_and_is_said_once(cast):
    bring(cast, town(1))
    own = Service.objects.get()
    own.description_fi = "Meidän sanoin."
    own.save()
    records = town(1, serviceDescriptions=described("Heidän sanoin."), serviceChargeType="Chargeable")
    run = bring(cast, records)
    line = run.lines.get()
    assert (line.outcome, line.changed, line.kept) == ("changed", ["cost"], ["description_fi"])
    own.refresh_from_db()
    assert (own.description_fi, own.cost) == ("Meidän sanoin.", "fee")
    assert said(bring(cast, records)) == []
    run = bring(cast, town(1, serviceDescriptions=described("Taas toisin."), serviceChargeType="Chargeable"))
    assert [(line.outcome, line.kept) for line in run.lines.all()] == [("kept", ["description_fi"])]


def test_life_events_stand_beside_the_service_and_change_with_the_catalogue(cast):
    bring(cast, town(1))
    made = CatalogueEntry.objects.get()
    with override("sv"):
        assert made.life_events == ["Att få barn"]
    with override("en"):
        assert made.life_events == ["Lapsen saaminen"]
    before = Service.objects.get().number
    line = bring(cast, town(1, lifeEvents=[])).lines.get()
    assert (line.outcome, line.changed) == ("changed", ["life_events"])
    made.refresh_from_db()
    assert (made.life_events, Service.objects.get().number) == ([], before)


def test_what_is_left_to_a_general_description_comes_from_there(cast):
    silent = town(2, generalDescriptionId=GENERAL, serviceDescriptions=[], serviceChargeType=None)
    bring(cast, silent, generals=[general(), None, {"id": "x"}])
    assert {(one.description_fi, one.cost) for one in Service.objects.all()} == {("Perheille maksutta.", "free")}


def test_who_provides_it_changes_as_a_whole_or_not_at_all(cast):
    bring(cast, town(1))
    Service.objects.update(provider_name="Meidän nimellä")
    by = [{"roleType": "Responsible", "organization": {"name": cast.school.name_fi.upper()}}]
    run = bring(cast, town(1, organizations=by))
    assert run.lines.get().kept == ["owner", "provider_name"]
    Service.objects.update(owner=cast.school, provider_name="")
    by[0]["organization"]["name"] = "Toinen ry"
    bring(cast, town(1, organizations=by))
    made = Service.objects.get()
    assert (made.owner, made.provider_name) == (None, "Toinen ry")


def test_what_a_sensitive_agency_provides_is_found_to_be_its(cast):
    by = [{"roleType": "Responsible", "organization": {"name": cast.clinic.name_fi}}]
    bring(cast, town(1, organizations=by))
    made = Service.objects.get()
    assert (made.owner, made.provider_name, made.is_public) == (cast.clinic, "", None)


def test_what_comes_back_is_in_use_again_unless_it_was_ended_here(cast):
    bring(cast, town(2))
    Service.objects.filter(name_fi="Palvelu 2").update(is_active=False)
    assert said(bring(cast, town(3)[2:])) == [("added", "Palvelu 3"), ("gone", "Palvelu 1")]
    assert said(bring(cast, town(3))) == [("changed", "Palvelu 1")]
    assert [one.name_fi for one in Service.objects.filter(is_active=True)] == ["Palvelu 1", "Palvelu 3"]


def test_what_was_merged_here_stays_out_of_use_when_it_comes_back(cast):
    bring(cast, town(2))
    bring(cast, town(1))
    first, second = Service.objects.order_by("name_fi")
    keeping.change_service(service=second, number=second.number, by=cast.administrator, is_active=True)
    merge_services(kept=first, retired=second, by=cast.administrator)
    assert said(bring(cast, town(2))) == [("kept", "Palvelu 2")]
    assert list(Service.objects.filter(is_active=True)) == [first]


def test_of_an_import_that_is_not_whole_nothing_goes_but_what_it_leaves_out_now(cast):
    bring(cast, town(3))
    elderly = one("Palvelu 2", targetGroups=[{"code": "KR1.1"}])
    run = bring(cast, [elderly], is_whole=False)
    assert (said(run), run.tally) == ([("gone", "Palvelu 2")], {"others": 1})


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"targetGroups": [{"code": "KR1"}]}, "others"),
        ({"targetGroups": [{"code": "KR2.1"}]}, "others"),
        ({"areas": [{"type": "Municipality", "municipalities": [{"code": "245"}]}]}, "elsewhere"),
        ({"publishingStatus": "Deleted"}, "unpublished"),
        ({"serviceClasses": [{"code": "P16.5"}, {"code": "P18"}]}, "no_class"),
    ],
)
def test_what_is_for_others_is_counted_and_not_listed(cast, changed, reason):
    run = bring(cast, town(2, **changed))
    assert (said(run), run.tally) == ([], {reason: 2})
    assert run.classes == ({"P16.5": 2, "P18": 2} if reason == "no_class" else {})


def test_a_class_that_an_administrator_filled_in_is_taken_the_next_time(cast):
    records = town(1, serviceClasses=[{"code": "P16.5"}])
    bring(cast, records)
    ServiceClass.objects.filter(code="advice").update(ptv_code="P16")
    assert said(bring(cast, records)) == [("added", "Palvelu 1")]
    assert Service.objects.get().service_class.code == "advice"


def test_the_class_that_is_known_most_exactly_counts(cast):
    bring(cast, town(1, serviceClasses=[{"code": "P3"}, {"code": "P5.7.2"}, {"code": "P27"}]))
    made = Service.objects.get()
    assert made.service_class.code == "mental_health"
    assert [need.code for need in made.needs.all()] == ["family", "free_time", "mental", "substance"]


def test_of_two_records_with_one_id_the_first_counts(cast):
    assert said(bring(cast, [*town(1), *town(1, serviceNames=[])])) == [("added", "Palvelu 1")]


def test_texts_of_any_length_and_letters_are_taken_over(cast):
    odd = "\ud800 Älä\0 \u202e" + "pitkä " * 500
    names = [{"language": "sv", "value": odd, "type": "Name"}]
    run = bring(cast, town(1, serviceNames=names, serviceDescriptions=described(odd)))
    assert [line.outcome for line in run.lines.all()] == ["added"]
    made = Service.objects.get()
    assert (len(made.name_fi) <= 200, len(made.description_fi) <= 1000) == (True, True)


def test_two_areas_take_over_the_same_record_each_for_itself(cast):
    everywhere = town(1, areas=[])
    bring(cast, everywhere)
    bring(cast, everywhere, by=cast.other_coordinator)
    assert Service.objects.count() == 2


def test_one_import_of_an_area_goes_on_at_a_time(cast):
    begin(cast)
    with pytest.raises(NotNow, match="already"):
        begin(cast)
    assert CatalogueRun.objects.count() == 1


def test_the_same_form_again_gives_back_the_run_begun(cast):
    run = begin(cast)
    assert commands.start(by=cast.administrator, token=run.token, is_whole=True) == run


def test_whoever_keeps_no_directory_begins_none(cast):
    with pytest.raises(NotNow):
        begin(cast, by=cast.teacher)


def test_it_ends_with_a_sentence_where_who_began_it_may_no_more(cast):
    run = begin(cast, file_name="x.json", records=as_kept(town(2), []))
    cast.administrator.role = "professional"
    cast.administrator.save()
    run = finished(run)
    assert (Service.objects.count(), run.records) == (0, "")
    assert "directory" in run.failure


class Killed(BaseException):
    """What a worker that is killed leaves behind: nothing that runs after it."""


def test_a_worker_killed_in_the_middle_goes_on(cast, monkeypatch):
    monkeypatch.setattr(commands, "AT_ONCE", 2)
    run = begin(cast, file_name="x.json", records=as_kept(town(7), []))

    def killed(done):
        if done.done == 4:
            raise Killed

    with pytest.raises(Killed):
        commands.go_through(run.pk, progress=killed)
    assert Service.objects.count() == 4
    run = finished(run)
    assert (run.done, len(said(run)), Service.objects.count()) == (7, 7, 7)


def test_what_kills_every_worker_is_given_up(cast, monkeypatch):
    run = begin(cast, file_name="x.json", records=as_kept(town(1), []))

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(commands, "_take_some", broken)
    for _ in range(5):
        assert finished(run).finished_at is None
    assert "given up" in finished(run).failure
    assert begin(cast)


def test_what_was_said_of_an_import_goes_after_a_year_and_the_services_stay(cast):
    old, late = bring(cast, town(2)), bring(cast, town(2))
    CatalogueRun.objects.filter(pk=old.pk).update(finished_at=old.finished_at - timedelta(days=366))
    commands.forget_old()
    assert list(CatalogueRun.objects.all()) == [late]
    assert (CatalogueLine.objects.count(), CatalogueEntry.objects.count()) == (0, 2)
