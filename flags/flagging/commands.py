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
from coordination.interface.wake import wake
from coordination.people.access import end_ground_of_flag, give_ground_of_flag
from coordination.people.commands import find_or_make
from coordination.people.rules import identity_key
from flags.flagging import rules
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
):
    """Post a flag, and answer the same whether or not anybody else has flagged.

    Checks and identity use only what this flagger typed. Nothing of the young person is locked or read beyond one
    find-or-make statement; matching comes after commit, in a task. Raises NotNow with the sentence that explains it.
    The same `token` again gives back the flag that it made.
    """
    area = rules.posting_area(by, municipality)
    key = identity_key(area=area, first_name=first_name, last_name=last_name, birth_date=birth_date, hetu=hetu)
    if made := _sent_before(by.user, token):
        return made
    check_may_flag(by, area)
    rules.check_age(area, birth_date)
    if hetu:
        rules.check_hetu_allowed(by, area)
    _check_allowed(by, area, birth_date, told_and_allowed, guardian_allowed, legal_ground)
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
    }
    for left in reversed(range(TRIES)):
        try:
            return _write(by=by, token=token, area=area, key=key, typed=typed)
        except NotNow:
            FlaggingCount.objects.create(user=by.user, identity_key=key)
            raise
        except IntegrityError:
            # Posted in the very moment in which the person was erased with their last flag, or sent twice at once.
            if made := _sent_before(by.user, token):
                return made
            if not left:
                raise


def _sent_before(user, token):
    """The open flag that this form made already; None for a new form. Raises NotNow where that flag has ended."""
    made = Flag.objects.filter(token=token, user=user, ended_at=None).first()
    if made is None and FlaggingCount.objects.filter(token=token, user=user).exists():
        raise NotNow(_("This form has been sent already. Open a new one to flag again."))
    return made


@transaction.atomic
def _write(*, by, token, area, key, typed):
    own = Flag.objects.filter(user=by.user, identity_key=key, ended_at=None).first()
    if own and own.token == token:
        return own  # the same page, sent twice at once
    if own:
        raise NotNow(_("You have already flagged this young person. You find the flag under My flags."))
    FlaggingCount.objects.create(user=by.user, identity_key=key, token=token)
    person_id = find_or_make(
        first_name=typed["first_name"],
        last_name=typed["last_name"],
        birth_date=typed["birth_date"],
        hetu=typed["hetu"],
        area=area,
    )
    flag = Flag.objects.create(
        token=token, young_person_id=person_id, membership=by, user=by.user, area=area, identity_key=key, **typed
    )
    give_ground_of_flag(young_person_id=person_id, membership=by, flag=flag)
    record(Event.Kind.FLAGGED, young_person_id=person_id, by=by, to=by, about=flag.public_id)
    wake("flags.settle_flag", flag.pk)
    return flag


def _check_allowed(by, area, birth_date, told_and_allowed, guardian_allowed, legal_ground):
    """Permission first; without it only an authority, on a ground in law from this area's list."""
    if told_and_allowed:
        if rules.needs_guardian(area, birth_date) and not guardian_allowed:
            raise NotNow(_("The guardian, or whoever the law names, must also have been told and have allowed it."))
        return
    if legal_ground is None:
        raise NotNow(_("Tell the young person first, and flag when they allow it."))
    if not by.agency.is_authority or legal_ground.area_id != area.pk or not legal_ground.is_active:
        raise NotNow(_("Only an authority may flag on this ground, and only where the area has it in use."))


@transaction.atomic
def withdraw_flag(*, flag, by):
    """End one's own flag. It leaves the list at once; what follows from it follows after commit, matched or not."""
    flag = Flag.objects.select_for_update().get(pk=flag.pk)
    if flag.ended_at is None:
        FlaggingCount.objects.create(user=by.user, identity_key=flag.identity_key)
        _end(flag, Flag.EndReason.WITHDRAWN)


def _end(flag, reason):
    flag.ended_at = timezone.now()
    flag.end_reason = reason
    flag.settled_at = None
    flag.save(update_fields=["ended_at", "end_reason", "settled_at"])
    end_ground_of_flag(flag)
    wake("flags.settle_flag", flag.pk)


def end_expired():
    """End the flags whose last day has passed, or whose young person has left the area's age band; and forget the
    counts that no limit needs any more."""
    for flag in Flag.objects.filter(ended_at=None, until__lt=today()).iterator(chunk_size=500):
        _end_once(flag, Flag.EndReason.EXPIRED)
    for area in Area.objects.all():
        grown = Flag.objects.filter(area=area, ended_at=None, birth_date__lte=rules.too_old_if_born_by(area, today()))
        for flag in grown.iterator(chunk_size=500):
            _end_once(flag, Flag.EndReason.OUT_OF_AGE)
    FlaggingCount.objects.filter(at__lt=timezone.now() - timedelta(days=2)).delete()


@transaction.atomic
def _end_once(flag, reason):
    locked = Flag.objects.select_for_update().filter(pk=flag.pk, ended_at=None).first()
    if locked:
        _end(locked, reason)


def move_flags(*, gone, kept):
    """After two rows were joined: the flags go along, and all of them meet the others anew."""
    for flag in Flag.objects.select_for_update().filter(Q(young_person=gone) | Q(young_person=kept, ended_at=None)):
        flag.young_person = kept
        flag.settled_at = None
        flag.save(update_fields=["young_person", "settled_at"])
        wake("flags.settle_flag", flag.pk)
