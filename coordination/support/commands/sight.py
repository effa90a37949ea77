"""The coordinators' sight while somebody is asked, or is the one adult: it lasts longer than the follow-up's.

A follow-up's sight ends some days after it was closed; who sees to it that nobody is left without their adult must see
on, from the first naming to the last end, gaps between two adults included. `source` of that ground is the young
person, so what a follow-up, or one of several supports, lets end stays apart from it.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from coordination.clocks.rules import today
from coordination.interface.each import each
from coordination.people import access
from coordination.people.holding import hold
from coordination.people.models import Ground
from coordination.support.models import Support
from coordination.support.queries.rounds import gaps
from coordination.support.states import COMING, SupportState

GOES_ON = [*COMING, SupportState.ACTIVE]


def keep_in_sight(support):
    """Let the area's coordinators see on while this support goes on, where their sight would end by a date.

    Where they see without an end, by an open follow-up, nothing is changed; where they see no more, because another
    area took the young person over, nothing is given back.
    """
    hold(support.young_person)
    ground = _of_coordinators(support.young_person, support.area).first()
    if ground and ground.until is not None:
        access.give_ground(
            young_person=support.young_person,
            kind=Ground.Kind.COORDINATION,
            source=support.young_person.public_id,
            area=support.area,
        )


def let_out_of_sight(support):
    """Let what the coordinators see end by itself, as after a follow-up that was closed: where the young person has no
    adult now, and waits for none."""
    person = support.young_person
    goes_on = Support.objects.filter(young_person=person, state__in=GOES_ON)
    if goes_on.exists() or gaps().filter(young_person=person).exists():
        return
    access.let_grounds_run_out(
        young_person=person,
        source=person.public_id,
        until=today() + timedelta(days=support.area.days_seen_after_closing),
    )


def keep_all_in_sight():
    """Do so for every support whose coordinators' sight would end: a follow-up was closed after the naming. So too
    while a young person waits for another adult."""
    kept = Support.objects.filter(Q(state__in=GOES_ON) | Q(pk__in=gaps().values("pk")))
    kept = kept.filter(young_person__erase_asked_at=None).select_related("young_person", "area")
    each(kept.iterator(chunk_size=200), _keep, otherwise="support %s could not be kept in sight")


@transaction.atomic
def _keep(support):
    _follow_the_young_person(support)
    if _of_coordinators(support.young_person, support.area).exclude(until=None).exists():
        keep_in_sight(support)


def _follow_the_young_person(support):
    """The support belongs to the area that took the young person over, whose coordinators look after it from now on."""
    seen = support.young_person.grounds.filter(kind=Ground.Kind.COORDINATION, ended_at=None)
    areas = set(seen.values_list("area", flat=True))
    if areas and support.area_id not in areas:
        support.area_id = min(areas)
        support.save(update_fields=["area"])


def _of_coordinators(young_person, area):
    """Not yet ended, though its day may have passed: the timetable ends it later in the same night."""
    return Ground.objects.filter(young_person=young_person, area=area, kind=Ground.Kind.COORDINATION, ended_at=None)
