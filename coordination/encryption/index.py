"""Finding a value that is kept encrypted: a keyed hash of it, in a column beside it.

What it promises: equal values have equal indexes, so a column can be searched and be unique, while nobody without
`settings.BLIND_INDEX_KEY` can tell which value an index stands for. Who has the key can try values one by one, so the
key is as precious as the field keys, differs from them, and stays outside the database. An index tells that two rows
hold the same value; a purpose of its own for each column keeps that from reaching across columns.

The key has no versions: bringing in a new one takes a second index column (current and next), filled while both are
searched, and the old column dropped afterwards.
"""

import hashlib
import hmac

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


def _key():
    key = settings.BLIND_INDEX_KEY
    if not isinstance(key, bytes) or len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"BLIND_INDEX_KEY must be {KEY_BYTES} bytes.")
    if key in settings.ENCRYPTION_KEYS.values():
        raise ImproperlyConfigured("BLIND_INDEX_KEY must differ from every one of ENCRYPTION_KEYS.")
    return key


def blind_index(value: str, *, purpose: str) -> bytes:
    """The 32 bytes (HMAC-SHA256) that stand for `value` in the column meant by `purpose`.

    The caller normalises first (case, spaces, Unicode form): other bytes are another value. An empty value or purpose
    is a ValueError, because every empty value would match every other.
    """
    if not value or not purpose:
        raise ValueError("A blind index needs a value and a purpose.")
    # The purpose's length goes first so that no other pair can run together into the same bytes.
    label = purpose.encode()
    return hmac.digest(_key(), len(label).to_bytes(2, "big") + label + value.encode(), hashlib.sha256)
