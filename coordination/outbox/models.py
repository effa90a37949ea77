"""What waits for whom, and the mails that say so. The row is the queue."""

import json
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area, Membership, User
from coordination.encryption.fields import EncryptedTextField
from coordination.outbox.managers import MailQuerySet, NotificationQuerySet
from coordination.outbox.states import MailState


class Mail(models.Model):
    """One message to one person: a notice at once, a digest of one day or week, or a letter.

    `sending` is committed before the message leaves and `sent` after, so a crash between them can only leave a row
    for a human to look at: nothing is sent twice, and nothing is lost without a trace.

    A mail to a user holds no text: it is made from the notices when it leaves. A letter goes to an address, like an
    invitation or the link to a new password. It has `letter` (address, language, template and what goes in it, as
    JSON), which is erased once it has left, and the area whose people look after it should it fail.
    """

    class Kind(models.TextChoices):
        IMMEDIATE = "immediate", _("at once")
        DAILY = "daily", _("daily digest")
        WEEKLY = "weekly", _("weekly digest")
        LETTER = "letter", _("letter")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("user"))
    area = models.ForeignKey(Area, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("area"))
    letter = EncryptedTextField(blank=True, default="", editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    day = models.DateField(_("day"), default=timezone.localdate)
    state = models.CharField(_("state"), max_length=10, choices=MailState.choices, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try at"), default=timezone.now)
    claimed_at = models.DateTimeField(_("taken for sending at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    error = models.CharField(_("error"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "day"], condition=Q(kind__in=["daily", "weekly"]), name="one_digest_a_day"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, area=None, letter="") | Q(user=None, area__isnull=False),
                name="mail_is_to_a_user_or_a_letter",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], condition=Q(state="waiting"), name="mail_to_send"),
            models.Index(
                fields=["state", "claimed_at"],
                condition=Q(state__in=["sending", "failed", "stuck"]),
                name="mail_unsettled",
            ),
        ]

    def __str__(self):
        return f"mail {self.pk}"

    @property
    def address(self):
        """Where a letter goes; nothing once it has left."""
        return json.loads(self.letter)["to"] if self.letter else ""


class Notification(models.Model):
    """One thing one professional is told, written in the transaction in which it happened.

    It holds no name and nothing of the case: a code whose sentence is in the notice, and a link behind the login.
    Until `held_until` what it tells of can be undone, so it is neither shown nor mailed.
    """

    class Kind(models.TextChoices):
        WAITS = "waits", _("waits for you")
        FYI = "fyi", _("for your information")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=5, choices=Kind.choices)
    link = models.CharField(max_length=200)
    about = models.UUIDField(null=True, db_index=True)
    due_on = models.DateField(null=True)
    dedupe_key = models.CharField(max_length=200, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    mail = models.ForeignKey(Mail, on_delete=models.SET_NULL, null=True, related_name="notifications")

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["membership", "-made_at"], name="notice_list"),
            models.Index(fields=["membership"], condition=Q(mail=None, done_at=None), name="notice_without_mail"),
        ]

    def __str__(self):
        return f"notice {self.pk}"
