"""The coordinator's list, the call sheet, and what is pressed on it."""

from auditlog.models import LogEntry
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coordination.agencies.door import acting
from coordination.agencies.models import Membership, Municipality
from coordination.agencies.rules import NotNow, shown_name
from coordination.clocks.rules import today
from coordination.follow_ups import commands, queries, rules
from coordination.follow_ups.forms import (
    BeginForm,
    CallForm,
    CloseForm,
    ExcludeForm,
    MemberByEmailForm,
    TakeOverForm,
    VersionForm,
)
from coordination.follow_ups.states import OPEN_STATES, FollowUpState
from coordination.interface.pages import page_number
from coordination.people import access
from coordination.people.models import Exclusion
from coordination.people.queries import contact_details
from coordination.people.rules import age_on

coordinating = acting(Membership.Role.COORDINATOR)
COLOURS = {FollowUpState.WAITING: "yellow", FollowUpState.TAKEN_UP: "blue", FollowUpState.PAUSED: "purple"}


@coordinating
@transaction.atomic
def list(request):
    """The area's follow-ups: what stands still first."""
    page = page_number(request)
    rows, has_more = queries.desk(request.membership, page=page)
    for row in rows:
        row.state_colour = COLOURS[row.state]
    closed = [*queries.closed(request.membership)] if page == 1 else []
    access.look(request, people=[row.young_person for row in [*rows, *closed]], purpose="coordination")
    return render(
        request,
        "coordination/follow_ups/list.html",
        {"rows": rows, "closed": closed, "page": page, "has_more": has_more},
    )


@coordinating
def begin(request):
    """Begin a follow-up from a telephone call."""
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "birth_date", "phone")}
        try:
            rules.check_not_fishing(request.membership)
            access.look_for_somebody(request)
            follow_up = commands.begin_from_call(by=request.membership, **data)
        except NotNow as problem:
            form.add_error(None, problem.sentence)
        else:
            is_mine = follow_up.owner_id == request.membership.pk
            messages.success(
                request, _("The follow-up is open and yours.") if is_mine else _("The follow-up was open already.")
            )
            return redirect(follow_up)
    return render(request, "coordination/follow_ups/begin.html", {"form": form})


@coordinating
@transaction.atomic
def sheet(request, public_id):
    """One follow-up's call sheet: read it, and save a call."""
    follow_up = queries.follow_up_or_404(request, public_id)
    form = _call_form(request, follow_up, request.POST if request.method == "POST" else None)
    if form.is_bound:
        try:
            if form.is_valid():
                _save_call(request, follow_up, form)
                return _saved(request, follow_up)
            rules.check_same_version(follow_up, form.cleaned_data.get("version", follow_up.version))
        except NotNow as problem:
            follow_up.refresh_from_db()
            form = _call_form(request, follow_up, request.POST)
            if form.has_nothing_new():
                return _saved(request, follow_up)
            form.meet(problem.sentence)
    return _render_sheet(request, follow_up, form=form)


@transaction.atomic
def _save_call(request, follow_up, form):
    data = form.cleaned_data
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


def _saved(request, follow_up):
    messages.success(request, _("Saved."))
    return redirect(follow_up)


def _call_form(request, follow_up, data=None):
    return CallForm(data, follow_up=follow_up, adults=queries.asked_adults(follow_up), viewer=request.membership)


def _render_sheet(request, follow_up, *, form=None, **bound):
    """The sheet; `form` or one of `bound` is the form that was sent, whose errors are shown."""
    form = form or _call_form(request, follow_up)
    context = {
        "form": form,
        "shown_form": next(iter(bound.values()), form),
        "close_form": CloseForm(initial={"version": follow_up.version}),
        "take_over_form": TakeOverForm(initial={"version": follow_up.version}),
        "adult_form": MemberByEmailForm(area=follow_up.area),
        "exclude_form": ExcludeForm(area=follow_up.area),
        "municipalities": Municipality.objects.only("name_fi", "name_sv", "name_en"),
    }
    context["has_number"] = any(adult.phone_given for adult in form.adults)
    page = _where_it_stands(follow_up, request.membership) | _what_is_known(follow_up, request.membership)
    return render(request, "coordination/follow_ups/sheet.html", context | bound | page)


def _where_it_stands(follow_up, viewer):
    follow_up.state_colour = COLOURS.get(follow_up.state, "grey")
    sight = follow_up.young_person.grounds.open().filter(source=follow_up.public_id, area=follow_up.area).first()
    return {
        "follow_up": follow_up,
        "due_on": queries.due_on(follow_up),
        "begun": follow_up.state in (FollowUpState.TAKEN_UP, FollowUpState.PAUSED),
        "is_open": follow_up.state in OPEN_STATES,
        "owner_name": follow_up.owner.user.get_full_name() if follow_up.owner else "",
        "is_anothers": bool(follow_up.owner) and follow_up.owner_id != viewer.pk,
        "seen_until": sight and sight.until,
        "last_saved": LogEntry.objects.get_for_object(follow_up).select_related("actor").first(),
    }


def _what_is_known(follow_up, viewer):
    person = follow_up.young_person
    contact = contact_details(person, viewer, coordinates=True)
    age = _("%(age)d years") % {"age": age_on(person.birth_date, today())}
    owner = follow_up.owner and _("Coordinator: %(name)s") % {"name": follow_up.owner.user.get_full_name()}
    born = _("born %(date)s") % {"date": date_format(person.birth_date, "j.n.Y")}
    attempts = [*follow_up.attempts.select_related("by__user")[:20]]
    tries = [attempt for attempt in attempts if not attempt.reached]
    excluded = person.exclusions.filter(ended_at=None).select_related("user", "agency__area").order_by("made_at")
    return {
        "young_person": person,
        "facts": [fact for fact in (age, born, contact.municipality, owner) if fact],
        "contact": contact,
        "attempts": attempts,
        "tries": len(tries),
        "ways": len({attempt.channel for attempt in tries}),
        "exclusions": [
            {
                "pk": one.pk,
                "name": shown_name(one.agency, viewer) if one.agency else one.user.get_full_name(),
            }
            for one in excluded
        ],
    }


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
        return _render_sheet(request, follow_up, close_form=form)
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
        return _render_sheet(request, follow_up, adult_form=form)
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
        return _render_sheet(request, follow_up, exclude_form=form)
    whole_agency = form.cleaned_data["who"] == "agency"
    answer = _done(
        request,
        follow_up,
        lambda: commands.exclude(
            follow_up=follow_up,
            by=request.membership,
            user=None if whole_agency else form.membership.user,
            agency=form.membership.agency if whole_agency else None,
        ),
        _("Excluded: nothing about this young person is shown to them any more."),
    )
    if queries.is_excluded(request.membership, follow_up.young_person):
        return redirect("follow_ups:list")
    return answer


@coordinating
@require_POST
@transaction.atomic
def end_exclusion(request, public_id, exclusion_id):
    """Let the person or agency be asked again."""
    follow_up = queries.follow_up_or_404(request, public_id)
    exclusion = Exclusion.objects.filter(pk=exclusion_id, young_person=follow_up.young_person, ended_at=None).first()
    if exclusion is None:
        raise Http404
    commands.end_exclusion(follow_up=follow_up, exclusion=exclusion, by=request.membership)
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
