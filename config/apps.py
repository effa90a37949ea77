from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Has no models: it is an app so that Django finds its management commands."""

    name = "config"
