"""A round of the survey as files, for the council: a PDF, and a workbook. Neither says who answered."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.interface import pdf, spreadsheets
from coordination.interface.spreadsheets import Sheet
from pilots.service_map.queries.group import round_or_404
from pilots.service_map.queries.rounds import as_shown, goals_of


@acting()
def round_pdf(request, public_id):
    """The round as a PDF; where none can be made, back to the page, which can be printed."""
    found = round_or_404(request.membership, public_id)
    if sentence := pdf.unavailable():
        messages.warning(request, sentence)
        return redirect(found)
    made = pdf.make("pilots/service_map/paper.html", as_shown(found, request.membership), request=request)
    return spreadsheets.download(made, name=f"{_name(found)}.pdf", content_type=pdf.CONTENT_TYPE)


@acting()
def workbook(request, public_id):
    """Every indicator of the round in a line, and what the group says of each goal."""
    found = round_or_404(request.membership, public_id)
    goals = goals_of(found, request.membership)
    book = spreadsheets.as_xlsx(_indicators(goals), _summaries(goals))
    return spreadsheets.download(book, name=f"{_name(found)}.xlsx", content_type=spreadsheets.XLSX)


def _indicators(goals):
    head = [
        _("Goal"),
        _("Indicator"),
        _("Whose is it?"),
        _("Kind"),
        _("How it stands"),
        _("Before"),
        _("What became of it"),
    ]
    head += [_("Number"), _("Of what"), _("In words"), _("How do you know?"), _("Link")]
    rows = [_line(goal.goal, row) for goal in goals for row in goal.rows]
    return Sheet(_("Indicators"), head, rows, [30, 40, 20, 24, 16, 16, 16, 12, 16, 50, 50, 40])


def _line(goal, row):
    answer, of = row.answer, row.answer.indicator
    before = row.before.get_stands_display() if row.before else ""
    said = [str(goal), str(of), of.get_owner_display(), of.get_kind_display(), answer.get_stands_display(), before]
    change = row.change.label if row.change else ""
    return [*said, change, answer.value, of.unit, answer.words, answer.evidence, answer.link]


def _summaries(goals):
    return Sheet(_("Summaries"), [_("Goal"), _("Summary")], [[str(one.goal), one.summary] for one in goals], [30, 100])


def _name(found):
    return slugify(found.name)[:80] or "survey"
