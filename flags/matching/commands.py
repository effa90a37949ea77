"""What follows from a new, ended or moved flag, after it was committed."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coordination.agencies.models import Area
from coordination.follow_ups import commands as follow_ups
from coordination.follow_ups.areas import taken_over_by
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.states import FollowUpState
from coordination.interface.each import each
from coordination.outbox.commands import tell
from coordination.people.access import give_ground
from coordination.people.commands import learn_hetu
from coordination.people.doubles import hold_with_doubles, look_for_doubles
from coordination.people.models import Ground
from flags.flagging.models import Flag
from flags.matching import notices, queries
from flags.matching.erasing import erase_flag
from flags.matching.models import Match, MatchedFlag


def settle_flag(*, flag_id):
    """Let one flag meet the others on the same young person: match or join, leave or be erased. Doing it again does
    nothing more, so it may be woken by the flag, by the sweep, or by both at once. While the flag can be undone nothing
    is done either."""
    flag = queries.to_settle().filter(pk=flag_id).select_related("young_person").first()
    if flag is None:
        return
    if flag.ended_at is None and flag.young_person.joined_to_id is None:
        look_for_doubles(
            young_person=flag.young_person, whose=lambda other: queries.area_to_compare(flag.young_person, other)
        )
    with transaction.atomic():
        person = _hold_person_of(flag)
        flag = queries.to_settle().select_for_update().filter(pk=flag_id).first()
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
    _settled(flag)
    match = queries.open_match(young_person)
    flags = queries.counting_flags(young_person)
    if match:
        area = match.follow_up.area
        known = queries.flags_of(match)
        new = [one for one in flags if one not in known]
        joining = queries.enough(new, area, already=known)
        # One that was of the match before counts again after an exclusion or a refusal: the adult had left the sheet.
        back = [one for one in flags if one.pk == flag.pk and one in known]
        for one in [*joining, *back]:
            follow_ups.ask_also(follow_up=match.follow_up, asked=_asked(one))
    else:
        area = home_area(young_person, flags)
        joining = queries.enough(flags, area)
        if not joining:
            return None
        follow_up = follow_ups.open_follow_up(
            young_person=young_person,
            # An area that took this young person over keeps them: a match never sends them back.
            area=taken_over_by(young_person) or area,
            origin=FollowUp.Origin.MATCH,
            asked=[_asked(one) for one in joining],
        )
        match = Match.objects.create(young_person=young_person, follow_up=follow_up)
        for one in joining:
            learn_hetu(young_person, one.hetu)
    MatchedFlag.objects.bulk_create(MatchedFlag(match=match, flag=one) for one in joining)
    _inform(match, young_person, flags)
    return match


def _inform(match, young_person, flags):
    """Let those whose flags inform see each other, each on the page of their own flag, and tell them to talk."""
    informed = queries.informed(young_person, flags, match.follow_up.area)
    adults = dict(match.follow_up.asked.values_list("membership", "public_id")) if informed else {}
    for flag in informed:
        if not Ground.objects.open().filter(kind=Ground.Kind.INFORM, source=flag.public_id).exists():
            give_ground(
                young_person=young_person,
                kind=Ground.Kind.INFORM,
                source=flag.public_id,
                membership=flag.membership,
            )
        latest = [other for other in informed if other.user_id != flag.user_id][-1]
        tell(
            notices.FLAGGED_TOO,
            to=[flag.membership],
            # Of the adult who is asked about: it is taken back with everything else when they are excluded.
            about=adults[flag.membership_id],
            link=reverse("flagging:flag", args=[flag.public_id]),
            dedupe=f"{flag.public_id}:{latest.public_id}",
        )


def _settled(flag):
    flag.settled_at = timezone.now()
    Flag.objects.filter(pk=flag.pk).update(settled_at=flag.settled_at)  # unaudited: nobody did anything to the flag


def _asked(flag):
    return follow_ups.Asked(flag.membership, phone=flag.phone, legal_ground=flag.legal_ground, since=flag.made_at)


def home_area(young_person, flags):
    """The young person's home area at this moment: of the municipality that is known, else that was typed last and
    belongs to an area, else where the first flag was posted."""
    first = flags[0].made_at if flags else timezone.now()
    known = _area_of(young_person.municipality, first)
    typed = [area for flag in flags if (area := _area_of(flag.municipality, flag.made_at))]
    return Area.objects.get(pk=known or (typed[-1] if typed else young_person.area_id))


def _area_of(municipality, moment):
    return municipality.area_id if municipality and municipality.was_in_an_area(moment) else None


def leave_or_erase(*, flag, young_person):
    """A withdrawn flag, and that of somebody who left their work, leaves its match; a follow-up that nobody had begun
    goes with it when too few are left.

    A flag that expired leaves nobody out: whom the young person chose stays until the young person says otherwise. A
    flag that never matched is erased, and so is the young person if nothing else keeps them here.
    """
    _settled(flag)
    matched = MatchedFlag.objects.filter(flag=flag, left_at=None).select_related("match__follow_up")
    if not MatchedFlag.objects.filter(flag=flag).exists():
        erase_flag(flag=flag, young_person=young_person)
        return
    for one in matched:
        one.left_at = timezone.now()
        one.save(update_fields=["left_at"])
        if flag.end_reason in (Flag.EndReason.WITHDRAWN, Flag.EndReason.LEFT):
            _leave(one.match, flag, young_person)


def _leave(match, flag, young_person):
    follow_up = FollowUp.objects.select_for_update(no_key=True).get(pk=match.follow_up_id)
    flags = queries.counting_flags(young_person)
    if all(other.membership_id != flag.membership_id for other in flags):
        follow_ups.no_longer_asked(follow_up=follow_up, membership=flag.membership)
    # Waiting again, because its coordinator left, is begun: only a person closes that.
    never_begun = follow_up.state == FollowUpState.WAITING and follow_up.taken_up_at is None
    if follow_up.origin == FollowUp.Origin.MATCH and never_begun and not queries.enough(flags, follow_up.area):
        follow_ups.not_needed(follow_up=follow_up)


def sweep(*, older_than_seconds=5):
    """Settle every flag whose wake-up was lost, or that can't be undone any more; the rows are the queue."""
    before = timezone.now() - timedelta(seconds=older_than_seconds)
    each(
        queries.wanting_to_count_again(),
        lambda young_person_id: count_again(young_person_id=young_person_id),
        otherwise="the flags on young person %s could not be counted again",
    )
    waiting = queries.to_settle().filter(made_at__lt=before).order_by("made_at")
    each(
        waiting.values_list("pk", flat=True).iterator(chunk_size=500),
        lambda flag_id: settle_flag(flag_id=flag_id),
        otherwise="flag %s could not be settled",
    )


def count_again(*, young_person_id):
    """Something that kept flags on this young person from counting has ended: they meet the others anew, at once."""
    open_flags = Flag.objects.filter(young_person=young_person_id, ended_at=None)
    flags = list(open_flags.exclude(settled_at=None).values_list("pk", flat=True))
    open_flags.filter(pk__in=flags).update(settled_at=None)  # unaudited: nobody did anything to the flags
    for flag_id in flags:
        settle_flag(flag_id=flag_id)


def move_matches(*, gone, kept):
    """After two rows were joined: the matches go along with their follow-ups."""
    for match in Match.objects.filter(young_person=gone):
        match.young_person = kept
        match.save(update_fields=["young_person"])
