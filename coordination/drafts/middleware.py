"""Locks sessions, ends them after ten hours, and brings back what was typed (decisions 26 and 27).

Stands after authentication and after the acting membership. Everything happens once the address is known and the
CSRF token was checked, so that nobody's draft is written by another site.
"""

from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from coordination.agencies import presence
from coordination.drafts import commands, queries, rules
from coordination.interface import typed

# Where a locked session is unlocked or left, and what its page needs.
REAUTHENTICATING = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
OPEN_WHILE_LOCKED = REAUTHENTICATING | {"account_logout", "drafts:lock", "drafts:pulse", "set_language", "favicon"}
# The script keeps what was typed before the page is left; the page it is led to then ends the session.
OPEN_WHEN_OVER = {"account_logout", "drafts:lock", "drafts:pulse"}
# Asked for by a script: whoever asks need not be a human at the keyboard.
UNATTENDED = ("drafts:pulse",)
# What these post belongs to every page and finishes none.
ON_EVERY_PAGE = OPEN_WHILE_LOCKED | {"drafts:resume", "drafts:throw_away", "agencies:choose"}
# The young person's own page, the page of a phone that is handed over, and children's side of a survey, which may be
# opened in a browser in which a professional is signed in: they are nobody's who is signed in, and have own doors.
NOBODYS = {"own", "handed", "survey"}
SHOWN = "drafts"
_SHOWN_AT_ONCE = 10


class LockMiddleware:
    """Sets request.is_locked, request.lock (`presence.limits`) and request.restored."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.is_locked = request.keeps_typed = request.was_kept = False
        request.lock = request.restored = None
        if request.user.is_authenticated:
            presence.begin(request.session)
            _note(request)
        with typed.around_a_page():
            response = self.get_response(request)
        if request.user.is_authenticated:
            # Signing in begins the clocks in the answer to the post that did it.
            presence.begin(request.session)
            if request.resolver_match and request.session.get(SHOWN):
                _after(request, response)
        return response

    def process_view(self, request, view, args, kwargs):
        """Answer in place of the page where the session is over or locked."""
        if not request.user.is_authenticated or request.resolver_match.app_name in NOBODYS:
            return None
        name = request.resolver_match.view_name or ""
        if name in REAUTHENTICATING:
            request.keeps_typed = _leads_to_a_draft(request)
        if presence.is_over(request.session) and name not in OPEN_WHEN_OVER:
            return _end(request)
        request.is_locked = presence.is_locked(request)
        if request.is_locked:
            return None if name in OPEN_WHILE_LOCKED else _ask(request)
        request.lock = presence.limits(request.session)
        if request.method == "GET" and request.session.get(SHOWN):
            _show_again(request)
        return None

    def process_exception(self, request, exception):
        """Stepping up: allauth alone would put what was posted into the session, readable."""
        if isinstance(exception, ReauthenticationRequired) and request.user.is_authenticated:
            return _ask(request)
        return None


def _note(request):
    """Somebody is there, whatever they ask for: an address that isn't there must not be told by its cookies."""
    if request.path in map(reverse, UNATTENDED):
        return
    if not presence.is_over(request.session) and not presence.is_locked(request):
        presence.note(request.session)


def _ask(request):
    """Ask who it is, once more; then on to the page that was asked for, with what was typed."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    if not methods:
        # Whoever signs in elsewhere, without a password or a second factor here, signs in again.
        return _end(request)
    return HttpResponseRedirect(f"{methods[0]['url']}?{urlencode({'next': _kept(request)})}")


def _end(request):
    """Sign out; what was typed waits for whoever signs in as the same user."""
    asked = request.resolver_match.view_name in REAUTHENTICATING
    following = _following(request) if asked else _kept(request)
    logout(request)
    messages.info(request, _("You have been signed in for so long that you need to sign in again."))
    if request.was_kept:
        messages.info(request, _("What you had typed is kept for you until tomorrow."))
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': following})}")


def _kept(request):
    """The address to go on with: the page asked for, or the draft of what was posted."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    host = request.get_host()
    action = rules.own_address(request.get_full_path())
    page = rules.own_address(request.headers.get("Referer", ""), host=host) or action
    if request.resolver_match.app_name == "drafts":
        return page or "/"
    fields = rules.keepable(request.POST)
    if fields is None:
        messages.warning(request, _("What you had typed on that page could not be kept."))
    if fields is None or not action or any(map(rules.is_about_signing_in, (page, action))):
        return page or "/"
    request.was_kept = True
    draft = commands.keep(
        user=request.user, page=page, action=action, typed=fields, membership=getattr(request, "membership", None)
    )
    return reverse("drafts:resume", args=[draft.public_id])


def _following(request):
    return request.GET.get("next", "") or request.POST.get("next", "")


def _leads_to_a_draft(request):
    try:
        return resolve(urlsplit(_following(request)).path).view_name == "drafts:resume"
    except (ValueError, Resolver404):
        return False


# --- What was typed, in its form again ------------------------------------------------------------------------------


def bring_back(request, draft):
    """Let this draft's page show it from now on, in this session; says the page's address.

    The session knows the draft's id and keyed hashes of two addresses, nothing of what was typed.
    """
    kept = rules.Kept.of(draft)
    shown = request.session.get(SHOWN, {})
    shown[str(draft.public_id)] = [rules.place_of(kept.page), rules.place_of(kept.action)]
    request.session[SHOWN] = dict(list(shown.items())[-_SHOWN_AT_ONCE:])
    return kept.page


def _show_again(request):
    place = rules.place_of(request.get_full_path())
    for public_id, (page, _action) in reversed(request.session[SHOWN].items()):
        if page == place:
            draft = queries.drafts_of(request.user).filter(public_id=public_id).first()
            if draft is not None and rules.is_for(draft, request.membership):
                request.restored = draft
                typed.show_again(rules.Kept.of(draft).form())
            return


def _after(request, response):
    """A draft whose form was sent is done with; one whose page sends on to another is shown there."""
    if request.method == "GET":
        if request.restored and response.status_code == 302:
            shown = request.session[SHOWN]
            following = rules.own_address(response.headers["Location"], host=request.get_host())
            if following:
                shown[str(request.restored.public_id)][0] = rules.place_of(following)
                request.session.modified = True
        return
    # What was refused before a form read it (an old page's token, a page that is gone) is not sent.
    sent = request.method == "POST" and response.status_code < 400 and not request.was_kept
    if not sent or request.is_locked or request.resolver_match.view_name in ON_EVERY_PAGE:
        return
    posted = {rules.place_of(request.get_full_path())}
    if page := rules.own_address(request.headers.get("Referer", ""), host=request.get_host()):
        posted.add(rules.place_of(page))
    done = [public_id for public_id, places in request.session[SHOWN].items() if posted & set(places)]
    forget(request, done)


def forget(request, public_ids):
    """Erase these drafts, and let no page show them any more."""
    commands.erase(user=request.user, public_ids=public_ids)
    shown = request.session.get(SHOWN, {})
    if any(str(public_id) in shown for public_id in public_ids):
        gone = {str(public_id) for public_id in public_ids}
        request.session[SHOWN] = {public_id: places for public_id, places in shown.items() if public_id not in gone}
