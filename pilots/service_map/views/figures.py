"""Figures of the directory and of its gaps and overlaps: charts with their tables, and a workbook."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.interface import spreadsheets
from coordination.interface.charts import Series, months
from coordination.interface.spreadsheets import Sheet
from pilots.service_map import coverage_rules as rules
from pilots.service_map.queries import figures as queries
from pilots.service_map.queries import papers


@acting()
def figures(request):
    """The figures of the own area."""
    area = request.membership.agency.area
    priorities, halves = queries.by_priority(area), queries.halves_of(area)
    context = {
        "area_shown": area,
        "bands": [band.name for band in rules.BANDS],
        "priorities": [(label or _("no priority said"), bands, number) for label, bands, number in priorities],
        "bands_chart": _of_bands(priorities),
        "changes": queries.changes_of(area),
        "halves": [_row(half) for half in halves],
        "halves_chart": _of_halves(halves),
    }
    return render(request, "pilots/service_map/coverage/figures.html", context)


@acting()
def workbook(request):
    """The same as a workbook."""
    area = request.membership.agency.area
    changes = queries.changes_of(area)
    priorities = [
        [label or _("no priority said"), *bands, number] for label, bands, number in queries.by_priority(area)
    ]
    heads = [_("Priority"), *(band.name for band in rules.BANDS), _("together")]
    sheets = [
        Sheet(_("Services"), heads, priorities, [44]),
        Sheet(_("Changes in a year"), _changes_head(), [[changes.added, changes.changed, changes.retired]], [24] * 3),
        Sheet(_("Gaps and overlaps"), _halves_head(), [list(_row(half)) for half in queries.halves_of(area)], [20]),
    ]
    name = f"{papers.file_name(area)}-figures.xlsx"
    return spreadsheets.download(spreadsheets.as_xlsx(*sheets), name=name, content_type=spreadsheets.XLSX)


def _changes_head():
    return [_("Added"), _("Changed"), _("Taken out of use")]


def _halves_head():
    days = [_("Days to the decision (median)"), _("Days to closing (median)")]
    return [_("Half-year"), _("Opened"), _("Decided"), _("Closed"), *days]


def _row(half):
    return (_name(half), half.opened, half.decided, half.closed, half.days_to_decide, half.days_to_close)


def _name(half):
    return f"{half.first.month}–{half.first.month + 5}/{half.first.year}"


def _of_bands(priorities):
    totals = [sum(bands[place] for _label, bands, _number in priorities) for place in range(len(rules.BANDS))]
    return months(
        id="bands",
        title=_("Services at each age"),
        desc=_("How many services there are at each age. The table has the same numbers."),
        labels=[(band.name, f"{band.first}–") for band in rules.BANDS],
        series=[Series(_("services"), totals)],
    )


def _of_halves(halves):
    return months(
        id="halves",
        title=_("Gaps and overlaps by half-year"),
        desc=_("How many were opened and how many closed. The table has the same numbers."),
        labels=[(_name(half), f"{half.first.month // 6 + 1}/{half.first.year % 100}") for half in halves],
        series=[
            Series(_("Opened"), [half.opened for half in halves]),
            Series(_("Closed"), [half.closed for half in halves]),
        ],
    )
