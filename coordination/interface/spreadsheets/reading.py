"""Files that come in. Everything about them is checked before a program that understands them touches them."""

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _
from openpyxl import load_workbook

_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# An ordinary sheet packs to a tenth, one of equal rows to a hundredth.
_MOST_TIMES_PACKED = 150
_MOST_PARTS = 400
# Parts of a workbook that run, or that fetch from elsewhere. (Links on e-mail addresses stand in none of them.)
_RUNS = re.compile(r"vbaproject|vbadata|macrosheets/|activex|\.bin$", re.IGNORECASE)
_FETCHES = re.compile(r"externallinks/|connections\.xml|querytables/|embeddings/", re.IGNORECASE)
# Printer settings are binary, and harmless.
_HARMLESS_BINARY = re.compile(r"printersettings/", re.IGNORECASE)
_FINNISH_DATE = re.compile(r"(\d{1,2})\s*[./]\s*(\d{1,2})\s*[./]\s*(\d{4})", re.ASCII)
_MACHINE_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DELIMITERS = ";,\t"


class Unreadable(Exception):
    """A file that isn't taken, with the sentence that says why."""

    def __init__(self, sentence: str):
        self.sentence = sentence
        super().__init__(sentence)


@dataclass(frozen=True)
class Limits:
    """How much is read: bytes of the file, bytes when unpacked, rows with something in them, columns, letters."""

    size: int = 2_000_000
    unpacked: int = 25_000_000
    rows: int = 1_001
    columns: int = 30
    letters: int = 1_000


def read_rows(file, limits: Limits) -> Iterator[tuple[int, list]]:
    """The first sheet's rows that aren't empty, each with the number that it has in the file, counted from 1.

    `file` is open for reading bytes. A cell is a text, a number, a date or None. Raises Unreadable with a sentence for
    anything but a plain XLSX or CSV file within the limits.
    """
    content = file.read(limits.size + 1)
    if len(content) > limits.size:
        raise Unreadable(too_large(limits))
    if content.startswith(_OLD_OFFICE):
        raise Unreadable(_("This is an old or a locked Excel file. Save it as .xlsx without a password."))
    rows = _workbook(content, limits) if content.startswith(_ZIP) else _text(content, limits)
    found = 0
    for number, row in rows:
        while row and row[-1] in (None, ""):
            row.pop()
        if not row:
            continue
        found += 1
        if found > limits.rows:
            raise Unreadable(
                _("The file has more than %(rows)d rows. Divide it into several.") % {"rows": limits.rows - 1}
            )
        yield number, row


def too_large(limits: Limits) -> str:
    """The sentence for a file over the limit, in megabytes."""
    return _("The file is larger than %(size)d MB.") % {"size": limits.size // 1_000_000}


# --- Workbooks ------------------------------------------------------------------------------------------------------


def _workbook(content: bytes, limits: Limits) -> Iterator[tuple[int, list]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive, limits)
            _check_xml(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as broken:
        raise Unreadable(_broken()) from broken
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What a file says of its own size may be wrong, on purpose or not.
        sheet.reset_dimensions()
        # Rows that are left out come as empty ones; a far number in the last row must not be walked to.
        for number, row in enumerate(sheet.iter_rows(max_col=limits.columns, values_only=True), 1):
            if number > 20 * limits.rows:
                raise Unreadable(_("The file has rows very far down. Delete the empty rows and save it again."))
            yield number, [_shortened(cell, limits) for cell in row]
    except Unreadable:
        raise
    except Exception as broken:  # The library fails with whatever its insides meet in a strange file.
        raise Unreadable(_broken()) from broken


def _check_parts(archive: zipfile.ZipFile, limits: Limits) -> None:
    parts = archive.infolist()
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > limits.unpacked or unpacked > _MOST_TIMES_PACKED * max(packed, 10_000):
        raise Unreadable(_("The file unpacks to far more than a list needs, so it was not opened."))
    names = [part.filename for part in parts if not _HARMLESS_BINARY.search(part.filename)]
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Unreadable(_("This is not an Excel file (.xlsx) nor a CSV file."))
    types = archive.read("[Content_Types].xml")
    if any(_RUNS.search(name) for name in names) or b"macroenabled" in types.lower():
        raise Unreadable(_("The file has macros. Save it as an ordinary .xlsx file without macros."))
    if any(_FETCHES.search(name) for name in names):
        raise Unreadable(_("The file has links to other files or data sources. Remove them and save it again."))


def _check_xml(archive: zipfile.ZipFile) -> None:
    """Read every part once with entities and document types forbidden: neither has a place in a workbook."""
    for part in archive.infolist():
        if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        try:
            with archive.open(part) as stream:
                for _event, element in iterparse(stream, forbid_dtd=True):
                    element.clear()
        except DefusedXmlException as hostile:
            raise Unreadable(_("The file has parts that a list never needs, so it was not opened.")) from hostile
        except (ParseError, LookupError) as broken:
            raise Unreadable(_broken()) from broken


def _broken() -> str:
    return _("The file can't be read. Open it in a spreadsheet program and save it anew.")


# --- Text -----------------------------------------------------------------------------------------------------------


def _text(content: bytes, limits: Limits) -> Iterator[tuple[int, list]]:
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            yield reader.line_num, [_shortened(cell, limits) for cell in row[: limits.columns]]
    except csv.Error as broken:
        raise Unreadable(_broken()) from broken


def _decoded(content: bytes) -> str:
    """The text, in the encodings that Finnish programs save in."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in content:
        encodings = []
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("This is not an Excel file (.xlsx) nor a CSV file."))


# --- Cells ----------------------------------------------------------------------------------------------------------


def _shortened(cell, limits: Limits):
    if isinstance(cell, str):
        return cell[: limits.letters].strip()
    return cell.date() if isinstance(cell, datetime) else cell


def as_text(cell) -> str:
    """A cell as it was typed: nothing as "", a whole number without its decimals, a date the Finnish way."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return f"{cell.day}.{cell.month}.{cell.year}" if isinstance(cell, date) else str(cell)


def as_date(cell) -> date | None:
    """A cell as a date: "21.11.2026", "2026-11-21" or a real date; None for an empty one. Raises ValueError."""
    if cell is None or cell == "" or isinstance(cell, date):
        return cell or None
    text = str(cell).strip().rstrip(".")
    if found := _FINNISH_DATE.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := _MACHINE_DATE.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        raise ValueError(text)
    return date(year, month, day)
