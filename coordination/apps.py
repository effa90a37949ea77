from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoordinationConfig(AppConfig):
    """From a follow-up to an outcome, and everything both stand on."""

    name = "coordination"
    verbose_name = _("Coordination")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Keep names out of the history of changes."""
        from coordination.agencies import history  # needs the models

        history.begin()
