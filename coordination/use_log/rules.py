"""How a row of the use log becomes a digest, and a batch of them a head.

Whatever is written here decides whether yesterday's seals still verify. A change (a new column, another order) is a
new version beside the old one, never an edit of it.
"""

import hashlib
import json
import struct
from datetime import UTC, datetime
from uuid import UUID

VERSION = 2
_FIRST = (
    "id",
    "at",
    "request_id",
    "user_id",
    "user_name",
    "membership_id",
    "agency_id",
    "agency_name",
    "agency_kind",
    "role",
    "page",
    "purpose",
    "grounds",
    "person_keys",
)
DIGESTED = {1: _FIRST, 2: (*_FIRST, "reason", "passed_to", "passed_to_agency", "passed_on")}

# The purposes of rows that no kind of ground stands for: hidden details were revealed, something was passed on, a
# coordinator made sure what another sees.
REVEAL, DISCLOSURE, PREVIEW = "reveal", "disclosure", "preview"

# The head that the first seal follows.
NO_HEAD = "0" * 64
ROW = struct.Struct(">q16s")


def _plain(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"No agreed way to write out {type(value).__name__}.")


def _written_out(values):
    return json.dumps(values, default=_plain, ensure_ascii=True, separators=(",", ":")).encode()


def digest(look, version):
    """The 16 bytes that stand for `look`, written out as `version` says."""
    return hashlib.sha256(_written_out([getattr(look, name) for name in DIGESTED[version]])).digest()[:16]


def pack(rows):
    """`rows` of (id, digest) as the bytes a seal keeps."""
    return b"".join(ROW.pack(id, row_digest) for id, row_digest in rows)


def unpack(packed):
    """The (id, digest) pairs of a seal. A torn end is left out; the seal's head tells of it."""
    whole = len(packed) - len(packed) % ROW.size
    return ROW.iter_unpack(packed[:whole])


def head_of(seal):
    """The head of `seal`: SHA-256, in hexadecimal, over all of its content and the head before it."""
    content = [
        seal.version,
        seal.number,
        seal.first_id,
        seal.last_id,
        seal.count,
        seal.at,
        seal.previous_head,
    ]
    return hashlib.sha256(_written_out(content) + b"\n" + bytes(seal.rows)).hexdigest()
