"""The timeline, as each reader may see it."""

from django.db.models import Q

from coordination.activity.models import Event
from coordination.agencies.rules import shown_adult
from coordination.people.access import chosen_in


def latest(about):
    """The latest event of this thing (a public id) that coordinators may read; None where there is none."""
    events = Event.objects.filter(about=about).exclude(audience=Event.Audience.ONE)
    return events.select_related("by__user").order_by("-at", "-pk").first()


def timeline(young_person, viewer, *, coordinates, limit=30, of_flags=True):
    """The latest events that this viewer may read, newest first, each with `who`: a name, or "a professional".

    Somebody who takes part reads of that in which the young person chose them, and of nothing before or after it.
    Without `of_flags` their own flags' events are left out, which they alone may read.
    """
    if coordinates:
        readable = ~Q(audience=Event.Audience.ONE)
    else:
        readable = Q(audience=Event.Audience.EVERYONE, about__in=chosen_in(viewer, young_person))
    own = Q(to_membership=viewer) if of_flags else Q(to_membership=viewer) & ~Q(kind=Event.Kind.FLAGGED)
    events = list(
        Event.objects.filter(readable | own, young_person=young_person)
        .select_related("by__user", "by__agency")
        .order_by("-at", "-pk")[:limit]
    )
    for event in events:
        event.who = ""
        if event.by:
            adult = shown_adult(event.by, viewer, about=young_person, coordinates=coordinates)
            event.who = adult.name or adult.agency
    return events
