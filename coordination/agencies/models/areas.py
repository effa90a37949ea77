"""Counties and municipalities, and areas with their settings."""

import uuid

from auditlog.registry import auditlog
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coordination.agencies import widening


class NamedInThreeLanguages(models.Model):
    """A name in Finnish, and in Swedish and English where there is one."""

    name_fi = models.CharField(_("name in Finnish"), max_length=200)
    name_sv = models.CharField(_("name in Swedish"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def name(self):
        """The name in the reader's language; Finnish where a translation is missing."""
        return getattr(self, f"name_{(get_language() or 'fi')[:2]}", "") or self.name_fi


class County(NamedInThreeLanguages):
    """A wellbeing services county, or Helsinki and Åland that do a county's work (Statistics Finland, CC BY 4.0)."""

    code = models.CharField(_("code"), max_length=2, unique=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("wellbeing services county")
        verbose_name_plural = _("wellbeing services counties")


class Area(NamedInThreeLanguages):
    """One or more municipalities with common settings and a common covenant.

    Every deadline, age and period here is data that the town edits; the law behind it is moving. Whether a setting
    widens sight, and so takes two people, stands in `widening`.
    """

    class RevealRule(models.TextChoices):
        CONSENT = "consent", _("consent: the coordinators alone learn of a match, and the young person chooses")
        INFORM = "inform", _("inform: those who have flagged see each other at the match")

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
    reveal_rule = models.CharField(
        _("what a match does"),
        max_length=10,
        choices=RevealRule.choices,
        default=RevealRule.CONSENT,
        db_default=RevealRule.CONSENT.value,
        help_text=_("A setting doesn't lift secrecy: informing needs a basis in law, written down below."),
    )
    inform_basis = models.TextField(
        _("basis in law for informing"),
        max_length=1000,
        blank=True,
        default="",
        db_default="",
        help_text=_("Law and section, and how they allow those who have flagged to see each other."),
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
    days_before_end_of_flag = models.PositiveSmallIntegerField(
        _("days before a flag ends that its flagger is reminded"), default=14, db_default=14
    )
    undo_minutes = models.PositiveSmallIntegerField(
        _("minutes in which a flag or a choice can be undone"),
        default=10,
        db_default=10,
        help_text=_("Until then nobody is told of it, and a flag meets no other; 0 means at once, without undo."),
    )
    days_seen_after_closing = models.PositiveSmallIntegerField(
        _("days that a closed follow-up can still be seen"), default=30
    )
    days_kept_after_closing = models.PositiveSmallIntegerField(
        _("days until a closed follow-up is erased"),
        default=90,
        db_default=90,
        help_text=_("With its matched flags. It is never erased while somebody can still see it."),
    )
    guardians_heard_under = models.PositiveSmallIntegerField(
        _("guardians have a say under the age of"),
        default=18,
        db_default=18,
        help_text=_(
            "From this birthday on guardians are no longer asked; their details are erased, unless they must not learn."
        ),
    )
    reveals_a_day = models.PositiveSmallIntegerField(
        _("times a day that one user may reveal hidden details"),
        default=5,
        db_default=5,
        help_text=_("For young people under non-disclosure; 0 means never."),
    )
    days_to_confirm = models.PositiveSmallIntegerField(
        _("days in which another administrator confirms a setting that widens sight"), default=14, db_default=14
    )
    days_link_works = models.PositiveSmallIntegerField(
        _("days that a one-time link can be opened"), default=7, db_default=7
    )
    days_idle = models.PositiveSmallIntegerField(
        _("days without signing in after which rights end"),
        default=90,
        db_default=90,
        help_text=_("A working role that nobody uses is a door that nobody watches."),
    )
    days_idle_notice = models.PositiveSmallIntegerField(
        _("days beforehand that its holder is told"), default=14, db_default=14
    )
    days_to_answer_feedback = models.PositiveSmallIntegerField(
        _("days to answer feedback on the portal"),
        default=14,
        db_default=14,
        help_text=_("Accessibility feedback must be answered within two weeks (306/2019)."),
    )
    days_feedback_is_kept = models.PositiveSmallIntegerField(
        _("days that answered feedback is kept"), default=90, db_default=90
    )
    days_without_contact = models.PositiveSmallIntegerField(
        _("days without a contact after which the coordinators are told"),
        default=30,
        db_default=30,
        help_text=_("Between a young person and their one adult."),
    )
    months_permission_lasts = models.PositiveSmallIntegerField(
        _("months that a permission to talk lasts at most"), default=12, db_default=12
    )
    days_before_end_of_permission = models.PositiveSmallIntegerField(
        _("days before a permission to talk ends that the one adult is reminded"), default=14, db_default=14
    )
    days_former_adult_sees = models.PositiveSmallIntegerField(
        _("days that a former adult sees on after a handover"),
        default=30,
        db_default=30,
        help_text=_("Only where the young person has said yes to that."),
    )
    directory_checked_days = models.PositiveSmallIntegerField(
        _("days after which somebody must say again that an entry of the directory is true"),
        default=365,
        db_default=365,
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
            models.CheckConstraint(
                condition=Q(undo_minutes__lte=60),
                name="area_undo_minutes_in_bounds",
                violation_error_message=_("Undoing is possible for 60 minutes at most."),
            ),
            models.CheckConstraint(
                condition=Q(reveal_rule="consent") | Q(reveal_rule="inform") & ~Q(inform_basis=""),
                name="area_informs_on_a_basis_in_law",
                violation_error_message=_("Write down the basis in law on which those who have flagged are informed."),
            ),
            models.CheckConstraint(
                condition=Q(days_to_confirm__gte=1, days_to_confirm__lte=90),
                name="area_days_to_confirm_in_bounds",
                violation_error_message=_("Another administrator has from 1 to 90 days to confirm."),
            ),
        ]

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Save, and keep from when on these rules hold; a new area gets its coordinators' group, too."""
        if self.coordinators_id is None:
            self.coordinators = Group.objects.create(name=f"coordinators {uuid.uuid4()}")
        super().save(*args, **kwargs)
        values, last = widening.values_of(self), self.rules.last()
        if last is None or (last.values, last.inform_basis) != (values, self.inform_basis):
            self.rules.create(values=values, inform_basis=self.inform_basis)


class AreaRules(models.Model):
    """The settings that held in an area from a moment on: what a flag was posted under stays known.

    `values` has the settings of `widening.AREA`, by name.
    """

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="rules", verbose_name=_("area"))
    from_at = models.DateTimeField(default=timezone.now)
    values = models.JSONField()
    inform_basis = models.TextField(blank=True)

    class Meta:
        ordering = ["from_at", "pk"]

    def __str__(self):
        return f"rules {self.pk}"


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
    # Flags posted before it are not this area's: it counts for later ones only. None: since the area began.
    area_since = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["name_fi"]
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def was_in_an_area(self, moment):
        """Whether it belongs to an area, and did at that moment already: what was posted before isn't the area's."""
        return self.area_id is not None and (self.area_since is None or self.area_since <= moment)


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


auditlog.register(Area)
auditlog.register(LegalGround)
auditlog.register(Municipality)
