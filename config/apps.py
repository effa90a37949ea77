from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Has no models: it is an app so that Django finds its management commands and its checks."""

    name = "config"

    def ready(self):
        """Registers the checks of the start."""
        from config import checks  # noqa: F401
