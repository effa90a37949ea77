"""Reads of what one area asks of another, and of which area has a young person since."""

from django.http import Http404

from coordination.agencies.models import Membership
from coordination.follow_ups.models import Takeover
from coordination.follow_ups.states import TakeoverState
from coordination.people import access
from coordination.people.exclusions import kept_away


def could_take_over(area, young_person):
    """The area's coordinators who could go on with this young person: those whom no exclusion keeps away. They have no
    sight before they accept, so the door can't be asked yet."""
    found = Membership.objects.coordinators(area).select_related("user", "agency__area").order_by("pk")
    away = kept_away(young_person)
    return [membership for membership in found if membership.user_id not in away]


def asked_of_area(membership):
    """The follow-ups that another area asks this coordinator's area to take over; none that an exclusion hides."""
    return (
        Takeover.objects.filter(
            ~access.excluded(membership, person="follow_up__young_person"),
            to_area=membership.area,
            state=TakeoverState.WAITING,
        )
        .select_related("from_area", "follow_up__young_person")
        .order_by("asked_at", "pk")
    )


def takeover_or_404(membership, public_id):
    """What another area asks of this coordinator's: waiting, accepted or declined; what was withdrawn never was."""
    found = (
        Takeover.objects.filter(
            ~access.excluded(membership, person="follow_up__young_person"), to_area=membership.area, public_id=public_id
        )
        .exclude(state=TakeoverState.WITHDRAWN)
        .select_related("from_area", "to_area", "follow_up__young_person")
        .first()
    )
    if found is None:
        raise Http404
    return found


def taken_over_by(young_person):
    """The area that last took this young person's follow-up over: later matches go there too, never back."""
    accepted = Takeover.objects.filter(follow_up__young_person=young_person, state=TakeoverState.ACCEPTED)
    last = accepted.select_related("to_area").order_by("-answered_at", "-pk").first()
    return last and last.to_area
