"""What is offered where, and what was marked as lacking."""

from django.db.models import Exists, OuterRef, Q

from coordination.services.models import Need, Service, UnmetNeed


def offered(area, day):
    """The services in use in this area on this day, by name."""
    also_here = Exists(Service.also_in.through.objects.filter(service=OuterRef("pk"), area=area))
    return in_use(Service.objects.filter(Q(area=area) | also_here), day)


def in_use(services, day):
    """Those of these services that are in use on this day."""
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    return services.filter(begun, Q(valid_until=None) | Q(valid_until__gte=day), is_active=True)


def needs_in_use():
    """The needs that can be marked, in the order of their codes."""
    return Need.objects.filter(is_active=True)


def unmet_in(source):
    """What was marked as needed but not available in this source (a public id), in the order of marking."""
    return UnmetNeed.objects.filter(source=source).select_related("need").order_by("pk")
