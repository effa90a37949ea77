"""What is read of a file: headings and choices in any of our languages, each row with its own sentence."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from coordination.interface.spreadsheets import Unreadable
from coordination.rosters import commands, queries, rules
from coordination.rosters.forms import lines_of
from coordination.staffing.commands import invite
from tests.coordination.interface.hostile_files import files
from tests.coordination.rosters.conftest import HEAD, sheet

pytestmark = pytest.mark.usefixtures("english")
HOSTILE = files()
TOKEN = "11111111-1111-4111-8111-111111111111"


def test_a_whole_row_is_understood():
    [line] = lines_of(
        sheet([" Aino-Maija ", "Öhman", "Aino@Example.TEST", "opettaja", "Koordinaattori", "svenska", date(2026, 2, 1)])
    )
    assert line.is_new
    assert line.person == rules.Person(
        2, "aino@example.test", "Aino-Maija", "Öhman", "opettaja", "coordinator", "sv", date(2026, 2, 1)
    )


def test_only_the_address_is_needed():
    [line] = lines_of(sheet(["a@example.test"], head=["E-MAIL"]))
    assert line.person == rules.Person(2, "a@example.test")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_model_files_headings_are_understood_in_every_language(language):
    with translation.override(language):
        head = [str(label) for label in rules.COLUMNS.values()]
    assert rules.columns_of(head) == list(rules.COLUMNS)


def test_columns_may_stand_in_any_order_and_others_are_passed_over():
    [line] = lines_of(sheet(["x", "Aino", "a@example.test"], head=["Koulu", "First name", "E-mail"]))
    assert (line.person.first_name, line.person.email) == ("Aino", "a@example.test")


@pytest.mark.parametrize(
    ("head", "words"),
    [(["First name"], "needs a column “E-mail”"), (["E-mail", "e-mail"], "same heading")],
)
def test_headings_that_do_not_do_are_refused(head, words):
    with pytest.raises(Unreadable, match=words):
        lines_of(sheet(["a@example.test"], head=head))


def test_a_file_without_people_is_refused():
    with pytest.raises(Unreadable, match="no people"):
        lines_of(sheet())


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("E-mail", "", "address is missing"),
        ("E-mail", "aino(at)example.test", "isn't an e-mail address"),
        ("E-mail", "a@example.test\nBcc: b@example.test", "isn't an e-mail address"),
        ("First name", "4ino", "letters"),
        ("Last name", "Vir\u202etanen", "invisible"),
        ("Job title", "x" * 200, "100 characters"),
        ("Role", "rehtori", "no such role"),
        ("Language", "klingon", "no such language"),
        ("Date of training", "keväällä", "isn't a date"),
        ("Date of training", "30.2.2026", "isn't a date"),
        ("Date of training", timezone.localdate() + timedelta(days=2), "once it has been held"),
        ("Date of training", 46_000, "isn't a date"),
    ],
)
def test_a_wrong_cell_has_a_sentence_and_its_row(column, cell, words):
    good = ["Aino", "Virtanen", "a@example.test", "", "", "", ""]
    wrong = [cell if name == column else value for name, value in zip(HEAD, good, strict=True)]
    fine, line = lines_of(sheet(good, wrong))
    assert fine.is_new
    assert (line.row, line.is_new) == (3, False)
    assert words in line.sentence


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused(what):
    content, words = HOSTILE[what]
    with pytest.raises(Unreadable, match=words):
        lines_of(SimpleUploadedFile("people.xlsx", content))


def kept(cast, file, by=None, agency=None):
    by = by or cast.administrator
    roster = commands.keep(lines=lines_of(file), agency=agency or cast.school, token=TOKEN, by=by)
    return queries.preview(roster)


def test_who_is_there_already_needs_no_invitation(cast):
    invite(email="waits@example.test", agency=cast.school, by=cast.administrator)
    cast.nurse.user.is_active = False
    cast.nurse.user.save()
    rows = [["", "", address] for address in (cast.teacher.user.email, "waits@example.test", cast.nurse.user.email)]
    file = sheet(*rows, ["", "", "new@example.test"], ["", "", "NEW@example.test"])
    said = {line.row: (line.is_new, line.is_member, line.sentence) for line in kept(cast, file)}
    assert said == {
        2: (False, True, "Is already a member."),
        3: (False, True, "Has an invitation that waits."),
        4: (False, False, "The account of this address has been closed."),
        5: (True, False, ""),
        6: (False, False, "The same address stands further up in the file."),
    }


def test_a_coordinator_brings_in_professionals_only(cast):
    file = sheet(["", "", "a@example.test", "", "coordinator"], ["", "", "b@example.test"])
    new, wrong = kept(cast, file, by=cast.coordinator)
    assert (new.row, wrong.sentence) == (3, "Only an administrator may give this role.")


def test_nobody_gives_power_to_themselves(cast):
    [line] = kept(cast, sheet(["", "", cast.administrator.user.email, "", "coordinator"]))
    assert line.sentence == "You can't give this role to yourself."


def test_a_preview_costs_the_same_for_one_row_and_for_thirty(cast):
    costs = []
    for number in (1, 30):
        file = sheet(*[["", "", f"a{n}@example.test"] for n in range(number)])
        lines = lines_of(file)
        with CaptureQueriesContext(connection) as queries:
            commands.keep(lines=lines, agency=cast.school, token=TOKEN, by=cast.administrator)
        costs.append(len(queries))
    assert costs[0] == costs[1]
