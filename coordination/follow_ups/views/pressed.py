"""What is pressed on the call sheet. Its buttons send the whole sheet, so a call that isn't saved yet stays typed."""

from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from coordination.agencies.door import check_stepped_up
from coordination.agencies.rules import NotNow
from coordination.follow_ups import commands, queries
from coordination.follow_ups.forms import CloseForm, EndNonDisclosureForm, ExcludeForm, MemberByEmailForm, VersionForm
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.states import FollowUpState
from coordination.follow_ups.views.sheet import areas_of, call_form, coordinating, render_sheet
from coordination.people.models import Exclusion


def pressed(view):
    """Let the view have the follow-up when its button is pressed; without a press the address leads to the sheet, for
    whoever chooses another language or asks for the page again."""

    @wraps(view)
    @coordinating
    @transaction.atomic
    def wrapper(request, public_id, **more):
        follow_up = queries.follow_up_or_404(request, public_id)
        if request.method != "POST":
            return redirect(follow_up)
        return view(request, follow_up, **more)

    return wrapper


@pressed
def take_up(request, follow_up):
    """Become the owner."""
    return done(
        request,
        follow_up,
        lambda: commands.take_up(follow_up=follow_up, by=request.membership),
        _("The follow-up is yours now."),
    )


@pressed
def take_over(request, follow_up):
    """Become the owner in another coordinator's place."""
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Http404
    return done(
        request,
        follow_up,
        lambda: commands.take_over(follow_up=follow_up, by=request.membership, version=form.cleaned_data["version"]),
        _("The follow-up is yours now."),
    )


@pressed
def close(request, follow_up):
    """Close with an outcome; not before a call that has been typed is saved, since nothing is saved after closing.
    Where one adult is what came of it, the naming is next."""
    form = CloseForm(request.POST)
    typed = typed_call(request, follow_up)
    if typed:
        form.add_error(None, _("You have an unsaved call. Save it first, then close."))
    if not form.is_valid():
        return render_sheet(request, follow_up, form=typed, close_form=form)
    answer = done(
        request,
        follow_up,
        lambda: commands.close_follow_up(follow_up=follow_up, by=request.membership, **form.cleaned_data),
        _("The follow-up is closed."),
        close_form=form,
    )
    follow_up.refresh_from_db()
    if follow_up.state == FollowUpState.CLOSED and follow_up.outcome == FollowUp.Outcome.ONE_ADULT:
        return redirect("support:name", follow_up.young_person.public_id)
    return answer


@pressed
def add_adult(request, follow_up):
    """Ask the young person about one more adult."""
    form = MemberByEmailForm(request.POST, areas=areas_of(follow_up))
    if not form.is_valid():
        return render_sheet(request, follow_up, form=typed_call(request, follow_up), adult_form=form)
    return done(
        request,
        follow_up,
        lambda: commands.add_adult(follow_up=follow_up, membership=form.membership, by=request.membership),
        _("Added. Ask the young person about this adult."),
        adult_form=form,
    )


@pressed
def exclude(request, follow_up):
    """Keep a person or an agency from learning of the young person."""
    form = ExcludeForm(request.POST, areas=areas_of(follow_up))
    if not form.is_valid():
        return render_sheet(request, follow_up, form=typed_call(request, follow_up), exclude_form=form)
    whole_agency = form.cleaned_data["who"] == "agency"
    answer = done(
        request,
        follow_up,
        lambda: commands.exclude(
            follow_up=follow_up,
            by=request.membership,
            user=None if whole_agency else form.membership.user,
            agency=form.membership.agency if whole_agency else None,
        ),
        _("Excluded: nothing about this young person is shown to them any more."),
        exclude_form=form,
    )
    if queries.is_excluded(request.membership, follow_up.young_person):
        return redirect("follow_ups:list")
    return answer


@pressed
def end_exclusion(request, follow_up, exclusion_id):
    """Let the person or agency be asked again, for somebody who showed who they are a moment ago."""
    check_stepped_up(request)
    exclusion = get_object_or_404(Exclusion, public_id=exclusion_id, young_person=follow_up.young_person, ended_at=None)
    return done(
        request,
        follow_up,
        lambda: commands.end_exclusion(follow_up=follow_up, exclusion=exclusion, by=request.membership),
        _("The exclusion has ended."),
    )


@pressed
def end_non_disclosure(request, follow_up):
    """Show again what was hidden, for a written reason."""
    form = EndNonDisclosureForm(request.POST)
    if not form.is_valid():
        return render_sheet(request, follow_up, form=typed_call(request, follow_up), disclosure_form=form)
    return done(
        request,
        follow_up,
        lambda: commands.end_non_disclosure(
            follow_up=follow_up, reason=form.cleaned_data["disclosure_reason"], by=request.membership
        ),
        _("The non-disclosure has ended. The other coordinators are told."),
        disclosure_form=form,
    )


def done(request, follow_up, command, sentence, **sent):
    """Run a command pressed on the sheet and go back to it with what happened, or with why it didn't.

    A call that isn't saved yet is shown again as it was typed, and can be saved: the command is no other's change.
    `sent` is the form that was pressed, by its name in `render_sheet`: where the command refuses, it is shown again
    with what was typed and why. `sentence` is what happened, or says so of the command's result.
    """
    typed = typed_call(request, follow_up)
    seen_version = follow_up.version
    try:
        with transaction.atomic():
            result = command()
    except NotNow as problem:
        if sent:
            [form] = sent.values()
            form.add_error(None, problem.sentence)
            return render_sheet(request, follow_up, form=typed, **sent)
        messages.warning(request, problem.sentence)
    else:
        messages.success(request, sentence(result) if callable(sentence) else sentence)
    if not typed:
        return redirect(follow_up)
    follow_up.refresh_from_db()
    form = call_form(request, follow_up, request.POST)
    form.keep_typed(since=seen_version)
    return render_sheet(request, follow_up, form=form)


def typed_call(request, follow_up):
    """The call as it was typed on the same page, without judging it; None where nothing was."""
    form = call_form(request, follow_up, request.POST)
    if "seen" not in request.POST or not form.has_something_typed():
        return None
    form.keep_typed()
    return form
