"""Telling, and sending what was told."""

import json
import logging
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from coordination.agencies.models import Membership, User
from coordination.interface.wake import wake
from coordination.outbox import letters, queries, rules
from coordination.outbox.claims import Claims, Settled
from coordination.outbox.delivery import Delivery, Outcome
from coordination.outbox.models import Mail, Notification
from coordination.outbox.states import MOVES, MailState

log = logging.getLogger(__name__)

DIGESTS_AT_ONCE = 500


@transaction.atomic
def tell(notice, *, to, link, dedupe, about=None, due_on=None, except_for=None, held_until=None):
    """Tell these memberships, in the caller's transaction, what the notice says.

    `to` has been asked of the door already (`access.audience`); `except_for` is the doer's membership, who knows.
    `dedupe` says what this is news of: the same notice with the same text reaches a membership once, however often
    the event is played. `about` is the thing itself (a row with a public id, or that id), for `done`. `link` is a
    path of ours; `due_on` the last day by which something must be done. Until the moment `held_until` it can still be
    taken back (`forget_held`): nobody reads it and no mail leaves.
    """
    if not link.startswith("/") or link.startswith("//"):
        raise ValueError("A notice leads to a page of ours: its link begins with one slash.")
    doer = except_for.user_id if except_for else None
    readers = {membership.pk: membership for membership in to if membership.user_id != doer}
    # In the order of keys, so that two tellers of the same news can't wait for each other.
    rows = sorted(
        (
            Notification(
                membership=membership,
                code=notice.code,
                kind=notice.kind,
                link=link,
                about=_id_of(about),
                due_on=due_on,
                held_until=held_until,
                dedupe_key=f"{notice.code}:{dedupe}:{membership.pk}",
            )
            for membership in readers.values()
        ),
        key=lambda row: row.dedupe_key,
    )
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    if notice.kind == notice.WAITS and notice.at_once:
        at_once = [row for row in rows if notice.urgent or row.membership.user.rhythm == User.Rhythm.IMMEDIATE]
        _mail_at_once(at_once, held_until)


def _mail_at_once(rows, held_until):
    """One mail for each user who wants to know at once and had not been told this before."""
    if not rows:
        return
    told_now = Notification.objects.filter(public_id__in=[row.public_id for row in rows])
    users = sorted(set(told_now.values_list("membership__user", flat=True)))
    leave_at = held_until or timezone.now()
    mails = Mail.objects.bulk_create(
        Mail(user_id=user, kind=Mail.Kind.IMMEDIATE, next_try_at=leave_at) for user in users
    )
    if mails:
        _put_into(mails, told_now)
        wake("coordination.send_mails")


def _put_into(mails, notifications):
    """Make each notice one of its reader's mail among `mails`; those of other readers, and those in a mail, stay."""
    users = [mail.user_id for mail in mails]
    own = Mail.objects.filter(
        public_id__in=[mail.public_id for mail in mails], user__memberships=OuterRef("membership")
    )
    free = notifications.filter(mail=None, membership__in=Membership.objects.filter(user__in=users))
    free.update(mail=Subquery(own.values("pk")[:1]))  # unaudited: notices have no audit


def done(*, about, codes=None, to=None):
    """What waited about this thing waits no more: no mail that hasn't left speaks of it.

    `codes` (notices or their codes) and `to` (memberships) narrow it down.
    """
    waiting = Notification.objects.waiting().filter(about=_id_of(about))
    if codes is not None:
        waiting = waiting.filter(code__in=[getattr(code, "code", code) for code in codes])
    if to is not None:
        waiting = waiting.filter(membership__in=to)
    waiting.update(done_at=timezone.now())  # unaudited: notices have no audit


def forget(*, about, to):
    """Take back what these memberships were told about these things (public ids): a notice whose page is gone would
    tell that there is something."""
    Notification.objects.filter(about__in=about, membership__in=to).delete()


