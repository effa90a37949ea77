"""The call sheet."""

from auditlog.models import LogEntry
from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coordination.activity.queries import latest
from coordination.agencies.door import acting
from coordination.agencies.models import Membership, Municipality
from coordination.agencies.rules import NotNow, shown_name
from coordination.clocks.rules import today
from coordination.follow_ups import commands, directory, queries, rules
from coordination.follow_ups.forms import (
    AskAreaForm,
    CallForm,
    CloseForm,
    EndNonDisclosureForm,
    ExcludeForm,
    LegalGuardianForm,
    MemberByEmailForm,
    RefuseForm,
    TellGuardianForm,
)
from coordination.follow_ups.states import OPEN_STATES, FollowUpState, TakeoverState
from coordination.links.queries import latest_about
from coordination.links.rules import state_of
from coordination.meetings.queries import of_source
from coordination.people.models import LegalGuardian
from coordination.people.queries import contact_details
from coordination.people.rules import age_on
from coordination.services.rules import page_beside, shown_service

coordinating = acting(Membership.Role.COORDINATOR)
COLOURS = {FollowUpState.WAITING: "yellow", FollowUpState.TAKEN_UP: "blue", FollowUpState.PAUSED: "purple"}


@coordinating
@transaction.atomic
def sheet(request, public_id):
    """One follow-up's call sheet: read it, and save a call."""
    follow_up = queries.follow_up_or_404(request, public_id)
    form = call_form(request, follow_up, request.POST if request.method == "POST" else None)
    if form.is_bound:
        try:
            if form.is_valid():
                _save_call(request, follow_up, form)
                return _saved(request, follow_up)
            rules.check_same_version(follow_up, form.cleaned_data.get("version", follow_up.version))
        except NotNow as problem:
            follow_up.refresh_from_db()
            form = call_form(request, follow_up, request.POST)
            if form.has_nothing_new():
                return _saved(request, follow_up)
            form.meet(problem.sentence)
    return render_sheet(request, follow_up, form=form)


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
        services=form.referred_to(),
        unmet=form.unmet_needs(),
    )


def _saved(request, follow_up):
    messages.success(request, _("Saved."))
    return redirect(follow_up)


def call_form(request, follow_up, data=None):
    """The call's part of the page, with what was sent where something was."""
    return CallForm(
        data,
        follow_up=follow_up,
        adults=queries.asked_adults(follow_up),
        guardians=queries.guardians(follow_up),
        viewer=request.membership,
        directory=directory.of(follow_up),
        written=directory.written_in(follow_up),
    )


def refuse_form(request, follow_up, data=None, *, call=None):
    """The form for what the young person forbids an adult, of the adults on the sheet."""
    call = call or call_form(request, follow_up)
    adults = [(adult, call.name_of(adult.membership)) for adult in call.adults]
    return RefuseForm(data, follow_up=follow_up, adults=adults)


def areas_of(follow_up):
    """The areas whose professionals are asked about or excluded: the coordinating one, and after a takeover the one
    in which the young person was first known."""
    return {follow_up.area_id, follow_up.young_person.area_id}


def render_sheet(request, follow_up, *, form=None, **bound):
    """The sheet; `form` or one of `bound` is the form that was sent, whose errors are shown."""
    form = form or call_form(request, follow_up)
    shown = next(iter(bound.values()), form)
    met = getattr(shown, "met", [])
    context = {
        "form": form,
        "shown_form": shown,
        "met": met,
        "last_saved": _last_saved(follow_up) if met else None,
        "close_form": CloseForm(initial={"version": follow_up.version}),
        "adult_form": MemberByEmailForm(areas=areas_of(follow_up)),
        "exclude_form": ExcludeForm(areas=areas_of(follow_up)),
        "disclosure_form": EndNonDisclosureForm(),
        "ask_form": AskAreaForm(area=follow_up.area),
        "refuse_form": refuse_form(request, follow_up, call=form),
        "refusals": _refusals(follow_up, form),
        "municipalities": Municipality.objects.only("name_fi", "name_sv", "name_en"),
    }
    context["has_number"] = any(adult.phone_given for adult in form.adults)
    context["unmet"] = form.written.unmet
    context["referrals"] = [
        {
            "referral": one,
            "name": shown_service(one.service, request.membership, about=follow_up.young_person),
            "url": page_beside(one.service, request.membership, about=follow_up.young_person),
        }
        for one in form.written.referrals
    ]
    page = _where_it_stands(follow_up, request.membership) | _what_is_known(follow_up, request.membership)
    guardians = _guardians(follow_up, form, bound.get("guardian_form"), bound.get("tell_form"))
    context = context | bound | page | guardians
    if context["shown_form"].errors:
        beside = [value for value in context.values() if isinstance(value, forms.Form)]
        beside += [row[name] for row in guardians["guardians"] for name in ("form", "tell_form")]
        _keep_beside(request, beside)
    return render(request, "coordination/follow_ups/sheet.html", context)


