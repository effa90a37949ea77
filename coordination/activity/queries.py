"""The timeline, as each reader may see it."""

from django.db.models import Q

from coordination.activity.models import Event
from coordination.agencies.rules import is_hidden, shown_name


def timeline(young_person, viewer, *, coordinates, limit=30):
    """The latest events that this viewer may read, newest first, each with `who`: a name, or "a professional"."""
    audiences = [Event.Audience.EVERYONE]
    if coordinates:
        audiences.append(Event.Audience.COORDINATORS)
    events = list(
        Event.objects.filter(Q(audience__in=audiences) | Q(to_membership=viewer), young_person=young_person)
        .select_related("by__user", "by__agency")
        .order_by("-at", "-pk")[:limit]
    )
    for event in events:
        event.who = ""
        if event.by:
            hidden = is_hidden(event.by.agency, viewer)
            event.who = shown_name(event.by.agency, viewer) if hidden else event.by.user.get_full_name()
    return events
