"""Which schedules there are, for whom."""

from django.db.models import Q

from coordination.clocks.rules import today
from coordination.people.rules import age_on
from pilots.measures.rules import fits_age
from pilots.registry.queries.lineage import lineage_of
from pilots.schedules.models import Schedule


def readable_in(area):
    """The schedules in use of this area, and those that come with the portal, with their steps."""
    found = Schedule.objects.filter(Q(area=area) | Q(area=None), in_use=True)
    return found.prefetch_related("steps").order_by("name_fi", "pk")


def offered(young_person, area):
    """Those for the young person's age today; the portal's give way where the area has its own of a pilot's method."""
    age = age_on(young_person.birth_date, today())
    fitting = [one for one in readable_in(area) if fits_age(one, age)]
    own_methods = {one.pilot_id for one in fitting if one.area_id} - {None}
    return [one for one in fitting if one.area_id or one.pilot_id not in own_methods]


def of_method(pilot, area):
    """Those of the pilot's method: its own, and those of the pilots from which it has spread."""
    earlier = [one.pilot.pk for one in lineage_of(pilot).up]
    return list(readable_in(area).filter(pilot__in=[pilot.pk, *earlier]))
