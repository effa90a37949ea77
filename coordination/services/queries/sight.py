"""Which services somebody sees, signed in or not: what a sensitive agency provides would tell of it."""

from django.db.models import Q
from django.http import Http404

from coordination.agencies.queries import hidden_from
from coordination.clocks.rules import today
from coordination.services.models import Service
from coordination.services.queries.offered import in_use
from coordination.services.rules import may_keep


def offered_now(services):
    """Those of these services that are in use today."""
    return in_use(services, today())


def in_area(area):
    """The services that this area keeps, and those that others offer in it, too.

    The keys of the latter are asked for by themselves: so both are read from an index.
    """
    others = list(Service.also_in.through.objects.filter(area=area).values_list("service", flat=True))
    return Service.objects.filter(Q(area=area) | Q(pk__in=others))


def seen_by(services, viewer):
    """Those of these services that this membership may know of."""
    return services.exclude(~Q(is_public=True) & _unsaid(viewer))


def public(services):
    """Those of these services that whoever isn't signed in may know of."""
    return services.exclude(Q(is_public=False) | Q(is_public=None) & _unsaid(None))


def _unsaid(viewer):
    """What only those see who know its agency, unless it was said to be public."""
    return Q(owner__in=hidden_from(viewer))


def for_reading(viewer, *, everywhere=False):
    """What this membership finds in the directory: what is offered in its area, or what is public in all areas."""
    if everywhere:
        return public(offered_now(Service.objects.all()))
    return seen_by(offered_now(in_area(viewer.agency.area)), viewer)


def service_or_404(viewer, public_id):
    """One service for a membership: of its area, in use or not, or public and in use."""
    rows = Service.objects.select_related(
        "area", "owner__area", "service_class", "keeper__user", "keeper__agency__area", "catalogue_entry"
    )
    rows = rows.filter(public_id=public_id)
    own = seen_by(rows.filter(pk__in=in_area(viewer.agency.area).values("pk")), viewer).first()
    found = own or public(offered_now(rows)).first()
    if found is None:
        # Whoever keeps it may work for an agency that isn't its provider.
        found = rows.filter(keeper=viewer).first()
    if found is None:
        raise Http404
    return found


def in_its_place(service):
    """What took this service's place when two were merged, however often, as a query; nothing for all others."""
    last = service
    while last.merged_into:
        last = last.merged_into
    return Service.objects.filter(pk=last.pk).exclude(pk=service.pk)


def kept_or_404(viewer, public_id):
    """One service for whoever may change it; for everybody else there is none."""
    found = service_or_404(viewer, public_id)
    if not may_keep(viewer, found):
        raise Http404
    return found
