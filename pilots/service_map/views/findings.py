"""Gaps and overlaps: the list, one of them, opening one from its cell, and saying otherwise what was seen."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coordination.agencies.door import acting
from coordination.agencies.rules import shown_adult
from coordination.agencies.saving import saved, sent
from coordination.interface.pages import one_page, page_number
from coordination.services.rules import may_moderate
from pilots.service_map.commands import findings as commands
from pilots.service_map.coverage_rules import Band, is_to_merge
from pilots.service_map.coverage_states import Coverage
from pilots.service_map.forms.coverage import address_of
from pilots.service_map.forms.findings import ChangeForm, OpenForm
from pilots.service_map.models import Finding
from pilots.service_map.queries import papers
from pilots.service_map.queries.areas import mapped_areas
from pilots.service_map.queries.deciding import finding_or_404, findings_of, may_decide, may_see_to
from pilots.service_map.queries.matrix import NEED, columns_of, narrowing_of, shown_services
from pilots.service_map.views.coverage import asked_area, asked_cell
from pilots.service_map.views.finding_doors import deciding

_A_PAGE = 25


@acting()
def findings(request):
    """The gaps and overlaps of the own area, or of another one."""
    viewer, page = request.membership, page_number(request)
    area = asked_area(request)
    area_query = f"?area={area.pk}"
    found, has_more = one_page(findings_of(area), page, _A_PAGE)
    context = {
        "area_shown": area,
        "rows": [_row(one, viewer) for one in found],
        "areas": mapped_areas(area),
        "area_query": area_query,
        "next_url": f"{area_query}&page={page + 1}" if has_more else "",
        "previous_url": f"{area_query}&page={page - 1}" if page > 1 else "",
    }
    return render(request, "pilots/service_map/gaps/list.html", context)


def _row(finding, viewer):
    narrowed_by, owner = papers.narrowed_by(finding), _named(finding.owner, viewer)
    return {"finding": finding, "ages": _ages(finding), "narrowed_by": narrowed_by, "owner": owner}


@acting()
def finding(request, public_id):
    """What was seen, what was decided, and what was done since."""
    found, viewer = finding_or_404(public_id), request.membership
    own = found.area_id == viewer.agency.area_id
    services = shown_services(found, viewer)
    context = {
        "finding": found,
        "area_shown": found.area,
        "area_query": f"?area={found.area_id}",
        "ages": _ages(found),
        "narrowed_by": papers.narrowed_by(found),
        "state_then": Coverage(found.state_then).label,
        "cell_url": _cell_address(found, own=own),
        "services": services,
        "own": own,
        "notes": [(one, _named(one.by, viewer)) for one in found.notes.select_related("by__user", "by__agency__area")],
        "owner": _named(found.owner, viewer),
        "opened_by": _named(found.opened_by, viewer),
        "decided_by": _named(found.decided_by, viewer),
        "closed_by": _named(found.closed_by, viewer),
        "may_decide": may_decide(viewer, found.area),
        "may_see_to": may_see_to(viewer, found),
        "is_to_merge": is_to_merge(found) and sum(one.is_active for one in services) > 1,
    }
    context["may_merge"] = context["is_to_merge"] and may_moderate(viewer, found.area_id)
    return render(request, "pilots/service_map/gaps/finding.html", context)


@acting()
def open_finding(request):
    """Open a gap or an overlap of a cell, its words ready; where the same is open already, on to that one."""
    by = request.membership
    said, cell = asked_cell(request)
    if not may_decide(by, said.area):
        raise Http404
    if request.method == "GET" and cell.findings:
        messages.warning(request, _("This is open already. Here it is."))
        return redirect(cell.findings[0])
    form = OpenForm(sent(request), area=said.area, viewer=by, initial=_words_ready(said, cell))
    made = []

    def save():
        column = "need" if said.narrowing.by == NEED else "service_class"
        kind = form.cleaned_data["kind"]
        same = cell.same if kind == Finding.Kind.OVERLAP else []
        made.append(
            commands.open_finding(
                area=said.area,
                token=form.cleaned_data["token"],
                by=by,
                services=[one.pk for one in same or cell.services],
                kind=kind,
                from_age=cell.band.first,
                to_age=cell.band.last,
                state_then=cell.state,
                number_then=cell.number,
                **{column: cell.about},
                **columns_of(said.narrowing),
                **form.seen(),
            )
        )

    if saved(request, form, save):
        return redirect(made[0])
    context = {"form": form, "cell": cell, "narrowed_by": papers.narrowed_by(said.narrowing)}
    context["cell_query"] = said.cell_address(cell)
    return render(request, "pilots/service_map/gaps/open.html", context)


def _words_ready(said, cell):
    is_double = cell.state == Coverage.DOUBLE
    parts = [cell.about.name, _("%(ages)s years") % {"ages": cell.band.name}, *papers.narrowed_by(said.narrowing)]
    return {"kind": Finding.Kind.OVERLAP if is_double else Finding.Kind.GAP, "title": ", ".join(parts)[:200]}


@deciding
def change(request, finding):
    """What was seen, and who sees to it."""
    by = request.membership
    form = ChangeForm(sent(request), finding=finding, viewer=by)

    def save():
        commands.change_finding(finding=finding, number=form.cleaned_data["number"], by=by, **form.seen())

    if saved(request, form, save):
        return redirect(finding)
    context = {"form": form, "finding": finding, "is_overtaken": form.is_overtaken(finding.number)}
    context["owner"] = _named(finding.owner, by)
    return render(request, "pilots/service_map/gaps/change.html", context)


def _cell_address(finding, *, own):
    """The query string of the finding's box as it stands now; empty where its row has gone."""
    if not finding.about.is_active:
        return ""
    area, band = None if own else finding.area, Band(finding.from_age, finding.to_age)
    return address_of(narrowing_of(finding), area=area, row=finding.about.code, band=band.code)


def _ages(finding):
    return Band(finding.from_age, finding.to_age).name


def _named(membership, viewer):
    """Who it is: by name, or as "a professional"; empty for nobody."""
    if membership is None:
        return ""
    adult = shown_adult(membership, viewer, about=None)
    return adult.name or adult.agency
