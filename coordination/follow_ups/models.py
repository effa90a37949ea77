"""From a match, a request or a call to an outcome."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area, LegalGround, Membership
from coordination.encryption.fields import EncryptedTextField
from coordination.follow_ups.due import DUE, WITHOUT_NEXT_STEP
from coordination.follow_ups.states import OPEN_STATES, FollowUpState, TakeoverState
from coordination.people.models import YoungPerson
from coordination.services.models import Service

OPEN = Q(state__in=[state.value for state in OPEN_STATES])


class FollowUp(models.Model):
    """One coordinator's work with one young person: it has an owner, a clock, a next step and an outcome."""

    class Origin(models.TextChoices):
        MATCH = "match", _("match")
        CALL = "call", _("telephone call")
        ASSESSMENT = "assessment", _("joint plan of an assessment")

    class NextStep(models.TextChoices):
        CALL_AGAIN = "call_again", _("call again")
        MESSAGE = "message", _("send a message")
        GUARDIAN = "guardian", _("contact the guardian")
        MEETING = "meeting", _("meet the young person")
        JOINT_MEETING = "joint_meeting", _("meet together with the adults")
        REFER = "refer", _("help into a service")
        CHECK = "check", _("check how things are")

    class Outcome(models.TextChoices):
        IN_TOUCH = "in_touch", _("already in touch")
        ONE_ADULT = "one_adult", _("one adult named")
        ASSESSMENT = "assessment", _("assessment started")
        REFERRED = "referred", _("referred to a service")
        DECLINED = "declined", _("declined")
        MOVED = "moved", _("moved away")
        OTHER = "other", _("other")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(_("began from"), max_length=10, choices=Origin.choices)
    state = models.CharField(_("state"), max_length=10, choices=FollowUpState.choices, default=FollowUpState.WAITING)
    opened_at = models.DateTimeField(default=timezone.now)
    # The area's rules from then on decide how long it is seen after closing: of the oldest wish to be asked about.
    rules_from = models.DateTimeField(default=timezone.now, db_default=Now())
    contact_by = models.DateField(_("first contact by"))
    owner = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("coordinator")
    )
    taken_up_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)
    next_step = models.CharField(_("next step"), max_length=15, choices=NextStep.choices, blank=True)
    next_step_on = models.DateField(_("date of the next step"), null=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            models.UniqueConstraint(
                fields=["young_person"],
                condition=OPEN,
                name="one_open_follow_up",
                violation_error_message=_("This young person already has an open follow-up."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "not_needed"], owner=None)
                | Q(state__in=["taken_up", "paused", "closed"], owner__isnull=False),
                name="begun_follow_up_has_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) & ~Q(outcome="")
                | ~Q(state="closed") & Q(outcome=""),
                name="closed_follow_up_has_an_outcome",
                violation_error_message=_("Say what came of it before closing."),
            ),
            models.CheckConstraint(
                condition=~Q(state="paused") | Q(next_step_on__isnull=False),
                name="paused_follow_up_has_a_date",
                violation_error_message=_("A pause needs a date."),
            ),
            models.CheckConstraint(
                condition=Q(next_step="", next_step_on=None) | ~Q(next_step="") & Q(next_step_on__isnull=False),
                name="next_step_has_a_date",
                violation_error_message=_("A next step needs a date."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="follow_up_closes_later"
            ),
        ]
        indexes = [
            # The area's list (`queries.desk`), in its order.
            models.Index("area", DUE, "id", condition=OPEN, name="follow_up_due"),
            models.Index("area", "contact_by", "id", condition=OPEN & WITHOUT_NEXT_STEP, name="follow_up_undecided"),
            models.Index(
                "area", F("closed_at").desc(), F("id").desc(), condition=Q(state="closed"), name="follow_up_closed"
            ),
        ]

    def __str__(self):
        return f"follow-up {self.pk}"

    def get_absolute_url(self):
        """The call sheet."""
        return reverse("follow_ups:sheet", args=[self.public_id])


