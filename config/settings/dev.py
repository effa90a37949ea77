"""For writing code: as base, but with Django's error pages, unhashed static files and plain log lines."""

from config.settings.base import *  # noqa: F403
from config.settings.base import LOGGING, STORAGES

DEBUG = True
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
LOGGING = {**LOGGING, "formatters": {"json": {"format": "%(levelname)s %(name)s: %(message)s"}}}
