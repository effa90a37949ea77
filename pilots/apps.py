from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PilotsConfig(AppConfig):
    """Trying new ways of working in the open: what was tried where, and what was decided on what evidence."""

    name = "pilots"
    verbose_name = _("Pilots")
    default_auto_field = "django.db.models.BigAutoField"
