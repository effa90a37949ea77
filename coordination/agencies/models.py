"""Who is who: counties and municipalities, areas with their settings, agencies, people who work in them."""

import uuid

from auditlog.registry import auditlog
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coordination.agencies.managers import MembershipQuerySet, UserManager


class NamedInThreeLanguages(models.Model):
    """A name in Finnish, and in Swedish and English where there is one."""

    name_fi = models.CharField(_("name in Finnish"), max_length=200)
    name_sv = models.CharField(_("name in Swedish"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def name(self):
        """The name in the reader's language; Finnish where a translation is missing."""
        return getattr(self, f"name_{(get_language() or 'fi')[:2]}", "") or self.name_fi

    def __str__(self):
        return self.name


class County(NamedInThreeLanguages):
    """A wellbeing services county, or Helsinki and Åland that do a county's work (Statistics Finland, CC BY 4.0)."""

    code = models.CharField(_("code"), max_length=2, unique=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("wellbeing services county")
        verbose_name_plural = _("wellbeing services counties")


class Area(NamedInThreeLanguages):
    """One or more municipalities with common settings and a common covenant.

    Every deadline, age and period here is data that the town edits; the law behind it is moving.
    """

    threshold = models.PositiveSmallIntegerField(
        _("flags that make a match"),
        default=2,
        choices=[(1, "1"), (2, "2")],
        help_text=_("How many different professionals must have an open flag on the same young person."),
    )
    different_agencies = models.BooleanField(
        _("the professionals must be of different agencies"),
        default=True,
    )
    youngest_age = models.PositiveSmallIntegerField(_("youngest age"), default=13)
    oldest_age = models.PositiveSmallIntegerField(_("oldest age"), default=28)
    guardian_allows_under = models.PositiveSmallIntegerField(
        _("guardian allows too, under the age of"),
        default=18,
        help_text=_("Under this age, those whom the law names must also have been told and have allowed the flag."),
    )
    hetu_allowed = models.BooleanField(
        _("personal identity codes are allowed"),
        default=False,
        help_text=_("Only authorities may then type one."),
    )
    days_to_contact = models.PositiveSmallIntegerField(_("working days to the first contact"), default=5)
    flag_lifetime_months = models.PositiveSmallIntegerField(_("months that a flag lives at most"), default=6)
    days_seen_after_closing = models.PositiveSmallIntegerField(
        _("days that a closed follow-up can still be seen"), default=30
    )
    coordinator_phone = models.CharField(_("coordinators' telephone"), max_length=40)
    coordinator_hours = models.CharField(_("coordinators' hours"), max_length=80, blank=True)
    emergency_phone = models.CharField(
        _("social emergency services' telephone"), max_length=40, help_text=_("Shown beside 112, day and night.")
    )
    coordinators = models.OneToOneField(
        Group, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("coordinators' group")
    )

    class Meta:
        ordering = ["name_fi"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.CheckConstraint(condition=Q(threshold__in=[1, 2]), name="area_threshold_is_one_or_two"),
            models.CheckConstraint(
                condition=Q(youngest_age__lte=F("oldest_age")),
                name="area_youngest_age_first",
                violation_error_message=_("The youngest age can't be over the oldest."),
            ),
            models.CheckConstraint(
                condition=Q(flag_lifetime_months__gte=1, flag_lifetime_months__lte=24),
                name="area_flag_lifetime_in_bounds",
                violation_error_message=_("A flag lives from 1 to 24 months."),
            ),
            models.CheckConstraint(
                condition=Q(days_to_contact__gte=1, days_to_contact__lte=60),
                name="area_days_to_contact_in_bounds",
                violation_error_message=_("The first contact is due within 1 to 60 working days."),
            ),
        ]

    def save(self, *args, **kwargs):
        """Save; a new area gets the group that holds its coordinators' permissions."""
        if self.coordinators_id is None:
            self.coordinators = Group.objects.create(name=f"coordinators {uuid.uuid4()}")
        super().save(*args, **kwargs)


class Municipality(NamedInThreeLanguages):
    """One of Finland's municipalities (Statistics Finland, CC BY 4.0). It belongs to at most one area."""

    code = models.CharField(_("code"), max_length=3, unique=True)
    county = models.ForeignKey(County, on_delete=models.PROTECT, verbose_name=_("wellbeing services county"))
    region_code = models.CharField(_("region code"), max_length=2)
    language_relation = models.PositiveSmallIntegerField(_("language relation"))
    area = models.ForeignKey(
        Area,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="municipalities",
        verbose_name=_("area"),
    )

    class Meta:
        ordering = ["name_fi"]
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")


class LegalGround(NamedInThreeLanguages):
    """A ground in law on which an authority of this area may flag without the young person's permission."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="legal_grounds", verbose_name=_("area"))
    law = models.CharField(_("law and section"), max_length=120)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["law"]
        verbose_name = _("legal ground")
        verbose_name_plural = _("legal grounds")

    def __str__(self):
        return f"{self.name} ({self.law})"


class Agency(NamedInThreeLanguages):
    """An organisation whose professionals take part; the controller of what they write."""

    class Sector(models.TextChoices):
        PUBLIC = "public", _("public")
        PRIVATE = "private", _("private")
        THIRD = "third", _("third sector")

    class Kind(models.TextChoices):
        EARLY_EDUCATION = "early_education", _("early education")
        SCHOOL = "school", _("school")
        STUDENT_WELFARE = "student_welfare", _("student welfare")
        YOUTH_WORK = "youth_work", _("youth work")
        OUTREACH = "outreach", _("outreach youth work")
        WORKSHOP = "workshop", _("youth workshop")
        SOCIAL = "social", _("social services")
        CHILD_WELFARE = "child_welfare", _("child welfare")
        HEALTH = "health", _("health care")
        MENTAL_HEALTH = "mental_health", _("mental health and substance services")
        EMPLOYMENT = "employment", _("employment services")
        POLICE = "police", _("police")
        ASSOCIATION = "association", _("association")
        OTHER = "other", _("other service")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="agencies", verbose_name=_("area"))
    sector = models.CharField(_("sector"), max_length=10, choices=Sector.choices)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_("Its name alone would tell something: others see only “a professional”."),
    )

    class Meta:
        ordering = ["name_fi"]
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")

    @property
    def is_authority(self):
        """Whether grounds in law and identity codes are open to its professionals: the public sector only."""
        return self.sector == self.Sector.PUBLIC


class CovenantParty(models.Model):
    """An agency that has signed an area's covenant: only then may its professionals flag there."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="covenant_parties", verbose_name=_("area"))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="covenants", verbose_name=_("agency"))
    signed_on = models.DateField(_("signed on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        ordering = ["area", "agency"]
        verbose_name = _("covenant party")
        verbose_name_plural = _("covenant parties")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "agency"],
                condition=Q(ended_on=None),
                name="covenant_signed_once",
                violation_error_message=_("This agency has already signed the area's covenant."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("signed_on")),
                name="covenant_ends_after_it_begins",
                violation_error_message=_("The covenant can't end before it was signed."),
            ),
        ]

    def __str__(self):
        return f"{self.agency} – {self.area}"


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What they may do follows from their memberships, never from being superuser."""

    class Language(models.TextChoices):
        FI = "fi", "Suomi"
        SV = "sv", "Svenska"
        EN = "en", "English"

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
    rhythm = models.CharField(
        _("mail about what waits for me"), max_length=10, choices=Rhythm.choices, default=Rhythm.DAILY
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may use the administration"), default=False, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

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

    def get_full_name(self):
        """First and last name, as others see them."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self):
        """The first name."""
        return self.first_name


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
auditlog.register(Area)
auditlog.register(LegalGround)
auditlog.register(Municipality)
auditlog.register(Agency)
auditlog.register(CovenantParty)
auditlog.register(User, exclude_fields=IDENTITY_OF_A_USER)
auditlog.register(Membership)
auditlog.register(Training)
