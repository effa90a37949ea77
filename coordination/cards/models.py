"""Action cards: what one role does in one phase, in versions; what a town decided of them, and how they were used."""

import uuid

from auditlog.registry import auditlog
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Area, Membership, User
from coordination.cards.states import TrialState


class Role(models.TextChoices):
    """For whom a card is written."""

    SCHOOL = "school", _("school")
    EARLY_EDUCATION = "early_education", _("early education")
    HEALTH_CARE = "health_care", _("health care")
    FAMILY_COUNSELLING = "family_counselling", _("child and family counselling")
    SUBSTANCE_MENTAL = "substance_mental", _("substance and mental health services")
    CHILD_WELFARE = "child_welfare", _("child welfare")
    PARENT = "parent", _("parent")
    CHILD = "child", _("child or young person")


class Phase(models.TextChoices):
    """The steps of a multi-agency assessment of the need for services, in their order."""

    RAISE = "raise", _("raise the concern")
    NOTIFY = "notify", _("contact or notify")
    INVITED = "invited", _("invited")
    CONTRIBUTE = "contribute", _("contribute")
    MEET = "meet", _("the meeting")
    SUMMARISE = "summarise", _("summarise")
    FOLLOW_UP = "follow_up", _("follow up")


class CardVersion(models.Model):
    """One version of one card. Without an area it is the product's own, in use where the area has none of its own.

    What has been published is never edited, since somebody may have worked by it: a change is a new version, which is a
    draft until it is published.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    phase = models.CharField(_("phase"), max_length=12, choices=Phase.choices)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    reviewed_on = models.DateField(
        _("reviewed by expert parents on"),
        null=True,
        blank=True,
        help_text=_("Until then the card says that parents with experience have still to review it."),
    )

    class Meta:
        ordering = ["role", "phase", "-number"]
        verbose_name = _("version of an action card")
        verbose_name_plural = _("versions of action cards")
        constraints = [
            models.UniqueConstraint(
                fields=["role", "phase", "area", "number"], nulls_distinct=False, name="card_version_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["role", "phase", "area"],
                condition=Q(published_at=None),
                nulls_distinct=False,
                name="one_draft_of_a_card",
                violation_error_message=_("There is a draft of this card already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.get_phase_display()} {self.number}"


class CardText(models.Model):
    """A version's text in one language. A line is a point; `purpose` and `sign_off` are one paragraph each."""

    version = models.ForeignKey(CardVersion, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=User.Language.choices)
    purpose = models.TextField(_("purpose"), max_length=600)
    before = models.TextField(_("before"), max_length=1500)
    during = models.TextField(_("during"), max_length=1500)
    after = models.TextField(_("afterwards"), max_length=1500)
    contribute = models.TextField(_("what I contribute"), max_length=1500)
    share = models.TextField(_("what I may share, and on what basis"), max_length=1500)
    tell = models.TextField(_("what to tell the family"), max_length=1500)
    checklist = models.TextField(_("checklist"), max_length=1500)
    sign_off = models.TextField(_("sign-off"), max_length=600)

    class Meta:
        ordering = ["version", "language"]
        verbose_name = _("text of an action card")
        verbose_name_plural = _("texts of action cards")
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="card_text_in_each_language_once")]

    def __str__(self):
        return f"{self.version} {self.language}"


class CardTrial(models.Model):
    """What an area has decided of the cards of one role: tried first, and in use only by a decision with its reason."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("area"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    state = models.CharField(_("state"), max_length=8, choices=TrialState.choices, default=TrialState.TRIAL)
    began_on = models.DateField(_("tried from"), default=timezone.localdate)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.CharField(
        _("who decided"),
        max_length=200,
        blank=True,
        help_text=_("The body or the office, such as the management group for children's services."),
    )
    reason = models.CharField(_("why"), max_length=500, blank=True)

    class Meta:
        ordering = ["area", "role"]
        verbose_name = _("trial of action cards")
        verbose_name_plural = _("trials of action cards")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "role"],
                name="cards_tried_once",
                violation_error_message=_("The cards of this role are on this list already."),
            ),
            models.CheckConstraint(
                condition=Q(state="trial") | (Q(decided_on__isnull=False) & ~Q(decided_by="") & ~Q(reason="")),
                name="decision_on_cards_says_who_and_why",
                violation_error_message=_("A decision says when it was made, who made it, and why."),
            ),
        ]

    def __str__(self):
        return f"{self.area}: {self.get_role_display()}"


class CardUse(models.Model):
    """A professional works by a card beside one young person. `about` is the public id of what they see them by; with
    that it is erased. Nobody but the professional reads it, and it keeps the version that they worked by."""

    version = models.ForeignKey(CardVersion, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    about = models.UUIDField(db_index=True)
    ticked = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["begun_at", "pk"]
        verbose_name = _("use of an action card")
        verbose_name_plural = _("uses of action cards")
        constraints = [
            models.UniqueConstraint(fields=["membership", "about", "version"], name="card_used_once_beside_somebody")
        ]

    def __str__(self):
        return f"use of an action card {self.pk}"


class CardEvaluation(models.Model):
    """What somebody said of a card after they had used it: two questions, nothing of whom it was used with."""

    class Helped(models.TextChoices):
        YES = "yes", _("yes")
        PARTLY = "partly", _("partly")
        NO = "no", _("no")

    class Better(models.TextChoices):
        NOTHING = "nothing", _("nothing, it is good as it is")
        SHORTER = "shorter", _("shorter")
        CLEARER = "clearer", _("clearer words")
        CONCRETE = "concrete", _("more concrete advice")
        LAW = "law", _("clearer on what may be told, and by which law")
        ROLE = "role", _("it does not fit my work")

    token = models.UUIDField(unique=True, editable=False)
    version = models.ForeignKey(CardVersion, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    helped = models.CharField(_("Did the card help you?"), max_length=6, choices=Helped.choices)
    better = models.CharField(_("What would make it better?"), max_length=8, choices=Better.choices)
    on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("evaluation of an action card")
        verbose_name_plural = _("evaluations of action cards")

    def __str__(self):
        return f"evaluation of an action card {self.pk}"


auditlog.register(CardVersion)
auditlog.register(CardText)
auditlog.register(CardTrial)
