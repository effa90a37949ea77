"""Spreadsheets in and out: files that come in can't bomb, files that go out can't inject."""

from coordination.interface.spreadsheets.reading import Limits, Unreadable, as_date, as_text, read_rows, too_large
from coordination.interface.spreadsheets.writing import CSV, XLSX, Sheet, as_csv, as_xlsx, download

__all__ = [
    "CSV",
    "Limits",
    "Sheet",
    "Unreadable",
    "XLSX",
    "as_csv",
    "as_date",
    "as_text",
    "as_xlsx",
    "download",
    "read_rows",
    "too_large",
]
