"""What follows from a new, ended or moved flag, after it was committed."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from coordination.activity.commands import forget_events
from coordination.agencies.models import Area
from coordination.follow_ups import commands as follow_ups
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.states import FollowUpState
from coordination.people.access import hold_against_flags
from coordination.people.commands import (
    erase_person,
    forget_changes,
    hold_with_doubles,
    learn_hetu,
    look_for_doubles,
)
from coordination.people.models import Ground
from flags.flagging.models import Flag
from flags.matching import queries
from flags.matching.models import Match, MatchedFlag

log = logging.getLogger(__name__)


def settle_flag(*, flag_id):
    """Let one flag meet the others on the same young person: match or join, leave or be erased. Doing it again does
    nothing more, so it may be woken by the flag, by the sweep, or by both at once."""
    flag = Flag.objects.filter(pk=flag_id, settled_at=None).select_related("young_person").first()
    if flag is None:
        return
    if flag.ended_at is None and flag.young_person.joined_to_id is None:
        look_for_doubles(
            young_person=flag.young_person, worth_asking=lambda other: queries.would_match(flag.young_person, other)
        )
    with transaction.atomic():
        person = _hold_person_of(flag)
        flag = Flag.objects.select_for_update().filter(pk=flag_id, settled_at=None).first()
        if flag is None or person is None:
            return
        if flag.ended_at is None:
            match_flag(flag=flag, young_person=person)
        else:
            leave_or_erase(flag=flag, young_person=person)


def _hold_person_of(flag):
    """The flag's young person, held; where the row was joined to another meanwhile, the flag goes along."""
    person = hold_with_doubles(flag.young_person_id).get(flag.young_person_id)
    if person and person.joined_to_id:
        person = hold_with_doubles(person.joined_to_id)[person.joined_to_id]
        Ground.objects.filter(young_person=flag.young_person_id, source=flag.public_id).update(young_person=person)
        Flag.objects.filter(pk=flag.pk).update(young_person=person)  # unaudited: the same human, another row
    return person


def match_flag(*, flag, young_person):
    """Count the open flags of different professionals, and at the area's threshold open exactly one match.

    Called with the young person held, so of any number of flags posted at once each is counted by somebody.
    """
    flag.settled_at = timezone.now()
    flag.save(update_fields=["settled_at"])
    match = queries.open_match(young_person)
    flags = queries.counting_flags(young_person)
    if match is None:
        area = home_area(young_person, flags)
        if not queries.is_enough(flags, area):
            return None
        follow_up = follow_ups.open_follow_up(young_person=young_person, area=area, origin=FollowUp.Origin.MATCH)
        match = Match.objects.create(young_person=young_person, follow_up=follow_up)
        for one in flags:
            learn_hetu(young_person, one.hetu)
    for one in flags:
        _join(match, one)
    return match


def home_area(young_person, flags):
    """The young person's home area at this moment: of the municipality that is known, else that was typed last and
    belongs to an area, else where the first flag was posted."""
    if young_person.municipality and young_person.municipality.area:
        return young_person.municipality.area
    typed = [flag.municipality.area for flag in flags if flag.municipality and flag.municipality.area]
    return typed[-1] if typed else Area.objects.get(pk=young_person.area_id)


def _join(match, flag):
    joined, is_new = MatchedFlag.objects.get_or_create(match=match, flag=flag)
    if is_new:
        follow_ups.ask_also(
            follow_up=match.follow_up,
            asked=follow_ups.Asked(flag.membership, phone=flag.phone, legal_ground=flag.legal_ground),
        )


def leave_or_erase(*, flag, young_person):
    """A withdrawn flag leaves its match; a follow-up that nobody had begun goes with it when too few are left.

    A flag that expired leaves nobody out: whom the young person chose stays until the young person says otherwise. A
    flag that never matched is erased, and so is the young person if nothing else keeps them here.
    """
    flag.settled_at = timezone.now()
    flag.save(update_fields=["settled_at"])
    matched = MatchedFlag.objects.filter(flag=flag, left_at=None).select_related("match__follow_up")
    if not MatchedFlag.objects.filter(flag=flag).exists():
        _erase(flag, young_person)
        return
    for one in matched:
        one.left_at = timezone.now()
        one.save(update_fields=["left_at"])
        if flag.end_reason == Flag.EndReason.WITHDRAWN:
            _leave(one.match, flag, young_person)


def _leave(match, flag, young_person):
    follow_up = FollowUp.objects.select_for_update(no_key=True).get(pk=match.follow_up_id)
    flags = queries.counting_flags(young_person)
    if all(other.membership_id != flag.membership_id for other in flags):
        follow_ups.no_longer_asked(follow_up=follow_up, membership=flag.membership)
    begun_from_a_match = follow_up.origin == FollowUp.Origin.MATCH and follow_up.state == FollowUpState.WAITING
    if begun_from_a_match and not queries.is_enough(flags, follow_up.area):
        follow_ups.not_needed(follow_up=follow_up)


def _erase(flag, young_person):
    forget_events(about=flag.public_id)
    young_person.grounds.filter(source=flag.public_id).delete()
    pk = flag.pk
    flag.delete()
    forget_changes(Flag(pk=pk))
    hold_against_flags(young_person)
    kept_here = (
        Flag.objects.filter(Q(young_person=young_person) | Q(young_person__joined_to=young_person)).exists()
        or FollowUp.objects.filter(young_person=young_person).exists()
        or young_person.grounds.exclude(kind=Ground.Kind.DOUBLE).filter(ended_at=None).exists()
    )
    if not kept_here:
        erase_person(young_person)


def sweep(*, older_than_seconds=5):
    """Settle every flag whose wake-up was lost; the rows are the queue."""
    before = timezone.now() - timedelta(seconds=older_than_seconds)
    waiting = Flag.objects.filter(settled_at=None, made_at__lt=before).order_by("made_at")
    for flag_id in waiting.values_list("pk", flat=True).iterator(chunk_size=500):
        try:
            settle_flag(flag_id=flag_id)
        except Exception:  # One flag that can't be settled must not hold up all others; the next sweep tries it again.
            log.exception("flag %s could not be settled", flag_id)


def move_matches(*, gone, kept):
    """After two rows were joined: the matches go along with their follow-ups."""
    for match in Match.objects.filter(young_person=gone):
        match.young_person = kept
        match.save(update_fields=["young_person"])
