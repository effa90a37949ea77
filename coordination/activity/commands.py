"""Writing down what happened."""

from django.db.models import Q

from coordination.activity.models import Event
from coordination.people.models import Ground


def record(
    kind, *, young_person_id, by, audience=Event.Audience.COORDINATORS, to=None, about=None, data=None, unmoved=()
):
    """Write one event, and move the last activity of exactly those grounds whose holders may read it.

    So the order of somebody's list tells nothing of what they may not read; `unmoved` are memberships from whom the
    page keeps this event. `data` holds codes and dates, never names.
    """
    event = Event.objects.create(
        young_person_id=young_person_id,
        kind=kind,
        by=by,
        audience=Event.Audience.ONE if to else audience,
        to_membership=to,
        about=about,
        data=data or {},
    )
    readers = Q(kind=Ground.Kind.COORDINATION)
    if to:
        readers = Q(membership=to)
    elif audience == Event.Audience.EVERYONE:
        readers |= Q(kind__in=[Ground.Kind.PARTICIPATION, Ground.Kind.SUPPORT], source=about) & ~Q(
            membership__in=unmoved
        )
    Ground.objects.filter(readers, young_person_id=young_person_id, ended_at=None).update(last_activity=event.at)
    return event


def forget_events(*, about):
    """Delete the events about something that is erased."""
    Event.objects.filter(about=about).delete()


def forget_events_of(*, young_person, until=None):
    """Delete everything that happened around a young person (`until` that moment), but what one flagger alone reads of
    their own flag."""
    events = Event.objects.filter(young_person=young_person).exclude(kind=Event.Kind.FLAGGED)
    (events.filter(at__lte=until) if until else events).delete()


def forget_latest(*, about, adult, since):
    """Delete the events that told of this adult (a public id) since that moment: what happened was undone."""
    Event.objects.filter(about=about, data__adult=str(adult), at__gte=since).delete()


def move_events(*, gone, kept):
    """After two rows were joined: what the coordinators wrote goes along, for coordinators only.

    Those who took part with the kept row do not learn of the other's past; nobody's own events change hands.
    """
    events = Event.objects.filter(young_person=gone)
    events.filter(audience=Event.Audience.EVERYONE).update(  # unaudited: events are a history themselves
        audience=Event.Audience.COORDINATORS
    )
    events.update(young_person=kept)  # unaudited: events are a history themselves
