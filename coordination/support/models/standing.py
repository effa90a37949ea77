"""Did it help: where the young person is, and how the young person rates it that the adult stays the same."""

from auditlog.registry import auditlog
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Membership
from coordination.support.models.supports import Support

LEAST_STARS, MOST_STARS = 1, 5


class Whereabouts(models.Model):
    """Where the young person was at the naming, after each half-year with the adult, and at the end.

    `period` says which half-year of the support: nought for the naming and the end.
    """

    class Moment(models.TextChoices):
        NAMING = "naming", _("at the naming")
        HALF_YEAR = "half_year", _("after each half-year")
        END = "end", _("at the end")

    class Where(models.TextChoices):
        STUDIES = "studies", _("studies")
        WORK = "work", _("work")
        WORKSHOP = "workshop", _("workshop")
        NONE = "none", _("none of these")

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="whereabouts")
    moment = models.CharField(_("when"), max_length=10, choices=Moment.choices)
    period = models.PositiveSmallIntegerField(default=0)
    where = models.CharField(_("where the young person is"), max_length=10, choices=Where.choices)
    on = models.DateField(_("day"))
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("where a young person is")
        verbose_name_plural = _("where young people are")
        constraints = [
            models.UniqueConstraint(
                fields=["support", "moment", "period"],
                name="whereabouts_said_once",
                violation_error_message=_("This has been said already."),
            ),
            models.CheckConstraint(
                condition=Q(moment="half_year", period__gt=0) | ~Q(moment="half_year") & Q(period=0),
                name="whereabouts_say_which_half_year",
            ),
        ]

    def __str__(self):
        return f"where a young person is {self.pk}"


class Rating(models.Model):
    """What the young person says of it that the adult stays the same, from one star to five.

    It has no key to anybody who could have saved it, since it is the young person's own. Nobody ever sees a single one:
    it only goes into a mean of many.
    """

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="ratings")
    stars = models.PositiveSmallIntegerField(
        _("stars"), validators=[MinValueValidator(LEAST_STARS), MaxValueValidator(MOST_STARS)]
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("rating of continuity")
        verbose_name_plural = _("ratings of continuity")
        constraints = [
            models.CheckConstraint(
                condition=Q(stars__gte=LEAST_STARS, stars__lte=MOST_STARS),
                name="rating_is_of_one_to_five_stars",
                violation_error_message=_("Choose from one star to five."),
            ),
        ]

    def __str__(self):
        return f"rating {self.pk}"


auditlog.register(Whereabouts)
