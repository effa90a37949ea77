"""What of the directory a call sheet needs: what can be chosen for this young person, and what stands there already."""

from dataclasses import dataclass, field

from coordination.clocks.rules import today
from coordination.follow_ups.models import FollowUp, Referral
from coordination.follow_ups.states import FollowUpState
from coordination.people.rules import age_on
from coordination.services.models import Need, Service, UnmetNeed
from coordination.services.queries import needs_in_use, offered, unmet_in


@dataclass(frozen=True)
class Directory:
    """The services and needs to choose from, and the young person's age (full years)."""

    age: int
    services: list[Service] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)


@dataclass(frozen=True)
class Written:
    """What has been written down in a follow-up."""

    referrals: list[Referral]
    unmet: list[UnmetNeed]


def excluded_agencies(young_person):
    """The keys of the agencies that must not learn of this young person."""
    found = young_person.exclusions.filter(ended_at=None, agency__isnull=False)
    return set(found.values_list("agency", flat=True))


def choosable(young_person, area) -> Directory:
    """What can be chosen for this young person in this area: those for their age first, each group by name.

    What an agency provides that must not learn of the young person is left out. The list is the same whatever has been
    written down, so it tells nothing of a hidden municipality.
    """
    age, excluded = age_on(young_person.birth_date, today()), excluded_agencies(young_person)
    services = [one for one in offered(area, today()) if one.owner_id not in excluded]
    services.sort(key=lambda one: (not one.is_for(age), one.name.casefold(), one.pk))
    return Directory(age, services, sorted(needs_in_use(), key=lambda one: one.name.casefold()))


def of(follow_up: FollowUp) -> Directory:
    """What can be chosen on the call sheet now: of a follow-up that isn't begun nothing."""
    if follow_up.state not in (FollowUpState.TAKEN_UP, FollowUpState.PAUSED):
        return Directory(age_on(follow_up.young_person.birth_date, today()))
    return choosable(follow_up.young_person, follow_up.area)


def written_in(follow_up: FollowUp) -> Written:
    """The services and the unmet needs of this follow-up, in the order of writing down."""
    referrals = follow_up.referrals.select_related("service__service_class", "service__owner__area", "by__user")
    return Written([*referrals], [*unmet_in(follow_up.public_id)])
