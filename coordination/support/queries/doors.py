"""Supports through the door: loading is the check."""

from django.http import Http404

from coordination.people import access
from coordination.support.models import Support
from coordination.support.states import SupportState


def support_or_404(request, public_id, *, to="support"):
    """The support, for whoever may do `to` with its young person; writes the look.

    With `to` as "support" for the adult and who stands in, with "coordinate" for the coordinators of its young person,
    with "answer_naming" for the one who is asked. What was declined or taken back opens to nobody, and the adult's page
    only to whoever has or had this very support: of two adults one after the other, neither reads the other's.
    """
    support = (
        Support.objects.filter(public_id=public_id)
        .exclude(state__in=[SupportState.DECLINED, SupportState.WITHDRAWN])
        .select_related("young_person", "area", "adult__user", "adult__agency__area", "asked_by", "named_by")
        .first()
    )
    if support is None:
        raise Http404
    if to != "coordinate" and not access.grounds_for(request.membership, to).filter(source=public_id).exists():
        raise Http404
    access.hold_the_door(request, support.young_person, to=to)
    return support


def active_of(young_person):
    """The support that goes on, or None."""
    return (
        Support.objects.filter(young_person=young_person, state=SupportState.ACTIVE)
        .select_related("adult__user", "adult__agency__area")
        .first()
    )
