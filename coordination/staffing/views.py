"""Coming in by an invitation, confirming a new address, and deciding on settings that take two people."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from coordination.agencies.door import acting, step_up
from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow, is_hidden
from coordination.interface.pages import one_page, page_number
from coordination.staffing import commands, queries, rules, subjects
from coordination.staffing.forms import AcceptForm, DecideForm
from coordination.staffing.states import ChangeState

PAGE = 25
with_power = acting(Membership.Role.COORDINATOR, Membership.Role.ADMINISTRATOR)
administering = acting(Membership.Role.ADMINISTRATOR)


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
    initial = {"first_name": found.first_name, "last_name": found.last_name, "language": found.language}
    form = None if account else AcceptForm(request.POST or None, email=found.email, initial=initial)
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


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address(request, secret):
    """Confirm one's own new address, signed in; for anybody else the link does nothing. Only a POST uses it up."""
    found = queries.address_by_secret(secret)
    if found is None:
        return _address_gone(request, rules.address_no_longer_valid())
    if request.user.is_authenticated and request.user == found.user and request.method == "POST":
        try:
            commands.confirm_address(secret=secret, user=request.user)
        except NotNow as refusal:
            return _address_gone(request, refusal)
        messages.success(request, _("Your e-mail address was changed. Sign in with the new one from now on."))
        return redirect("/")
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and not request.user.is_authenticated:
        translation.activate(found.user.language)
        request.LANGUAGE_CODE = found.user.language
    return render(request, "coordination/staffing/address.html", {"change": found})


def _address_gone(request, refusal):
    return render(request, "coordination/staffing/address_gone.html", {"sentence": refusal.sentence}, status=404)


@with_power
def changes(request):
    """The changes of the area's settings that take two people: those that wait, then those decided."""
    page = page_number(request)
    found, has_more = one_page(queries.changes_of(request.membership.agency.area_id), page, PAGE)
    context = {"rows": subjects.words_of(found), "page": page, "has_more": has_more}
    return render(request, "coordination/staffing/changes.html", context)


@with_power
def change(request, public_id):
    """One change: what it would let be seen, who proposed it, and what the reader can do about it."""
    found = _change_or_404(request, public_id)
    waits = found.state == ChangeState.WAITING
    context = {
        "change": subjects.words_of([found])[0],
        "waits": waits,
        "may_decide": waits and rules.may_decide(request.membership, found),
        "may_withdraw": waits and rules.may_withdraw(request.membership, found),
    }
    return render(request, "coordination/staffing/change.html", context)


def _change_or_404(request, public_id):
    return get_object_or_404(queries.changes_of(request.membership.agency.area_id), public_id=public_id)


@administering
@require_POST
@step_up
@transaction.atomic
def decide(request, public_id):
    """Confirm or decline what another administrator proposed."""
    found, form = _change_or_404(request, public_id), DecideForm(request.POST)
    if not form.is_valid() or not rules.may_decide(request.membership, found):
        raise Http404
    confirm = form.cleaned_data["decision"] == "confirm"
    return _said(request, found, lambda: commands.decide_change(change=found, confirm=confirm, by=request.membership))


@administering
@require_POST
@transaction.atomic
def withdraw(request, public_id):
    """Take back what one proposed oneself."""
    found = _change_or_404(request, public_id)
    if not rules.may_withdraw(request.membership, found):
        raise Http404
    return _said(request, found, lambda: commands.withdraw_change(change=found, by=request.membership))


def _said(request, change, command):
    """Do it, say what came of it, and show the change."""
    try:
        with transaction.atomic():
            ended = command()
    except NotNow as refusal:
        messages.warning(request, refusal.sentence)
    else:
        level, sentence = _OUTCOMES[ended.state]
        messages.add_message(request, level, sentence)
    return redirect("staffing:change", change.public_id)


_OUTCOMES = {
    ChangeState.CONFIRMED: (
        messages.SUCCESS,
        gettext_lazy("Confirmed. It counts from now on, for later flags only, and the coordinators are told."),
    ),
    ChangeState.DECLINED: (messages.SUCCESS, gettext_lazy("Declined. Nothing was changed.")),
    ChangeState.WITHDRAWN: (messages.SUCCESS, gettext_lazy("Withdrawn. Nothing was changed.")),
    ChangeState.EXPIRED: (messages.WARNING, gettext_lazy("The time to decide is over. Nothing was changed.")),
    ChangeState.VOID: (
        messages.WARNING,
        gettext_lazy("The setting was changed in another way meanwhile, so this can't be confirmed any more."),
    ),
}
