"""Entries of the directory that nobody has said to be true for long, and who is asked about them."""

from datetime import timedelta

from django.db.models import Q

from coordination.agencies.models import Membership
from coordination.agencies.queries import administrators
from coordination.clocks.rules import today
from coordination.services.models import Service
from coordination.services.queries.lists import stale
from coordination.services.queries.sight import offered_now

_AGAIN_DAYS = 30


def to_ask_about():
    """The old entries about which nobody has been asked for thirty days."""
    long_ago = today() - timedelta(days=_AGAIN_DAYS)
    return _old(Service.objects.all()).filter(Q(asked_on=None) | Q(asked_on__lte=long_ago))


def askers(services):
    """Who is asked about these entries: those who keep them, else the administrators of their areas."""
    keepers = Membership.objects.open().filter(pk__in=services.order_by().values("keeper")).select_related("user")
    areas = set(services.exclude(keeper__in=keepers).order_by().values_list("area", flat=True))
    return [*keepers, *(one for area in sorted(areas) for one in administrators(area).select_related("user"))]


def asked_about(service):
    """Who is asked about this entry while it is as it is."""
    return [service.keeper] if service.keeper else list(administrators(service.area_id))


def without_old(memberships):
    """Those of these who keep no old entry."""
    return [one for one in memberships if not _old(_kept(one)).exists()]


def _kept(membership):
    """What this membership is asked about."""
    own = Q(keeper=membership)
    if membership.role == Membership.Role.ADMINISTRATOR:
        own |= Q(keeper=None, area=membership.agency.area_id)
    return Service.objects.filter(own)


def _old(services):
    return stale(offered_now(services))
