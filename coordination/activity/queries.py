"""The timeline, as each reader may see it."""

from django.db.models import Q

from coordination.activity.models import Event
from coordination.agencies.rules import columns_of, shown_adult
from coordination.people.access import chosen_in


def latest(about):
    """The latest event of this thing (a public id) that coordinators may read; None where there is none."""
    events = Event.objects.filter(about=about).exclude(audience=Event.Audience.ONE)
    return events.select_related("by__user").order_by("-at", "-pk").first()


def timeline(young_person, viewer, *, coordinates, limit=30, of_flags=True, chosen=None):
    """The latest events that this viewer may read, newest first, each with `who`: a name, or "a professional".

    Somebody who takes part reads of that in which the young person chose them, and of nothing before or after it.
    Without `of_flags` their own flags' events are left out, which they alone may read. `chosen` is what `chosen_in`
    finds, where it has been read already.
    """
    if coordinates:
        readable = ~Q(audience=Event.Audience.ONE)
    else:
        readable = Q(
            audience=Event.Audience.EVERYONE, about__in=chosen_in(viewer, young_person) if chosen is None else chosen
        )
    own = Q(to_membership=viewer) if of_flags else Q(to_membership=viewer) & ~Q(kind=Event.Kind.FLAGGED)
    events = list(
        Event.objects.filter(readable | own, young_person=young_person)
        .select_related("by__user", "by__agency")
        .only("kind", "at", "data", *columns_of("by"))
        .order_by("-at", "-pk")[:limit]
    )
    names = {None: ""}
    for event in events:
        if event.by_id not in names:
            adult = shown_adult(event.by, viewer, about=young_person, coordinates=coordinates)
            names[event.by_id] = adult.name or adult.agency
        event.who = names[event.by_id]
    return events
