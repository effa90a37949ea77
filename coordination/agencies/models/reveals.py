"""On which grounds hidden details of a young person under non-disclosure may be revealed."""

from auditlog.registry import auditlog
from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models.areas import Area, NamedInThreeLanguages


class RevealReason(NamedInThreeLanguages):
    """A reason for which an authority of this area may look at what non-disclosure hides; each use is logged."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="reveal_reasons", verbose_name=_("area"))
    law = models.CharField(_("law and section"), max_length=120)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["law", "pk"]
        verbose_name = _("reason to reveal hidden details")
        verbose_name_plural = _("reasons to reveal hidden details")

    def __str__(self):
        return f"{self.name} ({self.law})"


auditlog.register(RevealReason)
