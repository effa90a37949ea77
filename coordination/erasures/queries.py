"""Reading the ledger outside the database."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Entry:
    """One line of the file: when something was erased or revoked, what, and its random ids."""

    at: datetime
    what: str
    ids: dict = field(default_factory=dict)


class DamagedLedger(ValueError):
    """A line of the ledger that can't be read. Its number is the message; a person has to look."""


def path():
    """Where the ledger is kept."""
    return Path(settings.ERASURE_LEDGER_FILE)


def entries(*, since=None):
    """The entries of the ledger in their order, from the moment `since` on (an aware datetime) or all of them.

    A line that doesn't come to its end was torn by a power cut and is left out: it was written again, since its row was
    still there. Raises DamagedLedger for any other line that can't be read, and FileNotFoundError without a ledger.
    """
    with path().open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if not line.rstrip().endswith("}"):
                continue
            entry = _entry(line, number)
            if since is None or entry.at >= since:
                yield entry


def _entry(line, number):
    try:
        found = json.loads(line)
        return Entry(datetime.fromisoformat(found.pop("at")), found.pop("what"), found)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise DamagedLedger(f"line {number} can't be read") from error
