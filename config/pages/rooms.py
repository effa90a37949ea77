"""What do they see? An assessment through the eyes of each who takes part, for the social worker who answers for it."""

from django.http import Http404
from django.shortcuts import render

from config.pages.previews import still
from coordination.assessments.forms.taking_part import GuestForm
from coordination.assessments.models import Participant
from coordination.assessments.queries import guests, overview
from coordination.assessments.queries.rooms import room_for
from coordination.assessments.views.doors import as_worker


@as_worker
def preview(request, room, participant):
    """The room as one participant gets it, made by the very read and template of the real one, without what could be
    pressed. For whoever has no account it is the page behind their link."""
    participants = room.assessment.participants.select_related("membership__user", "membership__agency__area")
    current = participants.filter(public_id=participant).first()
    if current is None:
        raise Http404
    name = current.membership.user.get_full_name() if current.membership else current.name
    context = {"room": room, "name": name, "page": _page(room, current)}
    return render(request, "config/pages/room_preview.html", context)


def _page(room, participant):
    """The page as HTML; empty where they don't come in (any more)."""
    if participant.kind != Participant.Kind.PROFESSIONAL:
        page = guests.page_of(participant)
        form = page and GuestForm(words=page["words"])
        return page and still("coordination/assessments/_guest.html", page | {"form": form})
    seen = room_for(participant.membership, room.assessment.public_id)
    return seen and still("coordination/assessments/_room.html", overview.of(seen) | {"csrf_token": "none"})
