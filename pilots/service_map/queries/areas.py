"""Whose services can be looked at."""

from django.http import Http404

from coordination.agencies.models import Area
from coordination.services.queries import open as directory


def area_or_404(key):
    """The area with this key, as it stands in an address."""
    if not (key.isascii() and key.isdigit() and len(key) < 11):
        raise Http404
    return directory.area_or_404(int(key))


def mapped_areas(chosen):
    """Every other area, by name: everybody who acts may read what there is elsewhere."""
    return sorted(Area.objects.exclude(pk=chosen.pk), key=lambda area: area.name.casefold())
