"""What may be kept of a form, for how long, and which page it belongs to."""

import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from django.http import QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

LIFETIME = timedelta(hours=24)
# Characters of a form as it is sent; the longest form of the product has a tenth of it.
LONGEST = 200_000
LONGEST_ADDRESS = 2000
# Drafts that one user has at a time; the oldest give way.
MOST = 20
# What opens a page, here or for somebody outside, is nobody's to keep.
_SECRETS = {"code", "pin", "pin_again"}
# Sent with every form, and worthless later.
_NOT_TYPED = ("csrfmiddlewaretoken",)


@dataclass(frozen=True)
class Kept:
    """What a draft holds: the page where the form stood, where it goes, the form, and for whom its user acted."""

    page: str
    action: str
    typed: str
    membership: str

    def as_text(self) -> str:
        """As it is encrypted."""
        return json.dumps(asdict(self))

    @classmethod
    def of(cls, draft):
        """What this draft holds."""
        return cls(**json.loads(draft.kept))

    def form(self) -> QueryDict:
        """The fields as they would be posted."""
        return QueryDict(self.typed)


def is_about_signing_in(path: str) -> bool:
    """Whether this is one of the pages on which people show who they are. What is typed there is never kept."""
    return path.startswith(reverse("account_login").removesuffix("login/"))


def keepable(fields: QueryDict) -> str | None:
    """These fields as they are kept; None for a form that asks for a password, a code or a PIN, and for one that is too
    long."""
    if any("password" in name.lower() or name.lower() in _SECRETS for name in fields):
        return None
    typed = fields.copy()
    for name in _NOT_TYPED:
        typed.pop(name, None)
    # A NUL can be shown and asked for nowhere.
    typed = typed.urlencode().replace("%00", "%EF%BF%BD")
    return typed if len(typed) <= LONGEST else None


def own_address(address: str, *, host: str = "") -> str | None:
    """Path and query of an address of ours that has a page; None for any other."""
    if len(address) > LONGEST_ADDRESS or not url_has_allowed_host_and_scheme(address, allowed_hosts={host} - {""}):
        return None
    try:
        parts = urlsplit(address)
        resolve(unquote(parts.path))
    except (ValueError, Resolver404):
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def place_of(address: str) -> str:
    """What stands for an address in the session: equal for equal ones, and tells nothing of it."""
    return salted_hmac("coordination.drafts.place", address, algorithm="sha256").hexdigest()


def is_for(draft, membership) -> bool:
    """Whether this draft was typed in the name of the membership acted for now: else it would be sent in another's."""
    return Kept.of(draft).membership == (str(membership.public_id) if membership else "")
