"""The closed lists that come with the program: kinds of services, of help, and of people whom something is for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models.areas import NamedInThreeLanguages


class Listed(NamedInThreeLanguages):
    """One entry of a closed list that comes with the program: rows point to it, so it goes out of use, never away."""

    code = models.SlugField(_("code"), max_length=15, unique=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        abstract = True
        ordering = ["code"]


class ServiceClass(Listed):
    """What kind of service something is, in our own words. `ptv_code` can hold the national class it stands for."""

    ptv_code = models.CharField(
        _("class in the Finnish Service Catalogue"),
        max_length=20,
        blank=True,
        help_text=_("The code of the service class in the Finnish Service Catalogue (PTV)."),
    )

    class Meta(Listed.Meta):
        verbose_name = _("service class")
        verbose_name_plural = _("service classes")
        constraints = [
            models.UniqueConstraint(fields=["ptv_code"], condition=~Q(ptv_code=""), name="ptv_class_stands_once")
        ]


class Need(Listed):
    """A kind of help that a young person can need. It says what to look for, never why anybody is worried."""

    class Meta(Listed.Meta):
        verbose_name = _("need")
        verbose_name_plural = _("needs")


class TargetGroup(Listed):
    """Whom a service is meant for, in everyday words. The public lists to print are made by it."""

    class Meta(Listed.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
