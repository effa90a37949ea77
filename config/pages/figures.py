"""The coordinators' and administrators' figures of their own area: follow-up rate first.

They are anonymous: no page of them is a look at anybody, and no export of them a bulk export of people.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.models import Membership
from coordination.clocks.rules import today
from coordination.follow_ups.models import FollowUp
from coordination.interface import charts, pdf, spreadsheets
from coordination.interface.small_numbers import HIDDEN, NOTHING
from coordination.services.models import Need
from flags.figures import queries

steering = acting(Membership.Role.COORDINATOR, Membership.Role.ADMINISTRATOR)


@steering
def figures(request):
    """One year's figures as charts and tables; before the first ones come, when they do."""
    area = request.membership.area
    years = queries.years(area)
    month, day = queries.next_month(area, today())
    context = {"area": area, "next_month": date_format(month, "F Y"), "next_day": day, "no_pdf": pdf.unavailable()}
    if years:
        context |= _shown(area, _year(request, years), years)
    return render(request, "config/pages/figures.html", context)


@steering
def figures_xlsx(request):
    """The year's table as a workbook, with a sheet that says what the signs mean."""
    shown = _shown_or_404(request)
    table = spreadsheets.Sheet(str(shown["year"]), shown["head"], [typed(row) for row in shown["rows"]], [28, 12, 12])
    notes = spreadsheets.Sheet(_("About the figures"), [_title(shown)], [[note] for note in notes_of()], [100])
    return spreadsheets.download(
        spreadsheets.as_xlsx(table, notes), name=_file(shown, "xlsx"), content_type=spreadsheets.XLSX
    )


@steering
def figures_csv(request):
    """The year's table as text with semicolons."""
    shown = _shown_or_404(request)
    rows = [shown["head"], *(typed(row) for row in shown["rows"])]
    return spreadsheets.download(spreadsheets.as_csv(rows), name=_file(shown, "csv"), content_type=spreadsheets.CSV)


@steering
def figures_pdf(request):
    """The year's page for paper, as a PDF; where none can be made, back to the page, which can be printed."""
    shown = _shown_or_404(request)
    if sentence := pdf.unavailable():
        messages.warning(request, sentence)
        return redirect("pages:figures")
    shown |= {"title": _title(shown), "figures": "config/pages/_figures.html"}
    return on_paper(request, shown, name=_file(shown, "pdf"))


def on_paper(request, shown, *, name):
    """Figures as a PDF of this name; `shown` says with which template under which title."""
    made = pdf.make("config/pages/figures_paper.html", shown | {"today": today()}, request=request)
    return spreadsheets.download(made, name=name, content_type=pdf.CONTENT_TYPE)


def notes_of():
    """What the signs mean, and how everything is counted; beside the tables and in the workbook."""
    return [
        _("↓: so few that they are counted together with the month below."),
        _("<5: fewer than five since the number above, perhaps none; or fewer than five besides those of one agency."),
        _("≥: at least so many; what is “<5” is not in it."),
        _("66–100 %: the share lies somewhere between. It shows from ten young people and three agencies on."),
        _("A flag counts in the month it was posted, a match in the month it was made, an outcome when it was closed."),
        _("A need counts in the month it was marked. Needs of which every number is “<5” have no column."),
        _("A match was contacted in time if somebody was reached by the area's limit."),
        _("Each month is counted once, some weeks after it is over, and does not change later."),
    ]


def _year(request, years):
    """The year asked for, else the latest; a year without figures isn't there."""
    asked = request.GET.get("year", "")
    if not asked:
        return years[0]
    if asked not in map(str, years):
        raise Http404
    return int(asked)


def _shown_or_404(request):
    area = request.membership.area
    years = queries.years(area)
    if not years:
        raise Http404
    return _shown(area, _year(request, years), years)


def _shown(area, year, years):
    """All that the page, the paper and the files of one year have in common."""
    found, before = queries.figures(area, year, year - 1)
    needs = _needs_told(found)
    rows = [{"label": _label(row), "is_half": row.is_half, "cells": _cells(row, needs)} for row in found.rows]
    return {
        "area": area,
        "year": year,
        "years": years,
        "rates": _rates(found),
        "head": [_("Period"), _("Flags"), _("Matches"), _("Contacted in time"), *_outcomes(), *needs.values()],
        "rows": rows,
        "charts": _charts(found, before),
        "outcome_chart": _outcome_chart(found),
        "need_chart": _need_chart(found, needs),
        # Which columns each table has: of the head, and of a row's cells.
        "columns": {
            "months": ("1:4", ":3"),
            "outcomes": (f"4:{4 + len(_outcomes())}", f"3:{3 + len(_outcomes())}"),
            "needs": (f"{4 + len(_outcomes())}:", f"{3 + len(_outcomes())}:"),
        },
        "has_needs": bool(needs),
        "notes": notes_of(),
    }


