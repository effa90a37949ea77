"""A message for somebody without an account, behind a link and a code."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership, User
from coordination.encryption.fields import EncryptedTextField
from coordination.people.models import YoungPerson


class OneTimeLink(models.Model):
    """One link. The secret goes by mail, the code by another way; together, on one device, they open the message.

    Of both only hashes are kept, and the code's hash takes the secret, so neither can be found from the row.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="+")
    about = models.UUIDField(db_index=True)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    code_hash = models.BinaryField(max_length=32)
    device_hash = models.BinaryField(max_length=32, null=True)
    content = EncryptedTextField()
    back = models.CharField(max_length=200)
    language = models.CharField(max_length=2, choices=User.Language.choices)
    made_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("one-time link")
        verbose_name_plural = _("one-time links")
        constraints = [
            models.UniqueConstraint(fields=["about"], condition=Q(ended_at=None), name="one_open_link_about_one_thing"),
            models.CheckConstraint(
                condition=Q(opened_at=None, device_hash=None) | Q(opened_at__isnull=False, device_hash__isnull=False),
                name="opened_link_has_its_device",
            ),
        ]

    def __str__(self):
        return f"one-time link {self.pk}"


auditlog.register(OneTimeLink, exclude_fields=["content", "secret_hash", "code_hash", "device_hash"])
