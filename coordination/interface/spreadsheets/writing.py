"""Files that go out. No cell of them is a formula, whatever somebody typed into it."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
# Beginnings that a spreadsheet program takes for a formula or strips off to find one.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST_NAME = 31


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, a row of headings, rows of texts, numbers and dates, and widths in letters."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence] = ()
    widths: Sequence[int] = field(default=())


def as_xlsx(*sheets: Sheet) -> bytes:
    """A workbook of these sheets. Texts are typed as texts, so that "=1+1" stays what it is."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(_name(sheet.name))
        for row, values in enumerate([sheet.head, *sheet.rows], 1):
            for column, value in enumerate(values, 1):
                _put(page.cell(row, column), value, is_head=row == 1)
        page.freeze_panes = "A2"
        for column in range(1, len(sheet.head) + 1):
            width = sheet.widths[column - 1] if column <= len(sheet.widths) else 16
            page.column_dimensions[get_column_letter(column)].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(cell, value, *, is_head):
    if isinstance(value, date):
        cell.value, cell.number_format = value, "d.m.yyyy"
    elif isinstance(value, int | Decimal):
        cell.value = value
    else:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value or ""))
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_head:
        cell.font = Font(bold=True)


def _name(text: str) -> str:
    """A sheet's name as the format allows it."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in text)[:_LONGEST_NAME]


def as_csv(rows: Sequence[Sequence]) -> bytes:
    """Rows with semicolons, as Finnish spreadsheet programs open them; an apostrophe before what could be a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(value) -> str:
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    text = "" if value is None else str(value)
    return text if isinstance(value, int) or not text.startswith(_DANGEROUS) else f"'{text}"


def download(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """The answer that saves a file under this name (letters, digits, hyphens and a full stop)."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
