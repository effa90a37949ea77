"""A meeting as those invited read it, its entry for a calendar, and what was promised."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from coordination.agencies.door import acting
from coordination.agencies.rules import shown_adult
from coordination.interface.calendars import download
from coordination.meetings import calendars, commands, queries, rules
from coordination.people import access


@acting()
@transaction.atomic
def meeting(request, public_id):
    """When, where and who; afterwards who came and what was agreed."""
    found = queries.meeting_or_404(request, public_id)
    viewer = request.membership
    coordinates = viewer.is_coordinator and access.may(viewer, "coordinate", found.young_person)
    own = queries.own_row(found, viewer)
    adults = [
        {
            "adult": shown_adult(one.membership, viewer, about=found.young_person, coordinates=coordinates),
            "attended": one.attended,
            "is_me": one.membership_id == viewer.pk,
        }
        for one in found.asked
    ]
    items = [
        {"item": one, "owner": _owner(one, viewer, found, coordinates), "is_mine": own and one.owner_id == own.pk}
        for one in found.items
    ]
    context = {"meeting": found, "adults": adults, "items": items, "own": own, "coordinates": coordinates}
    context["place"] = rules.shown_place(found, coordinates=coordinates)
    context["on_sheet"] = coordinates and queries.is_of_follow_up(found)
    return render(request, "coordination/meetings/meeting.html", context)


def _owner(item, viewer, meeting, coordinates):
    """Who promised it, as this viewer may see them; empty for the young person."""
    if item.owner is None:
        return ""
    invited = next((one for one in meeting.asked if one.pk == item.owner_id), item.owner)
    adult = shown_adult(invited.membership, viewer, about=meeting.young_person, coordinates=coordinates)
    return adult.name or adult.agency


@acting()
@transaction.atomic
def calendar(request, public_id):
    """The meeting as a file for the reader's own calendar."""
    found = queries.meeting_or_404(request, public_id)
    own = queries.own_row(found, request.membership)
    if own is None:
        raise Http404
    return download(calendars.calendar_file(found, own), name="meeting")


@require_POST
@acting()
@transaction.atomic
def item_done(request, public_id, item_id):
    """What one promised oneself is done; a coordinator says it of anybody's."""
    found = queries.meeting_or_404(request, public_id)
    own = queries.own_row(found, request.membership)
    item = next((one for one in found.items if one.public_id == item_id), None)
    is_own = item is not None and own is not None and item.owner_id == own.pk
    if item is None or not (is_own or access.may(request.membership, "coordinate", found.young_person)):
        raise Http404
    commands.set_done(item=item)
    return redirect(found)
