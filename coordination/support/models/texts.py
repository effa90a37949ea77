"""The job description and the shared practices: versioned texts, and which agencies have accepted the latter."""

from auditlog.registry import auditlog
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Agency, Area


class SupportText(models.Model):
    """One version of a text that somebody says yes to, in three languages.

    Without an area it is the product's own, in force where the area has none of its own. What has come into force is
    never edited, since somebody may have said yes to it: a change is a new version.
    """

    class Kind(models.TextChoices):
        JOB_DESCRIPTION = "job", _("job description of the one adult")
        SHARED_PRACTICES = "practices", _("shared practices of the agencies")

    kind = models.CharField(_("text"), max_length=10, choices=Kind.choices)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    in_force_from = models.DateField(_("in force from"), default=timezone.localdate)
    text_fi = models.TextField(_("text in Finnish"), max_length=10_000)
    text_sv = models.TextField(_("text in Swedish"), max_length=10_000)
    text_en = models.TextField(_("text in English"), max_length=10_000)

    class Meta:
        ordering = ["kind", "area", "-number"]
        verbose_name = _("text of the one adult's support")
        verbose_name_plural = _("texts of the one adult's support")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "area", "number"],
                nulls_distinct=False,
                name="support_text_numbered_once",
                violation_error_message=_("There is a version with this number already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    @property
    def text(self):
        """The text in the reader's language."""
        return getattr(self, f"text_{(get_language() or 'fi')[:2]}", self.text_fi)


class PracticesAcceptance(models.Model):
    """An agency has accepted the shared practices: only then are its professionals named as somebody's one adult."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency"))
    text = models.ForeignKey(
        SupportText,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("shared practices"),
        limit_choices_to=Q(kind="practices"),
    )
    accepted_on = models.DateField(_("accepted on"), default=timezone.localdate)

    class Meta:
        ordering = ["agency"]
        verbose_name = _("acceptance of the shared practices")
        verbose_name_plural = _("acceptances of the shared practices")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "text"],
                name="practices_accepted_once",
                violation_error_message=_("This agency has accepted this version already."),
            )
        ]

    def __str__(self):
        return f"{self.agency} – {self.text}"


auditlog.register(SupportText)
auditlog.register(PracticesAcceptance)
