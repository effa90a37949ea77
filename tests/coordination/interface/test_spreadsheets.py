"""P16 and P17: a file that comes in can't bomb, a file that goes out can't inject."""

import csv
import io
import tracemalloc
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from coordination.interface.spreadsheets import (
    Limits,
    Sheet,
    Unreadable,
    as_csv,
    as_date,
    as_text,
    as_xlsx,
    read_rows,
)
from tests.coordination.interface.hostile_files import changed, files, workbook

HOSTILE = files()
LIMITS = Limits()


def read(content, limits=LIMITS):
    return list(read_rows(io.BytesIO(content), limits))


# --- In -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_a_clear_sentence(what):
    content, words = HOSTILE[what]
    tracemalloc.start()
    with pytest.raises(Unreadable) as refusal:
        read(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert words in refusal.value.sentence
    assert peak < 60_000_000, f"{peak:,} bytes for a file of {len(content):,}"


def test_an_ordinary_file_is_read_with_its_row_numbers():
    rows = [["E-mail", "Day"], [None, None], ["a@example.test", datetime(2026, 11, 21)], ["b@example.test", 7.0]]
    assert read(workbook(rows)) == [
        (1, ["E-mail", "Day"]),
        (3, ["a@example.test", date(2026, 11, 21)]),
        (4, ["b@example.test", 7]),
    ]


def test_a_link_on_an_address_is_no_danger():
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
        'Target="mailto:a@example.test" TargetMode="External"/></Relationships>'
    )
    content = changed(workbook([["E-mail"], ["a@example.test"]]), {"xl/worksheets/_rels/sheet1.xml.rels": rels})
    assert len(read(content)) == 2


def test_a_formula_is_read_as_what_it_last_showed():
    assert read(workbook([["E-mail"], ["=1+1"], ["a"]])) == [(1, ["E-mail"]), (3, ["a"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_text_is_read_as_finnish_programs_save_it(encoding, delimiter):
    text = delimiter.join(["Etunimi", "Sähköposti"]) + "\r\n" + delimiter.join(["Åsa", "asa@example.test"]) + "\r\n"
    assert read(text.encode(encoding)) == [(1, ["Etunimi", "Sähköposti"]), (2, ["Åsa", "asa@example.test"])]


def test_a_delimiter_and_a_line_break_may_stand_in_quotes():
    assert read(b'a;b\r\n"x;y";"1\n2"\r\n')[1][1] == ["x;y", "1\n2"]


def test_cells_and_columns_beyond_the_limits_are_cut_off():
    limits = Limits(columns=2, letters=5)
    assert read(workbook([["a", "b", "c"], ["123456789", 1, 2]]), limits) == [(1, ["a", "b"]), (2, ["12345", 1])]
    assert read(b"a;b;c\n123456789;1;2\n", limits)[1][1] == ["12345", "1"]


def test_as_many_rows_as_are_allowed_are_read():
    assert len(read(workbook([["x"]] * 1_001))) == 1_001
    with pytest.raises(Unreadable):
        read(workbook([["x"]] * 1_002))


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("21.11.2026", date(2026, 11, 21)),
        (" 1. 2. 2026 ", date(2026, 2, 1)),
        ("21/11/2026", date(2026, 11, 21)),
        ("2026-11-21", date(2026, 11, 21)),
        (date(2026, 11, 21), date(2026, 11, 21)),
        ("", None),
        (None, None),
    ],
)
def test_dates_are_read_the_finnish_way(cell, day):
    assert as_date(cell) == day


@pytest.mark.parametrize("cell", ["31.2.2026", "marraskuussa", "11.2026", 46_000, "1.1.26"])
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(ValueError):  # noqa: PT011  the caller has the sentence
        as_date(cell)


def test_cells_are_read_as_they_were_typed():
    cells = (None, 7.0, 7.5, 7, "x", date(2026, 1, 2))
    assert [as_text(cell) for cell in cells] == ["", "7", "7.5", "7", "x", "2.1.2026"]


# --- Out ------------------------------------------------------------------------------------------------------------

FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(1)", "\tx", "\rx", "\nx", '=HYPERLINK("http://evil.example")']


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_a_csv_file_is_a_formula(text):
    made = io.StringIO(as_csv([[text, "b"]]).decode("utf-8-sig"), newline="")
    [[first, second]] = csv.reader(made, delimiter=";")
    assert (first, second) == (f"'{text}", "b")


@pytest.mark.parametrize("text", [*FORMULAS, "bell\x07", "<5"])
def test_no_text_of_a_workbook_is_a_formula(text):
    made = load_workbook(io.BytesIO(as_xlsx(Sheet("a/b", ["Head"], [[text]]))))
    assert made.sheetnames == ["a b"]
    cell = made.active["A2"]
    assert cell.data_type == "s"
    # XML has one line break; it keeps no control signs.
    assert cell.value == text.replace("\r", "\n").replace("\x07", "")


def test_numbers_and_dates_stay_numbers_and_dates():
    sheet = load_workbook(io.BytesIO(as_xlsx(Sheet("x", ["a", "b"], [[5, date(2026, 11, 21)]])))).active
    assert sheet["A2"].value == 5
    assert sheet["B2"].value == datetime(2026, 11, 21)
    assert as_csv([[5, date(2026, 11, 21), None]]).decode("utf-8-sig") == "5;21.11.2026;\r\n"
