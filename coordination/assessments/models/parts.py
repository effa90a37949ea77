"""What each participant writes, and what the child said: in versions, of which none is ever overwritten."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership
from coordination.assessments.models.assessments import Assessment, Participant
from coordination.cards.models import CardVersion
from coordination.encryption.fields import EncryptedTextField


class HeardHow(models.TextChoices):
    """How somebody said what is written down for them."""

    FACE = "face", _("face to face")
    PHONE = "phone", _("by telephone")
    VIDEO = "video", _("by video call")
    WRITTEN = "written", _("in writing")


class Section(models.TextChoices):
    """What a part is about; a professional writes only what one's role concerns."""

    GROWTH = "growth", _("growth conditions")
    FRIENDS = "friends", _("friends and free time")
    SCHOOL = "school", _("early education, school and studies")
    DAILY_CARE = "daily_care", _("daily care")
    HEALTH = "health", _("health and wellbeing")
    GUARDIANS = "guardians", _("guardians' resources")
    RISKS = "risks", _("risks")
    PROTECTIVE = "protective", _("protective factors")
    STRENGTHS = "strengths", _("strengths")
    # What somebody without an account writes, or says to the worker.
    OWN_WORDS = "own_words", _("in their own words")


class PartVersion(models.Model):
    """One version of a participant's own part. The last one counts, and its `readers` read it; earlier ones stay for
    their author and the worker.

    `content` is JSON: {section: text}. The assessing social worker always reads it. `written_by` is the professional
    themselves, or the worker who wrote down what somebody without an account said; empty where it came by the link.
    """

    class Basis(models.TextChoices):
        PERMISSION = "permission", _("permission of the young person or the guardians")
        DUTY = "duty", _("a law obliges me to tell")
        ALLOWED = "allowed", _("a law allows me to tell what is necessary")
        OWN = "own", _("told by themselves")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = EncryptedTextField()
    basis = models.CharField(_("basis of sharing"), max_length=10, choices=Basis.choices)
    basis_why = EncryptedTextField(_("which permission or law"), blank=True, default="")
    readers = models.ManyToManyField(Participant, blank=True, related_name="+", verbose_name=_("who may read it"))
    card = models.ForeignKey(CardVersion, on_delete=models.PROTECT, null=True, related_name="+")
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    heard_how = models.CharField(max_length=8, choices=HeardHow.choices, blank=True)
    heard_on = models.DateField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    # Taken back by its author, together with all versions before it.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("own part")
        verbose_name_plural = _("own parts")
        constraints = [
            models.UniqueConstraint(fields=["participant", "number"], name="version_of_a_part_once"),
            models.CheckConstraint(
                condition=Q(basis__in=["own", "permission"]) | ~Q(basis_why=""), name="law_of_sharing_is_named"
            ),
        ]

    def __str__(self):
        return f"own part {self.pk}"


class ChildView(models.Model):
    """One version of the child's own view as the worker heard it: met alone, or why not (LSL 20 §, SHL 32 §)."""

    class Maturity(models.TextChoices):
        ABLE = "able", _("can judge what is best for them in this matter")
        PARTLY = "partly", _("can judge some of it")
        NOT_YET = "not_yet", _("cannot judge it yet")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="child_views")
    number = models.PositiveSmallIntegerField()
    heard_on = models.DateField(_("when"))
    heard_how = models.CharField(_("how"), max_length=8, choices=HeardHow.choices)
    met_alone = models.BooleanField(_("met alone"))
    why_not_alone = EncryptedTextField(_("why not alone"), blank=True, default="")
    own_words = EncryptedTextField(_("in the child's own words"))
    maturity = models.CharField(_("maturity"), max_length=8, choices=Maturity.choices)
    maturity_why = EncryptedTextField(_("on what that judgement rests"))
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        verbose_name = _("child's own view")
        verbose_name_plural = _("children's own views")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="version_of_a_childs_view_once"),
            models.CheckConstraint(
                condition=Q(met_alone=True) | ~Q(why_not_alone=""), name="child_not_met_alone_says_why"
            ),
        ]

    def __str__(self):
        return f"child's own view {self.pk}"


auditlog.register(PartVersion, exclude_fields=["content", "basis_why"], m2m_fields={"readers"})
auditlog.register(ChildView, exclude_fields=["why_not_alone", "own_words", "maturity_why"])
