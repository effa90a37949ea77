"""What a signed-in user still has to show before the portal opens, and who may take a lost factor off an account."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.agencies.models import Membership
from coordination.agencies.queries import works_elsewhere
from coordination.agencies.rules import NotNow

# Long enough for whoever did not lose anything to see the letter, short enough to be back at work tomorrow.
RESET_DELAY = timedelta(hours=24)

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# As the administration names them.
KINDS = (
    (Authenticator.Type.WEBAUTHN, gettext_lazy("passkey")),
    (Authenticator.Type.TOTP, gettext_lazy("authenticator app")),
    (Authenticator.Type.RECOVERY_CODES, gettext_lazy("recovery codes")),
)


class Missing(models.TextChoices):
    """What keeps the portal closed to somebody who has signed in."""

    FACTOR = "factor"
    PASSKEY = "passkey"
    PASSKEY_SHOWN = "passkey_shown"


@dataclass(frozen=True)
class Shown:
    """What this session has seen of its user: kinds of factors, and what their town's sign-in vouched for."""

    kinds: frozenset = frozenset()
    vouched: bool = False
    vouched_as_passkey: bool = False


def is_required():
    """Whether a second factor is asked of everybody; the demo alone leaves it to the user."""
    return settings.SECOND_FACTOR == "required"


def needs_passkey(user):
    """Whether this user's roles are worth more than a code can protect: codes can be given away on a false page.

    `is_staff` follows the open memberships that coordinate or administer (`put_in_groups`).
    """
    return user.is_staff


def missing(user, kinds, shown):
    """What the user has yet to set up or show (a Missing), or None; `kinds` are those of the factors they have.

    A recovery code stands for a lost passkey, so whoever came in by one sets up another passkey.
    """
    if not is_required():
        return None
    if not needs_passkey(user):
        return None if shown.vouched or kinds & set(FACTORS) else Missing.FACTOR
    if shown.vouched_as_passkey or Authenticator.Type.WEBAUTHN in shown.kinds:
        return None
    if Authenticator.Type.WEBAUTHN not in kinds or Authenticator.Type.RECOVERY_CODES in shown.kinds:
        return Missing.PASSKEY
    return Missing.PASSKEY_SHOWN


def check_may_reset(by, user):
    """Raise PermissionDenied unless `by` administers an area in which this user works.

    Raises NotNow for themselves, and for somebody who works in another area too.
    """
    area_id = by.agency.area_id
    if by.role != Membership.Role.ADMINISTRATOR or not user.memberships.open().filter(agency__area=area_id).exists():
        raise PermissionDenied
    if user.pk == by.user_id:
        raise NotNow(_("You can't reset your own second factor. Ask another administrator of the area."))
    if works_elsewhere(user, area_id):
        raise NotNow(_("This person also works in another area, so these details can't be changed from here."))


def check_has_factor(kinds):
    """Raise NotNow when there is nothing to take off."""
    if not kinds:
        raise NotNow(_("This person has no second factor: they set one up when they next sign in."))
