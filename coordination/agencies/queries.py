"""Reads of who is who and what holds, within one area."""

from types import SimpleNamespace

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from coordination.agencies import widening
from coordination.agencies.models import Agency, Membership


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


def periods(area):
    """The times of the area's rules, oldest first, as pairs of (from when, the rules for what began then).

    For what began in a period the strictest of all that has held since then counts: what was widened later is not for
    it, and what was narrowed later counts at once.
    """
    found, so_far = [], widening.values_of(area)
    for rules in area.rules.reverse():
        so_far = {
            name: widening.strictest(direction, [so_far[name], rules.values.get(name, so_far[name])])
            for name, direction in widening.AREA.items()
        }
        found.append((rules.from_at, SimpleNamespace(**so_far)))
    return found[::-1]


def rules_since(area, moment):
    """The area's rules for what began at this moment (a flag that was posted then), as `area.threshold` and so on."""
    return rules_at(periods(area), moment)


def rules_at(periods, moment):
    """Of these `periods` the rules for what began at this moment; what is older than all of them has the oldest."""
    begun = [rules for from_at, rules in periods if from_at <= moment]
    return begun[-1] if begun else periods[0][1]


def hidden_from(viewer):
    """The keys of the agencies that this membership (None: somebody who isn't signed in) must not learn of, on pages
    that are about nobody; the twin of `rules.is_hidden`."""
    sensitive = Agency.objects.filter(sensitive=True)
    if viewer is not None:
        sensitive = sensitive.exclude(pk=viewer.agency_id)
        if viewer.role != Membership.Role.PROFESSIONAL:
            sensitive = sensitive.exclude(area=viewer.agency.area_id)
    return list(sensitive.order_by().values_list("pk", flat=True))
