"""Notices ready for a page or a mail, and the demo's mails."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import cache

from django.conf import settings
from django.db.models import Q
from django.template.loader import select_template
from django.utils import timezone

from coordination.agencies.models import Membership, User
from coordination.interface.pages import one_page
from coordination.outbox.models import Mail, Notification
from coordination.outbox.states import MailState

PAGE_SIZE = 25
DEMO_MAILS_SHOWN = 50


def with_sentences(notifications):
    """The notices as a list, each with its `sentence` in the reader's language."""
    found = list(notifications)
    # A page shows few codes many times.
    sentence = cache(_sentence)
    for notification in found:
        notification.sentence = sentence(notification.code, notification.kind)
    return found


def _sentence(code, kind):
    # A row may outlive its code; it still leads to its page.
    return select_template([f"emails/{code}/sentence.txt", f"emails/{kind}/sentence.txt"]).render().strip()


@dataclass(frozen=True)
class NoticesPage:
    """One page of somebody's notices, newest first, and whether there are older ones."""

    notices: list
    number: int
    has_older: bool

    @property
    def unseen(self):
        """The notices of this page not yet marked as seen."""
        return [notice for notice in self.notices if notice.seen_at is None]


def notices_page(membership, number):
    """The page `number` (from 1) of what this membership was told."""
    told = Notification.objects.of(membership).order_by("-made_at", "-pk")
    found, has_older = one_page(told, number, PAGE_SIZE)
    return NoticesPage(with_sentences(found), number, has_older=has_older)


def due_daily(before):
    """What waits for those who want to know each day, told before this moment and in no mail yet.

    Whoever gets mail at once is among them: what came while they had another rhythm would else never be told.
    """
    readers = Membership.objects.open().exclude(user__rhythm=User.Rhythm.WEEKLY)
    return _due(before).filter(kind=Notification.Kind.WAITS, membership__in=readers)


def due_weekly(before):
    """What is for information, and what waits for those who want mail once a week; otherwise as `due_daily`."""
    weekly_readers = Membership.objects.open().filter(user__rhythm=User.Rhythm.WEEKLY)
    return _due(before).filter(Q(kind=Notification.Kind.FYI) | Q(membership__in=weekly_readers))


def _due(before):
    told = Q(held_until=None) | Q(held_until__lt=before)
    return Notification.objects.still_to_tell().filter(told, mail=None, made_at__lt=before).order_by()


def readers(notifications, *, after=0, limit=None, among=None):
    """The ids, in their order, of the users whom these querysets of notices concern.

    At most `limit` of them, from the first one past the id `after`; only some of `among` when given.
    """
    found = set()
    for part in notifications:
        part = part.filter(membership__user__gt=after)
        if among is not None:
            part = part.filter(membership__user__in=among)
        users = part.order_by("membership__user_id").values_list("membership__user_id", flat=True).distinct()
        found.update(users[:limit])
    return sorted(found)[:limit]


def count_readers(notifications):
    """How many users these querysets of notices concern."""
    users = [part.values("membership__user") for part in notifications]
    return users[0].union(*users[1:]).count() if len(users) > 1 else users[0].distinct().count()


@dataclass(frozen=True)
class DemoMail:
    """One mail as its receiver gets it: what a mail program shows on top, every header, and the text."""

    to: str
    sender: str
    subject: str
    at: datetime | None
    headers: list
    text: str
    has_html: bool


def demo_mails(to=""):
    """What the demo has "sent", newest first and at most the last fifty, all or to one address only."""
    found = []
    for path in sorted(_demo_paths(), reverse=True):
        message = _PARSER.parsebytes(path.read_bytes())
        if not to or to == message["To"]:
            found.append(_demo_mail(message))
        if len(found) == DEMO_MAILS_SHOWN:
            break
    return found


def oldest_due_since():
    """Since when the mail that waits longest could have left (datetime); None when none is due."""
    due = Mail.objects.filter(state=MailState.WAITING, next_try_at__lte=timezone.now())
    return due.order_by("next_try_at").values_list("next_try_at", flat=True).first()


def demo_receivers():
    """Everyone to whom the demo has "sent" something."""
    return sorted({_PARSER.parsebytes(path.read_bytes(), headersonly=True)["To"] for path in _demo_paths()})


_PARSER = BytesParser(policy=policy.default)


def _demo_paths():
    return (settings.DATA_DIR / "mail").glob("*.eml")


def _demo_mail(message: EmailMessage):
    body = message.get_body(["plain"])
    return DemoMail(
        to=message["To"],
        sender=message["From"],
        subject=message["Subject"],
        at=_moment(message["Date"]),
        headers=[(name, str(value)) for name, value in message.items()],
        text=body.get_content() if body else "",
        has_html=message.get_body(["html"]) is not None,
    )


def _moment(header):
    """The moment of a Date header; one in UTC says no zone and would else be read as a time of day here."""
    if header is None:
        return None
    return header.datetime if header.datetime.tzinfo else header.datetime.replace(tzinfo=UTC)
