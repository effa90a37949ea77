"""Which flags count, whether they are enough, and the match that is open."""

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.utils import timezone

from coordination.agencies.models import Area, Membership
from coordination.agencies.queries import periods, rules_at
from coordination.clocks.rules import today
from coordination.encryption.index import of_row
from coordination.follow_ups.areas import taken_over_by
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.states import OPEN_STATES
from coordination.people.exclusions import kept_away
from coordination.people.models import Exclusion, Refusal
from flags.flagging.models import Flag
from flags.flagging.queries import still_informing
from flags.matching.models import Match


def open_match(young_person):
    """The match whose follow-up is open, if there is one."""
    return (
        Match.objects.filter(young_person=young_person, follow_up__state__in=OPEN_STATES)
        .select_related("follow_up__area")
        .first()
    )


def to_settle():
    """The flags that are still to meet the others: new ones that can't be undone any more, and those that ended."""
    met = Q(counts_from=None) | Q(counts_from__lte=timezone.now()) | ~Q(ended_at=None)
    return Flag.objects.filter(met, settled_at=None)


def wanting_to_count_again():
    """The ids of the young people on whom a flag was settled while an exclusion or a refusal still held: what ended
    since then may let it count."""
    settled = Flag.objects.filter(
        young_person=OuterRef("young_person"), ended_at=None, settled_at__lt=OuterRef("ended_at")
    )
    ended = [model.objects.filter(Exists(settled)).values_list("young_person") for model in (Exclusion, Refusal)]
    return [young_person for (young_person,) in ended[0].union(ended[1])]


def counting_flags(young_person):
    """The open flags that count, oldest first: unexpired, past undoing, of open memberships, of nobody who is
    excluded, and not forbidden by the young person."""
    refused = Refusal.objects.filter(
        young_person=OuterRef("young_person"), user=OuterRef("user"), ended_at=None, made_at__gte=OuterRef("made_at")
    )
    return list(
        Flag.objects.filter(
            young_person=young_person,
            ended_at=None,
            until__gte=today(),
            forbidden_at=None,
            membership__in=Membership.objects.open(),
        )
        .filter(Q(counts_from=None) | Q(counts_from__lte=timezone.now()))
        .exclude(user__in=kept_away(young_person))
        .exclude(Exists(refused))
        .select_related("membership", "municipality", "legal_ground")
        .order_by("made_at", "pk")
    )


def would_match(one, other):
    """Whether knowing these two to be one person would change anything: together their flags make a match, or one of
    them has an open follow-up already. Until then no coordinator needs to see an unmatched flag."""
    begun = FollowUp.objects.filter(young_person__in=[one, other], state__in=OPEN_STATES)
    followed = set(begun.values_list("young_person", flat=True))
    if followed:
        # A row whose only flag can still be undone, or lies inert, is nobody's to see yet.
        return all(person.pk in followed or counting_flags(person) for person in (one, other))
    both = sorted(counting_flags(one) + counting_flags(other), key=lambda flag: (flag.made_at, flag.pk))
    return bool(enough(both, one.area))


def area_to_compare(one, other):
    """The area whose coordinators say whether these two are one person: that which has one of them, in an open
    follow-up or since it took one over, else their rows' own. None where the answer would change nothing, and where
    two areas have one each: neither may see the other's."""
    if not would_match(one, other):
        return None
    followed = FollowUp.objects.filter(young_person__in=[one, other], state__in=OPEN_STATES).select_related("area")
    area_of = {follow_up.young_person_id: follow_up.area for follow_up in followed}
    areas = {area_of.get(person.pk) or taken_over_by(person) for person in (one, other)} - {None}
    if len(areas) > 1:
        return None
    return areas.pop() if areas else one.area


def enough(flags, area, *, already=()):
    """Those of these flags, oldest first, that make a match in this area; none where they are too few.

    Each flag counts by the rules that have held since it was posted, and a match by the strictest of its flags': a flag
    posted under two and another posted after one became enough are a match only where two are. An older flag's rules
    are never laxer than a later one's, so the oldest decides: while it finds too few, it isn't of the match, and those
    after it are looked at without it. `already` are the flags of a match that is open.
    """
    times = periods(area)
    for number, oldest in enumerate(flags):
        if is_enough([*already, *flags[number:]], rules_at(times, oldest.made_at)):
            return flags[number:]
    return []


def flags_of(match):
    """All flags that have been of this match, also those that have left it."""
    return list(
        Flag.objects.filter(pk__in=match.matched_flags.values("flag")).select_related("membership").order_by("pk")
    )


def informed(young_person, flags, area):
    """Those of these flags whose flaggers see each other; none where there would be nobody to see.

    All were posted under `inform`, which has held ever since, and are a match without the others: two who see each
    other must not learn by it that a third has flagged. A sensitive agency's professional is left to the young person's
    yes; so are those whose rows a coordinator joined, as what a join newly shows sleeps.
    """
    key = of_row(young_person, "identity_key")
    posted_so = [flag for flag in flags if flag.reveal_rule == Area.RevealRule.INFORM]
    prefetch_related_objects(posted_so, "area", "membership__agency")
    own = [
        flag
        for flag in still_informing(posted_so, area)
        if not flag.membership.agency.sensitive and key.same_as(flag.identity_key, flag.identity_key_even)
    ]
    found = enough(own, area)
    return found if len({flag.user_id for flag in found}) > 1 else []


def is_enough(flags, rules):
    """Whether these flags make a match by these rules: enough different people, of enough different agencies.

    One human with two memberships counts once. (With a threshold of at most two, enough people and enough agencies
    always mean enough pairs of both.)
    """
    people = {flag.user_id for flag in flags}
    agencies = {flag.membership.agency_id for flag in flags}
    count = min(len(people), len(agencies)) if rules.different_agencies else len(people)
    return count >= rules.threshold
