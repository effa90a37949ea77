"""How an indicator stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """Where the latest value is between baseline and target; `rules.standing_of` works it out."""

    NOTHING = "nothing", _("nothing yet")
    HIDDEN = "hidden", _("too few to tell")
    NO_TARGET = "no_target", _("no target")
    REACHED = "reached", _("target reached")
    ON_WAY = "on_way", _("on its way")
    BEHIND = "behind", _("behind")
    FURTHER = "further", _("further away than at the beginning")
    NOT_YET = "not_yet", _("target not reached yet")
