"""What was suggested for the directory, for those who decide and those who wait for an answer."""

from django.db.models import Q
from django.http import Http404

from coordination.agencies.models import Membership
from coordination.services.models import Service, ServiceSuggestion
from coordination.services.queries.sight import seen_by
from coordination.services.rules import may_keep, may_moderate


def moderators(suggestion):
    """Who may decide it: the area's coordinators and administrators, and whoever keeps the entry."""
    kept = Q(pk=suggestion.service.keeper_id) if suggestion.service else Q(pk=None)
    roles = [Membership.Role.COORDINATOR, Membership.Role.ADMINISTRATOR]
    found = Membership.objects.open().filter(kept | Q(role__in=roles, agency__area=suggestion.area_id))
    return found.select_related("user")


def waiting_for(membership):
    """The suggestions that this membership may decide and nobody has decided, the oldest first."""
    mine = Q(service__keeper=membership)
    if may_moderate(membership, membership.agency.area_id):
        mine |= Q(area=membership.agency.area_id)
    return _rows().filter(mine, decided_at=None).order_by("at", "pk")


def made_by(membership):
    """What this membership has suggested, the latest first."""
    return _own(membership).order_by("-at", "-pk")


def suggestion_or_404(membership, public_id):
    """A suggestion for whoever made it or may decide it; for everybody else there is none."""
    found = _rows().filter(public_id=public_id).first()
    if found and may_decide(membership, found):
        return found
    own = _own(membership).filter(public_id=public_id).first()
    if own is None:
        raise Http404
    return own


def may_decide(membership, suggestion):
    """Whether this membership may decide the suggestion."""
    if suggestion.service:
        return may_keep(membership, suggestion.service)
    return may_moderate(membership, suggestion.area_id)


def _own(membership):
    """What this membership has suggested, but for services that it may not know of any more."""
    seen = seen_by(Service.objects.all(), membership).order_by().values("pk")
    return _rows().filter(Q(service=None) | Q(service__in=seen), by=membership)


def _rows():
    return ServiceSuggestion.objects.select_related(
        "area", "service__area", "service__owner__area", "by__user", "by__agency__area", "decided_by__user",
        "decided_by__agency__area",
    )  # fmt: skip
