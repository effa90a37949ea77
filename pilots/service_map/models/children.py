"""The children's own views in a round of the survey: what they are asked, the codes by which they answer, and counts.

Nothing here is about one child. A code keeps how many answered by it and how many chose what; of an answer no row, no
time and no order remains (decision 60).
"""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models.areas import NamedInThreeLanguages
from coordination.encryption.fields import EncryptedTextField
from pilots.service_map.models.rounds import SurveyRound


class Face(models.TextChoices):
    """What a child can answer with a face, from the happiest on."""

    ALWAYS = "0", _("Always")
    OFTEN = "1", _("Often")
    SOMETIMES = "2", _("Sometimes")
    SELDOM = "3", _("Seldom")
    NEVER = "4", _("Never")


class AgeBand(models.TextChoices):
    """How old a child says they are, as far as anybody asks."""

    UNDER_10 = "9", _("Under 10 years")
    FROM_10 = "10", _("10–12 years")
    FROM_13 = "13", _("13–15 years")
    FROM_16 = "16", _("16–17 years")
    FROM_18 = "18", _("18–29 years")
    UNTOLD = "", _("I'd rather not say")


class ChildQuestion(NamedInThreeLanguages):
    """One question to children, answered by a face, by one of a few choices, or in words; its name is the question.
    Choices stand one on a line."""

    class Kind(models.TextChoices):
        FACES = "faces", _("five faces, from always to never")
        CHOICE = "choice", _("one of a few choices")
        WORDS = "words", _("the child's own words")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(null=True, editable=False)
    round = models.ForeignKey(SurveyRound, on_delete=models.CASCADE, related_name="child_questions")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    choices_fi = models.TextField(_("choices in Finnish"), max_length=600, blank=True)
    choices_sv = models.TextField(_("choices in Swedish"), max_length=600, blank=True)
    choices_en = models.TextField(_("choices in English"), max_length=600, blank=True)

    class Meta:
        ordering = ["round", "order", "pk"]
        verbose_name = _("question to children")
        verbose_name_plural = _("questions to children")
        constraints = [
            models.UniqueConstraint(fields=["round", "token"], name="question_to_children_sent_once"),
            models.UniqueConstraint(
                fields=["round"], condition=Q(kind="words"), name="one_question_to_children_in_words"
            ),
            models.CheckConstraint(
                condition=Q(kind="choice") & ~Q(choices_fi="") | ~Q(kind="choice") & Q(choices_fi=""),
                name="question_to_children_has_its_choices",
            ),
        ]

    @property
    def choices(self):
        """What can be chosen, in the reader's language; Finnish where a translation is missing."""
        if self.kind == self.Kind.FACES:
            return [str(label) for label in Face.labels]
        return (getattr(self, f"choices_{(get_language() or 'fi')[:2]}", "") or self.choices_fi).split("\n")


class ChildCode(models.Model):
    """The code of a class or a group, which works from one day to another for so many answers.

    `counts` says how many chose what, {question: {age band: [of each choice]}}, and `tokens` which forms have been
    sent, in no order of time. Whoever answers rewrites the whole row, so that it tells nothing of who came when.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(null=True, editable=False)
    round = models.ForeignKey(SurveyRound, on_delete=models.CASCADE, related_name="child_codes")
    code = models.CharField(_("code"), max_length=40)
    label = models.CharField(_("for whom"), max_length=80)
    most = models.PositiveSmallIntegerField(_("most answers"))
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    is_stopped = models.BooleanField(_("stopped"), default=False)
    came = models.PositiveSmallIntegerField(default=0)
    counts = models.JSONField(default=dict)
    tokens = models.JSONField(default=list)

    class Meta:
        ordering = ["round", "label", "pk"]
        verbose_name = _("code for children")
        verbose_name_plural = _("codes for children")
        constraints = [
            models.UniqueConstraint(fields=["round", "token"], name="code_for_children_sent_once"),
            # However it is typed, with spaces, hyphens or neither.
            models.UniqueConstraint(Replace("code", Value("-"), Value("")), name="code_for_children_is_its_own"),
            models.CheckConstraint(condition=Q(came__lte=F("most")), name="no_more_children_than_a_code_has"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="code_closes_after_it_opens"),
        ]

    def __str__(self):
        return f"code for children {self.pk}"


class ChildWords(models.Model):
    """What one child wrote, apart from everything else that was answered; empty once somebody hid it, because it named
    somebody. The key is random, so that the order tells nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(ChildQuestion, on_delete=models.CASCADE, related_name="words")
    text = EncryptedTextField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("words of a child")
        verbose_name_plural = _("words of children")

    def __str__(self):
        return "words of a child"


auditlog.register(ChildQuestion, exclude_fields=["token"])
# What changes when a child answers is left out: the history would say when that was.
auditlog.register(ChildCode, exclude_fields=["token", "code", "came", "counts", "tokens"])
