"""What may be told of a pilot's courses."""

from django.utils.translation import gettext as _

from coordination.interface.halves import Column, counts
from pilots.measures.models import MeasureFact
from pilots.registry.queries.figures import Figures, bars, own_halves, share

What = MeasureFact.What
COUNTED = (What.BEGUN, What.PLANNED, What.UNPLANNED)


def figures_of(pilot):
    """The figures of the half-years that have been counted since the pilot began; a pilot without an area has none."""
    own = own_halves(MeasureFact, pilot)
    if not own:
        return Figures()
    columns = {what: counts(list(own.values()), what) for what in COUNTED}
    columns[What.IMPROVED] = Column([share([one], What.IMPROVED) for one in own.values()])
    heads = [_("Courses begun"), _("Ended as planned"), _("Ended otherwise"), _("Reliably better at the end")]
    return Figures(list(own), columns, heads, _chart(list(own), columns))


def _chart(halves, columns):
    """The ends of each half-year, planned beside not planned."""
    named = {_("ended as planned"): columns[What.PLANNED], _("ended otherwise"): columns[What.UNPLANNED]}
    desc = _("Courses that ended as planned and otherwise, in each half-year. The table has the same numbers.")
    return bars(halves, named, id="ends", title=_("Courses that ended"), desc=desc)
