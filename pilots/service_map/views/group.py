"""Where the service map begins, and who is in the coordination group."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from coordination.agencies.door import acting
from coordination.agencies.saving import press, saved, sent
from pilots.service_map import rules
from pilots.service_map.commands import group as commands
from pilots.service_map.coverage_states import FindingState
from pilots.service_map.forms.survey import MemberForm
from pilots.service_map.queries import group as queries
from pilots.service_map.queries.deciding import findings_of
from pilots.service_map.queries.meetings import meetings_of, promised
from pilots.service_map.queries.rounds import is_going_on, rounds_elsewhere, rounds_of
from pilots.service_map.states import RoundState


@acting()
def home(request):
    """The own area's group, rounds and meetings, and what the reader is to answer and to do."""
    by = request.membership
    area, everything = by.agency.area, queries.reads(by)
    context = {
        "area": area,
        "rounds": rounds_of(area.pk, everything=everything),
        "no_new_round": rules.no_new_round(is_going_on(area.pk)),
        "elsewhere": rounds_elsewhere(area.pk),
        "undecided": findings_of(area).filter(state=FindingState.OPENED).count(),
        "meetings": meetings_of(area.pk, everything=everything),
        "promised": promised(by),
        "members": queries.members_of(area.pk, by),
        "waiting": queries.waiting_for(by).filter(round__state=RoundState.OPEN).select_related("round", "indicator"),
        "reads": everything,
        "leads": queries.leads(by),
        "names_members": queries.names_members(by),
    }
    return render(request, "pilots/service_map/home.html", context)


@acting()
def members(request):
    """Who is in the group, and one more."""
    by = request.membership
    if not queries.names_members(by):
        raise Http404
    area = by.agency.area
    form = MemberForm(sent(request), able=list(queries.able_members(area.pk)), viewer=by)
    if saved(request, form, lambda: commands.add_member(by=by, **form.typed())):
        return redirect("service_map:members")
    context = {"form": form, "members": queries.members_of(area.pk, by)}
    return render(request, "pilots/service_map/members.html", context)


@acting()
def end_member(request, member_id):
    """Somebody is in the group no more; whoever ends that of themselves may not see the page of members again."""
    by = request.membership
    if not queries.names_members(by):
        raise Http404
    found = get_object_or_404(queries.open_members(by.agency.area_id), public_id=member_id)
    press(request, lambda: commands.end_member(member=found, by=by))
    return redirect("service_map:members" if queries.names_members(by) else "service_map:home")
