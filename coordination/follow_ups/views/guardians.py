"""The young person's guardians, written down one by one on the call sheet."""

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import check_stepped_up
from coordination.agencies.rules import NotNow
from coordination.follow_ups import commands, queries, rules
from coordination.follow_ups.forms import LegalGuardianForm, TellGuardianForm
from coordination.follow_ups.views.pressed import done, pressed, typed_call
from coordination.follow_ups.views.sheet import areas_of, render_sheet
from coordination.people.models import LegalGuardian


@pressed
def add_guardian(request, follow_up):
    """Write down one more guardian."""
    return _save(request, follow_up, None)


@pressed
def change_guardian(request, follow_up, guardian_id):
    """Write down what has changed of a guardian."""
    return _save(request, follow_up, _one_or_404(follow_up, guardian_id))


@pressed
def remove_guardian(request, follow_up, guardian_id):
    """Erase a guardian who was written down by mistake or is one no more."""
    legal_guardian = _one_or_404(follow_up, guardian_id)
    if legal_guardian.knows == LegalGuardian.Knows.MUST_NOT:
        check_stepped_up(request)
    seen = _form(request, follow_up, legal_guardian).seen_values()
    return done(
        request,
        follow_up,
        lambda: commands.remove_guardian(
            follow_up=follow_up, legal_guardian=legal_guardian, seen=seen, by=request.membership
        ),
        _("The guardian is erased."),
    )


@pressed
def let_learn(request, follow_up, guardian_id):
    """A guardian who must not learn may be told after all, for somebody who showed who they are a moment ago."""
    legal_guardian = _one_or_404(follow_up, guardian_id)
    check_stepped_up(request)
    return done(
        request,
        follow_up,
        lambda: commands.let_learn(follow_up=follow_up, legal_guardian=legal_guardian, by=request.membership),
        _("Saved. This guardian knows nothing yet."),
    )


@pressed
def tell_guardian(request, follow_up, guardian_id):
    """Send a guardian a message by a one-time link, and show the code, once, to whoever will say it."""
    legal_guardian = _one_or_404(follow_up, guardian_id)
    form = TellGuardianForm(request.POST, legal_guardian=legal_guardian)
    typed = typed_call(request, follow_up)
    if typed:
        form.add_error(None, _("You have an unsaved call. Save it first, then send the message."))
    if not form.is_valid():
        return render_sheet(request, follow_up, form=typed, tell_form=form)
    try:
        with transaction.atomic():
            code = commands.tell_guardian(
                follow_up=follow_up, legal_guardian=legal_guardian, by=request.membership, **form.told()
            )
    except NotNow as refusal:
        form.add_error(None, refusal.sentence)
        return render_sheet(request, follow_up, tell_form=form)
    context = {"follow_up": follow_up, "guardian": legal_guardian, "code": f"{code[:3]} {code[3:]}"}
    return render(request, "coordination/follow_ups/guardian_told.html", context)


def _save(request, follow_up, legal_guardian):
    form = _form(request, follow_up, legal_guardian)
    if form.is_overtaken():
        form.meet(rules.saved_meanwhile())
    if not form.is_valid():
        return render_sheet(request, follow_up, form=typed_call(request, follow_up), guardian_form=form)
    answer = done(
        request,
        follow_up,
        lambda: commands.save_guardian(follow_up=follow_up, by=request.membership, **form.written()),
        _("Saved."),
        guardian_form=form,
    )
    if queries.is_excluded(request.membership, follow_up.young_person):
        return redirect("follow_ups:list")
    return answer


def _form(request, follow_up, legal_guardian):
    return LegalGuardianForm(request.POST, areas=areas_of(follow_up), legal_guardian=legal_guardian)


def _one_or_404(follow_up, guardian_id):
    shown = [guardian.pk for guardian in queries.guardians(follow_up)]
    return get_object_or_404(follow_up.young_person.legal_guardians.filter(pk__in=shown), public_id=guardian_id)