def _outcomes():
    return [capfirst(str(label)) for label in FollowUp.Outcome.labels]


def _label(row):
    if row.is_half:
        return f"{capfirst(date_format(row.first, 'F'))}–{date_format(row.last, 'F')}"
    return capfirst(date_format(row.first, "F"))


def _cells(row, needs):
    """A period's figures in the order of the headings, as texts."""
    of_needs = (str(row.needs[code]) for code in needs)
    return [str(row.flags), str(row.matches), str(row.in_time), *map(str, row.outcomes.values()), *of_needs]


def _needs_told(found):
    """The needs of which a number shows, by code, with their names; of all others every cell would be the same."""
    told = {code for row in found.rows for code, one in row.needs.items() if one.number}
    if not told:
        return {}
    needs = sorted(Need.objects.filter(code__in=told), key=lambda one: one.name.casefold())
    return {one.code: one.name for one in needs}


def typed(row):
    """A row of a table for a file: whole numbers as numbers."""
    return [int(cell) if cell.isdecimal() else cell for cell in (row["label"], *row["cells"])]


def _rates(found):
    """The follow-up rates to begin with: of the latest half-year and of the latest month that have one."""
    latest = [next((row for row in reversed(rows) if row.rate), None) for rows in (found.halves, found.months)]
    return [{"label": _label(row), "rate": row.rate, "matches": row.matches.number} for row in latest if row]


def _title(shown):
    return _("Figures of %(area)s, %(year)s") % {"area": shown["area"].name, "year": shown["year"]}


def _file(shown, kind):
    word = _("figures")
    return f"{word}-{shown['year']}.{kind}"


# --- Charts ---------------------------------------------------------------------------------------------------------


def _charts(found, before):
    """The follow-up rate, the matches and the flags by month; the latter two beside the year before."""
    labels = [(date_format(row.first, "M"), str(row.first.month)) for row in found.months]
    least = [row.rate and row.rate.low for row in found.months]
    more = [row.rate and row.rate.high - row.rate.low for row in found.months]
    rate = charts.months(
        id="rate",
        title=_("Contacted in time, per cent of the month's matches"),
        desc=_said(found.months, lambda row: row.in_time),
        labels=labels,
        series=[charts.Series(_("at least"), least), charts.Series(_("at most"), more)],
        stacked=True,
        most=100,
        unit=" %",
        gap=NOTHING,
    )
    matches = charts.months(
        id="matches",
        title=_("Matches by month"),
        desc=_said(found.months, lambda row: row.matches),
        labels=labels,
        series=_two_years(found, before, _matches),
        gap=NOTHING,
    )
    flags = charts.line(
        id="flags",
        title=_("Flags by month"),
        desc=_said(found.months, lambda row: row.flags),
        labels=labels,
        series=_two_years(found, before, _flags),
    )
    # A chart in which every number is hidden would only be empty.
    told = [any(row.rate for row in found.months), *(any(map(number, found.months)) for number in (_matches, _flags))]
    return [chart for chart, tells in zip((rate, matches, flags), told, strict=True) if tells]


def _matches(row):
    return row.matches.number


def _flags(row):
    return row.flags.number


def _two_years(found, before, number):
    """A series of this year, and one of the year before over the same months where there was one."""
    earlier = {row.first.month: number(row) for row in before.months}
    series = [charts.Series(str(found.year), [number(row) for row in found.months])]
    if earlier:
        series.append(charts.Series(str(before.year), [earlier.get(row.first.month) for row in found.months]))
    return series


def _outcome_chart(found):
    """What came of the follow-ups, by half-year; None before a half-year is whole and tells a number."""
    title = _("What came of follow-ups that were closed")
    return _by_half(found, "outcomes", title, _outcomes(), lambda row: [*row.outcomes.values()])


def _need_chart(found, needs):
    """What was needed but not available, by half-year; None as above."""
    title = _("Needed but not available")
    return _by_half(found, "needs", title, [*needs.values()], lambda row: [row.needs[code] for code in needs])


def _by_half(found, name, title, labels, values):
    if not any(one.number for row in found.halves for one in values(row)):
        return None
    return charts.rows(
        id=name,
        title=title,
        desc="; ".join(f"{_label(row)}: {_listed(zip(labels, values(row), strict=True))}" for row in found.halves),
        labels=labels,
        series=[charts.Series(_label(row), [one.number for one in values(row)]) for row in found.halves],
        gap=HIDDEN,
    )


def _said(rows, value):
    """The chart in words, for whoever doesn't see it."""
    return _listed((_label(row), value(row)) for row in rows)


def _listed(pairs):
    return ", ".join(f"{name} {value}" for name, value in pairs)
