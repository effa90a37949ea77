"""Posting, withdrawing and ending a flag."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.models import Area
from coordination.agencies.rules import NotNow, check_may_flag
from coordination.clocks.rules import today
from coordination.encryption.index import of_row
from coordination.erasures.commands import note
from coordination.interface.each import each
from coordination.interface.wake import wake
from coordination.outbox.commands import forget_about
from coordination.people.access import end_ground_of_flag, give_ground_of_flag
from coordination.people.commands import find_or_make
from coordination.people.rules import identity_key
from flags.flagging import queries, rules
from flags.flagging.models import Flag, FlaggingCount

TRIES = 3


def post_flag(
    *,
    by,
    token,
    first_name,
    last_name,
    birth_date,
    until,
    told_and_allowed,
    phone="",
    hetu=None,
    municipality=None,
    guardian_allowed=False,
    legal_ground=None,
    told_rule=Area.RevealRule.CONSENT,
):
    """Post a flag, and answer the same whether or not anybody else has flagged.

    Checks and identity use only what this flagger typed. Nothing of the young person is locked or read beyond one
    find-or-make statement; matching comes after commit, in a task. Raises NotNow with the sentence that explains it.
    The same `token` again gives back the flag that it made. `told_rule` is what a match does as the form said it, and
    with it the young person was told: the stricter of it and the area's rule counts.
    """
    area = rules.posting_area(by, municipality)
    key = identity_key(area=area, first_name=first_name, last_name=last_name, birth_date=birth_date, hetu=hetu)
    if made := _sent_before(by.user, token):
        return made
    check_may_flag(by, area)
    rules.check_age(area, birth_date)
    if hetu:
        rules.check_hetu_allowed(by, area)
    rules.check_allowed(by, area, birth_date, told_and_allowed, guardian_allowed, legal_ground)
    rules.check_not_searching(by.user, key)
    typed = {
        "first_name": first_name,
        "last_name": last_name,
        "birth_date": birth_date,
        "phone": phone,
        "hetu": hetu,
        "municipality": municipality,
        "until": min(until, rules.last_day(area, today())),
        "told_and_allowed": told_and_allowed,
        "guardian_allowed": guardian_allowed,
        "legal_ground": None if told_and_allowed else legal_ground,
        "reveal_rule": rules.reveal_rule(area, told_rule, told_and_allowed),
    }
    for left in reversed(range(TRIES)):
        try:
            return _write(by=by, token=token, area=area, key=key, typed=typed)
        except NotNow:
            FlaggingCount.objects.create(user=by.user, **key.columns("identity_key"))
            raise
        except IntegrityError:
            # Posted in the very moment in which the person was erased with their last flag, or sent twice at once.
            if made := _sent_before(by.user, token):
                return made
            if not left:
                raise


def _sent_before(user, token):
    """The open flag that this form made already; None for a new form. Raises NotNow where that flag has ended."""
    if not FlaggingCount.objects.filter(token=token, user=user).exists():
        return None
    # Read after its count, with which it came: a form sent twice at once would else find the count alone.
    made = Flag.objects.filter(token=token, user=user, ended_at=None).first()
    if made is None:
        raise NotNow(_("This form has been sent already. Open a new one to flag again."))
    return made


@transaction.atomic
def _write(*, by, token, area, key, typed):
    own = Flag.objects.filter(key.match("identity_key"), user=by.user, ended_at=None).first()
    if own and own.token == token:
        return own  # the same page, sent twice at once
    if own:
        raise NotNow(_("You have already flagged this young person. You find the flag under My flags."))
    FlaggingCount.objects.create(user=by.user, token=token, **key.columns("identity_key"))
    person_id = find_or_make(
        first_name=typed["first_name"],
        last_name=typed["last_name"],
        birth_date=typed["birth_date"],
        hetu=typed["hetu"],
        area=area,
    )
    now, minutes = timezone.now(), area.undo_minutes
    flag = Flag.objects.create(
        made_at=now,
        counts_from=now + timedelta(minutes=minutes) if minutes else None,
        token=token,
        young_person_id=person_id,
        membership=by,
        user=by.user,
        area=area,
        **key.columns("identity_key"),
        **typed,
    )
    give_ground_of_flag(young_person_id=person_id, membership=by, flag=flag)
    record(Event.Kind.FLAGGED, young_person_id=person_id, by=by, to=by, about=flag.public_id)
    if not minutes:  # else the sweep finds it once it can't be undone any more
        wake("flags.settle_flag", flag.pk)
    return flag


@transaction.atomic
def withdraw_flag(*, flag, by):
    """End one's own flag. It leaves the list at once; what follows from it follows after commit, matched or not."""
    _take_back(flag, Flag.EndReason.WITHDRAWN, by=by)


@transaction.atomic
def undo_flag(*, flag, by):
    """Take back a flag posted by mistake, as if it had never been; it counts as searching all the same.

    Raises NotNow once the area's minutes have passed: from then on it may have met others, or not.
    """
    _take_back(flag, Flag.EndReason.UNDONE, by=by)


def _take_back(flag, reason, *, by):
    flag = Flag.objects.select_for_update().filter(pk=flag.pk, ended_at=None).first()
    if flag is None:
        return
    if reason == Flag.EndReason.UNDONE and not rules.can_be_undone(flag):
        raise NotNow(_("It is too late to undo. You can withdraw the flag."))
    FlaggingCount.objects.create(user=by.user, **of_row(flag, "identity_key").columns("identity_key"))
    _end(flag, reason)


def _end(flag, reason):
    flag.ended_at = timezone.now()
    flag.end_reason = reason
    flag.settled_at = None
    flag.save(update_fields=["ended_at", "end_reason", "settled_at"])
    end_ground_of_flag(flag)
    forget_about([flag.public_id])
    note("flag", flag=flag.public_id, reason=reason)
    wake("flags.settle_flag", flag.pk)


@transaction.atomic
def end_flag(*, flag, reason):
    """End a flag that its flagger doesn't take back: its day has passed, or something ended it. Tells whether it was
    open."""
    flag = Flag.objects.select_for_update().filter(pk=flag.pk, ended_at=None).first()
    if flag is None:
        return False
    _end(flag, reason)
    return True


def end_expired():
    """End the flags whose last day has passed, or whose young person has left the area's age band; and forget the
    counts that no limit needs any more."""
    _end_each(Flag.objects.filter(ended_at=None, until__lt=today()), Flag.EndReason.EXPIRED)
    for area in Area.objects.all():
        for grown in queries.grown(area):
            _end_each(grown, Flag.EndReason.OUT_OF_AGE)
    FlaggingCount.objects.filter(at__lt=timezone.now() - timedelta(days=2)).delete()


def _end_each(flags, reason):
    flags = flags.iterator(chunk_size=500)
    each(flags, lambda flag: end_flag(flag=flag, reason=reason), otherwise="flag %s could not be ended")


def end_flags_of(membership):
    """End the flags of somebody who no longer works here: their permission was given to this professional, so nobody
    else can go on with them. Says how many."""
    flags = list(Flag.objects.filter(membership=membership, ended_at=None).order_by("pk"))
    for flag in flags:
        end_flag(flag=flag, reason=Flag.EndReason.LEFT)
    return len(flags)


def move_flags(*, gone, kept):
    """After two rows were joined: the flags go along, and all of them meet the others anew."""
    for flag in Flag.objects.select_for_update().filter(Q(young_person=gone) | Q(young_person=kept, ended_at=None)):
        flag.young_person = kept
        flag.settled_at = None
        flag.save(update_fields=["young_person", "settled_at"])
        wake("flags.settle_flag", flag.pk)
