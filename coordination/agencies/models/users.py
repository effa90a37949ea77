"""Who signs in, whom they act for, and the training they have done."""

import uuid

from auditlog.registry import auditlog
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.managers import MembershipQuerySet, UserManager
from coordination.agencies.models.agencies import Agency


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What they may do follows from their memberships, never from being superuser."""

    class Language(models.TextChoices):
        FI = "fi", "Suomi"
        SV = "sv", "Svenska"
        EN = "en", "English"

    class Spoken(models.TextChoices):
        FI = "fi", _("Finnish")
        SV = "sv", _("Swedish")
        EN = "en", _("English")
        SE = "se", _("Sámi")
        SIGN = "sign", _("sign language")
        ET = "et", _("Estonian")
        RU = "ru", _("Russian")
        UK = "uk", _("Ukrainian")
        AR = "ar", _("Arabic")
        SO = "so", _("Somali")

    class Rhythm(models.TextChoices):
        IMMEDIATE = "immediate", _("at once")
        DAILY = "daily", _("once a day")
        WEEKLY = "weekly", _("once a week")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), max_length=254)
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.FI)
    speaks = ArrayField(
        models.CharField(max_length=5, choices=Spoken.choices),
        default=list,
        db_default=[],
        blank=True,
        verbose_name=_("languages I can work in"),
    )
    rhythm = models.CharField(
        _("mail about what waits for me"), max_length=10, choices=Rhythm.choices, default=Rhythm.DAILY
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may use the administration"), default=False, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    # How many times all sessions of this user were ended; an open session knows the number it began with.
    sessions_ended = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        ordering = ["last_name", "first_name"]
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("Somebody already uses this e-mail address."),
            ),
            models.CheckConstraint(condition=Q(is_superuser=False), name="nobody_is_a_superuser"),
        ]

    def __str__(self):
        return self.get_full_name() or self.email

    @property
    def nameless(self):
        """What stands for this user in the history of changes."""
        return f"user {self.pk}"

    def get_full_name(self):
        """First and last name, as others see them."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self):
        """The first name."""
        return self.first_name

    def get_session_auth_hash(self):
        """What a session must know to stay open: it changes with the password and with `sessions_ended`."""
        return f"{super().get_session_auth_hash()}{self.sessions_ended}"

    def get_session_auth_fallback_hash(self):
        """As above, under earlier values of SECRET_KEY."""
        for earlier in super().get_session_auth_fallback_hash():
            yield f"{earlier}{self.sessions_ended}"


class Membership(models.Model):
    """A user acting for one agency. Every command, ground and log row names the membership it was done for."""

    class Role(models.TextChoices):
        PROFESSIONAL = "professional", _("professional")
        COORDINATOR = "coordinator", _("coordinator")
        ADMINISTRATOR = "administrator", _("administrator")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("user"))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("agency"))
    role = models.CharField(_("role"), max_length=15, choices=Role.choices, default=Role.PROFESSIONAL)
    job_title = models.CharField(_("job title"), max_length=100, blank=True)
    started_on = models.DateField(_("started on"), default=timezone.localdate)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who goes on with the follow-ups"),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user", "agency"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                condition=Q(ended_on=None),
                name="membership_once_per_agency_and_role",
                violation_error_message=_("This user already has this role in the agency."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="membership_ends_after_it_begins",
                violation_error_message=_("A membership can't end before it began."),
            ),
        ]

    def __str__(self):
        return f"{self.user} – {self.agency}"

    @property
    def nameless(self):
        """What stands for this membership in the history of changes."""
        return f"membership {self.pk}"

    @property
    def area(self):
        """The area of the agency this user acts for."""
        return self.agency.area

    @property
    def is_coordinator(self):
        """Whether this membership coordinates its area's follow-ups."""
        return self.role == self.Role.COORDINATOR


class Training(models.Model):
    """The model's own training that this user has done; before it nobody may flag."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="trainings", verbose_name=_("user"))
    held_on = models.DateField(_("held on"))
    ended_on = models.DateField(_("no longer counts from"), null=True, blank=True)

    class Meta:
        ordering = ["-held_on"]
        verbose_name = _("training")
        verbose_name_plural = _("trainings")

    def __str__(self):
        return f"{self.held_on:%d.%m.%Y}"


IDENTITY_OF_A_USER = ["email", "first_name", "last_name", "phone", "password", "last_login"]
auditlog.register(User, exclude_fields=IDENTITY_OF_A_USER)
auditlog.register(Membership)
auditlog.register(Training)
