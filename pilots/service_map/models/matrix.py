"""From how many services on something is thin, enough, or possibly double."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area
from coordination.services.models import Need, ServiceClass


class CoverageRule(models.Model):
    """How many services are few, and how many providers of the same are possibly too many.

    Of one need or one service class, or without either of everything for which the area has no rule of its own. Where
    an area has said nothing the defaults of the two numbers count: they come with the portal.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(unique=True, null=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+", verbose_name=_("area"))
    need = models.ForeignKey(
        Need, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("need")
    )
    service_class = models.ForeignKey(
        ServiceClass, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("service class")
    )
    thin_until = models.PositiveSmallIntegerField(
        _("thin up to so many services"), default=1, help_text=_("One service more is enough.")
    )
    double_from = models.PositiveSmallIntegerField(
        _("possibly double from so many providers on"),
        default=3,
        help_text=_("Of services of the same class, for the same people, in the same place."),
    )
    number = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["area", "pk"]
        verbose_name = _("rule of the coverage of services")
        verbose_name_plural = _("rules of the coverage of services")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "need", "service_class"],
                nulls_distinct=False,
                name="coverage_rule_of_each_once",
                violation_error_message=_("There is a rule for this already. Change that one."),
            ),
            models.CheckConstraint(
                condition=Q(need=None) | Q(service_class=None),
                name="coverage_rule_of_a_need_or_a_class",
                violation_error_message=_("Choose a need or a service class, not both."),
            ),
            models.CheckConstraint(
                condition=Q(double_from__gte=2) & Q(double_from__gt=F("thin_until")),
                name="coverage_double_is_more_than_thin",
                violation_error_message=_("Double begins at two providers, and above what is thin."),
            ),
        ]

    def __str__(self):
        return f"coverage rule {self.pk}"

    @property
    def about(self):
        """The need or the class of which it is; None for all."""
        return self.need or self.service_class


auditlog.register(CoverageRule, exclude_fields=["number", "token"])
