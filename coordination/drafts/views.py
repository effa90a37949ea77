"""Locking a session, and coming back to what had been typed."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coordination.agencies import presence
from coordination.agencies.models import Membership
from coordination.drafts import commands, queries, rules
from coordination.drafts.forms import LockForm, PulseForm
from coordination.drafts.middleware import bring_back, forget


@require_POST
def pulse(request):
    """How long the session stays open: seconds until it locks and until it ends.

    The page's script asks, and says how long ago a human did something. The asking itself prolongs nothing.
    """
    form = PulseForm(request.POST)
    if form.is_valid() and not request.is_locked:
        presence.note(request.session, idle=form.cleaned_data["idle"])
    left = 0 if request.is_locked else int(presence.seconds_left(request))
    return JsonResponse({"left": left, "ends": int(presence.seconds_until_over(request.session))})


@require_POST
def lock(request):
    """Lock this session now, keeping what was typed on the page; then to where it is unlocked.

    The script asks for the address alone, so that a page whose server is away can stay, covered.
    """
    presence.lock(request.session)
    following = _keep(request) or rules.own_address(request.headers.get("Referer", ""), host=request.get_host()) or "/"
    methods = get_adapter().get_reauthentication_methods(request.user)
    # Whoever can't unlock here is led to the page, and there signed out.
    address = f"{methods[0]['url']}?{urlencode({'next': following})}" if methods else following
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"unlock": address})
    return HttpResponseRedirect(address)


def _keep(request):
    """Keep the form that the script sent; says where it is come back to, or None when there is nothing to keep."""
    form = LockForm(request.POST)
    if not form.is_valid():
        return None
    page, action = (rules.own_address(form.cleaned_data[name]) for name in ("page", "action"))
    typed = rules.keepable(QueryDict(form.cleaned_data["typed"])) if form.cleaned_data["typed"] else None
    if not (page and action and typed) or any(map(rules.is_about_signing_in, (page, action))):
        return page
    draft = commands.keep(user=request.user, page=page, action=action, typed=typed, membership=request.membership)
    return reverse("drafts:resume", args=[draft.public_id])


@require_safe
def resume(request, public_id):
    """Back to the page where this was typed, which shows it in its form again. Nothing is sent or saved by it."""
    draft = _own_or_404(request, public_id)
    if rules.is_for(draft, request.membership):
        return HttpResponseRedirect(bring_back(request, draft))
    own = Membership.objects.open().filter(user=request.user).select_related("agency")
    typed_for = next((one for one in own if rules.is_for(draft, one)), None)
    return render(request, "coordination/drafts/of_another_agency.html", {"draft": draft, "typed_for": typed_for})


@require_POST
def throw_away(request, public_id):
    """Erase a draft that its user no longer wants; the page it belongs to comes back empty."""
    draft = _own_or_404(request, public_id)
    page = rules.Kept.of(draft).page
    forget(request, [draft.public_id])
    return redirect("/") if request.GET.get("to") == "desk" else HttpResponseRedirect(page)


def _own_or_404(request, public_id):
    draft = queries.drafts_of(request.user).filter(public_id=public_id).first()
    if draft is None:
        raise Http404
    return draft
