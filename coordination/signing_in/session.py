"""What a session remembers of how its user signed in."""

import json

from allauth.account.internal.flows.login import get_authentication_records
from django.utils import timezone

from coordination.encryption import cipher
from coordination.encryption.keys import KeyMissing
from coordination.signing_in.identity import Identity
from coordination.signing_in.rules import Shown

UNSEEN_CODES = "signing_in.unseen_codes"
_VOUCHED = "signing_in.vouched"
_IDENTITY = "signing_in.identity"
_IDENTITY_PLACE = "session.identity"
# Between coming back from the town's sign-in and pressing the button that accepts the invitation.
_IDENTITY_SECONDS = 15 * 60


def shown_in(request):
    """What this session has seen of its user (rules.Shown); of nobody else who may have used the browser before."""
    records = get_authentication_records(request, request.user)
    vouched = request.session.get(_VOUCHED) or {}
    is_theirs = vouched.get("user") == request.user.pk
    return Shown(
        kinds=frozenset(one["type"] for one in records if one.get("method") == "mfa" and "type" in one),
        vouched=is_theirs,
        vouched_as_passkey=is_theirs and bool(vouched.get("as_passkey")),
    )


def remember_vouching(request, user, identity):
    """This session's user has shown a second factor to their town's sign-in, if it says so."""
    if identity.vouched:
        request.session[_VOUCHED] = {"user": user.pk, "as_passkey": identity.vouched_as_passkey}
    else:
        request.session.pop(_VOUCHED, None)


def keep_identity(request, identity):
    """Keep who came back from the town's sign-in, encrypted, until the invitation has been accepted."""
    kept = json.dumps({"at": timezone.now().timestamp(), "identity": identity.as_dict()})
    request.session[_IDENTITY] = cipher.encrypt(kept, place=_IDENTITY_PLACE)


def kept_identity(request):
    """The identity kept a moment ago, or None."""
    stored = request.session.get(_IDENTITY)
    try:
        kept = json.loads(cipher.decrypt(stored, place=_IDENTITY_PLACE)) if stored else None
    except (cipher.Undecipherable, KeyMissing):
        return None
    if kept is None or timezone.now().timestamp() - kept["at"] > _IDENTITY_SECONDS:
        return None
    return Identity(**kept["identity"])


def forget_identity(request):
    """The identity has been used, or isn't wanted."""
    request.session.pop(_IDENTITY, None)
