"""What the pages of figures by half-year have in common: their tables, charts, workbook and paper."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from config.pages.figures import on_paper, typed
from coordination.clocks.half_years import next_half
from coordination.clocks.rules import half_year_after, today
from coordination.interface import charts, pdf, spreadsheets
from coordination.interface.small_numbers import HIDDEN

# Which columns of a head and of a row the shared table shows.
ALL_COLUMNS = ("1:", ":")


def page(request, shown, *, pdf_url, xlsx_url, hint):
    """The page of what is `shown` ("title", "tables", "charts", "notes"); before the first half-year is counted, what
    will come and when."""
    half, day = next_half(today())
    context = {"next_half": label(half), "next_day": day, "no_pdf": pdf.unavailable(), "hint": hint}
    context |= {"pdf_url": pdf_url, "xlsx_url": xlsx_url, "all_columns": ALL_COLUMNS}
    return render(request, "config/pages/half_year_figures.html", context | shown)


def workbook(shown, *, name):
    """All tables as a workbook, with a sheet that says what the signs mean."""
    _check_told(shown)
    sheets = [
        spreadsheets.Sheet(one["title"], one["head"], [typed(row) for row in one["rows"]], [26])
        for one in shown["tables"]
    ]
    notes = spreadsheets.Sheet(_("About the figures"), [shown["title"]], [[note] for note in shown["notes"]], [100])
    book = spreadsheets.as_xlsx(*sheets, notes)
    return spreadsheets.download(book, name=f"{name}.xlsx", content_type=spreadsheets.XLSX)


def paper(request, shown, *, name, back):
    """The page for paper, as a PDF; where none can be made, `back` to the page, which can be printed."""
    _check_told(shown)
    if sentence := pdf.unavailable():
        messages.warning(request, sentence)
        return redirect(back)
    shown = shown | {"figures": "config/pages/_half_year_figures.html", "all_columns": ALL_COLUMNS}
    return on_paper(request, shown, name=f"{name}.pdf")


def _check_told(shown):
    if not shown["tables"]:
        raise Http404


def label(first, *, until=None):
    """A half-year, or several, by their months: "January–June 2026", within a sentence."""
    last = half_year_after(until or first)
    last = last.replace(year=last.year - (last.month == 1), month=(last.month - 2) % 12 + 1)
    begins = date_format(first, "F") if first.year == last.year else date_format(first, "F Y")
    return f"{begins}–{date_format(last, 'F Y')}"


def table(found, *, id, title, columns, together=False):
    """The columns [(code, heading)] of the figures `found`, by half-year, and where it says something `together`."""
    shown = [found.columns[code] for code, _heading in columns]
    rows = [
        {"label": capfirst(label(half)), "is_half": False, "cells": [str(one.cells[place]) for one in shown]}
        for place, half in enumerate(found.halves)
    ]
    if together:
        rows.append({"label": _("Together"), "is_half": True, "cells": [str(one.together) for one in shown]})
    return {"id": id, "title": title, "head": [_("Half-year"), *(text for _code, text in columns)], "rows": rows}


def chart_together(*, id, title, labels, columns):
    """What shows of all half-years together, as {name of a series: columns}; None where nothing does."""
    series = [charts.Series(name, [one.together.number for one in ones]) for name, ones in columns.items()]
    if not any(value for one in series for value in one.values):
        return None
    said = [
        f"{name}: {', '.join(f'{label} {one.together}' for label, one in zip(labels, ones, strict=True))}"
        for name, ones in columns.items()
    ]
    return charts.rows(
        id=id, title=title, desc="; ".join(said).removeprefix(": "), labels=labels, series=series, gap=HIDDEN
    )
