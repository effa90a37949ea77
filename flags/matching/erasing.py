"""What goes with a flag or a match that has ended, and whether the young person goes too."""

from django.db.models import Q

from coordination.activity.commands import forget_events
from coordination.assessments.models import Assessment, PlanAction
from coordination.erasures.commands import count
from coordination.erasures.models import Tally
from coordination.follow_ups.models import FollowUp
from coordination.people.access import erase_grounds
from coordination.people.commands import erase_person
from coordination.people.erasing import erase_rows
from coordination.people.holding import hold_against_flags
from coordination.people.models import Ground
from coordination.support.models import Support
from flags.flagging.models import Flag
from flags.matching.models import Match, MatchedFlag


def erase_flag(*, flag, young_person, matched=False):
    """Erase one ended flag, and the young person where nothing else keeps them here. The caller holds the person.

    What is counted on is only that there was a flag, and whether it had matched; one that was undone never was.
    """
    forget_events(about=flag.public_id)
    erase_grounds(young_person=young_person, source=flag.public_id)
    area, made_at, reason = flag.area, flag.made_at, flag.end_reason
    erase_rows(flag)
    let_go(young_person)
    if reason != Flag.EndReason.UNDONE:
        count(Tally.Kind.FLAG, area=area, at=made_at, origin="matched" if matched else "unmatched")


def let_go(young_person):
    """Erase the young person unless a flag, a follow-up, a support, an assessment, what is left of its plan or
    somebody's sight keeps them here."""
    hold_against_flags(young_person)
    kept_here = (
        Flag.objects.filter(Q(young_person=young_person) | Q(young_person__joined_to=young_person)).exists()
        or FollowUp.objects.filter(young_person=young_person).exists()
        or Support.objects.filter(young_person=young_person).exists()
        or Assessment.objects.filter(young_person=young_person).exists()
        or PlanAction.objects.filter(young_person=young_person).exists()
        or young_person.grounds.exclude(kind=Ground.Kind.DOUBLE).filter(ended_at=None).exists()
    )
    if not kept_here:
        erase_person(young_person)


def erase_match(*, follow_up):
    """Erase the match of a follow-up that is erased; returns the keys of the flags that were of it. Those that are open
    stay, as if they had never matched."""
    flags = set(MatchedFlag.objects.filter(match__follow_up=follow_up).values_list("flag", flat=True))
    for match in Match.objects.filter(follow_up=follow_up):
        erase_rows(match)
    return flags


def erase_ended_flags(*, young_person, matched):
    """Erase the young person's ended flags that belong to no match any more; `matched` are the keys of those that did.

    The caller holds the person.
    """
    still = MatchedFlag.objects.values("flag")
    for flag in Flag.objects.filter(young_person=young_person).exclude(ended_at=None).exclude(pk__in=still):
        erase_flag(flag=flag, young_person=young_person, matched=flag.pk in matched)


def forbid_flags(*, young_person, at):
    """What was flagged until this moment lies inert until it ends: the young person asked to be erased.

    The flags stay with those who posted them and look as before: one that vanished would tell that there was more.
    Says how many didn't lie so already.
    """
    flags = Flag.objects.filter(young_person=young_person, ended_at=None, made_at__lte=at, forbidden_at=None)
    return flags.update(forbidden_at=at)  # unaudited: the flag shows nothing of it, to anybody
