"""Did it help: where the young person is, and the young person's own rating."""

from django.db import transaction
from django.utils import timezone

from coordination.agencies.constraints import keeping_constraints
from coordination.clocks.rules import half_year_of, today
from coordination.support import moments, rules
from coordination.support.commands.rows import held
from coordination.support.models import Rating


@transaction.atomic
def say_where(*, support, moment, period, where, by):
    """Write down where the young person is at this moment of the support: one press. The same press again changes
    nothing, and another one on the same day mends it.

    Raises NotNow for a moment that isn't asked about now, and for what was said on an earlier day.
    """
    support = held(support)
    moments.check_moment(support, moment, period)
    said = support.whereabouts.filter(moment=moment, period=period).first()
    if said is None:
        with keeping_constraints():
            return support.whereabouts.create(moment=moment, period=period, where=where, on=today(), by=by)
    moments.check_can_be_mended(said)
    said.where, said.by = where, by
    said.save(update_fields=["where", "by"])
    return said


@transaction.atomic
def rate(*, support, stars):
    """The young person rates it, from their own page, that the adult stays the same: from one star to five.

    In each half-year the last rating counts: an earlier one of it is replaced, so that nobody counts twice. Raises
    NotNow once the support has ended.
    """
    support = held(support)
    rules.check_goes_on(support)
    half = half_year_of(today())
    rating = next((one for one in support.ratings.all() if half_year_of(timezone.localdate(one.at)) == half), None)
    rating = rating or Rating(support=support)
    rating.stars, rating.at = stars, timezone.now()
    with keeping_constraints():
        rating.save()
    return rating
