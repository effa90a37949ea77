"""The young person's own page, and what they ask for there. It opens with a link, on one device, with their own PIN."""

import uuid

from auditlog.registry import auditlog
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership, User
from coordination.people.models import YoungPerson
from coordination.support.models.supports import Support


class OwnPage(models.Model):
    """One link to one young person's own page.

    The adult's code opens it once, and dies with that: from then on the page belongs to one device and to the PIN that
    was chosen there. Of secret, code, device and PIN only hashes are kept, none of which can be worked back from the
    row. `sections` is what the young person ticked: nothing else is listed. `wished_at` is there while a wish for
    another adult waits that was pressed on this very page: on another one, which the adult may have opened, nothing
    tells of it.
    """

    class Section(models.TextChoices):
        ADULT = "adult", _("who my adult is, and how to ring")
        AROUND = "around", _("who else is beside me")
        ALLOWED = "allowed", _("what I have allowed")
        LOOKS = "looks", _("who has looked at what is written of me")
        CALL = "call", _("ask my adult to ring me")
        CHANGE = "change", _("wish for another adult")
        RATE = "rate", _("say how it has gone")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="+")
    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="own_pages")
    secret_hash = models.BinaryField(max_length=32, unique=True)
    code_hash = models.BinaryField(max_length=32, null=True)
    code_until = models.DateTimeField()
    pin = models.CharField(max_length=128, blank=True)
    device_hash = models.BinaryField(max_length=32, null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sections = ArrayField(models.CharField(max_length=10, choices=Section.choices), default=list, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=User.Language.choices)
    made_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    wished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("own page")
        verbose_name_plural = _("own pages")
        constraints = [
            models.UniqueConstraint(
                fields=["young_person"], condition=Q(ended_at=None), name="one_own_page_of_a_young_person"
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, device_hash=None, pin="", code_hash__isnull=False)
                | Q(opened_at__isnull=False, device_hash__isnull=False, code_hash=None) & ~Q(pin=""),
                name="opened_own_page_has_device_and_pin_and_no_code",
            ),
        ]

    def __str__(self):
        return f"own page {self.pk}"


class OwnRequest(models.Model):
    """What the young person asked for on their own page, until somebody has rung them."""

    class Kind(models.TextChoices):
        CALL = "call_me", _("asks to be rung")
        TAKEN_BACK = "taken_back", _("took a permission back: ring them")
        CHANGE = "change", _("wishes for another adult")

    # Of these the one adult knows; a wish for another adult is for the coordinators alone.
    OF_ADULT = [Kind.CALL, Kind.TAKEN_BACK]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="own_requests")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("request on the own page")
        verbose_name_plural = _("requests on the own page")
        constraints = [
            models.UniqueConstraint(
                fields=["support", "kind"], condition=Q(handled_at=None), name="one_open_own_request_of_a_kind"
            ),
        ]

    def __str__(self):
        return f"request on the own page {self.pk}"


auditlog.register(
    OwnPage, exclude_fields=["secret_hash", "code_hash", "device_hash", "pin", "tries", "sections", "wished_at"]
)
auditlog.register(OwnRequest)
