"""What may be told of a pilot's forms."""

from django.utils.translation import gettext as _

from coordination.interface import small_numbers
from coordination.interface.halves import Column, counts
from coordination.interface.small_numbers import JOINED, NOTHING, Part, Told
from pilots.questionnaires.models import FormFact
from pilots.registry.queries.figures import Figures, bars, own_halves

What = FormFact.What
WHOLE = "whole"


def figures_of(pilot):
    """The figures of the half-years that have been counted since the pilot began; a pilot without an area has none."""
    own = own_halves(FormFact, pilot)
    if not own:
        return Figures()
    halves = list(own.values())
    columns = {what: counts(halves, what) for what in (What.BEGUN, What.SUBMITTED)}
    columns[WHOLE] = Column(shares(halves))
    heads = [_("Forms begun"), _("Forms submitted"), _("Of these with everybody's part")]
    return Figures(list(own), columns, heads, _chart(list(own), columns))


def shares(halves):
    """The share of forms with everybody's part, of each half-year or of those whose forms are counted together: a share
    of one alone would tell how many there were."""
    cells = [one.number(What.SUBMITTED) for one in halves]
    told = [Told(NOTHING)] * len(halves)
    for group in small_numbers.groups(cells):
        ones = halves[group.start : group.stop]
        known = {str(agency) for place in group for agency in cells[place].known}
        part = Part(
            sum(one.total(What.SUBMITTED) for one in ones),
            sum(cells[place].number for place in group),
            # The same young person may be in each of them.
            max(one.people(What.SUBMITTED) for one in ones),
            frozenset(known),
        )
        told[group.start : group.stop] = [Told(JOINED)] * (len(group) - 1) + [
            small_numbers.told_share(small_numbers.share(part))
        ]
    return told


def _chart(halves, columns):
    """The forms begun in each half-year, beside those submitted."""
    named = {_("begun"): columns[What.BEGUN], _("submitted"): columns[What.SUBMITTED]}
    desc = _("Forms begun and submitted, in each half-year. The table has the same numbers.")
    return bars(halves, named, id="forms", title=_("Forms"), desc=desc)
