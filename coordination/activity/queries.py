"""The timeline, as each reader may see it."""

from django.db.models import Q

from coordination.activity.models import Event
from coordination.agencies.rules import is_hidden, shown_name
from coordination.people.access import chosen_in


def timeline(young_person, viewer, *, coordinates, limit=30):
    """The latest events that this viewer may read, newest first, each with `who`: a name, or "a professional".

    Somebody who takes part reads of that in which the young person chose them, and of nothing before or after it.
    """
    if coordinates:
        readable = ~Q(audience=Event.Audience.ONE)
    else:
        readable = Q(audience=Event.Audience.EVERYONE, about__in=chosen_in(viewer, young_person))
    events = list(
        Event.objects.filter(readable | Q(to_membership=viewer), young_person=young_person)
        .select_related("by__user", "by__agency")
        .order_by("-at", "-pk")[:limit]
    )
    for event in events:
        event.who = ""
        if event.by:
            hidden = is_hidden(event.by.agency, viewer)
            event.who = shown_name(event.by.agency, viewer) if hidden else event.by.user.get_full_name()
    return events
