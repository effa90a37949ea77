"""A young person, and why and what somebody may see of them."""

import uuid

from auditlog.registry import auditlog
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from coordination.agencies.models import Agency, Area, Membership, Municipality, User
from coordination.encryption.fields import BlindIndexField, EncryptedTextField, at_least_one_of
from coordination.people.managers import GroundQuerySet


class YoungPerson(models.Model):
    """The person concerned, child included.

    `identity_key` is a keyed hash of what was typed when the row was made (names and birth date in an area, or with a
    personal identity code): it lets a flag find or make its person in one statement. A row joined to another keeps
    that key alone, so that later flags of the old spelling find the person too.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    identity_key = BlindIndexField(unique=True)
    identity_key_even = BlindIndexField(unique=True)
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    name_key = models.CharField(max_length=210)
    birth_date = models.DateField(_("date of birth"), null=True)
    hetu = EncryptedTextField(_("personal identity code"), null=True)
    hetu_index = BlindIndexField(db_index=True)
    hetu_index_even = BlindIndexField(db_index=True)
    phone = EncryptedTextField(_("telephone"), blank=True, default="")
    safe_hours = EncryptedTextField(_("when it is safe to ring"), blank=True, default="")
    no_voicemail = models.BooleanField(_("no voicemail"), default=False)
    say_only_youth_services = models.BooleanField(_("say only “youth services”"), default=False)
    contact_shared = models.BooleanField(_("contact details may be shown to those who take part"), default=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("area"))
    non_disclosure = models.BooleanField(_("non-disclosure for safety"), default=False)
    log_keys = ArrayField(models.UUIDField(), default=list)
    joined_to = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    erase_asked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("young person")
        verbose_name_plural = _("young people")
        permissions = [
            ("view_network", "Can see the adults who take part"),
            ("coordinate", "Can coordinate the follow-up"),
            ("review_looks", "Can review who has looked"),
            ("compare_double", "Can compare with a likely double"),
            ("support", "Can act as the one adult"),
            ("answer_naming", "Can answer whether to be the one adult"),
            ("assess", "Can assess the need for services"),
            ("contribute", "Can contribute to the assessment of the need for services"),
            ("use_form", "Can fill in or read a form"),
        ]
        indexes = [models.Index(fields=["birth_date", "area"], condition=Q(joined_to=None), name="person_birth_date")]
        constraints = [
            models.CheckConstraint(condition=at_least_one_of("identity_key"), name="person_has_an_identity_key"),
            models.UniqueConstraint(fields=["hetu_index"], condition=Q(hetu__isnull=False), name="joined_hetu_once"),
            models.UniqueConstraint(
                fields=["hetu_index_even"], condition=Q(hetu__isnull=False), name="joined_hetu_even_once"
            ),
            models.CheckConstraint(
                condition=Q(joined_to=None, birth_date__isnull=False)
                | Q(joined_to__isnull=False, birth_date=None, first_name="", last_name="", name_key="", hetu=None),
                name="joined_person_names_nobody",
            ),
        ]

    def __str__(self):
        return f"young person {self.pk}"

    @property
    def name(self):
        """First and last name, for those who may see them."""
        return f"{self.first_name} {self.last_name}"


class YoungPersonUserPermission(UserObjectPermissionBase):
    """What one user may see of one young person; written only together with the grounds."""

    content_object = models.ForeignKey(YoungPerson, on_delete=models.CASCADE)


class YoungPersonGroupPermission(GroupObjectPermissionBase):
    """What an area's coordinators may see of one young person; written only together with the grounds."""

    content_object = models.ForeignKey(YoungPerson, on_delete=models.CASCADE)


class Ground(models.Model):
    """Why a membership, or an area's coordinators together, may look at a young person, from when until when."""

    class Kind(models.TextChoices):
        FLAG = "flag", _("own flag")
        DOUBLE = "double", _("likely double")
        COORDINATION = "coordination", _("follow-up")
        PARTICIPATION = "participation", _("takes part")
        INFORM = "inform", _("flagged too")
        NAMING = "naming", _("asked to be the one adult")
        SUPPORT = "support", _("one adult")
        TALK = "talk", _("may talk with the one adult")
        ASSESSMENT = "assessment", _("assesses the need for services")
        CONTRIBUTION = "contribution", _("takes part in the assessment of the need for services")
        FORM = "form", _("fills in or received a form")

    # The kinds by which one membership itself has a young person in its list, the closest first.
    OWN_LISTED = [Kind.SUPPORT, Kind.PARTICIPATION, Kind.TALK]
    # What a young person who asks to be erased doesn't end: an assessment is an authority's statutory matter.
    STATUTORY = [Kind.ASSESSMENT, Kind.CONTRIBUTION]

    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="grounds")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, null=True, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    source = models.UUIDField()
    from_at = models.DateTimeField(default=timezone.now)
    until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    last_activity = models.DateTimeField(default=timezone.now)

    objects = GroundQuerySet.as_manager()

    class Meta:
        verbose_name = _("ground")
        verbose_name_plural = _("grounds")
        constraints = [
            models.CheckConstraint(
                condition=Q(membership=None, area__isnull=False) | Q(membership__isnull=False, area=None),
                name="ground_has_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("from_at")), name="ground_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["membership", "young_person", "kind"],
                condition=Q(ended_at=None, membership__isnull=False)
                & ~Q(kind__in=["flag", "assessment", "contribution", "form"]),
                name="ground_once_but_for_one_thing",
            ),
            models.UniqueConstraint(
                fields=["area", "young_person", "kind"],
                condition=Q(ended_at=None, area__isnull=False) & ~Q(kind="double"),
                name="ground_once_per_area_and_kind",
            ),
        ]
        indexes = [
            models.Index(
                fields=["membership", "kind", "-last_activity"],
                condition=Q(ended_at=None, kind__in=["participation", "support", "talk"]),
                name="ground_list_of_holder",
            ),
            models.Index(
                fields=["area", "-last_activity"],
                condition=Q(ended_at=None, kind="coordination"),
                name="ground_list_of_area",
            ),
            models.Index(fields=["young_person"], condition=Q(ended_at=None), name="ground_open_of_person"),
            models.Index(fields=["source"], condition=Q(ended_at=None), name="ground_open_of_source"),
        ]

    def __str__(self):
        return f"ground {self.pk}"


class Exclusion(models.Model):
    """A person or an agency that must not learn of this young person: for them nothing is found anywhere."""

    public_id = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    young_person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="exclusions")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, agency__isnull=False) | Q(user__isnull=False, agency=None),
                name="exclusion_of_one_person_or_agency",
            ),
        ]

    def __str__(self):
        return f"exclusion {self.pk}"


class LikelyDouble(models.Model):
    """Two rows that may be one young person; a coordinator says same or not the same, never a program."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SAME = "same", _("same person")
        NOT_SAME = "not_same", _("not the same person")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(_("likeness, 0–100"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    found_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("likely double")
        verbose_name_plural = _("likely doubles")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="double_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="double_older_row_first"),
        ]

    def __str__(self):
        return f"likely double {self.pk}"


NOT_IN_THE_CHANGE_LOG = [
    "identity_key",
    "identity_key_even",
    "first_name",
    "last_name",
    "name_key",
    "birth_date",
    "hetu",
    "hetu_index",
    "hetu_index_even",
    "phone",
    "safe_hours",
    "municipality",
    "log_keys",
]
auditlog.register(YoungPerson, exclude_fields=NOT_IN_THE_CHANGE_LOG)
auditlog.register(Exclusion)
auditlog.register(LikelyDouble)
