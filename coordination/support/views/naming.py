"""Naming one adult, seen by whoever coordinates and by whoever is asked."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow, shown_adult
from coordination.agencies.saving import press, saved, sent
from coordination.clocks.rules import today
from coordination.follow_ups.queries import seen_follow_up
from coordination.people import access
from coordination.people.rules import age_on
from coordination.support.commands import naming as commands
from coordination.support.forms.naming import AnswerForm, NameForm
from coordination.support.models import SupportText
from coordination.support.queries import candidates
from coordination.support.queries import naming as queries
from coordination.support.queries.doors import support_or_404
from coordination.support.queries.texts import in_force, laid_out
from coordination.support.states import SupportState

coordinating = acting(Membership.Role.COORDINATOR)


@coordinating
@transaction.atomic
def name(request, public_id):
    """Choose whom to ask, side by side, and write down how the young person agreed; later where the asking stands."""
    young_person = access.person_or_404(request, public_id, to="coordinate")
    context, asked = asking(request, young_person)
    if asked:
        return redirect("support:name", public_id)
    active, coming = queries.standing(young_person)
    context |= {
        "active": active,
        "coming": coming,
        "active_name": active and _name_of(active.adult, request.membership, young_person),
        "coming_name": coming and _name_of(coming.adult, request.membership, young_person),
    }
    return render(request, "coordination/support/name.html", context)


def asking(request, young_person, *, predecessor=None):
    """What the page needs on which somebody is asked to be the one adult, or to go on after the `predecessor`, and
    whether that was done just now. A refusal stands beside all that was typed."""
    posted = sent(request)
    form, has_more = _form(request, young_person, posted)
    searched, asked = posted is not None and "search" in posted, False
    if searched:
        form.keep_typed()
    else:
        ask = partial(_ask, request, young_person, form, predecessor)
        asked = saved(request, form, ask, said=_("Asked. You are told of the answer."))
    return {"young_person": young_person, "form": form, "searched": searched, "has_more": has_more}, asked


def _form(request, young_person, posted):
    """The form with the candidates: those who take part, those found by a search, and whoever was chosen; and whether
    the search found more than are shown."""
    viewer, area = request.membership, request.membership.area
    found, since = candidates.network(young_person)
    askers = [viewer, *(one for one in found if one.pk != viewer.pk)]
    has_more = False
    if posted is not None:
        search = posted.get("find", "").replace("\0", "")[:100]
        if "search" in posted or search:
            beside = candidates.others(area, search=search, besides=[one.pk for one in found])
            has_more = len(beside) > candidates.PAGE
            found += beside[: candidates.PAGE]
        chosen = candidates.by_public_id(area, posted.get("adult", ""))
        if chosen and chosen.pk not in {one.pk for one in found}:
            found.append(chosen)
    form = NameForm(
        posted,
        compared=candidates.compared(found, young_person, area=area, viewer=viewer, since=since),
        askers=[(one, _name_of(one, viewer, young_person)) for one in askers],
        initial={"asked_by": str(viewer.public_id)},
    )
    return form, has_more


def _ask(request, young_person, form, predecessor):
    follow_up = None if predecessor else seen_follow_up(young_person, request.membership, coordinates=True)
    commands.name_one_adult(
        young_person=young_person,
        source=predecessor.source if predecessor else follow_up and follow_up.public_id,
        by=request.membership,
        predecessor=predecessor,
        **form.naming(),
    )


def _name_of(membership, viewer, young_person, *, coordinates=True):
    shown = shown_adult(membership, viewer, about=young_person, coordinates=coordinates)
    return shown.name or shown.agency


@coordinating
@transaction.atomic
def take_back(request, public_id):
    """Ask no more; without a press the address leads to where the naming stands."""
    gone = queries.taken_back(public_id)
    if gone and access.may(request.membership, "coordinate", gone.young_person):
        return redirect("support:name", gone.young_person.public_id)
    support = support_or_404(request, public_id, to="coordinate")
    take_back = partial(commands.take_back, support=support, by=request.membership)
    press(request, take_back, said=_("Taken back. Whoever was asked is told."))
    return redirect("support:name", support.young_person.public_id)


@acting()
@transaction.atomic
def answer(request, public_id):
    """Say yes or no to being the one adult, with the job description on the page."""
    if answered := queries.answered(request.membership, public_id):
        return _after(answered)
    support = support_or_404(request, public_id, to="answer_naming")
    text = in_force(SupportText.Kind.JOB_DESCRIPTION, support.area)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"read": text and text.pk})
    if form.is_valid():
        try:
            with transaction.atomic():
                answered = _answer(support, form.cleaned_data, by=request.membership)
        except NotNow as refusal:
            form.data = form.data.copy()
            form.data["read"] = str(text.pk if text else "")
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _after_words(answered))
            return _after(answered)
    return render(request, "coordination/support/answer.html", _asked(support, text, form, request.membership))


def _answer(support, data, *, by):
    if data["answer"] == AnswerForm.YES:
        return commands.accept(support=support, by=by, read=data["read"])
    return commands.decline(support=support, by=by)


def _after(support):
    """Where whoever has answered goes on."""
    return redirect(support) if support.state == SupportState.ACTIVE else redirect("pages:desk")


def _after_words(support):
    return {
        SupportState.ACTIVE: _("Thank you. You are the young person's one adult from now on."),
        SupportState.READY: _("Thank you. You begin with the handover; the coordinator invites you to it."),
        SupportState.DECLINED: _("Your answer was saved. The coordinator asks somebody else."),
    }[support.state]


def _asked(support, text, form, viewer):
    """What somebody who is asked reads: whom it is about, who asked, and what they would say yes to."""
    person = support.young_person
    practices = in_force(SupportText.Kind.SHARED_PRACTICES, support.area)
    active, _coming = queries.standing(person)
    coordinator = shown_adult(support.named_by, viewer, about=person)
    return {
        "support": support,
        "young_person": person,
        "age": age_on(person.birth_date, today()),
        "form": form,
        "asker": _name_of(support.asked_by, viewer, person, coordinates=False),
        "coordinator": coordinator.name or coordinator.agency,
        "coordinator_phone": coordinator.phone,
        "is_handover": active is not None,
        "text": text,
        "job_description": laid_out(text.text) if text else [],
        "practices": laid_out(practices.text) if practices else [],
    }
