"""What gathers from everywhere: the desk, one young person's page, who has looked, likely doubles."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as remember_language

from config import erasing, merging, revealing
from config import leaving as leavers
from config.pages import desks, previews, queries, typed
from config.pages.forms import DoubleForm, EraseForm, LeavingForm, RevealForm
from coordination.agencies.commands import set_language
from coordination.agencies.door import acting, step_up
from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow
from coordination.assessments.queries.overview import room_of
from coordination.clocks.rules import today
from coordination.interface.pages import page_number
from coordination.people import access
from coordination.people.models import Ground
from coordination.people.queries import doubles_waiting
from coordination.staffing.commands import disable_user, end_membership
from coordination.use_log.rules import PREVIEW
from pilots.measures.queries.courses import measures_of
from pilots.questionnaires.queries import sheets
from pilots.schedules.queries.enrolments import schedules_of

coordinating = acting(Membership.Role.COORDINATOR)


@login_not_required
@require_POST
def language(request):
    """Switch the language: in this browser, and for good for somebody who is signed in."""
    chosen = request.POST.get("language")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        set_language(user=request.user, language=chosen)
    return remember_language(request)


@acting()
def help(request):
    """How the portal is meant to be used, and whom to ask."""
    return render(request, "config/pages/help.html", {"area": request.membership.area})


@login_not_required
def accessibility(request):
    """The accessibility statement (306/2019 7 §)."""
    return render(request, "config/pages/accessibility.html")


@acting()
@transaction.atomic
def desk(request):
    """What waits for me, what is due, and whom I work with."""
    context = desks.desk(request.membership)
    access.look(request, people=context.pop("people"), purpose="desk")
    return render(request, "config/pages/desk.html", context | {"typed": typed.waiting(request.user)})


@acting()
@transaction.atomic
def person(request, public_id):
    """One young person's page, as this membership may see it."""
    ground = access.ground_or_404(request, public_id, to="view_network")
    context = queries.person_page(ground.young_person, request.membership, until=ground.until, grounds=ground.beside)
    # Apart from what the page is made of: nobody who looks through the reader's eyes learns of an assessment.
    context["room"] = room_of(request.membership, ground.young_person)
    context["forms"] = sheets.of_young_person(request.membership, ground.young_person)
    kinds = {one.kind for one in ground.beside}
    context["may_begin_form"] = not access.WORKING.isdisjoint(kinds)
    context["measures"] = measures_of(request.membership, ground.young_person, kinds)
    context["schedules"] = schedules_of(request.membership, ground.young_person, kinds)
    if ground.young_person.non_disclosure:
        context["form"] = RevealForm(area=request.membership.area)
    return render(request, "config/pages/person.html", context)


@acting()
@step_up
@transaction.atomic
def reveal(request, public_id):
    """The young person's page with what non-disclosure hides, once, for a reason; it is logged and told of."""
    if request.method != "POST":
        access.person_or_404(request, public_id, to="view_network")
        return redirect("pages:person", public_id)
    viewer = request.membership
    form = RevealForm(request.POST, area=viewer.area)

    def reason_of(young_person):
        try:
            reason = form.is_valid() and form.cleaned_data["reason"]
            return revealing.reason_to_log(young_person=young_person, reason=reason, by=viewer) if reason else ""
        except NotNow as problem:
            form.add_error(None, problem.sentence)
            return ""

    ground = access.ground_or_404(request, public_id, to="view_network", reason_of=reason_of)
    if form.is_valid():
        revealing.tell_of_reveal(young_person=ground.young_person, by=viewer)
    context = queries.person_page(
        ground.young_person, viewer, until=ground.until, revealed=form.is_valid(), grounds=ground.beside
    )
    return render(request, "config/pages/person.html", context | {"form": form})


