"""Collecting static files, only when a source has changed: hashing and compressing all of them takes seconds."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect() -> None:
    stamp = settings.STATIC_ROOT / ".sources"
    now = fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=settings.STATIC_ROOT.exists())
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now)


def fingerprint() -> str:
    """Of every source's path, size and time of change, and of how they are stored."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = storage.path(path)
            digest.update(f"{found} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    return digest.hexdigest()
