"""What is looked at before the house opens: `manage.py check --deploy --database default`, and `manage.py run`.

An error keeps a process that asks from starting (the units do, and `run`); a warning is for whoever installs it. Each
says in a sentence what is wrong and what to do. In the demo only what the demo needs is asked for.
"""

import os
import zoneinfo
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

from config.health.queries import unapplied_migrations
from coordination.encryption import cipher, index, keys, rotation
from coordination.signing_in import rotation as factors

OLDEST_SERVER = 15
# What a clock may differ by from the database's: one-time codes and deadlines are worked out on both.
LARGEST_DIFFERENCE_SECONDS = 30


def _error(number, sentence):
    return checks.Error(sentence, id=f"rinnalla.E{number:03d}")


def _warning(number, sentence):
    return checks.Warning(sentence, id=f"rinnalla.W{number:03d}")


@checks.register(checks.Tags.security)
def keys_open(app_configs, **kwargs):
    """The keys are there, are keys, and open what they close."""
    try:
        stored = cipher.encrypt("a", place="check")
        index.blind_indexes("a", purpose="check")
        ok = cipher.decrypt(stored, place="check") == "a"
    except (ImproperlyConfigured, cipher.Undecipherable, keys.KeyMissing) as problem:
        return [_error(1, str(problem))]
    return [] if ok else [_error(1, "ENCRYPTION_KEYS: what they close does not open.")]


@checks.register(checks.Tags.security, deploy=True)
def installation(app_configs, **kwargs):
    """The settings of a real installation that Django itself doesn't look at."""
    if settings.DEMO_MODE:
        return []
    found, address = [], urlsplit(settings.PUBLIC_URL)
    if address.scheme != "https":
        found.append(_error(2, "PUBLIC_URL must begin with https://: links in mails lead there."))
    if address.hostname not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        found.append(_error(3, f"PUBLIC_URL leads to {address.hostname}, which ALLOWED_HOSTS doesn't name."))
    if "*" in settings.ALLOWED_HOSTS:
        found.append(_error(4, "ALLOWED_HOSTS must name the host names, not *."))
    if not settings.REDIS_URL:
        found.append(
            _warning(1, "REDIS_URL is not set: limits live in the database, and wake-ups in a folder of one machine.")
        )
    if not settings.EMAIL_USE_TLS and not settings.EMAIL_USE_SSL and not _is_here(settings.EMAIL_HOST):
        found.append(
            _warning(2, "EMAIL_URL has no TLS: mails cross the network in clear. Use smtp+tls:// or smtp+ssl://")
        )
    if not settings.BACKUP_KEY:
        found.append(_warning(3, "BACKUP_KEY is not set: `manage.py backup` will not write an encrypted backup."))
    if not settings.SECURE_PROXY_SSL_HEADER:
        found.append(
            _warning(4, "BEHIND_PROXY is not yes: without a proxy that speaks HTTPS every page redirects for ever.")
        )
    if settings.BLIND_INDEX_KEY_NEXT:
        found.append(_warning(5, "BLIND_INDEX_KEY_NEXT is set: a change of keys is going on. See rotate_keys."))
    return found


@checks.register(checks.Tags.security, deploy=True)
def clock(app_configs, **kwargs):
    """Deadlines are reckoned by the clock in Finland, and the machine must know its rules."""
    try:
        summer = datetime(2026, 7, 1, 12, tzinfo=UTC).astimezone(zoneinfo.ZoneInfo(settings.TIME_ZONE))
    except zoneinfo.ZoneInfoNotFoundError:
        return [_error(5, f"This machine doesn't know the time zone {settings.TIME_ZONE}: install tzdata.")]
    return [] if summer.hour == 15 else [_error(5, f"The rules of {settings.TIME_ZONE} on this machine are wrong.")]


@checks.register(checks.Tags.security, deploy=True)
def files_outside(app_configs, **kwargs):
    """Heads and ledger must be writable, and are worth the place they are kept in."""
    if settings.DEMO_MODE:
        return []
    found = []
    for name in ("USE_LOG_HEADS_FILE", "ERASURE_LEDGER_FILE"):
        path = Path(getattr(settings, name))
        if not _writable(path):
            found.append(_error(6, f"{name}: {path} can't be written by this user."))
        elif path.is_relative_to(settings.DATA_DIR):
            found.append(_warning(6, f"{name} lies in DATA_DIR. Put it on another disk, best another machine's."))
    return found


@checks.register(checks.Tags.database)
def database(app_configs, databases=None, **kwargs):
    """The server is new enough, every migration has run, the clocks agree, and the keys fit what is stored."""
    if not databases or "default" not in databases:
        return []
    connection = connections["default"]
    try:
        connection.ensure_connection()
    except DatabaseError:
        return [_error(7, "The database can't be reached: look at DATABASE_URL, and whether PostgreSQL runs.")]
    if connection.pg_version < OLDEST_SERVER * 10_000:
        version = connection.pg_version // 10_000
        return [_error(8, f"PostgreSQL {OLDEST_SERVER} or newer is needed; this one is {version}.")]
    if missing := unapplied_migrations():
        return [_error(9, f"Migrations have not run ({', '.join(missing[:3])} …): manage.py migrate")]
    return [*_clocks_differ(connection), *_keys_fit()]


def _clocks_differ(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [there] = cursor.fetchone()
    difference = abs((datetime.now(UTC) - there).total_seconds())
    if difference <= LARGEST_DIFFERENCE_SECONDS:
        return []
    return [_warning(7, f"This machine's clock and the database's differ by {difference:.0f} s: use NTP on both.")]


def _keys_fit():
    found = [
        _error(10, f"{what} has values of key version {missing[0]}, which ENCRYPTION_KEYS lacks.")
        for what, missing in _key_versions_missing()
        if missing
    ]
    for model, name in rotation.index_pairs():
        if rotation.lacking_current_index(model, name):
            found.append(
                _error(11, f"{model._meta.label} has rows that BLIND_INDEX_KEY doesn't find. See rotate_keys --help.")
            )
    return found


def _key_versions_missing():
    """What is stored encrypted, each with the key versions that it needs and the settings lack, lowest first."""
    for model, fields in rotation.encrypted_columns():
        yield model._meta.label, rotation.missing_versions(model, fields)
    # They stand within the sign-in library's own column, which isn't one of the encrypted ones.
    needed = [version for version, _rows in factors.versions()]
    yield factors.WHAT, [version for version in needed if version not in settings.ENCRYPTION_KEYS]


def _writable(path):
    if path.exists():
        return os.access(path, os.W_OK)
    folder = next(parent for parent in path.parents if parent.exists())
    return os.access(folder, os.W_OK | os.X_OK)


def _is_here(host):
    return host in {"localhost", "127.0.0.1", "::1"}
