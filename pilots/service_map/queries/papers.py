"""The matrix and the findings in words and sheets, for files that leave the portal."""

from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from coordination.clocks.rules import today
from coordination.interface.spreadsheets import Sheet
from coordination.services.models import Service
from pilots.service_map import coverage_rules as rules
from pilots.service_map.queries.matrix import NEED


def narrowed_by(narrowing):
    """By what the matrix is narrowed, in words."""
    said = [
        narrowing.municipality and narrowing.municipality.name,
        dict(Service.Language.choices).get(narrowing.language),
        dict(Service.Threshold.choices).get(narrowing.threshold),
        dict(Service.Priority.choices).get(narrowing.priority),
    ]
    return [str(one) for one in said if one]


def since(lacking):
    """From when to when something was counted: "1–6/2026", or "2025" for a whole year."""
    if lacking.first != lacking.last:
        return str(lacking.first.year)
    return f"{lacking.first.month}–{lacking.first.month + 5}/{lacking.first.year}"


def in_short(found):
    """What may be told of marks, as text: "7 (2025)"."""
    return "; ".join(f"{one.number} ({since(one)})" for one in found) or "<5"


def sheets(matrix):
    """The matrix by its states, by its numbers, and how many services don't say something."""
    by_need, bands = matrix.narrowing.by == NEED, [band.name for band in rules.BANDS]
    first = _("Need") if by_need else _("Kind of service")
    last = [_("Needed but not available")] if by_need else []
    states, numbers = [], []
    for row in matrix.rows:
        end = [in_short(row.lacking)] if by_need else []
        states.append([row.about.name, *(capfirst(str(cell.state.label)) for cell in row.cells), *end])
        numbers.append([row.about.name, *(cell.number for cell in row.cells), *end])
    head, widths = [first, *bands, *last], [40, *[14] * len(bands), 28]
    unknown = matrix.unknown
    facts = [
        [_("Area"), matrix.area.name],
        [_("Day"), today()],
        [_("Narrowed by"), ", ".join(narrowed_by(matrix.narrowing)) or "–"],
        [_("Services"), unknown.number],
        [_("without ages: count at every age"), unknown.ages],
        [_("without municipalities: count in the whole area"), unknown.municipalities],
        [_("without languages: count in no language"), unknown.languages],
        [_("without a target group: never count as double"), unknown.target_groups],
    ]
    return [
        Sheet(_("Coverage"), head, states, widths),
        Sheet(_("Number of services"), head, numbers, widths),
        Sheet(_("How it was counted"), [_("What"), _("Value")], facts, [50, 40]),
    ]


def file_name(area):
    """The name of a file about the area's services."""
    return slugify(f"{_('Coverage')} {area.name}")[:80] or "coverage"