def forget_held(*, about, to):
    """Take back what these memberships were told about this thing and can't have read yet; says how many notices."""
    held = Notification.objects.filter(about=_id_of(about), membership__in=to, held_until__gt=timezone.now())
    return held.delete()[0]


def wait_again(*, about, since):
    """What was called done about this thing since that moment waits again, as it did before."""
    Notification.objects.filter(about=_id_of(about), done_at__gte=since).update(
        done_at=None
    )  # unaudited: notices have no audit


def forget_about(public_ids):
    """Delete every notice about things that are erased."""
    Notification.objects.filter(about__in=public_ids).delete()


def mark_seen(*, membership, public_ids):
    """This membership has seen these notices; ids of anybody else's are passed over."""
    Notification.objects.of(membership).unseen().filter(public_id__in=public_ids).update(seen_at=timezone.now())


def set_preferences(*, user, rhythm, language, speaks):
    """Mail and pages as this user wants them, from now on, and the languages they can work in."""
    user.rhythm, user.language, user.speaks = rhythm, language, speaks
    user.save(update_fields=["rhythm", "language", "speaks"])


@transaction.atomic
def queue_secret_mail(*, to, language, template, context, area, attachments=(), not_before=None, unsubscribe=""):
    """Send templates/emails/<template>/ to an address, with or without an account, on behalf of the area.

    Address and context (anything JSON can hold, secrets in links included) are kept encrypted and only until the mail
    has left; so are `attachments`, each a dict of name, type (of media) and text. Until the moment `not_before` it
    doesn't leave and can be taken back. `unsubscribe` is the whole address of the page on which one can get no more.
    """
    letter = {"to": to, "language": language, "template": template, "context": context, "attachments": [*attachments]}
    letter |= {"unsubscribe": unsubscribe}
    leave_at = not_before or timezone.now()
    mail = Mail.objects.create(kind=Mail.Kind.LETTER, area=area, letter=json.dumps(letter), next_try_at=leave_at)
    wake("coordination.send_mails")
    return mail


def take_back(public_ids):
    """Delete those of these mails that still wait to leave."""
    Mail.objects.filter(public_id__in=public_ids, state=MailState.WAITING).delete()


def make_digests(*, now=None, progress=None):
    """Make the digests due at this moment (default now) and say how many were made.

    On working days from 8.00: one mail for each user who has something to be told, none for anybody else, and at most
    one a day. Running it twice, or in two processes at once, makes nothing twice. `progress(done, of)` is called after
    each batch of users.
    """
    now = now or timezone.now()
    daily, weekly = rules.daily_digest_moment(now), rules.weekly_digest_moment(now)
    if daily is None:
        return 0
    parts = [queries.due_daily(daily)]
    if weekly:
        parts.append(queries.due_weekly(weekly))
    total = queries.count_readers(parts) if progress else None
    made, handled, last = 0, 0, 0
    while users := queries.readers(parts, after=last, limit=DIGESTS_AT_ONCE):
        made += _make_digests_of(users, parts, daily_day=daily.date(), weekly_day=weekly.date() if weekly else None)
        handled, last = handled + len(users), users[-1]
        if progress:
            progress(handled, total)
    if made:
        wake("coordination.send_mails")
    return made


@transaction.atomic
def _make_digests_of(users, parts, *, daily_day, weekly_day):
    """One mail a user; on the weekly day the daily one carries both. How many were made."""
    # Asked once more: another run may have told some of them since they were listed, and nobody gets an empty mail.
    want_daily = queries.readers(parts[:1], among=users)
    want_weekly = sorted({*queries.readers(parts[1:], among=users)} - {*want_daily})
    mails = [
        *(Mail(user_id=user, kind=Mail.Kind.DAILY, day=daily_day) for user in want_daily),
        *(Mail(user_id=user, kind=Mail.Kind.WEEKLY, day=weekly_day) for user in want_weekly),
    ]
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
    # Another run may have made a user's digest meanwhile: that one holds what there is, or the next one will.
    own = list(Mail.objects.filter(public_id__in=[mail.public_id for mail in mails]))
    for part in parts:
        _put_into(own, part)
    return len(own)


