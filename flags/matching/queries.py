"""Which flags count, whether they are enough, and the match that is open."""

from django.db.models import Q

from coordination.agencies.models import Membership
from coordination.clocks.rules import today
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.states import OPEN_STATES
from coordination.people.models import Exclusion
from flags.flagging.models import Flag
from flags.matching.models import Match


def open_match(young_person):
    """The match whose follow-up is open, if there is one."""
    return (
        Match.objects.filter(young_person=young_person, follow_up__state__in=OPEN_STATES)
        .select_related("follow_up__area")
        .first()
    )


def counting_flags(young_person):
    """The open flags that count, oldest first: unexpired, of open memberships, and of nobody who is excluded."""
    out = Exclusion.objects.filter(young_person=young_person, ended_at=None)
    of_agencies = Membership.objects.open().filter(agency__in=out.exclude(agency=None).values("agency"))
    excluded = Q(user__in=out.exclude(user=None).values("user")) | Q(user__in=of_agencies.values("user"))
    return list(
        Flag.objects.filter(
            young_person=young_person,
            ended_at=None,
            until__gte=today(),
            membership__in=Membership.objects.open(),
        )
        .exclude(excluded)
        .select_related("membership__user", "membership__agency__area", "municipality__area", "legal_ground")
        .order_by("made_at", "pk")
    )


def would_match(one, other):
    """Whether knowing these two to be one person would change anything: together their flags make a match, or one of
    them has an open follow-up already. Until then no coordinator needs to see an unmatched flag."""
    if FollowUp.objects.filter(young_person__in=[one, other], state__in=OPEN_STATES).exists():
        return True
    return is_enough(counting_flags(one) + counting_flags(other), one.area)


def is_enough(flags, area):
    """Whether these flags make a match in this area: enough different people, of enough different agencies.

    One human with two memberships counts once. (With a threshold of at most two, enough people and enough agencies
    always mean enough pairs of both.)
    """
    people = {flag.user_id for flag in flags}
    agencies = {flag.membership.agency_id for flag in flags}
    count = min(len(people), len(agencies)) if area.different_agencies else len(people)
    return count >= area.threshold
