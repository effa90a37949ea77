"""The programmes to which pilots belong: who pays for them, and how they began."""

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area, County
from coordination.agencies.models.areas import NamedInThreeLanguages

LANGUAGES = ("fi", "sv", "en")


def in_readers_language(row, name):
    """What the columns `name`_fi, _sv and _en of this row say in the reader's language; Finnish where that is empty."""
    return getattr(row, f"{name}_{(get_language() or 'fi')[:2]}", "") or getattr(row, f"{name}_fi")


class Programme(NamedInThreeLanguages):
    """Something larger to which pilots belong, such as a project of a ministry or of a region.

    Without an area it comes with the portal, and its `code` is by what it is found again in the portal's files.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True, null=True, editable=False)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("area")
    )
    funder_fi = models.CharField(_("funder in Finnish"), max_length=200, blank=True)
    funder_sv = models.CharField(_("funder in Swedish"), max_length=200, blank=True)
    funder_en = models.CharField(_("funder in English"), max_length=200, blank=True)
    origin_fi = models.TextField(_("how it began, in Finnish"), max_length=500, blank=True)
    origin_sv = models.TextField(_("how it began, in Swedish"), max_length=500, blank=True)
    origin_en = models.TextField(_("how it began, in English"), max_length=500, blank=True)
    from_year = models.PositiveSmallIntegerField(_("first year"))
    until_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    counties = models.ManyToManyField(
        County, blank=True, related_name="+", verbose_name=_("wellbeing services counties")
    )

    class Meta:
        ordering = ["name_fi", "pk"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_year=None) | Q(until_year__gte=F("from_year")),
                name="programme_years_in_order",
                violation_error_message=_("The last year can't be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(area=None, code__isnull=False) | Q(area__isnull=False, code=None),
                name="programme_of_an_area_or_of_the_portal",
            ),
        ]

    @property
    def funder(self):
        """Who pays for it, in the reader's language."""
        return in_readers_language(self, "funder")

    @property
    def origin(self):
        """How it began, in the reader's language."""
        return in_readers_language(self, "origin")


auditlog.register(Programme, m2m_fields={"counties"})
