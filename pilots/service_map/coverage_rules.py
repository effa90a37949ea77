"""Ages, how much there is of something, and what can be done about a finding when."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import product

from django.utils.translation import gettext as _

from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow, holds
from coordination.clocks.rules import today
from pilots.service_map.coverage_states import MOVES, Coverage, FindingState
from pilots.service_map.models import CoverageRule, Finding

Decision = Finding.Decision
# Told so many days before an action is due, and the day after.
DAYS_BEFORE = 7


@dataclass(frozen=True)
class Band:
    """Ages that are looked at together."""

    first: int
    last: int

    @property
    def code(self):
        """As it stands in addresses: "7-12"."""
        return f"{self.first}-{self.last}"

    @property
    def name(self):
        """As people read it."""
        if self.first == 0:
            return _("under %(age)d") % {"age": self.last + 1}
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def ages(self):
        """Each of its ages."""
        return range(self.first, self.last + 1)


# By what changes in a child's life, not by setting: home care and nursery, early education, pre-primary education, the
# lower and the upper classes of school, the years after it before one is of age, the first years on one's own, and up
# to the end of youth in the Youth Act.
BANDS = (
    Band(0, 2),
    Band(3, 5),
    Band(6, 6),
    Band(7, 12),
    Band(13, 15),
    Band(16, 17),
    Band(18, 22),
    Band(23, 29),
)


def band_of(code):
    """The band with this code; None where there is none."""
    return next((band for band in BANDS if band.code == code), None)


def touches(band, youngest, oldest):
    """Whether something for these ages (None: without a limit) is for somebody in the band."""
    return (youngest is None or youngest <= band.last) and (oldest is None or oldest >= band.first)


# --- How much there is ----------------------------------------------------------------------------------------------


def state_of(number, providers, rule):
    """How much there is where so many services are, and so many providers at most do the same for the same people."""
    if number == 0:
        return Coverage.NONE
    if providers >= rule.double_from:
        return Coverage.DOUBLE
    return Coverage.THIN if number <= rule.thin_until else Coverage.ENOUGH


def rule_for(rules, *, need=None, service_class=None):
    """The rule that counts, of an area's rules: its own of this, its own of everything, the portal's."""
    found = {(rule.need_id, rule.service_class_id): rule for rule in rules}
    return found.get((need, service_class)) or found.get((None, None)) or CoverageRule()


def providers_of_the_same(services, band):
    """How many different providers at most do the same: with one class and a target group in common, for somebody of
    the same age within the band, in a municipality in common.

    A service without a target group does the same as no other: whether it is for the same people isn't known. One
    without municipalities is for all of the area, and so in each.
    """
    return max((_providers(together) for together in _doing_the_same(services, band)), default=0)


def doing_the_same(services, band, *, providers):
    """Those of these services that do the same as others, of so many different providers or more together."""
    enough = [together for together in _doing_the_same(services, band) if _providers(together) >= providers]
    same = {service.pk for together in enough for service in together}
    return [service for service in services if service.pk in same]


def _doing_the_same(services, band):
    found = defaultdict(lambda: defaultdict(list))
    for service in services:
        ages = [age for age in band.ages if _is_for(service, age)]
        for group, age in product(service.target_groups, ages):
            for town in service.municipalities or {None}:
                found[service.service_class, group, age][town].append(service)
    for places in found.values():
        everywhere = places.pop(None, [])
        yield from ([*there, *everywhere] for there in list(places.values()) or [[]])


def _providers(services):
    return len({service.provider for service in services})


def _is_for(service, age):
    return touches(Band(age, age), service.youngest_age, service.oldest_age)


# --- Rules of an area -----------------------------------------------------------------------------------------------


def may_set_rules(membership, area_id):
    """Whether this membership sets the rules of the area: its administrators do."""
    own = membership.role == Membership.Role.ADMINISTRATOR and membership.agency.area_id == area_id
    return own and holds(membership)


def check_may_set_rules(membership, area_id):
    """Raise NotNow for whoever doesn't set the rules of this area."""
    if not may_set_rules(membership, area_id):
        raise NotNow(_("The administrators of an area set its rules."))


def check_numbers(thin_until, double_from):
    """Raise NotNow for numbers that don't fit together."""
    if double_from < 2 or double_from <= thin_until:
        raise NotNow(_("Double begins at two providers, and above what is thin."))


# --- Findings -------------------------------------------------------------------------------------------------------


def check_may_decide(may):
    """Raise NotNow for whoever doesn't decide on the gaps and overlaps of the area."""
    if not may:
        raise NotNow(
            _("Coordinators, administrators and whoever leads the coordination group decide on gaps and overlaps.")
        )


def check_may_see_to(may):
    """Raise NotNow for whoever neither decides on a finding nor sees to it."""
    if not may:
        raise NotNow(_("You don't see to this any more."))


def check_move(state, new_state):
    """Raise NotNow for a move that findings don't know."""
    if new_state not in MOVES[state]:
        raise NotNow(_("This has been done already, or something else comes first. Look at it again."))


def check_not_closed(finding):
    """Raise NotNow for a finding that is closed."""
    if finding.state == FindingState.CLOSED:
        raise NotNow(_("This is closed. Open it again first."))


def check_owner(membership, area):
    """Raise NotNow for somebody who doesn't work in the area (any more)."""
    if membership and (not holds(membership) or membership.agency.area_id != area.pk):
        raise NotNow(_("Choose somebody who works in your own area."))


def check_decision(finding, *, decision, reason, action, due_on, decided_on, number_of_services):
    """Raise NotNow for a decision that doesn't say what must be said of one like it, or that isn't one of an overlap
    with two services."""
    if decision == Decision.MERGE and (finding.kind != Finding.Kind.OVERLAP or number_of_services < 2):
        raise NotNow(_("Only an overlap of two services or more can be merged."))
    if decision == Decision.LEAVE and not reason.strip():
        raise NotNow(_("Say why it is left as it is."))
    if decision != Decision.LEAVE and not (action.strip() and due_on):
        raise NotNow(_("Say what is done, and by when."))
    if not finding.opened_on <= decided_on <= today():
        raise NotNow(_("The day of the decision lies between the day on which this was opened and today."))


def check_said(words):
    """Raise NotNow where nothing is said."""
    if not words.strip():
        raise NotNow(_("Write a few words."))


def is_to_merge(finding):
    """Whether two of its services are to be merged, by what was decided."""
    return finding.state == FindingState.DECIDED and finding.decision == Decision.MERGE


def check_to_merge(finding, services):
    """Raise NotNow unless it was decided to merge, and there are two of these services to become one."""
    if not is_to_merge(finding):
        raise NotNow(_("Two services are merged once that has been decided."))
    if len(services) < 2:
        raise NotNow(_("There are no longer two of these services in use: nothing is left to merge."))


def check_merges(finding, kept, retired, services):
    """Raise NotNow unless it was decided to merge, and these are two different services of the finding."""
    check_to_merge(finding, services)
    if kept == retired:
        raise NotNow(_("Choose two different services."))
    if kept not in services or retired not in services:
        raise NotNow(_("Choose two of the services of this overlap."))