@coordinating
@step_up
@transaction.atomic
def looks(request, public_id):
    """Who has looked at this young person, for the coordinator's review."""
    young_person = access.person_or_404(request, public_id, to="review_looks")
    page = page_number(request)
    rows, has_more = queries.looks_page(young_person, request.membership, page=page)
    context = {"young_person": young_person, "rows": rows, "page": page, "has_more": has_more}
    return render(request, "config/pages/looks.html", context)


@coordinating
@transaction.atomic
def preview(request, public_id, member_id):
    """The young person's page as one adult gets it, with nothing in it that can be pressed."""
    young_person = access.person_or_404(request, public_id, to="coordinate", purpose=PREVIEW)
    context = previews.as_adult(young_person, member_id, reader=request.membership)
    return render(request, "config/pages/preview.html", context)


@coordinating
@transaction.atomic
def preview_young_person(request, public_id):
    """What the young person would be told: who takes part, who coordinates, what comes next, who has looked."""
    young_person = access.person_or_404(request, public_id, to="coordinate", purpose=PREVIEW)
    context = previews.as_young_person(young_person, reader=request.membership)
    return render(request, "config/pages/preview_young_person.html", context)


@coordinating
@transaction.atomic
def doubles(request):
    """Likely doubles that wait for this area's coordinators."""
    rows = list(doubles_waiting(request.membership)[:50])
    people = [person for row in rows for person in (row.first, row.second)]
    access.look(request, people=people, purpose=Ground.Kind.DOUBLE)
    return render(request, "config/pages/doubles.html", {"rows": rows})


@coordinating
@transaction.atomic
def double(request, public_id):
    """One likely double, side by side."""
    row = _double_or_404(request, public_id)
    return render(request, "config/pages/double.html", {"double": row, "sides": [row.first, row.second]})


@coordinating
@require_POST
@step_up
@transaction.atomic
def decide_double(request, public_id):
    """Say same or not the same."""
    row = _double_or_404(request, public_id)
    form = DoubleForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        with transaction.atomic():
            merging.decide(double=row, same=form.cleaned_data["decision"] == "same", by=request.membership)
    except NotNow as problem:
        messages.warning(request, problem.sentence)
    else:
        messages.success(request, _("Saved."))
    return redirect("pages:doubles")


def _double_or_404(request, public_id):
    row = doubles_waiting(request.membership).filter(public_id=public_id).first()
    if row is None:
        raise Http404
    access.hold_the_door(request, row.first, row.second, to="compare_double")
    return row


@acting(Membership.Role.ADMINISTRATOR)
@step_up
def leaving(request, public_id):
    """Somebody of the own area leaves their work: when, and who goes on with what they had taken up."""
    by = request.membership
    found = Membership.objects.filter(public_id=public_id, agency__area=by.agency.area_id)
    leaver = get_object_or_404(found.select_related("user", "agency__area"))
    form = LeavingForm(request.POST or None, leaver=leaver)
    if form.is_valid():
        try:
            _let_go(leaver, by=by, **form.cleaned_data)
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Saved. What they could see closes on that day."))
            return redirect("admin:coordination_membership_change", leaver.pk)
    return render(request, "config/pages/leaving.html", {"form": form, "leaver": leaver})


@transaction.atomic
def _let_go(leaver, *, by, ended_on, successor=None, disable=False):
    end_membership(membership=leaver, by=by, on=ended_on, successor=successor)
    if disable:
        disable_user(user=leaver.user, by=by)
    if disable or ended_on <= today():
        leavers.settle(leaver=leaver)


@coordinating
@step_up
@transaction.atomic
def erase(request, public_id):
    """Erase what is known of a young person who asks for it: first what goes and what stays, then a button."""
    young_person = access.person_or_404(request, public_id, to="coordinate")
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        erasing.ask_to_erase(young_person=young_person, by=request.membership)
        messages.success(request, _("Erased. It may take a minute until all of it is gone."))
        return redirect("follow_ups:list")
    return render(request, "config/pages/erase.html", {"young_person": young_person, "form": form})
