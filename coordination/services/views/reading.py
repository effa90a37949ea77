"""The directory for whoever is signed in: the list with its places, and one service."""

from dataclasses import replace

from django.db import transaction
from django.shortcuts import render
from django.utils.translation import gettext

from coordination.agencies.door import acting
from coordination.agencies.rules import shown_adult
from coordination.interface import finland
from coordination.interface.pages import page_number
from coordination.services import rules
from coordination.services.forms.filters import ServiceFilterForm, address_of
from coordination.services.queries import places
from coordination.services.queries.entries import entry
from coordination.services.queries.lists import choices, listed, matching
from coordination.services.queries.sight import for_reading, in_its_place, seen_by, service_or_404
from coordination.services.views.leafing import leafing


@acting()
@transaction.atomic
def services(request):
    """What is offered in the own area, or what is public in all areas, with how many there are in each place."""
    viewer, everywhere = request.membership, request.GET.get("everywhere") == "on"
    towns = places.municipalities(None if everywhere else viewer.agency.area)
    form = ServiceFilterForm(request.GET, lists=choices(), towns=towns)
    filters, page = replace(form.filters, everywhere=everywhere), page_number(request)
    offered = for_reading(viewer, everywhere=everywhere)
    found = listed(offered, filters, page=page)
    context = {
        "form": form,
        "found": found,
        "is_filtered": bool(address_of(filters)),
        "rows": [entry(one, viewer) for one in found.rows],
        "near": [entry(one, viewer) for one in found.near],
        "may_moderate": rules.may_moderate(viewer, viewer.agency.area_id),
        "everywhere": everywhere,
        **leafing(filters, found, page),
        **_places(matching(offered, filters.anywhere()), filters, towns),
    }
    return render(request, "coordination/services/list.html", context)


def _places(services, filters, towns):
    """The list by municipality, and the map by county: the other filters stay, so that one place can be changed for
    another; words don't count here."""
    others = filters.anywhere()
    by_town = places.by_municipality(services, towns)
    numbers = places.by_county(services, towns)
    drawing = finland.drawn(
        title=gettext("Services by wellbeing services county"),
        desc=gettext("The darker a county, the more services there are. The table has the same numbers."),
        counties=_counties(numbers, others),
    )
    table = [
        {"code": one.code, "name": one.name, "number": one.number, "url": address_of(others, municipality=one.code)}
        for one in by_town
    ]
    return {
        "map": drawing,
        "table": table,
        "municipality": filters.municipality,
        "places_url": address_of(others) or "?",
    }


def _counties(numbers, others):
    return {
        county.code: (
            county.name,
            numbers.get(county.code, 0),
            address_of(others, county=county.code) if numbers.get(county.code) else "",
        )
        for county in places.counties()
    }


@acting()
def service(request, public_id):
    """One service: what it is, for whom, how one comes to it, and who keeps the entry."""
    found, viewer = service_or_404(request.membership, public_id), request.membership
    context = {
        "service": found,
        "shown": entry(found, viewer),
        "may_keep": rules.may_keep(viewer, found),
        "may_moderate": rules.may_moderate(viewer, found.area_id),
        "merged_into": seen_by(in_its_place(found), viewer).first(),
        "adult": shown_adult(found.keeper, viewer, about=None) if found.keeper else None,
    }
    return render(request, "coordination/services/service.html", context)
