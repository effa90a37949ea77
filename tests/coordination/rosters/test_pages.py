"""The pages of bringing people in: seen by whoever brought the file, read before anything is done."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from coordination.interface.secret_words import hash_of
from coordination.rosters import commands
from coordination.rosters.models import Roster
from coordination.staffing.commands import invite
from coordination.staffing.models import Invitation
from tests.cast import sign_in
from tests.coordination.interface.hostile_files import files, workbook
from tests.coordination.rosters.conftest import people, sheet
from tests.forms.page_forms import form_to

NEW = "/rosters/"


@pytest.fixture
def administrator(client, cast):
    sign_in(client, cast.administrator)
    client.post("/language/", {"language": "en"})
    return client


def send(client, cast, file, **typed):
    form = form_to(client.get(NEW), NEW, NEW)
    return client.post(NEW, form.data(agency=cast.school.pk, file=file, **typed))


def test_the_whole_way(administrator, cast):
    answer = send(administrator, cast, sheet(["Aino", "Öhman", "aino@example.test"], ["4", "", "bad"]))
    page = administrator.get(answer["Location"])
    text = page.content.decode()
    assert "aino@example.test" in text
    assert "Row 3" in text
    assert Invitation.objects.count() == 0
    confirm = form_to(page, "", f"{answer['Location']}confirm/")
    answer = administrator.post(confirm.action, confirm.data())
    assert "0 of 1 rows are done." in administrator.get(answer["Location"]).content.decode()
    commands.bring_in()
    text = administrator.get(answer["Location"]).content.decode()
    assert "1 person was invited" in text
    assert "aino@example.test" not in text
    assert Invitation.objects.get().first_name == "Aino"


def test_a_thousand_people_are_read_and_most_of_them_only_counted(administrator, cast):
    answer = send(administrator, cast, people(1_000))
    text = administrator.get(answer["Location"]).content.decode()
    assert "1000 people would be invited" in text
    assert "And 900 more people." in text
    assert text.count("@example.test") == 100


@pytest.mark.parametrize("what", ["a billion laughs", "macros", "unpacks to a mountain", "too large"])
def test_a_hostile_file_comes_back_with_a_sentence_and_nothing_is_kept(administrator, cast, what):
    content, words = files()[what]
    answer = send(administrator, cast, SimpleUploadedFile("people.xlsx", content))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "govuk-error-summary" in text
    assert words.replace("'", "&#x27;") in text
    assert Roster.objects.count() == 0


def test_a_file_far_too_large_is_never_held_and_still_has_its_sentence(administrator, cast):
    answer = send(administrator, cast, SimpleUploadedFile("people.xlsx", b"x" * 12_000_000))
    assert "The file is larger than 2 MB." in answer.content.decode()


@pytest.mark.parametrize(
    "typed", [{"file": ""}, {"file": "not a file"}, {"agency": "0"}, {"agency": "\0"}, {"token": "x"}]
)
def test_a_mangled_form_comes_back(administrator, cast, typed):
    data = form_to(administrator.get(NEW), NEW, NEW).data(agency=cast.school.pk, file=people(1)) | typed
    answer = administrator.post(NEW, data)
    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.content.decode()
    assert Roster.objects.count() == 0


def test_another_areas_agency_is_no_choice(administrator, cast):
    answer = administrator.post(
        NEW, form_to(administrator.get(NEW), NEW, NEW).data(agency=cast.other_school.pk, file=people(1))
    )
    assert answer.status_code == 200
    assert Roster.objects.count() == 0


def test_somebody_elses_file_is_not_there(administrator, cast):
    address = send(administrator, cast, people(1))["Location"]
    other = sign_in(administrator, cast.coordinator)
    for path, method in ((address, "get"), (f"{address}confirm/", "post"), (f"{address}discard/", "post")):
        assert getattr(other, method)(path).status_code == 404
    assert Roster.objects.get().confirmed_at is None


def test_a_file_can_be_thrown_away_but_not_once_it_is_confirmed(administrator, cast):
    address = send(administrator, cast, people(1))["Location"]
    administrator.post(f"{address}discard/")
    assert Roster.objects.count() == 0
    address = send(administrator, cast, people(1))["Location"]
    administrator.post(f"{address}confirm/")
    administrator.post(f"{address}discard/")
    assert Roster.objects.count() == 1


def test_the_model_file_can_be_filled_in_and_read(administrator, cast):
    answer = administrator.get("/rosters/model.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="people.xlsx"'
    book = load_workbook(io.BytesIO(answer.content))
    head = [cell.value for cell in book.worksheets[0][1]]
    filled = SimpleUploadedFile("x.xlsx", workbook([head, ["Aino", "Öhman", "aino@example.test"]]))
    assert send(administrator, cast, filled).status_code == 302
    assert Roster.objects.get().number == 1


def test_the_administration_leads_to_it(administrator):
    assert 'href="/rosters/"' in administrator.get("/admin/coordination/invitation/").content.decode()


def test_names_stand_in_the_invitations_form(client, cast):
    invite(email="a@example.test", agency=cast.school, by=cast.administrator, first_name="Aino", last_name="Öhman")
    Invitation.objects.update(secret_hash=hash_of("secret"))
    text = client.get("/invitations/secret/").content.decode()
    assert 'value="Aino"' in text
    assert 'value="Öhman"' in text
