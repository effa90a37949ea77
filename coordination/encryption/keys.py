"""The keys of encrypted fields, by version.

`settings.ENCRYPTION_KEYS` is a dict of version (an int from 1) to 32 bytes. The newest version encrypts, any version
decrypts, so a new key is brought in by adding it and old values stay readable until they are written again. A key may
be taken out of the settings only when no stored value begins with its version.
"""

from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


class KeyMissing(ImproperlyConfigured):
    """A stored value was encrypted with a key version that the settings don't have."""


@lru_cache(maxsize=16)
def _aes(key):
    return AESGCM(key)


def _key(version):
    key = settings.ENCRYPTION_KEYS[version]
    if not isinstance(key, bytes) or len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"ENCRYPTION_KEYS: version {version} must be {KEY_BYTES} bytes.")
    return key


def newest():
    """The (version, cipher) that encrypts. ImproperlyConfigured when there is no key, or none of the right kind."""
    versions = settings.ENCRYPTION_KEYS
    if not versions:
        raise ImproperlyConfigured("ENCRYPTION_KEYS is empty: nothing can be encrypted.")
    if any(type(version) is not int or version < 1 for version in versions):
        raise ImproperlyConfigured("ENCRYPTION_KEYS: each version must be a whole number from 1 up.")
    version = max(versions)
    return version, _aes(_key(version))


def of_version(version):
    """The cipher of one key version. KeyMissing when the settings don't have it."""
    if version not in settings.ENCRYPTION_KEYS:
        raise KeyMissing(f"ENCRYPTION_KEYS has no version {version}, and stored values need it. Add that key again.")
    return _aes(_key(version))
