"""Bringing the secrets of second factors under the newest key: they stand within the sign-in library's own column."""

from collections import Counter

from allauth.mfa.models import Authenticator
from django.db import transaction

from coordination.encryption import cipher, keys
from coordination.encryption.rotation import Result
from coordination.signing_in.factors import SECRET_PLACE

# What the library hands to the adapter to encrypt, by kind of factor.
_SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}
WHAT = "mfa.Authenticator.data"


def _rows():
    return Authenticator.objects.filter(type__in=_SECRETS).order_by("pk")


def versions():
    """[(key version, how many secrets)] of what is stored, lowest first."""
    found = (cipher.STORED.fullmatch(row.data[_SECRETS[row.type]]) for row in _rows().iterator())
    return sorted(Counter(int(one[1]) for one in found if one).items())


def rewrite():
    """Put every secret under the newest key version; says what came of it (rotation.Result)."""
    version, _ = keys.newest()
    result = Result()
    for pk in _rows().values_list("pk", flat=True):
        try:
            result.rewritten += _rewrite(pk, version)
        except (cipher.Undecipherable, keys.KeyMissing) as error:
            result.problems.append(f"{WHAT} {pk}: {error}")
    return result


@transaction.atomic
def _rewrite(pk, version):
    row = _rows().select_for_update(no_key=True).filter(pk=pk).first()
    name = _SECRETS[row.type] if row else None
    if row is None or row.data[name].startswith(f"v{version}:"):
        return False
    row.data[name] = cipher.encrypt(cipher.decrypt(row.data[name], place=SECRET_PLACE), place=SECRET_PLACE)
    row.save(update_fields=["data"])
    return True
