"""Questionnaires: whose each is, its versions, who fills which section, and the questions as one flat list."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Area, Membership
from coordination.agencies.models.areas import NamedInThreeLanguages
from pilots.registry.models import Pilot
from pilots.registry.models.programmes import in_readers_language


class Questionnaire(models.Model):
    """One form with all its versions. Without an area it comes with the portal as a template to adapt, which nobody
    fills in; an area's own has the agency that answers for it, its controller, and knows the first questionnaire of
    which it is an adaptation."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("code"), max_length=60, unique=True, null=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("area"))
    controller = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("agency that answers for it")
    )
    pilot = models.ForeignKey(
        Pilot, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("pilot that tries it")
    )
    adapted_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    closed_on = models.DateField(_("not begun any more since"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints = [
            models.CheckConstraint(
                condition=Q(area=None, code__isnull=False, controller=None)
                | Q(area__isnull=False, code=None, controller__isnull=False),
                name="questionnaire_of_an_area_or_of_the_portal",
            )
        ]

    def __str__(self):
        return f"questionnaire {self.pk}"


class QuestionnaireVersion(NamedInThreeLanguages):
    """One version of a questionnaire. What has been approved is never edited, since somebody may have answered it: a
    change is a new version, which is a draft until the controller has approved it.

    `decided_by` and `decided_on` say which office of the controller's approved it; `approved_by` wrote that down, and
    is somebody else than who edited it last.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    purpose_fi = models.TextField(_("what it is for, in Finnish"), max_length=500)
    purpose_sv = models.TextField(_("what it is for, in Swedish"), max_length=500, blank=True)
    purpose_en = models.TextField(_("what it is for, in English"), max_length=500, blank=True)
    edited_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.CharField(
        _("who approved it"),
        max_length=200,
        blank=True,
        help_text=_("The office of the agency that answers for it, such as the head of child welfare services."),
    )
    decided_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_at = models.DateTimeField(_("in use since"), null=True)
    approved_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["questionnaire", "-number"]
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_numbered_once"),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=Q(approved_at=None),
                name="one_draft_of_a_questionnaire",
                violation_error_message=_("There is a draft of this form already."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(decided_on__isnull=False) & ~Q(decided_by=""),
                name="approved_questionnaire_says_by_whom",
                violation_error_message=_("Say who approved it, and when."),
            ),
        ]

    @property
    def purpose(self):
        """What it is for, in the reader's language."""
        return in_readers_language(self, "purpose")


class QuestionnaireParty(NamedInThreeLanguages):
    """Who fills a part of a questionnaire, such as "own nurse". Two of them can be a named pair that knows of each
    other from the beginning."""

    class Kind(models.TextChoices):
        PROFESSIONAL = "professional", _("professional")
        YOUNG_PERSON = "young_person", _("the child or young person")
        GUARDIAN = "guardian", _("guardian")
        OUTSIDE = "outside", _("somebody outside the portal")

    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.CASCADE, related_name="parties")
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("who"), max_length=12, choices=Kind.choices)
    in_pair = models.BooleanField(_("of the named pair"), default=False)

    class Meta:
        ordering = ["version", "order", "pk"]
        verbose_name = _("who fills it in")
        verbose_name_plural = _("who fills it in")


class Question(models.Model):
    """One row of the flat list: a heading, or something to answer. The options of a choice are lines, and an answer is
    kept by its line's number, so that it reads the same in each language.

    With `show_if` it is asked only of whoever chose that answer (the number of its line; of "yes or no" 1 is yes).
    `prefill` is what the portal knows already.
    """

    class Kind(models.TextChoices):
        HEADING = "heading", _("heading")
        SHORT = "short", _("short text")
        LONG = "long", _("long text")
        YES_NO = "yes_no", _("yes or no")
        ONE = "one", _("one of the options")
        SEVERAL = "several", _("any number of the options")
        DATE = "date", _("date")
        NUMBER = "number", _("number")

    class Prefill(models.TextChoices):
        NAME = "name", _("name of the young person")
        BIRTH_DATE = "birth_date", _("birth date")
        AGE = "age", _("age")
        MUNICIPALITY = "municipality", _("municipality")
        PHONE = "phone", _("telephone of the young person")
        GUARDIANS = "guardians", _("names of the guardians")
        ONE_ADULT = "one_adult", _("the one adult")
        COORDINATOR = "coordinator", _("the coordinator")
        OWN_NAME = "own_name", _("name of whoever fills it in")
        OWN_AGENCY = "own_agency", _("agency of whoever fills it in")
        OWN_PHONE = "own_phone", _("telephone of whoever fills it in")
        TODAY = "today", _("today")

    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(_("order"))
    section = models.PositiveSmallIntegerField(_("section"))
    party = models.ForeignKey(
        QuestionnaireParty, on_delete=models.PROTECT, related_name="+", verbose_name=_("who fills it in")
    )
    kind = models.CharField(_("type"), max_length=8, choices=Kind.choices)
    label_fi = models.CharField(_("text in Finnish"), max_length=200)
    label_sv = models.CharField(_("text in Swedish"), max_length=200, blank=True)
    label_en = models.CharField(_("text in English"), max_length=200, blank=True)
    help_fi = models.TextField(_("help in Finnish"), max_length=400, blank=True)
    help_sv = models.TextField(_("help in Swedish"), max_length=400, blank=True)
    help_en = models.TextField(_("help in English"), max_length=400, blank=True)
    options_fi = models.TextField(_("options in Finnish, one on each line"), max_length=2000, blank=True)
    options_sv = models.TextField(_("options in Swedish"), max_length=2000, blank=True)
    options_en = models.TextField(_("options in English"), max_length=2000, blank=True)
    required = models.BooleanField(_("must be answered"), default=False)
    prefill = models.CharField(_("filled in from what is known"), max_length=12, choices=Prefill.choices, blank=True)
    show_if = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only if in")
    )
    show_if_answer = models.PositiveSmallIntegerField(_("the answer is number"), null=True, blank=True)

    class Meta:
        ordering = ["version", "order", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(
                condition=Q(show_if=None, show_if_answer=None) | Q(show_if__isnull=False, show_if_answer__isnull=False),
                name="question_shown_after_an_answer",
                violation_error_message=_("Choose both the question and the number of its answer, or neither."),
            )
        ]

    def __str__(self):
        return f"{self.order}. {self.label_fi}"

    @property
    def label(self):
        """The text in the reader's language."""
        return in_readers_language(self, "label")

    @property
    def help(self):
        """The help in the reader's language."""
        return in_readers_language(self, "help")

    @property
    def options(self):
        """The options in the reader's language."""
        return lines(in_readers_language(self, "options"))


def lines(text):
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


auditlog.register(Questionnaire)
auditlog.register(QuestionnaireVersion)
auditlog.register(QuestionnaireParty)
auditlog.register(Question)
