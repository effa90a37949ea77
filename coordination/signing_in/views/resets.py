"""An administrator takes a lost second factor off somebody's account."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coordination.agencies.door import acting, step_up
from coordination.agencies.models import Membership, User
from coordination.agencies.rules import NotNow
from coordination.signing_in import commands, queries, rules
from coordination.signing_in.forms import ResetForm


def _person_or_404(request, public_id):
    """The user, and the sentence why not now where there is one. Whoever doesn't work in the area isn't there."""
    user = get_object_or_404(User, public_id=public_id)
    try:
        rules.check_may_reset(request.membership, user)
        if not queries.open_reset_of(user):
            rules.check_has_factor(queries.kinds_of(user))
    except PermissionDenied as refusal:
        raise Http404 from refusal
    except NotNow as refusal:
        return user, refusal.sentence
    return user, ""


@acting(Membership.Role.ADMINISTRATOR)
@step_up
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request, public_id):
    """What a reset does, the administrator's word that they have met the person, and the reset that waits."""
    user, refusal = _person_or_404(request, public_id)
    form = ResetForm(request.POST or None)
    if request.method != "POST" or refusal or not form.is_valid():
        return _page(request, user, refusal, form)
    try:
        commands.begin_reset(user=user, identified=form.cleaned_data["identified"], by=request.membership)
    except NotNow as later:
        return _page(request, user, later.sentence, form)
    messages.success(request, _("Begun. The person and the area's administrators have been told."))
    return redirect("signing_in:reset", public_id=user.public_id)


def _page(request, user, refusal, form):
    context = {"person": user, "refusal": refusal, "form": form, "reset": queries.open_reset_of(user)}
    return render(request, "coordination/signing_in/reset.html", context)


@acting(Membership.Role.ADMINISTRATOR)
@step_up
@require_POST
def withdraw(request, public_id):
    """Take the waiting reset back."""
    user, _refusal = _person_or_404(request, public_id)
    try:
        if commands.withdraw_reset(user=user, by=request.membership):
            messages.success(request, _("The reset was taken back."))
    except NotNow as refusal:
        messages.error(request, refusal.sentence)
    return redirect("signing_in:reset", public_id=user.public_id)
