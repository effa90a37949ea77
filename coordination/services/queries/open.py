"""What whoever isn't signed in sees."""

from django.db.models import Exists, OuterRef
from django.http import Http404

from coordination.agencies.models import Area
from coordination.services.models import Service
from coordination.services.queries.sight import in_area, in_its_place, offered_now, public

_LARGEST = 2**31


def public_in(area):
    """What is offered in this area and may be told to all."""
    return public(offered_now(in_area(area)))


def areas_with_services():
    """The areas that keep anything that is public, by name: one that has none isn't listed."""
    kept = public(offered_now(Service.objects.filter(area=OuterRef("pk"))))
    return sorted(Area.objects.filter(Exists(kept)), key=lambda area: area.name.casefold())


def area_or_404(area_id):
    """One area; an area without anything public is an area with an empty directory."""
    found = Area.objects.filter(pk=area_id).first() if area_id < _LARGEST else None
    if found is None:
        raise Http404
    return found


def public_service_or_404(public_id):
    """One service that is offered now and public, or what took its place when two were merged; there is no other."""
    rows = Service.objects.select_related("area", "owner__area", "service_class", "catalogue_entry")
    rows = rows.filter(public_id=public_id)
    found = public(offered_now(rows)).first() or _public_in_its_place(rows)
    if found is None:
        raise Http404
    return found


def _public_in_its_place(rows):
    merged = public(rows).exclude(merged_into=None).first()
    return merged and public(offered_now(in_its_place(merged))).first()
