"""What may be told of a pilot's forms."""

from django.utils.translation import gettext as _

from coordination.interface import small_numbers
from coordination.interface.halves import Column, counts
from coordination.interface.small_numbers import JOINED, NOTHING, Told
from pilots.questionnaires.models import FormFact
from pilots.registry.queries.figures import Figures, bars, own_halves, share

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
        one = share(halves[group.start : group.stop], What.SUBMITTED)
        told[group.start : group.stop] = [Told(JOINED)] * (len(group) - 1) + [one]
    return told


def _chart(halves, columns):
    """The forms begun in each half-year, beside those submitted."""
    named = {_("forms begun"): columns[What.BEGUN], _("forms submitted"): columns[What.SUBMITTED]}
    desc = _("Forms begun and submitted, in each half-year. The table has the same numbers.")
    return bars(halves, named, id="forms", title=_("Forms"), desc=desc)
