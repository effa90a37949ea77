"""The schedules of a pilot's method, to whoever reads the pilot."""

from coordination.agencies.door import acting
from pilots.registry.queries.editing import pilot_or_404
from pilots.registry.views.doors import page
from pilots.schedules.queries.schedules import of_method


@acting()
def pilot(request, public_id):
    """What is to be done when."""
    found = pilot_or_404(public_id)
    schedules = of_method(found, request.membership.area)
    return page(request, "pilots/schedules/pilot.html", found, schedules=schedules)
