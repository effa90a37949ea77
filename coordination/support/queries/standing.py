"""Where the young person is: what has been said of it, and whether it is asked now."""

from dataclasses import dataclass

from django.db.models import OuterRef

from coordination.clocks.rules import today
from coordination.support import moments
from coordination.support.models import Whereabouts

Moment = Whereabouts.Moment


@dataclass(frozen=True)
class Asked:
    """What a page asks: about which moment, and what has been `said` of it; `can_answer` while that can be changed."""

    moment: str
    period: int
    said: Whereabouts | None

    @property
    def can_answer(self):
        """Whether nobody has said it yet, or only today, when a slip of the finger can still be mended."""
        return self.said is None or self.said.on == today()

    @property
    def choices(self):
        """Where the young person can be."""
        return Whereabouts.Where.choices


def asked(support):
    """What is asked of this support now, or None."""
    now = moments.moment_of(support)
    if now is None:
        return None
    moment, period = now
    return Asked(moment, period, support.whereabouts.filter(moment=moment, period=period).first())


def last_period():
    """Of a list of supports the half-year of the last answer while the support goes on, as a part of their one
    statement: nought for the naming, None where nothing has been said."""
    said = Whereabouts.objects.filter(support=OuterRef("pk")).exclude(moment=Moment.END)
    return said.order_by("-period").values("period")[:1]


def is_asked(support):
    """Whether a support that goes on, with `last_period` beside it, asks where the young person is."""
    _moment, period = moments.moment_of(support)
    return support.last_period is None or support.last_period < period
