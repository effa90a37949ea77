"""Page-ready reads of meetings: each professional's own, and all of them for coordinators."""

from datetime import timedelta

from django.db.models import Prefetch
from django.http import Http404
from django.utils import timezone

from coordination.meetings.models import AgreedItem, Invited, Meeting
from coordination.meetings.states import MeetingState
from coordination.people import access
from coordination.people.models import Ground

_INVITED = Prefetch(
    "invited",
    Invited.objects.filter(dropped_at=None).select_related("membership__user", "membership__agency__area"),
    to_attr="asked",
)
_AGREED = Prefetch("agreed", AgreedItem.objects.select_related("owner__membership__user"), to_attr="items")


def meeting_or_404(request, public_id):
    """The meeting, for somebody invited who may still see the young person, or who coordinates; writes the look."""
    meeting = (
        Meeting.objects.filter(public_id=public_id)
        .select_related("young_person", "made_by__user", "made_by__agency")
        .prefetch_related(_INVITED, _AGREED)
        .first()
    )
    if meeting is None:
        raise Http404
    to = "view_network" if own_row(meeting, request.membership) else "coordinate"
    access.hold_the_door(request, meeting.young_person, to=to)
    return meeting


def is_of_follow_up(meeting):
    """Whether the meeting belongs to a follow-up, on whose sheet it is looked after: the coordinators' sight began
    with that."""
    return Ground.objects.filter(source=meeting.source, kind=Ground.Kind.COORDINATION).exists()


def own_row(meeting, membership):
    """This membership's own invitation to a meeting that was read with its invited; None where it isn't invited."""
    return next((one for one in meeting.asked if one.membership_id == membership.pk), None)


def of_source(source):
    """The meetings of one follow-up, the next one first."""
    return Meeting.objects.filter(source=source).prefetch_related(_INVITED, _AGREED)


def meetings_of(young_person, viewer, *, coordinates):
    """The young person's meetings that this viewer may read of, cancelled ones left out: when, and where they stand."""
    found = Meeting.objects.filter(young_person=young_person).exclude(state=MeetingState.CANCELLED)
    if not coordinates:
        found = found.filter(invited__membership=viewer, invited__dropped_at=None)
    return found.only("public_id", "starts_at", "state")[:10]


def coming_up(membership):
    """The planned meetings to which this membership is invited and whose young person it may still see."""
    return (
        Meeting.objects.filter(
            state=MeetingState.PLANNED,
            starts_at__gte=timezone.now() - timedelta(hours=2),
            invited__membership=membership,
            invited__dropped_at=None,
            young_person__in=access.grounds_for(membership, "view_network").values("young_person"),
        )
        .select_related("young_person")
        .order_by("starts_at", "pk")[:10]
    )


def promised(membership):
    """What this membership promised in a meeting and hasn't called done, of young people whom it may still see."""
    return (
        AgreedItem.objects.filter(
            done_at=None,
            owner__membership=membership,
            meeting__young_person__in=access.grounds_for(membership, "view_network").values("young_person"),
        )
        .select_related("meeting__young_person")
        .order_by("due_on", "pk")[:10]
    )


def planned_of(membership):
    """The invitations of this membership to meetings that are still to come, for what leaving does about them."""
    return Invited.objects.filter(membership=membership, dropped_at=None, meeting__state=MeetingState.PLANNED)


def planned_invitations(source):
    """All invitations to the meetings of one follow-up (its public id) that are still to come."""
    return Invited.objects.filter(dropped_at=None, meeting__state=MeetingState.PLANNED, meeting__source=source)


def planned_with(membership, others, *, source):
    """Of the invitations of this membership to planned meetings of one follow-up (its public id), those to which one
    of these other memberships (ids) is invited, too."""
    with_others = Invited.objects.filter(membership__in=others, dropped_at=None).values("meeting")
    return planned_of(membership).filter(meeting__source=source, meeting__in=with_others)


def planned_of_users(users, *, source):
    """The invitations of these users (ids) to the meetings of one follow-up (its public id) that are still to come."""
    return planned_invitations(source).filter(membership__user__in=users)


def next_planned(source):
    """The first meeting of one follow-up (its public id) that was neither held nor cancelled, or None."""
    return Meeting.objects.filter(source=source, state=MeetingState.PLANNED).order_by("starts_at", "pk").first()
