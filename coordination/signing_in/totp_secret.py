"""The secret of an authenticator app while it is being connected: in the session, encrypted like the kept ones."""

from allauth.core import context
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret

from coordination.encryption import cipher
from coordination.encryption.keys import KeyMissing

_PLACE = "session.totp_secret"


def secret_in(*, renew):
    """The secret that this session's app is being connected with; a new one when asked for, or when there is none."""
    secret = None if renew else waiting_secret(context.request)
    if secret is None:
        secret = generate_totp_secret()
        # The library's own key: it forgets the secret once the app is connected.
        context.request.session[SECRET_SESSION_KEY] = cipher.encrypt(secret, place=_PLACE)
    return secret


def waiting_secret(request):
    """The secret in this session, or None when no app is being connected."""
    stored = request.session.get(SECRET_SESSION_KEY)
    try:
        return cipher.decrypt(stored, place=_PLACE) if stored else None
    except (cipher.Undecipherable, KeyMissing):
        return None
