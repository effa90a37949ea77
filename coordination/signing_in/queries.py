"""Reads of factors, and of resets that wait."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from coordination.signing_in.models import FactorReset


def kinds_of(user):
    """The kinds of factors this user has, recovery codes among them."""
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def factors_of(user):
    """The user's factors as their page shows them: passkeys, the authenticator app, unused recovery codes.

    Codes are None where there are none at all.
    """
    passkeys, app, codes = [], None, None
    for one in Authenticator.objects.filter(user=user).order_by("pk"):
        if one.type == Authenticator.Type.WEBAUTHN:
            passkeys.append(one)
        elif one.type == Authenticator.Type.TOTP:
            app = one
        else:
            codes = one.wrap().get_unused_codes()
    return {"passkeys": passkeys, "app": app, "codes": codes}


def recovery_codes_of(user):
    """The user's unused recovery codes, or None where they have none."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return found.wrap().get_unused_codes() if found else None


def connections_of(user):
    """The sign-ins of towns that open this account, by the provider's id."""
    return {one.provider: one for one in SocialAccount.objects.filter(user=user)}


def open_resets():
    """Resets that have neither acted nor been stopped."""
    return FactorReset.objects.filter(done_at=None, stopped_at=None)


def open_reset_of(user):
    """The reset that waits for this user, or None."""
    return open_resets().filter(user=user).select_related("begun_by__user").first()


def due_resets():
    """Resets whose delay has passed."""
    return open_resets().filter(acts_at__lte=timezone.now()).order_by("pk")
