"""At which moments of a support it is asked where the young person is, and whether it can be said now."""

from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import MONTHS_OF_HALF, months_after, today
from coordination.support.models import Support, Whereabouts
from coordination.support.rules import first_day
from coordination.support.states import SupportState

Moment = Whereabouts.Moment


def moment_of(support):
    """Which moment it is about when somebody says now where the young person is: (moment, half-year of the support).

    None where nobody is asked: before the beginning, and after a handover, since the next adult says it at the naming.
    """
    if support.state == SupportState.ACTIVE:
        first, day = first_day(support), today()
        months = (day.year - first.year) * 12 + day.month - first.month
        periods = (months if months_after(first, months) <= day else months - 1) // MONTHS_OF_HALF
        return (Moment.HALF_YEAR, periods) if periods else (Moment.NAMING, 0)
    if support.state == SupportState.ENDED and support.end_reason != Support.EndReason.HANDED_OVER:
        return Moment.END, 0
    return None


def check_moment(support, moment, period):
    """Raise NotNow unless this is the moment about which it can be said now."""
    if moment_of(support) != (moment, period):
        raise NotNow(_("This isn't asked any more. Look at it again."))


def check_can_be_mended(said):
    """Raise NotNow unless it was said today: later it would tell of another moment."""
    if said.on != today():
        raise NotNow(_("This has been said already."))
