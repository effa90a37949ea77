"""Accepting an invitation with a town's own sign-in, without a password."""

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coordination.agencies.rules import NotNow, is_hidden
from coordination.signing_in.commands import connect
from coordination.signing_in.session import forget_identity, kept_identity, remember_vouching
from coordination.signing_in.views.towns import leave
from coordination.staffing import commands, queries, rules
from coordination.staffing.forms import DetailsForm


@login_not_required
@never_cache
@require_POST
def leave_to_accept(request, secret, provider_id):
    """To the town's sign-in, and back to where the invitation is accepted."""
    found = queries.waiting_by_secret(secret)
    if found is None or queries.account_of(found.email) or request.user.is_authenticated:
        raise Http404
    return leave(
        request, provider_id, following=reverse("staffing:invitation_details", args=[secret]), data={"invited": True}
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def details(request, secret):
    """Who came back from the town's sign-in reads their name once more, and accepts.

    Only the owner of the invited address may: the town has to say that it is theirs. Afterwards the address means
    nothing any more; the identity does.
    """
    found, identity = queries.waiting_by_secret(secret), kept_identity(request)
    if found is None:
        return _gone(request, rules.no_longer_valid())
    if identity is None or request.user.is_authenticated or queries.account_of(found.email):
        return redirect("staffing:invitation", secret)
    try:
        rules.check_owns_address(identity, found.email)
    except NotNow as refusal:
        forget_identity(request)
        return _gone(request, refusal)
    initial = {
        "first_name": identity.first_name or found.first_name,
        "last_name": identity.last_name or found.last_name,
        "language": found.language,
    }
    form = DetailsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            membership = _accept(secret, identity, form.cleaned_data)
        except NotNow as refusal:
            return _gone(request, refusal)
        return _welcome(request, membership, identity)
    context = {"invitation": found, "agency_hidden": is_hidden(found.agency, None), "form": form, "by_provider": True}
    return render(request, "coordination/staffing/invitation.html", context)


@transaction.atomic
def _accept(secret, identity, typed):
    # None, not "": an account without a password has no way in by one.
    membership = commands.accept(secret=secret, password=None, **typed)
    connect(user=membership.user, identity=identity)
    return membership


def _gone(request, refusal):
    return render(request, "coordination/staffing/invitation_gone.html", {"sentence": refusal.sentence}, status=404)


def _welcome(request, membership, identity):
    forget_identity(request)
    response = perform_login(request, membership.user, email_verification="none", redirect_url="/")
    remember_vouching(request, membership.user, identity)
    request.session["membership"] = str(membership.public_id)
    return response
