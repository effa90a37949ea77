"""Flag, notify or help alone; the flag; my flags."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coordination.agencies.door import acting
from coordination.agencies.models import Municipality
from coordination.agencies.rules import NotNow, check_may_flag, is_trained
from coordination.clocks.rules import today
from coordination.interface.pages import page_number
from flags.flagging import commands, queries, renewing, rules
from flags.flagging.forms import FlagForm, RenewForm


@acting()
def ask(request):
    """Three short questions before flagging: can I solve this alone, are others needed, is the child in danger?"""
    refusal = _refusal(request.membership)
    context = {"area": request.membership.area, "refusal": refusal, "untrained": _untrained(request, refusal)}
    return render(request, "flags/flagging/ask.html", context)


@acting()
def alone(request):
    """No flag: what helps when one helps alone."""
    return render(request, "flags/flagging/alone.html", {"area": request.membership.area})


@acting()
def notify(request):
    """No flag: the child is in danger. Telephone numbers first."""
    return render(request, "flags/flagging/notify.html", {"area": request.membership.area})


@acting()
def new(request):
    """Flag a young person on one screen; a refusal says why and shows the telephone of the area's coordinator.

    That is the area whose checks apply, which is the typed municipality's where one was typed.
    """
    membership = request.membership
    refusal = _refusal(membership)
    form = FlagForm(request.POST or None, membership=membership)
    if request.method == "POST" and not refusal and form.is_valid():
        try:
            flag = commands.post_flag(by=membership, **form.flag())
        except NotNow as problem:
            form.refuse(None, problem.sentence)
        else:
            return redirect("flagging:flag", flag.public_id)
    context = {
        "form": form,
        "area": membership.area,
        "refusal": refusal,
        "refused_in": membership.area if refusal else form.refused_in,
        "untrained": _untrained(request, refusal),
        "municipalities": Municipality.objects.only("name_fi", "name_sv", "name_en"),
    }
    return render(request, "flags/flagging/new.html", context)


def _refusal(membership):
    """Why this professional can't flag at all in their own area; empty when they can."""
    try:
        check_may_flag(membership, membership.area)
    except NotNow as problem:
        return problem.sentence
    return ""


def _untrained(request, refusal):
    """Whether the training is what is missing: it can be done in the portal at once."""
    return bool(refusal) and not is_trained(request.user)


@acting()
def shown_to_young_person(request):
    """The page to turn to the young person: what this is, who sees what, how to change one's mind.

    `?lang=` shows this page alone in the young person's language; the professional's own pages and mails keep theirs.
    """
    asked = request.GET.get("lang")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
    context = {"area": request.membership.area, "by": request.membership}
    with translation.override(language):
        response = render(request, "flags/flagging/shown_to_young_person.html", context)
    response.headers["Content-Language"] = language
    return response


@acting()
@transaction.atomic
def flag(request, public_id):
    """One's own flag: what was typed, what happens next, what one will see."""
    own = queries.own_flag_or_404(request, public_id)
    guardian = rules.needs_guardian(own.area, own.birth_date)
    context = {"flag": own, "needs_guardian": guardian, "can_be_undone": rules.can_be_undone(own)}
    return render(request, "flags/flagging/flag.html", context)


@acting()
@transaction.atomic
def mine(request):
    """One's own open flags."""
    page = page_number(request)
    flags, has_more = queries.page_of_own_flags(request, page=page)
    for one in flags:
        one.ends_soon = rules.reminded_on(one, one.area) <= today()
    return render(request, "flags/flagging/mine.html", {"flags": flags, "page": page, "has_more": has_more})


@acting()
@require_POST
@transaction.atomic
def withdraw(request, public_id):
    """End one's own flag."""
    own = queries.own_flag_or_404(request, public_id)
    commands.withdraw_flag(flag=own, by=request.membership)
    messages.success(request, _("The flag is withdrawn."))
    return redirect("flagging:mine")


@acting()
@require_POST
@transaction.atomic
def undo(request, public_id):
    """Take back a flag posted by mistake, while nobody can have been told of it."""
    own = queries.own_flag_or_404(request, public_id)
    try:
        commands.undo_flag(flag=own, by=request.membership)
    except NotNow as problem:
        messages.warning(request, problem.sentence)
        return redirect("flagging:flag", own.public_id)
    messages.success(request, _("Undone. The flag is gone, and nobody was told of it."))
    return redirect("flagging:mine")


@acting()
@transaction.atomic
def renew(request, public_id):
    """Let one's own flag hold longer, with the young person's fresh permission."""
    own = queries.own_flag_or_404(request, public_id)
    form = RenewForm(request.POST if request.method == "POST" else None, flag=own)
    if form.is_valid():
        try:
            renewed = renewing.renew_flag(flag=own, by=request.membership, **form.renewal())
        except NotNow as problem:
            form.add_error(None, problem.sentence)
        else:
            day = date_format(renewed.until, "j.n.Y")
            messages.success(request, _("Renewed. The flag holds until %(day)s.") % {"day": day})
            return redirect("flagging:flag", own.public_id)
    return render(request, "flags/flagging/renew.html", {"flag": own, "form": form})
