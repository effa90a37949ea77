"""What a pilot brought about, as files: the numbers as a workbook, an evaluation as a PDF."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.interface import pdf, spreadsheets
from coordination.interface.spreadsheets import Sheet
from pilots.registry.queries.texts import text_of
from pilots.results.models import Indicator
from pilots.results.queries import words
from pilots.results.queries.evaluations import as_finished, finished_or_404
from pilots.results.queries.following import pilot_with_results_or_404, results_of


@acting()
def workbook(request, public_id):
    """Every number that stands on the page of results, sheet by sheet."""
    pilot = pilot_with_results_or_404(public_id)
    found = results_of(pilot)
    counts = found.counts
    counted = ((_("Measures"), counts.measures), (_("Forms"), counts.forms), (_("Schedules"), counts.schedules))
    sheets = [_indicators(found), _values(found)]
    sheets += [_figures(name, figures) for name, figures in counted if figures.halves]
    book = spreadsheets.as_xlsx(*sheets)
    return spreadsheets.download(book, name=f"{_name(pilot)}.xlsx", content_type=spreadsheets.XLSX)


def _indicators(found):
    named = [Indicator._meta.get_field(name).verbose_name for name in ("unit", "better", "baseline", "baseline_on")]
    named += [Indicator._meta.get_field(name).verbose_name for name in ("baseline_note", "target", "target_on")]
    head = [_("Indicator"), *map(capfirst, named), _("Latest value"), _("Period"), _("How it stands")]
    rows = []
    for one, row in zip(found.followed, found.rows, strict=True):
        of = one.indicator
        said = [of.name, of.get_unit_display(), of.get_better_display(), of.baseline, of.baseline_on, of.baseline_note]
        rows.append([*said, of.target, of.target_on, _cell(one.latest), row.when, row.standing])
    return Sheet(_("Indicators"), head, rows, [40, 12, 22, 12, 14, 30, 12, 14, 14, 22, 22])


def _values(found):
    head = [_("Indicator"), _("First day"), _("Period"), _("Value"), _("Note")]
    rows = [
        [one.indicator.name, value.starts_on, value.when, _cell(value), value.note]
        for one in found.followed
        for value in one.values
    ]
    return Sheet(_("Values"), head, rows, [40, 12, 22, 14, 50])


def _cell(value):
    """A number as a number; what stands in the place of one as it stands."""
    if value is None:
        return ""
    return value.text if value.number is None else value.number


def _figures(name, figures):
    rows = [[words.period("half_year", half), *(_told(cell) for cell in cells)] for half, cells in figures.rows]
    return Sheet(name, [_("Half-year"), *figures.heads], [*rows, [_("Together"), *map(_told, figures.together)]], [26])


def _told(cell):
    """Whole numbers as numbers, all else as it is told."""
    return int(cell.text) if cell.text.isdecimal() else cell.text


@acting()
def evaluation_pdf(request, public_id, evaluation_id):
    """A finished evaluation as a PDF; where none can be made, back to the page, which can be printed."""
    pilot = pilot_with_results_or_404(public_id)
    found = finished_or_404(pilot, evaluation_id)
    if sentence := pdf.unavailable():
        messages.warning(request, sentence)
        return redirect("results:evaluation", public_id, evaluation_id)
    context = {"pilot": pilot, "text": text_of(pilot), "shown": as_finished(found), "on_paper": True}
    made = pdf.make("pilots/results/paper.html", context, request=request)
    return spreadsheets.download(made, name=f"{_name(pilot)}.pdf", content_type=pdf.CONTENT_TYPE)


def _name(pilot):
    return slugify(text_of(pilot).name)[:80] or "pilot"
