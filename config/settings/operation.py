"""Logs, and what is kept outside the database. A part of base.py, which imports every name here."""

from pathlib import Path

from config.settings import env
from config.settings.installation import DATA_DIR

# Heads of the use log's seals, outside the database; point it at another machine's disk in real use.
# An address or several that get the first head of each hour by mail; nobody where unset.
USE_LOG_HEADS_MAIL = env.names("USE_LOG_HEADS_MAIL")
USE_LOG_HEADS_FILE = Path(env.text("USE_LOG_HEADS_FILE", str(DATA_DIR / "use_log_heads.txt")))

# What was erased or revoked, as random ids, outside the database: a restored backup must not bring it back.
ERASURE_LEDGER_FILE = Path(env.text("ERASURE_LEDGER_FILE", str(DATA_DIR / "erasures.jsonl")))

# What backups are encrypted with: 32 bytes in base64, kept apart from the backups.
_backup_key = env.text("BACKUP_KEY")
BACKUP_KEY = env.key_bytes("BACKUP_KEY", _backup_key) if _backup_key else None

# Who sends it as "Authorization: Bearer …" may read at /readyz what is behind; else only this machine may.
MONITOR_TOKEN = env.text("MONITOR_TOKEN")

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
