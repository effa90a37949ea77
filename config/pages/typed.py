"""What somebody was typing when they were locked out, as the desk offers it; it names nobody."""

from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from coordination.drafts.queries import drafts_of
from coordination.drafts.rules import MOST, Kept

# By the page's name, else by its step.
_KINDS = {
    "flagging:new": _("A flag"),
    "follow_ups:begin": _("A follow-up from a telephone call"),
    "follow_ups": _("A call sheet"),
    "admin": _("A page of the administration"),
}


def waiting(user):
    """The user's drafts, each with its `kind` in words."""
    drafts = list(drafts_of(user)[:MOST])
    for draft in drafts:
        draft.kind = _kind_of(Kept.of(draft).page)
    return drafts


def _kind_of(page):
    try:
        found = resolve(page.split("?")[0])
    except Resolver404:
        return _("A page")
    return _KINDS.get(found.view_name) or _KINDS.get(found.app_name) or _("A page")
