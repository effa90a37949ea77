"""Text to stored text and back: AES-256-GCM, bound to the place where it is kept.

Stored text is ``v<key version>:<base64url of nonce + ciphertext + tag>``. The place ("app.model.field") is the
associated data, so a value copied into another column doesn't open there. A fresh random nonce is drawn each time:
the same text never looks the same twice, and one key is good for about four thousand million values.
"""

import base64
import binascii
import re
import secrets

from cryptography.exceptions import InvalidTag

from coordination.encryption import keys

NONCE_BYTES = 12
STORED = re.compile(r"v([1-9][0-9]{0,8}):([A-Za-z0-9_=-]+)", re.ASCII)


class Undecipherable(Exception):
    """A stored value doesn't open: it was changed, isn't encrypted, or was written for another place.

    The message names the place, never the value.
    """


def encrypt(text, *, place):
    """Stored text of `text`, which opens only at `place`."""
    version, cipher = keys.newest()
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + cipher.encrypt(nonce, text.encode(), place.encode())
    return f"v{version}:{base64.urlsafe_b64encode(sealed).decode()}"


def decrypt(stored, *, place):
    """The text behind `stored`. Undecipherable when it doesn't open, keys.KeyMissing when its key isn't here."""
    found = STORED.fullmatch(stored)
    if not found:
        raise Undecipherable(f"{place}: the stored value is not encrypted text.")
    cipher = keys.of_version(int(found[1]))
    try:
        sealed = base64.b64decode(found[2], altchars=b"-_", validate=True)
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode()).decode()
    except (binascii.Error, InvalidTag, ValueError):
        # Without the cause: a traceback that is kept somewhere should hold as little as possible.
        raise Undecipherable(f"{place}: the stored value was changed, or was written for another place.") from None
