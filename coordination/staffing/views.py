"""Coming in by an invitation."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from coordination.agencies.rules import NotNow, is_hidden
from coordination.staffing import commands, queries, rules
from coordination.staffing.forms import AcceptForm


@login_not_required
@never_cache
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, secret):
    """Who invited to what, and the form that accepts it. Mail scanners follow links, so only a POST uses it up."""
    found = queries.waiting_by_secret(secret)
    if found is None:
        return _gone(request, rules.no_longer_valid())
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and not request.user.is_authenticated:
        translation.activate(found.language)
        request.LANGUAGE_CODE = found.language
    account = queries.account_of(found.email)
    context = {"invitation": found, "agency_hidden": is_hidden(found.agency, None), "account": account}
    if request.user.is_authenticated and request.user != account:
        return render(request, "coordination/staffing/invitation_of_another.html", context)
    if account and not request.user.is_authenticated:
        return render(request, "coordination/staffing/invitation_sign_in.html", context)
    form = (
        None if account else AcceptForm(request.POST or None, email=found.email, initial={"language": found.language})
    )
    if request.method == "POST" and (form is None or form.is_valid()):
        typed = {name: value for name, value in form.cleaned_data.items() if name != "password_again"} if form else {}
        try:
            membership = commands.accept(secret=secret, user=account, **typed)
        except NotNow as refusal:
            return _gone(request, refusal)
        return _welcome(request, membership, is_new=account is None)
    return render(request, "coordination/staffing/invitation.html", {**context, "form": form})


def _gone(request, refusal):
    return render(request, "coordination/staffing/invitation_gone.html", {"sentence": refusal.sentence}, status=404)


def _welcome(request, membership, *, is_new):
    """To the desk, acting for the new membership; a new account is signed in as allauth signs everybody in."""
    if is_new:
        response = perform_login(request, membership.user, email_verification="none", redirect_url="/")
    else:
        messages.success(request, _("You now act for one more agency."))
        response = redirect("/")
    request.session["membership"] = str(membership.public_id)
    return response
