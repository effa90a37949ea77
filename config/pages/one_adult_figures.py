"""The figures of the one adult's supports in the reader's own area: did it help?

They are anonymous: no page of them is a look at anybody, and no export of them a bulk export of people.
"""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from config.pages import halves
from config.pages.figures import steering
from coordination.interface import charts
from coordination.support.models import HalfYearFact, Whereabouts
from coordination.support.queries.figures import REASONS, figures

What = HalfYearFact.What
Moment = Whereabouts.Moment


@steering
def one_adult_figures(request):
    """Charts and tables by half-year; before the first ones come, when they do."""
    hint = _(
        "Each half-year is counted once, two weeks after it is over: how long young people had the same adult, why it"
        " ended, and where they are."
    )
    pdf_url, xlsx_url = reverse("pages:one_adult_figures_pdf"), reverse("pages:one_adult_figures_xlsx")
    return halves.page(request, _shown(request), pdf_url=pdf_url, xlsx_url=xlsx_url, hint=hint)


@steering
def one_adult_figures_xlsx(request):
    """All tables as a workbook, with a sheet that says what the signs mean."""
    return halves.workbook(_shown(request), name=_file())


@steering
def one_adult_figures_pdf(request):
    """The page for paper, as a PDF; where none can be made, back to the page, which can be printed."""
    return halves.paper(request, _shown(request), name=_file(), back="pages:one_adult_figures")


def notes_of():
    """What the signs mean, and how everything is counted; beside the tables and in the workbook."""
    return [
        _("↓: so few that they are counted together with the half-year below."),
        _("<5: fewer than five since the number above, perhaps none; or fewer than five besides those of one agency."),
        _("≥: at least so many; what is “<5” is not in it."),
        _("–: too few for a mean or a median. It takes ten young people and three agencies."),
        _("≤ and ≥ before a mean: so near the least or the most there can be that no more is told."),
        _("Days with the same adult: half of the young people had the same adult for longer. To the nearest ten days."),
        _("The curve reckons with those whose support still goes on. It is of the half-years named above it."),
        _("Days without an adult: between one adult's end and the next one's beginning, where another was needed."),
        _("Young people for one adult: on the last day of the half-year."),
        _("Agencies and adults around a young person: where the adult has ticked them, at the naming and now."),
        _("Ends for other reasons are in no column, and nowhere does it stand how many there are in all."),
        _("Each half-year is counted once, two weeks after it is over, and does not change later."),
    ]


def _shown(request):
    """All that the page, the paper and the file have in common."""
    area = request.membership.area
    found = figures(area)
    shown = {"title": _("The one adult: figures of %(area)s") % {"area": area}, "notes": notes_of(), "tables": []}
    if not found.halves:
        return shown
    return shown | {
        "tables": [*_lasting_table(found), *(halves.table(found, **one) for one in _tables())],
        "charts": [chart for chart in (_curve(found), _ends_chart(found), _where_chart(found)) if chart],
    }


def _tables():
    """What stands in which table, by its id: a title, and the columns with their headings."""
    ends = [(f"why_{reason}", capfirst(str(reason.label))) for reason in REASONS]
    yield {
        "id": "staying",
        "title": _("The same adult"),
        "columns": [
            ("days", _("Days with the same adult, median")),
            (What.GAP, _("Days without an adult, median")),
            ("months", _("Contacts a month")),
            ("caseload", _("Young people for one adult")),
            (What.STARS, _("Continuity, 1–5 stars")),
        ],
    }
    yield {
        "id": "around",
        "title": _("Around a young person"),
        "columns": [
            (What.AGENCIES_THEN, _("Agencies at the naming")),
            (What.AGENCIES_NOW, _("Agencies now")),
            (What.ADULTS_THEN, _("Adults at the naming")),
            (What.ADULTS_NOW, _("Adults now")),
            (What.CLOSED, _("Doubles closed")),
            ("hours", _("Hours a month freed")),
        ],
    }
    yield {"id": "ends", "title": _("Why supports ended"), "columns": ends, "together": True}
    for moment, title in (
        (Moment.NAMING, _("Where they were at the naming")),
        (Moment.HALF_YEAR, _("Where they are after each half-year")),
        (Moment.END, _("Where they were at the end")),
    ):
        columns = [(f"{moment}_{code}", text) for code, text in _where()]
        yield {"id": f"where-{moment}", "title": title, "columns": columns, "together": True}


def _where():
    return [(code, capfirst(str(label))) for code, label in Whereabouts.Where.choices]


def _lasting_table(found):
    """The curve's own table, where there is a curve."""
    if not found.lasting:
        return []
    rows = [{"label": str(day), "is_half": False, "cells": [f"{part} %"]} for day, part in found.lasting.told.points]
    head = [_("Days"), _("Still the same adult")]
    return [{"id": "lasting", "title": _lasting_title(found), "head": head, "rows": rows}]


def _lasting_title(found):
    return _("How long the same adult stays, %(period)s") % {
        "period": halves.label(found.lasting.first, until=found.lasting.last)
    }


def _file():
    return _("one-adult-figures")


# --- Charts ---------------------------------------------------------------------------------------------------------


def _curve(found):
    if not found.lasting:
        return None
    points = found.lasting.told.points
    return charts.curve(
        id="curve",
        title=_lasting_title(found),
        desc=", ".join(_("%(day)d days: %(part)d %%") % {"day": day, "part": part} for day, part in points),
        name=_("Still the same adult"),
        points=points,
        unit=_("days"),
    )


def _ends_chart(found):
    labels = [capfirst(str(reason.label)) for reason in REASONS]
    columns = [found.columns[f"why_{reason}"] for reason in REASONS]
    title = _("Why supports ended, all half-years together")
    return halves.chart_together(id="ends-chart", title=title, labels=labels, columns={"": columns})


def _where_chart(found):
    columns = {
        label: [found.columns[f"{moment}_{code}"] for code, _text in _where()]
        for moment, label in ((Moment.NAMING, _("At the naming")), (Moment.END, _("At the end")))
    }
    labels = [text for _code, text in _where()]
    title = _("Where they were, all half-years together")
    return halves.chart_together(id="where-chart", title=title, labels=labels, columns=columns)