class AskedAdult(models.Model):
    """One professional about whom the young person is asked, and what the young person chose.

    `phone_given` is what this adult knew of how to reach the young person: the coordinator alone sees it. `apart`: this
    adult takes part, but the others who do and this adult may not know of each other. `undo_to` is what was decided
    before, for as long as the latest decision can be undone.
    """

    class TakesPart(models.TextChoices):
        NOT_ASKED = "", _("not asked yet")
        YES = "yes", _("yes")
        NO = "no", _("no")
        LATER = "later", _("later")

    class MayKnow(models.TextChoices):
        NOT_ASKED = "", _("not asked yet")
        YES = "yes", _("yes")
        NO = "no", _("no")

    class SaidBy(models.TextChoices):
        YOUNG_PERSON = "young_person", _("the young person")
        GUARDIAN = "guardian", _("a guardian")
        BOTH = "both", _("both")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="asked")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    phone_given = EncryptedTextField(_("telephone"), blank=True, default="")
    legal_ground = models.ForeignKey(
        LegalGround,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("came on a ground in law, without the young person's permission"),
    )
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)
    takes_part = models.CharField(
        _("takes part"), max_length=5, choices=TakesPart.choices, blank=True, default=TakesPart.NOT_ASKED
    )
    may_know = models.CharField(
        _("may know"), max_length=3, choices=MayKnow.choices, blank=True, default=MayKnow.NOT_ASKED
    )
    apart = models.BooleanField(_("apart from the others"), default=False, db_default=False)
    said_by = models.CharField(_("said by"), max_length=12, choices=SaidBy.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    undo_to = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["joined_at", "pk"]
        verbose_name = _("asked adult")
        verbose_name_plural = _("asked adults")
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "membership"], name="adult_asked_once"),
            models.CheckConstraint(
                condition=Q(takes_part="", may_know="") | ~Q(said_by="") & Q(decided_at__isnull=False),
                name="decision_says_whose",
                violation_error_message=_("Say who decided."),
            ),
            models.CheckConstraint(
                condition=~Q(takes_part="yes") | ~Q(may_know="no"),
                name="who_takes_part_may_know",
                violation_error_message=_("An adult who takes part also knows."),
            ),
        ]

    def __str__(self):
        return f"asked adult {self.pk}"


class ContactAttempt(models.Model):
    """One try to reach the young person or the guardian."""

    class Channel(models.TextChoices):
        PHONE = "phone", _("telephone")
        TEXT = "text", _("text message")
        FACE = "face", _("face to face")
        GUARDIAN = "guardian", _("through the guardian")
        SCHOOL = "school", _("at school")
        OTHER = "other", _("other way")

    class Identity(models.TextChoices):
        KNOWN_NUMBER = "known_number", _("on a number known earlier")
        FACE = "face", _("face to face")

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    reached = models.BooleanField(_("reached"))
    identity_checked = models.CharField(_("who it was, checked"), max_length=12, choices=Identity.choices, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    token = models.UUIDField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("contact attempt")
        verbose_name_plural = _("contact attempts")
        constraints = [models.UniqueConstraint(fields=["follow_up", "token"], name="attempt_sent_once")]

    def __str__(self):
        return f"contact attempt {self.pk}"


class Referral(models.Model):
    """Into which service the young person was helped. It is written down for the coordinators; nothing is sent."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="referrals")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("referral to a service")
        verbose_name_plural = _("referrals to services")
        constraints = [models.UniqueConstraint(fields=["follow_up", "service"], name="referred_to_a_service_once")]

    def __str__(self):
        return f"referral {self.pk}"


class Takeover(models.Model):
    """One area asks another to take a follow-up over. Until it is accepted the other area reads of nobody."""

    class Reason(models.TextChoices):
        OWN_AGENCY = "own_agency", _("somebody in our agency must not learn of the young person")
        MOVED = "moved", _("the young person has moved or is moving")
        WISH = "wish", _("the young person wants somebody from elsewhere")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="takeovers")
    from_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    to_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("why"), max_length=10, choices=Reason.choices)
    state = models.CharField(_("state"), max_length=10, choices=TakeoverState.choices, default=TakeoverState.WAITING)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("taking over by another area")
        verbose_name_plural = _("takings over by another area")
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up"], condition=Q(state="waiting"), name="one_area_is_asked_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(from_area=F("to_area")), name="another_area_is_asked"),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at=None) | ~Q(state="waiting") & Q(answered_at__isnull=False),
                name="answered_takeover_says_when",
            ),
        ]
        indexes = [models.Index(fields=["to_area"], condition=Q(state="waiting"), name="takeovers_asked_of_area")]

    def __str__(self):
        return f"takeover {self.pk}"

    def get_absolute_url(self):
        """Where the asked area answers."""
        return reverse("follow_ups:asked_over", args=[self.public_id])


auditlog.register(FollowUp)
auditlog.register(AskedAdult, exclude_fields=["phone_given"])
auditlog.register(ContactAttempt)
auditlog.register(Referral)
auditlog.register(Takeover)
