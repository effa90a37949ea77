"""The ways into one's own account: the page of them all, and the one that sets up what is missing."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coordination.agencies.door import step_up
from coordination.signing_in import commands, queries, rules
from coordination.signing_in.factors import EncryptedFactors
from coordination.signing_in.session import UNSEEN_CODES, shown_in
from coordination.signing_in.social import name_of
from coordination.signing_in.totp_secret import waiting_secret


@require_safe
def security(request):
    """Password, passkeys, authenticator app, recovery codes, towns' sign-ins and sessions of whoever is signed in."""
    connected = queries.connections_of(request.user)
    connections = [
        {"id": one["id"], "name": name_of(one), "since": getattr(connected.get(one["id"]), "date_joined", None)}
        for one in settings.OIDC_PROVIDERS
    ]
    context = {
        **queries.factors_of(request.user),
        "connections": connections,
        "reset": queries.open_reset_of(request.user),
        "required": rules.is_required(),
        "needs_passkey": rules.needs_passkey(request.user),
    }
    return render(request, "coordination/signing_in/security.html", context)


@require_safe
def set_up(request):
    """What this user still has to set up or show, and the ways to do it; on to the desk when nothing is missing."""
    missing = rules.missing(request.user, queries.kinds_of(request.user), shown_in(request))
    if missing is None:
        return redirect("mfa_index" if not rules.is_required() else "/")
    following = reverse("mfa_view_recovery_codes") if request.session.get(UNSEEN_CODES) else "/"
    return render(request, "coordination/signing_in/set_up.html", {"missing": missing.value, "following": following})


@require_safe
def totp_qr(request):
    """The code to photograph, of the secret that this session's app is being connected with.

    An address of its own, because the content security policy refuses pictures written into a page.
    """
    secret = waiting_secret(request)
    if secret is None:
        raise Http404
    adapter = EncryptedFactors()
    svg = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(svg, content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@step_up
@require_safe
def recovery_codes(request):
    """The codes that have not been used. Reading them writes nothing, so they can be read again."""
    codes = queries.recovery_codes_of(request.user)
    if codes is None:
        raise Http404
    request.session.pop(UNSEEN_CODES, None)
    return render(request, "coordination/signing_in/recovery_codes.html", {"codes": codes})


@require_POST
def stop_reset(request):
    """One press of whoever has lost nothing."""
    if commands.stop_reset(user=request.user):
        messages.success(request, _("Stopped. Your second factor stays as it is. The administrators can see this."))
    return redirect("mfa_index")
