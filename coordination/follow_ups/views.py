"""The coordinator's list, the call sheet, and what is pressed on it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coordination.agencies.door import acting
from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow
from coordination.follow_ups import commands, queries
from coordination.follow_ups.forms import BeginForm, CallForm, CloseForm, ExcludeForm, MemberByEmailForm, VersionForm
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.states import OPEN_STATES, FollowUpState
from coordination.people import access
from coordination.people import commands as people
from coordination.people.models import Exclusion

coordinating = acting(Membership.Role.COORDINATOR)


@coordinating
@transaction.atomic
def list(request):
    """The area's follow-ups: what stands still first."""
    rows = queries.desk(request.membership)
    closed = [*queries.closed(request.membership)]
    access.look(request, people=[row.young_person for row in [*rows, *closed]], purpose="coordination")
    return render(request, "coordination/follow_ups/list.html", {"rows": rows, "closed": closed})


@coordinating
def begin(request):
    """Begin a follow-up from a telephone call."""
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "birth_date", "phone")}
        try:
            follow_up = commands.begin_from_call(by=request.membership, **data)
        except NotNow as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, _("The follow-up is open and yours."))
            return redirect(follow_up)
    return render(request, "coordination/follow_ups/begin.html", {"form": form})


@coordinating
@transaction.atomic
def sheet(request, public_id):
    """One follow-up's call sheet: read it, and save a call."""
    follow_up = queries.follow_up_or_404(request, public_id)
    form = _call_form(request, follow_up)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                commands.save_call(
                    follow_up=follow_up,
                    by=request.membership,
                    version=data["version"],
                    token=data["token"],
                    attempt=form.attempt_made(),
                    decisions=form.decisions(),
                    next_step=data["next_step"],
                    next_step_on=data["next_step_on"],
                    pause=data["pause"],
                    contact=form.contact(),
                )
        except NotNow as problem:
            _say_and_go_on(form, follow_up, problem.sentence)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Saved."))
            return redirect(follow_up)
    return _render_sheet(request, follow_up, form=form)


def _call_form(request, follow_up):
    return CallForm(
        request.POST or None,
        follow_up=follow_up,
        adults=queries.asked_adults(follow_up),
        viewer_name=lambda membership: membership.user.get_full_name(),
    )


def _say_and_go_on(form, follow_up, sentence):
    """Show the sentence and everything typed, with the version as it is now so that the reader can save again."""
    form.add_error(None, sentence)
    form.data = form.data.copy()
    form.data["version"] = FollowUp.objects.values_list("version", flat=True).get(pk=follow_up.pk)


def _render_sheet(request, follow_up, **forms):
    follow_up.refresh_from_db()
    follow_up.late = queries.is_late(follow_up)
    begun = follow_up.state in (FollowUpState.TAKEN_UP, FollowUpState.PAUSED)
    shown = {
        "form": forms.get("form") or _call_form(request, follow_up),
        "close_form": CloseForm(initial={"version": follow_up.version}),
        "version_form": VersionForm(initial={"version": follow_up.version}),
        "adult_form": MemberByEmailForm(area=follow_up.area),
        "exclude_form": ExcludeForm(area=follow_up.area),
    }
    context = {
        "follow_up": follow_up,
        "young_person": follow_up.young_person,
        "begun": begun,
        "is_open": follow_up.state in OPEN_STATES,
        "adults": queries.asked_adults(follow_up),
        "attempts": follow_up.attempts.select_related("by__user")[:20],
        "exclusions": follow_up.young_person.exclusions.filter(ended_at=None).select_related("user", "agency"),
        "asked_again_by": follow_up.owner and follow_up.owner_id != request.membership.pk,
        **shown,
        **forms,
    }
    return render(request, "coordination/follow_ups/sheet.html", context)


@coordinating
@require_POST
@transaction.atomic
def take_up(request, public_id):
    """Become the owner."""
    follow_up = queries.follow_up_or_404(request, public_id)
    return _done(
        request,
        follow_up,
        lambda: commands.take_up(follow_up=follow_up, by=request.membership),
        _("The follow-up is yours now."),
    )


@coordinating
@require_POST
@transaction.atomic
def take_over(request, public_id):
    """Become the owner in another coordinator's place."""
    follow_up = queries.follow_up_or_404(request, public_id)
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Http404
    return _done(
        request,
        follow_up,
        lambda: commands.take_over(follow_up=follow_up, by=request.membership, version=form.cleaned_data["version"]),
        _("The follow-up is yours now."),
    )


@coordinating
@require_POST
@transaction.atomic
def close(request, public_id):
    """Close with an outcome."""
    follow_up = queries.follow_up_or_404(request, public_id)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _render_sheet(request, follow_up, close_form=form, shown_form=form)
    return _done(
        request,
        follow_up,
        lambda: commands.close_follow_up(follow_up=follow_up, by=request.membership, **form.cleaned_data),
        _("The follow-up is closed."),
    )


@coordinating
@require_POST
@transaction.atomic
def add_adult(request, public_id):
    """Ask the young person about one more adult."""
    follow_up = queries.follow_up_or_404(request, public_id)
    form = MemberByEmailForm(request.POST, area=follow_up.area)
    if form.is_valid() and queries.is_excluded(form.membership, follow_up.young_person):
        form.add_error("email", _("This adult must not learn of the young person."))
    if not form.is_valid():
        return _render_sheet(request, follow_up, adult_form=form, shown_form=form)
    return _done(
        request,
        follow_up,
        lambda: commands.add_adult(follow_up=follow_up, membership=form.membership, by=request.membership),
        _("Added. Ask the young person about this adult."),
    )


@coordinating
@require_POST
@transaction.atomic
def exclude(request, public_id):
    """Keep a person or an agency from learning of the young person."""
    follow_up = queries.follow_up_or_404(request, public_id)
    form = ExcludeForm(request.POST, area=follow_up.area)
    if not form.is_valid():
        return _render_sheet(request, follow_up, exclude_form=form, shown_form=form)
    whole_agency = form.cleaned_data["who"] == "agency"
    people.exclude(
        young_person=follow_up.young_person,
        by=request.membership,
        user=None if whole_agency else form.membership.user,
        agency=form.membership.agency if whole_agency else None,
    )
    commands.drop_excluded(follow_up=follow_up)
    messages.success(request, _("Excluded: nothing about this young person is shown to them any more."))
    if queries.is_excluded(request.membership, follow_up.young_person):
        return redirect("follow_ups:list")
    return redirect(follow_up)


@coordinating
@require_POST
@transaction.atomic
def end_exclusion(request, public_id, exclusion_id):
    """Let the person or agency be asked again."""
    follow_up = queries.follow_up_or_404(request, public_id)
    exclusion = Exclusion.objects.filter(pk=exclusion_id, young_person=follow_up.young_person, ended_at=None).first()
    if exclusion is None:
        raise Http404
    people.end_exclusion(exclusion=exclusion, by=request.membership)
    messages.success(request, _("The exclusion has ended."))
    return redirect(follow_up)


def _done(request, follow_up, command, sentence):
    """Run a command pressed on the sheet and go back to it with what happened, or with why it didn't."""
    try:
        with transaction.atomic():
            command()
    except NotNow as problem:
        messages.warning(request, problem.sentence)
    else:
        messages.success(request, sentence)
    return redirect(follow_up)
