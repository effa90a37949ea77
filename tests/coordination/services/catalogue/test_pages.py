"""The pages of bringing services in: for whoever keeps the area's directory."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordination.services.catalogue import commands, files
from coordination.services.catalogue.models import CatalogueRun
from coordination.services.models import Service
from tests.cast import sign_in
from tests.coordination.services.catalogue.importing import as_file, begin, bring, described, one, serve, town
from tests.forms.page_forms import form_to

RUNS = "/services/catalogue/"


@pytest.fixture
def administrator(client, cast):
    sign_in(client, cast.administrator)
    client.post("/language/", {"language": "en"})
    return client


def send(client, content=None, **typed):
    """Post the form with a file of these bytes."""
    if content is not None:
        typed = {"source": "file", "file": SimpleUploadedFile("palvelut.json", content)} | typed
    form = form_to(client.get(RUNS), RUNS, RUNS)
    return client.post(RUNS, form.data(**typed))


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_whole_way_of_a_file(administrator, cast):
    assert RUNS in administrator.get("/services/").content.decode()
    answer = send(
        administrator,
        as_file([*town(3), one("Rikki", organizations=[]), one("Bussi", serviceClasses=[{"code": "P16"}])]),
    )
    page = text_of(administrator.get(answer["Location"]))
    assert "Services are being brought in" in page
    commands.go_on()
    page = text_of(administrator.get(answer["Location"]))
    assert "Added: 3" in page
    assert "Not taken over: 1" in page
    assert "Rikki</a>" not in page
    assert "It doesn&#x27;t say who provides it." in page
    assert "P16" in page
    assert Service.objects.get(name_fi="Palvelu 1").get_absolute_url() in page
    assert "palvelut.json" in text_of(administrator.get(RUNS))


def test_a_file_may_be_the_list_alone(administrator):
    send(administrator, json.dumps(town(2)).encode())
    commands.go_on()
    assert Service.objects.count() == 2


def test_what_was_kept_is_named_as_on_the_form(administrator, cast):
    bring(cast, town(1))
    Service.objects.update(description_fi="Omin sanoin.")
    run = bring(cast, town(1, serviceDescriptions=described("Uusi"), serviceChargeType="Chargeable", lifeEvents=[]))
    page = text_of(administrator.get(run.get_absolute_url()))
    assert "</a> cost, life events. Own text kept" in page
    assert "Own text kept: description in Finnish." in page


def test_from_the_catalogue_itself(administrator, cast, served, settings):
    settings.CATALOGUE_URL = served.url
    serve(served, town(2))
    answer = send(administrator, source="catalogue")
    CatalogueRun.objects.update(number=2, fetched=1)
    assert "1 of 2 records fetched." in text_of(administrator.get(answer["Location"]))
    commands.go_on()
    assert "Added: 2" in text_of(administrator.get(answer["Location"]))


BOMBS = {
    "no JSON": b"{",
    "letters": "palvelut".encode("utf-16"),
    "nested": b"[" * 300_000,
    "nested in services": b'{"services":' * 100_000,
    "many parts": b"[" + b"[]," * 4_000_000 + b"[]]",
    "a long number": b"[" + b"9" * 100_000 + b"]",
    "nothing": b"[]",
    "something else": b'{"name": "x"}',
    "no list": b'{"services": {"a": 1}}',
    "a word": b'"services"',
}


@pytest.mark.parametrize("what", BOMBS)
def test_a_hostile_file_comes_back_with_a_sentence_and_nothing_is_kept(administrator, what):
    answer = send(administrator, BOMBS[what])
    assert answer.status_code == 200
    assert "govuk-error-summary" in text_of(answer)
    assert CatalogueRun.objects.count() == 0


@pytest.mark.parametrize("size", [files.LARGEST + 1, files.LARGEST + 2_000_000])
def test_a_file_that_is_too_large_is_refused_as_that(administrator, size):
    assert "The file is larger than 20 MB." in text_of(send(administrator, b" " * size))
    assert CatalogueRun.objects.count() == 0


def test_a_file_larger_than_any_other_page_takes_comes_through(administrator, settings):
    content = as_file(town(2)) + b" " * (settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1)
    send(administrator, content)
    commands.go_on()
    assert Service.objects.count() == 2


@pytest.mark.parametrize("page", ["/services/{}/", "/directory/en/service/{}/"])
def test_the_page_of_a_service_names_the_situations_of_life(administrator, cast, page):
    bring(cast, town(1))
    assert "<dt>Life events</dt><dd>Lapsen saaminen</dd>" in text_of(
        administrator.get(page.format(Service.objects.get().public_id))
    )


def test_records_of_any_kind_are_lines_and_no_error(administrator):
    send(administrator, json.dumps([None, 1, "x", [], {}, {"id": {}}, *town(1)]).encode())
    commands.go_on()
    outcomes = CatalogueRun.objects.get().lines.values_list("outcome", flat=True)
    assert sorted(outcomes) == ["added"] + ["broken"] * 6


@pytest.mark.parametrize("typed", [{"source": "file"}, {"source": "x"}, {"source": ""}, {"token": "x"}])
def test_a_mangled_form_comes_back(administrator, typed):
    answer = send(administrator, **typed)
    assert answer.status_code == 200
    assert "govuk-error-summary" in text_of(answer)
    assert CatalogueRun.objects.count() == 0


def test_the_same_form_twice_begins_one(administrator):
    form = form_to(administrator.get(RUNS), RUNS, RUNS)
    answers = [administrator.post(RUNS, form.data(source="catalogue"))["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert CatalogueRun.objects.count() == 1


def test_a_second_one_is_refused_while_the_first_goes_on(administrator, cast):
    begin(cast, by=cast.coordinator)
    assert "already" in text_of(send(administrator, source="catalogue"))
    assert CatalogueRun.objects.count() == 1


def test_professionals_are_shown_no_way_there(client, cast):
    sign_in(client, cast.teacher)
    assert RUNS not in client.get("/services/").content.decode()
    assert client.get(RUNS).status_code == 404


def test_another_areas_import_is_not_there(administrator, cast):
    theirs = bring(cast, town(1, areas=[]), by=cast.other_coordinator)
    assert administrator.get(theirs.get_absolute_url()).status_code == 404
    assert str(theirs.public_id) not in text_of(administrator.get(RUNS))


def test_a_report_asks_as_much_for_thirty_as_for_one(administrator, cast):
    asked = []
    for number in (1, 30):
        run = bring(cast, [one(f"{number}-{index}") for index in range(number)])
        administrator.get(run.get_absolute_url())
        with CaptureQueriesContext(connection) as statements:
            administrator.get(run.get_absolute_url())
        asked.append(len(statements))
    assert asked[0] == asked[1] <= 8


def test_the_command_says_the_same(cast, tmp_path, capsys):
    file = tmp_path / "services.json"
    file.write_bytes(as_file([*town(2), one("Bussi", serviceClasses=[{"code": "P16"}])]))
    options = ["--area", "Mikkeli", "--by", cast.administrator.user.email, "--file", str(file), "--whole"]
    call_command("import_catalogue", *options)
    said = capsys.readouterr().out
    assert "Added: Palvelu 1" in said
    assert "no service class here stands for P16: 1" in said
    call_command("import_catalogue", *options)
    assert "as before: 2" in capsys.readouterr().out


@pytest.mark.parametrize("by", ["teacher", "other_coordinator"])
def test_the_command_wants_somebody_who_keeps_the_directory(cast, by):
    with pytest.raises(CommandError, match="keeps no directory"):
        call_command("import_catalogue", "--area", "Mikkeli", "--by", getattr(cast, by).user.email)


def test_the_command_ends_with_the_sentence_of_what_went_wrong(cast, served):
    served.fail("/api/v11/Service/area/Municipality/code/491", 404)
    with pytest.raises(CommandError, match="404"):
        call_command("import_catalogue", "--area", "Mikkeli", "--by", cast.coordinator.user.email, "--url", served.url)
