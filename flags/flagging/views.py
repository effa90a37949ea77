"""Flag, notify or help alone; the flag; my flags."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coordination.agencies.door import acting
from coordination.agencies.models import Municipality
from coordination.agencies.rules import NotNow, check_may_flag
from coordination.interface.pages import page_number
from flags.flagging import commands, queries, rules
from flags.flagging.forms import FlagForm


@acting()
def ask(request):
    """Three short questions before flagging: can I solve this alone, are others needed, is the child in danger?"""
    return render(request, "flags/flagging/ask.html", {"area": request.membership.area})


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
    """Flag a young person on one screen; a refusal says why and shows the coordinator's telephone."""
    membership = request.membership
    refusal = _refusal(membership)
    form = FlagForm(request.POST or None, membership=membership)
    if request.method == "POST" and not refusal and form.is_valid():
        try:
            flag = commands.post_flag(by=membership, **form.flag())
        except NotNow as problem:
            form.add_error(None, problem.sentence)
            refusal_in_form = True
        else:
            return redirect("flagging:flag", flag.public_id)
    else:
        refusal_in_form = False
    context = {
        "form": form,
        "area": membership.area,
        "refusal": refusal,
        "show_coordinator": bool(refusal) or refusal_in_form,
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


@acting()
def shown_to_young_person(request):
    """The page to turn to the young person: what this is, who sees what, how to change one's mind."""
    return render(
        request,
        "flags/flagging/shown_to_young_person.html",
        {"area": request.membership.area, "by": request.membership},
    )


@acting()
@transaction.atomic
def flag(request, public_id):
    """One's own flag: what was typed, what happens next, what one will see."""
    own = queries.own_flag_or_404(request, public_id)
    guardian = rules.needs_guardian(own.area, own.birth_date)
    return render(request, "flags/flagging/flag.html", {"flag": own, "needs_guardian": guardian})


@acting()
@transaction.atomic
def mine(request):
    """One's own open flags."""
    page = page_number(request)
    flags, has_more = queries.page_of_own_flags(request, page=page)
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