@transaction.atomic
def doubt_after_restore():
    """After a restore: what the backup has as waiting may have left since, so a human decides; says how many mails.

    A notice that no mail spoke of yet gets one on that list, too: its digest may have left. Nothing is sent twice by
    us, and nothing is lost without a trace.
    """
    doubtful = Mail.objects.filter(state__in=[MailState.WAITING, MailState.SENDING])
    number = doubtful.update(state=MailState.STUCK, error="")  # unaudited: mails have no audit
    told = Notification.objects.still_to_tell().filter(mail=None)
    users = sorted(set(told.values_list("membership__user", flat=True)))
    mails = Mail.objects.bulk_create(
        Mail(user_id=user, kind=Mail.Kind.IMMEDIATE, state=MailState.STUCK) for user in users
    )
    _put_into(mails, told)
    return number + len(mails)


def send_waiting(limit=None):
    """Send what waits, one mail after another over one connection, at most `limit`; say how many left.

    Each mail is committed as being sent before it leaves and as sent after, together with taking the next one. What a
    dead sender left in between goes to the list for a human: whether it left can't be known, and sending it blindly
    could tell somebody twice. Must not run in a transaction.
    """
    _give_up_on_dead_senders()
    claims, sent, tried = Claims(), 0, 0
    with Delivery() as delivery:
        mail = claims.next() if limit is None or limit > 0 else None
        while mail:
            tried += 1
            outcome = _deliver(mail, delivery)
            sent += outcome.state == MailState.SENT
            settled = _settled(mail, outcome)
            if outcome.server_away or tried == limit:
                claims.settle(settled)
                break
            mail = claims.next(after=settled)
    return sent


@transaction.atomic(durable=True)
def _give_up_on_dead_senders():
    Mail.objects.filter(state=MailState.SENDING, claimed_at__lt=timezone.now() - rules.LONGEST_SENDING).update(
        state=MailState.STUCK, error=""
    )


def _deliver(mail, delivery):
    try:
        message = letters.write(mail, delivery.connection)
    except Exception as error:  # One letter that can't be written must not hold up all others.
        log.error("Mail %s could not be written: %s.", mail.pk, type(error).__name__)
        return Outcome(MailState.FAILED, type(error).__name__)
    return delivery.send(message) if message else Outcome(MailState.EMPTY)


def _settled(mail, outcome):
    """What comes of a try; what was put off too often goes to the list for a human."""
    if outcome.state != MailState.WAITING:
        return Settled(mail, outcome.state, outcome.error)
    if next_try_at := rules.next_try_after(mail.attempts, timezone.now()):
        return Settled(mail, MailState.WAITING, outcome.error, next_try_at)
    return Settled(mail, MailState.FAILED, outcome.error)


def send_again(*, mail, by):
    """Let a failed or stuck mail leave once more, on this person's word; tell whether it still was failed or stuck."""
    if moved := _take_off_the_list(mail, by, MailState.WAITING, attempts=0, next_try_at=timezone.now(), error=""):
        log.warning("Mail %s is sent again on the word of membership %s.", mail.pk, by.pk)
        wake("coordination.send_mails")
    return moved


def set_handled(*, mail, by):
    """Somebody has told the reader in another way; tell whether the mail still was failed or stuck."""
    if moved := _take_off_the_list(mail, by, MailState.HANDLED, letter=""):
        log.warning("Mail %s was handled by membership %s.", mail.pk, by.pk)
    return moved


def _take_off_the_list(mail, by, to, **fields):
    """Move a mail of the own area, as its list shows it, and say whether there still was one."""
    if to not in MOVES[mail.state]:
        raise ValueError(f"A mail can't go from {mail.state} to {to}.")
    own = Mail.objects.of_area(by.agency.area_id).filter(pk=mail.pk, state=mail.state)
    return bool(own.update(state=to, **fields))  # unaudited: mails have no audit


def _id_of(about):
    return about if about is None or isinstance(about, UUID) else about.public_id
