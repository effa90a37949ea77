from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FlagsConfig(AppConfig):
    """Flagging a young person, and the match that follows."""

    name = "flags"
    verbose_name = _("Flags")
    default_auto_field = "django.db.models.BigAutoField"
