"""Which supports have been kept long enough."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

from coordination.agencies.models import Area
from coordination.people.models import Ground
from coordination.support.models import Support
from coordination.support.queries.rounds import gaps
from coordination.support.states import SupportState

OVER = [SupportState.ENDED, SupportState.DECLINED, SupportState.WITHDRAWN]


def kept_long_enough():
    """The keys of the supports and namings that ended so long ago that their area keeps them no longer, that nobody can
    see any more, and by which nobody waits for another adult: a gap is never forgotten by the passing of time."""
    seen = Ground.objects.open().filter(source=OuterRef("public_id"))
    for area in Area.objects.all():
        days = max(area.days_kept_after_closing, area.days_seen_after_closing)
        ended = Support.objects.filter(area=area, state__in=OVER).exclude(Exists(seen))
        ended = ended.exclude(pk__in=gaps().values("pk")).alias(since=Coalesce("ended_at", "answered_at", "named_at"))
        yield from ended.filter(since__lt=timezone.now() - timedelta(days=days)).values_list("pk", flat=True)