def _keep_beside(request, beside):
    """What was typed into the forms beside the refused one stands in them again: all of them were sent."""
    for form in beside:
        for name, field in form.fields.items():
            key = form.add_prefix(name)
            if form.is_bound or field.widget.is_hidden or key not in request.POST:
                continue
            several = getattr(field.widget, "allow_multiple_selected", False)
            form.initial[name] = request.POST.getlist(key) if several else request.POST[key]


def _refusals(follow_up, form):
    """What the young person has forbidden, for the page."""
    open_ones = follow_up.young_person.refusals.filter(ended_at=None)
    return [
        {
            "public_id": one.public_id,
            "name": form.name_of(one.membership),
            "said_by": one.get_said_by_display(),
            "day": one.made_at,
        }
        for one in open_ones.select_related("membership__user", "membership__agency__area")
    ]


def _guardians(follow_up, form, bound, told):
    """The guardians with a form each, one of which may have been sent; who of them allowed it; whom not to ring."""
    links = latest_about([one.public_id for one in form.guardians])
    rows = [
        {
            "guardian": one,
            "form": LegalGuardianForm(areas=areas_of(follow_up), legal_guardian=one),
            "tell_form": told if told and told.legal_guardian == one else TellGuardianForm(legal_guardian=one),
            "link": links.get(one.public_id),
            "link_state": one.public_id in links and state_of(links[one.public_id]).label,
        }
        for one in form.guardians
    ]
    new = LegalGuardianForm(areas=areas_of(follow_up))
    if bound and bound.legal_guardian is None:
        new = bound
    for row in rows:
        if bound and bound.legal_guardian == row["guardian"]:
            row["form"] = bound
        row["must_not"] = row["guardian"].knows == LegalGuardian.Knows.MUST_NOT
    age = age_on(follow_up.young_person.birth_date, today())
    return {
        "guardians": rows,
        "new_guardian_form": new,
        "guardians_are_heard": rules.guardians_are_heard(follow_up),
        "guardian_must_allow": age < follow_up.area.guardian_allows_under,
        "allowed_by": [one for one in form.guardians if one.knows == LegalGuardian.Knows.ALLOWED],
        "do_not_ring": {row["guardian"].phone for row in rows if row["must_not"]} - {""},
    }


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
        "meetings": of_source(follow_up.public_id)[:5],
        "takeover": follow_up.takeovers.filter(state=TakeoverState.WAITING).select_related("to_area").first(),
    }


def _last_saved(follow_up):
    """Who saved something last, and when. The change log knows of the follow-up's own columns alone; of a guardian, an
    exclusion or a choice that was undone the event tells."""
    log = LogEntry.objects.get_for_object(follow_up).select_related("actor").first()
    event = latest(follow_up.public_id)
    if log and (event is None or log.timestamp > event.at):
        return {"by": log.actor, "at": log.timestamp}
    return event and {"by": event.by and event.by.user, "at": event.at}


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
        "disclosure_changes": [*person.non_disclosure_changes.select_related("by__user")[:5]],
        "tries": len(tries),
        "ways": len({attempt.channel for attempt in tries}),
        "exclusions": [
            {
                "public_id": one.public_id,
                "name": shown_name(one.agency, viewer, about=person, coordinates=True)
                if one.agency
                else one.user.get_full_name(),
            }
            for one in excluded
        ],
    }
