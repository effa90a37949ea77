"""The coordinators' page of a support: who the adult is, where it stands, who was it before, and what can be done."""

from django.db.models import Count, Q

from coordination.agencies.rules import holds, shown_adult
from coordination.clocks.rules import today
from coordination.meetings.states import MeetingState
from coordination.people.rules import age_on
from coordination.support import rules
from coordination.support.models import Support
from coordination.support.queries.handover import warm_meeting
from coordination.support.queries.naming import standing
from coordination.support.queries.overlaps import counted
from coordination.support.queries.own_page import has_lost_page, left_in, wishes_in
from coordination.support.queries.permissions import shown
from coordination.support.queries.rounds import gaps, standing_in
from coordination.support.queries.standing import asked
from coordination.support.states import MatterState, SupportState


def overview(support, viewer):
    """Everything that the page shows to `viewer`, who coordinates the young person.

    Of the work it tells how much of it there is and when, never what: that is between the two.
    """
    person, is_active = support.young_person, support.state == SupportState.ACTIVE
    active, coming = standing(person)
    substitution = standing_in(support).first() if is_active else None
    goes_on_with = coming if is_active else active
    return {
        "support": support,
        "young_person": person,
        "age": age_on(person.birth_date, today()),
        "adult": _name(support.adult, viewer, person),
        "asked_by": _name(support.asked_by, viewer, person),
        "adult_has_left": is_active and not holds(support.adult),
        "is_silent": is_active and rules.is_silent(support),
        "heard_on": rules.heard_on(support) if support.began_at else None,
        "substitution": substitution,
        "substitute": substitution and _name(substitution.membership, viewer, person),
        "successor": goes_on_with,
        "successor_name": goes_on_with and _name(goes_on_with.adult, viewer, person),
        "meeting": planned_meeting(coming) if is_active else None,
        "waits": gaps().filter(pk=support.pk).exists(),
        "is_active": is_active,
        "where": None if is_active else asked(support),
        "goes_on": is_active,
        "permissions": shown(support, viewer, coordinates=True),
        "work": _work(support),
        "counted": counted(support, viewer, coordinates=True),
        "history": history(person, viewer),
        "wishes": wishes_in(support, viewer),
        "left_requests": left_in(support),
        "has_lost_page": is_active and not holds(support.adult) and has_lost_page(support),
    }


def planned_meeting(successor):
    """The meeting of the handover that is still to be held, or None."""
    meeting = warm_meeting(successor) if successor else None
    return meeting if meeting and meeting.state == MeetingState.PLANNED else None


def _work(support):
    return Support.objects.filter(pk=support.pk).aggregate(
        came=Count("contacts", distinct=True, filter=Q(contacts__came=True)),
        missed=Count("contacts", distinct=True, filter=Q(contacts__came=False)),
        open=Count("matters", distinct=True, filter=~Q(matters__state=MatterState.SOLVED)),
        solved=Count("matters", distinct=True, filter=Q(matters__state=MatterState.SOLVED)),
    )


def history(young_person, viewer):
    """The young person's adults, the latest first, each with `name` and `gap`, the days before without an adult."""
    rows = list(
        Support.objects.filter(young_person=young_person, began_at__isnull=False)
        .select_related("adult__user", "adult__agency__area")
        .order_by("began_at", "pk")
    )
    ended = None
    for one in rows:
        one.name = _name(one.adult, viewer, young_person)
        one.gap = (one.began_at - ended).days if ended and one.began_at > ended else 0
        ended = one.ended_at
    return rows[::-1]


def _name(membership, viewer, young_person):
    adult = shown_adult(membership, viewer, about=young_person, coordinates=True)
    return f"{adult.name}, {adult.agency}" if adult.name else adult.agency
