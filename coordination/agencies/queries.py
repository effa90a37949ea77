"""Reads of who is who, within one area."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from coordination.agencies.models import Membership


def lasting(queryset):
    """Memberships that have not ended, whether or not they have begun and whether or not the user may sign in."""
    return queryset.filter(Q(ended_on=None) | Q(ended_on__gt=timezone.localdate()))


def of_area(users, area_id):
    """Those of these users whom this area keeps: they work in it, or did and now work nowhere else.

    Somebody who has moved to another town is that town's to look after, and their new telephone isn't shown here.
    """
    memberships = Membership.objects.filter(user=OuterRef("pk"))
    here = memberships.filter(agency__area=area_id)
    elsewhere = memberships.exclude(agency__area=area_id)
    return users.filter(Exists(lasting(here)) | Q(Exists(here)) & ~Q(Exists(lasting(elsewhere))))


def works_elsewhere(user, area_id):
    """Whether this user also has a lasting membership in another area, which this area may not reach into."""
    return lasting(user.memberships.exclude(agency__area=area_id)).exists()


def administrators(area_id):
    """The memberships that administer this area today and have no end in sight."""
    return Membership.objects.open().filter(role=Membership.Role.ADMINISTRATOR, agency__area=area_id, ended_on=None)
