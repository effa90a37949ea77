"""Finding a value that is kept encrypted: a keyed hash of it, in a pair of columns beside it.

What it promises: equal values have equal indexes, so a column can be searched and be unique, while nobody without
`settings.BLIND_INDEX_KEYS` can tell which value an index stands for. Who has the keys can try values one by one, so
they are as precious as the field keys, differ from them, and stay outside the database. An index tells that two rows
hold the same value; a purpose of its own for each column keeps that from reaching across columns.

Keys are a chain, oldest first: version 1 is a hash of the value under the first key, version 2 a hash of version 1
under the second, and so on. So a stored index can be taken to the next version without knowing its value, and whoever
has an old key but not the newest one can try nothing. Odd versions stand in the column `name`, even ones in
`name_even`; two versions are kept side by side only while a new key is being brought in (`rotation`).
"""

import hashlib
import hmac
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

KEY_BYTES = 32


class Indexes(NamedTuple):
    """What stands for one value: under the odd version and under the even one; None where there is no such key now."""

    odd: bytes | None
    even: bytes | None

    def columns(self, name: str) -> dict:
        """The pair of columns `name` and `name_even`, for writing."""
        return {name: self.odd, f"{name}_even": self.even}

    def match(self, name: str) -> Q:
        """Rows that hold the same value, whichever version they were written under."""
        known = [Q(**{column: index}) for column, index in self.columns(name).items() if index is not None]
        # Without any index nothing is found, instead of everything.
        return reduce(or_, known) if known else Q(pk__in=[])

    def same_as(self, odd, even) -> bool:
        """Whether a row with these two columns holds the same value."""
        return _equal(self.odd, odd) or _equal(self.even, even)


NOTHING = Indexes(None, None)


def _equal(one, other):
    return one is not None and other is not None and bytes(one) == bytes(other)


def of_row(row, name: str) -> Indexes:
    """What a model's row holds in the pair `name` and `name_even`."""
    pair = (getattr(row, name), getattr(row, f"{name}_even"))
    return Indexes(*(None if part is None else bytes(part) for part in pair))


def column_of(name: str, version: int) -> str:
    """The column in which indexes of this version stand."""
    return name if version % 2 else f"{name}_even"


def chain():
    """(the keys in use, oldest first; the key being brought in or None). ImproperlyConfigured for a wrong kind."""
    keys, following = tuple(settings.BLIND_INDEX_KEYS), settings.BLIND_INDEX_KEY_NEXT
    every = [*keys, following] if following is not None else [*keys]
    if not keys or any(not isinstance(key, bytes) or len(key) != KEY_BYTES for key in every):
        raise ImproperlyConfigured(f"BLIND_INDEX_KEY: each key must be {KEY_BYTES} bytes.")
    if len(set(every)) < len(every) or set(every) & set(settings.ENCRYPTION_KEYS.values()):
        raise ImproperlyConfigured("BLIND_INDEX_KEY must differ from each of ENCRYPTION_KEYS and hold no key twice.")
    return keys, following


def blind_indexes(value: str, *, purpose: str) -> Indexes:
    """The 32 bytes (HMAC-SHA256), once or twice, that stand for `value` in the pair of columns meant by `purpose`.

    The caller normalises first (case, spaces, Unicode form): other bytes are another value. An empty value or purpose
    is a ValueError, because every empty value would match every other.
    """
    if not value or not purpose:
        raise ValueError("A blind index needs a value and a purpose.")
    keys, following = chain()
    # The purpose's length goes first so that no other pair can run together into the same bytes.
    label = purpose.encode()
    index = hmac.digest(keys[0], len(label).to_bytes(2, "big") + label + value.encode(), hashlib.sha256)
    for key in keys[1:]:
        index = advance(index, key)
    after = advance(index, following) if following else None
    return Indexes(index, after) if len(keys) % 2 else Indexes(after, index)


def advance(index: bytes, key: bytes) -> bytes:
    """The next version of an index, under the next key of the chain."""
    return hmac.digest(key, index, hashlib.sha256)
