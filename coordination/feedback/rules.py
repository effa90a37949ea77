"""How long an answer may take, and how much feedback one channel takes in a day."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.feedback.models import Feedback

# Without an account anybody can write: more than this in a day is not read by anybody anyway.
A_DAY_FROM_STRANGERS = 30
A_DAY_FROM_SIGNED_IN = 100


def answer_by(area):
    """The last day on which feedback that comes today is answered: of any kind within the time that the law gives for
    accessibility (306/2019)."""
    return today() + timedelta(days=area.days_to_answer_feedback)


def check_not_flooded(area, *, signed_in):
    """Raise NotNow where today's share of this area's channel is used up; strangers can't use up that of others."""
    since = timezone.now() - timedelta(days=1)
    came = Feedback.objects.filter(area=area, signed_in=signed_in, made_at__gt=since).count()
    if came >= (A_DAY_FROM_SIGNED_IN if signed_in else A_DAY_FROM_STRANGERS):
        raise NotNow(_("Very much feedback has come today. Ring the coordinators, or try again tomorrow."))
