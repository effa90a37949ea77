"""Logs, and what is kept outside the database. A part of base.py, which imports every name here."""

from pathlib import Path

from config.settings import env
from config.settings.installation import DATA_DIR

# Heads of the use log's seals, outside the database; point it at another machine's disk in real use.
# An address or several that get the first head of each hour by mail; nobody where unset.
USE_LOG_HEADS_MAIL = env.names("USE_LOG_HEADS_MAIL")
USE_LOG_HEADS_FILE = Path(env.text("USE_LOG_HEADS_FILE", str(DATA_DIR / "use_log_heads.txt")))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "config.request_id.RequestIdFilter"}},
    "formatters": {"json": {"()": "config.logs.PlainJson"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request_id"]}},
    "root": {"handlers": ["out"], "level": env.text("LOG_LEVEL", "WARNING")},
    # Django's own handlers would write whole tracebacks and mail them.
    "loggers": {"django": {"handlers": [], "propagate": True}, "django.server": {"handlers": [], "propagate": True}},
}
