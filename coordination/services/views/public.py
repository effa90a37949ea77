"""The directory without signing in: nothing here is about anybody, and no cookie is needed."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.utils import translation

from coordination.clocks.rules import today
from coordination.interface.open_pages import open_page, open_to_all
from coordination.interface.pages import page_number
from coordination.services.forms.filters import PublicFilterForm, address_of
from coordination.services.queries import places
from coordination.services.queries import printed as paper
from coordination.services.queries.entries import entry
from coordination.services.queries.lists import choices, listed
from coordination.services.queries.open import area_or_404, areas_with_services, public_in, public_service_or_404
from coordination.services.views.leafing import leafing


@login_not_required
def start(request):
    """On to the reader's own language."""
    return redirect("directory:areas", translation.get_language()[:2])


@open_to_all
def areas(request):
    """The areas that have anything to show."""
    return open_page(
        request, "coordination/services/public/areas.html", "directory:areas", {}, areas=areas_with_services()
    )


@open_to_all
def services(request, area_id):
    """What is offered in one area, by words and by filters."""
    area = area_or_404(area_id)
    lists = choices()
    form = PublicFilterForm(request.GET, lists=lists, towns=places.municipalities(area))
    filters, page = form.filters, page_number(request)
    found = listed(public_in(area), filters, page=page)
    context = {
        "area_shown": area,
        "form": form,
        "found": found,
        "is_filtered": bool(address_of(filters)),
        "rows": [entry(one, None) for one in found.rows],
        "near": [entry(one, None) for one in found.near],
        "groups": paper.groups(lists),
        **leafing(filters, found, page),
    }
    return open_page(
        request,
        "coordination/services/public/list.html",
        "directory:list",
        {"area_id": area_id},
        query=address_of(filters),
        **context,
    )


@open_to_all
def printed(request, area_id, group):
    """All that is offered to one audience, on paper."""
    area = area_or_404(area_id)
    found = paper.group_or_404(group)
    chapters, has_more = paper.chapters(public_in(area), found)
    context = {
        "area_shown": area,
        "group": found,
        "day": today(),
        "chapters": chapters,
        "left_out_after": paper.MOST if has_more else 0,
    }
    return open_page(
        request,
        "coordination/services/public/printed.html",
        "directory:printed",
        {"area_id": area_id, "group": group},
        **context,
    )


@open_to_all
def service(request, public_id):
    """One service; of one that was merged into another, on to that."""
    found = public_service_or_404(public_id)
    if found.public_id != public_id:
        return redirect("directory:service", translation.get_language()[:2], found.public_id)
    return open_page(
        request,
        "coordination/services/public/service.html",
        "directory:service",
        {"public_id": public_id},
        service=found,
        shown=entry(found, None),
    )
