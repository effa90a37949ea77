"""Which grounds count, and for whom."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class GroundQuerySet(models.QuerySet):
    """Chainable reads of grounds."""

    def open(self):
        """Grounds that hold now. Ends by date are filtered here too, whether or not the timetable ended them."""
        return self.filter(Q(until=None) | Q(until__gte=timezone.localdate()), ended_at=None)

    def held_by(self, membership):
        """Grounds of this membership, and of its area where it coordinates it."""
        own = Q(membership=membership)
        return self.filter(own | Q(area=membership.area) if membership.is_coordinator else own)
