"""The figures of the assessments of the need for services in the reader's own area: in time, and with what outcome?

They are anonymous: no page of them is a look at anybody, and no export of them a bulk export of people.
"""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from config.pages import halves
from config.pages.figures import steering
from coordination.assessments.models import AssessmentFact, Summary
from coordination.assessments.queries.figures import OUTCOMES, figures
from coordination.cards.models import CardEvaluation, Role
from coordination.cards.queries import said_in

What = AssessmentFact.What


@steering
def assessment_figures(request):
    """Chart and tables by half-year; before the first ones come, when they do."""
    hint = _(
        "Each half-year is counted once, two weeks after it is over: whether assessments began and were finished in"
        " time, whether parts were missing, and the outcomes."
    )
    pdf_url, xlsx_url = reverse("pages:assessment_figures_pdf"), reverse("pages:assessment_figures_xlsx")
    return halves.page(request, _shown(request), pdf_url=pdf_url, xlsx_url=xlsx_url, hint=hint)


@steering
def assessment_figures_xlsx(request):
    """All tables as a workbook, with a sheet that says what the signs mean."""
    return halves.workbook(_shown(request), name=_file())


@steering
def assessment_figures_pdf(request):
    """The page for paper, as a PDF; where none can be made, back to the page, which can be printed."""
    return halves.paper(request, _shown(request), name=_file(), back="pages:assessment_figures")


def notes_of():
    """What the signs mean, and how everything is counted; beside the tables and in the workbook."""
    return [
        _("↓: so few that they are counted together with the half-year below."),
        _("<5: fewer than five since the number above, perhaps none; or fewer than five besides those of one agency."),
        _("≥: at least so many; what is “<5” is not in it."),
        _("–: too few for a share or a median. It takes ten children and three agencies besides the assessing one."),
        _("66–100 %: the share lies somewhere between."),
        _("≤ before days: so many at most."),
        _("Pending: on the half-year's last day, from the contact or notification until the assessment is signed."),
        _("In time: where the law sets a last day. Begun in the half-year, or with the last day to finish in it."),
        _("Days: from the contact or notification. To begin to the nearest day, to finish to the nearest ten days."),
        _("Met alone: of the children heard for the first time in the half-year."),
        _("Parts and outcomes: of the assessments that were signed for the first time in the half-year."),
        _("Nowhere does it stand how many assessments there are in all."),
        _("Action cards: all answers until today. What was said by fewer than five besides one agency is “<5”."),
        _("Each half-year is counted once, two weeks after it is over, and does not change later."),
    ]


def _shown(request):
    """All that the page, the paper and the file have in common."""
    area = request.membership.area
    found = figures(area)
    tables = [halves.table(found, **one) for one in _tables()] if found.halves else []
    charts = [_outcome_chart(found)] if found.halves else []
    return {
        "title": _("Assessments: figures of %(area)s") % {"area": area},
        "notes": notes_of(),
        "tables": tables + _card_table(area),
        "charts": [chart for chart in charts if chart],
    }


def _tables():
    """What stands in which table, by its id: a title, and the columns with their headings."""
    yield {
        "id": "in-time",
        "title": _("From pending to signed"),
        "columns": [
            (What.PENDING, _("Pending")),
            (What.BEGUN, _("Begun in time")),
            (What.DAYS_TO_BEGIN, _("Days to begin, median")),
            (What.FINISHED, _("Finished in time")),
            (What.DAYS_TO_FINISH, _("Days to finish, median")),
            (What.HEARD, _("Children met alone")),
        ],
    }
    yield {
        "id": "parts",
        "title": _("The agencies' parts"),
        "columns": [(What.ASKED, _("Parts asked for")), (What.MISSING, _("Parts missing"))],
        "together": True,
    }
    outcomes = [(f"out_{code}", capfirst(str(label))) for code, label in Summary.Outcome.choices]
    yield {"id": "outcomes", "title": _("What they came to"), "columns": outcomes, "together": True}


def _card_table(area):
    """Whether the action cards helped, role by role; no table where nothing may be told."""
    said = said_in(area)
    if not any(told.number for of_role in said.values() for told in of_role.values()):
        return []
    head = [_("Role"), *(capfirst(str(label)) for label in CardEvaluation.Helped.labels)]
    rows = [
        {"label": capfirst(str(role.label)), "is_half": False, "cells": [str(told) for told in said[role].values()]}
        for role in Role
    ]
    return [{"id": "cards", "title": _("Whether the action cards helped"), "head": head, "rows": rows}]


def _outcome_chart(found):
    labels = [capfirst(str(label)) for label in Summary.Outcome.labels]
    title = _("What assessments came to, all half-years together")
    columns = {"": [found.columns[code] for code in OUTCOMES]}
    return halves.chart_together(id="outcomes-chart", title=title, labels=labels, columns=columns)


def _file():
    return _("assessment-figures")
