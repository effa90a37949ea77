"""The cast, second factors asked of everybody, and the ways in which a test shows one."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

from coordination.agencies import role_permissions
from coordination.agencies.models import Membership
from tests.cast import Cast

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def cast(db):
    role_permissions.apply()
    cast = Cast()
    for member in filter(lambda one: isinstance(one, Membership), vars(cast).values()):
        member.user.language = "en"
        member.user.save(update_fields=["language"])
    return cast


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR = "required"


def with_app(user, *, codes=False):
    """Give this user an authenticator app with SECRET, and recovery codes when asked; gives the codes."""
    totp.TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user).get_unused_codes() if codes else None


def code_now(*, later=0):
    """What the app shows, `later` periods from now."""
    counter = next(iter(totp.yield_hotp_counters_from_time())) + 1 + later
    return totp.format_hotp_value(totp.hotp_value(SECRET, counter))
