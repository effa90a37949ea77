"""Who decides on the gaps and overlaps of an area, and who sees to one of them."""

from django.db.models import Case, F, When
from django.http import Http404

from coordination.agencies.models import Membership
from coordination.agencies.rules import holds
from coordination.services.rules import may_moderate
from pilots.service_map.coverage_states import FindingState
from pilots.service_map.models import Finding
from pilots.service_map.queries.group import leads


def may_decide(membership, area):
    """Whether this membership opens gaps and overlaps of the area and decides on them: its coordinators and
    administrators do, and whoever leads its coordination group."""
    return may_moderate(membership, area.pk) or membership.agency.area_id == area.pk and leads(membership)


def may_see_to(membership, finding):
    """Whether this membership writes down what was done about the finding: whoever decides, and whoever sees to it."""
    return may_decide(membership, finding.area) or finding.owner_id == membership.pk and holds(membership)


def finding_or_404(public_id):
    """A gap or an overlap, for whoever acts: it tells of no young person."""
    rows = Finding.objects.select_related(
        *("area", "need", "service_class", "municipality"),
        *(f"{who}__{what}" for who in ("owner", "opened_by") for what in ("user", "agency__area")),
        *(f"{who}__{what}" for who in ("decided_by", "closed_by") for what in ("user", "agency__area")),
    )
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def decided_or_404(membership, public_id):
    """A finding for whoever decides on it; for everybody else there is none."""
    found = finding_or_404(public_id)
    if not may_decide(membership, found.area):
        raise Http404
    return found


def seen_to_or_404(membership, public_id):
    """A finding for whoever may write down what was done; for everybody else there is none."""
    found = finding_or_404(public_id)
    if not may_see_to(membership, found):
        raise Http404
    return found


def held(finding):
    """The finding as it stands, with everybody else waiting who would change it."""
    return (
        Finding.objects.select_for_update(no_key=True, of=("self",)).select_related("area", "owner").get(pk=finding.pk)
    )


def seen_to_by(membership):
    """What this membership (a row, or a reference to one) sees to and isn't closed."""
    return Finding.objects.filter(owner=membership).exclude(state=FindingState.CLOSED)


def findings_of(area):
    """The area's gaps and overlaps: those to be decided first, then what is due next, then the latest closed."""
    rows = Finding.objects.filter(area=area).select_related("need", "service_class", "municipality", "owner__user")
    places = [When(state=state, then=place) for place, state in enumerate(FindingState)]
    return rows.select_related("owner__agency__area").order_by(
        Case(*places), F("closed_on").desc(nulls_last=True), F("due_on").asc(nulls_last=True), "-pk"
    )


def open_findings(area):
    """Those of them that are not closed: what waits for a decision, and what is being done."""
    return findings_of(area).exclude(state=FindingState.CLOSED)


def able_to_see_to(area):
    """Whom one can name: everybody who works in the area today."""
    found = Membership.objects.open().filter(agency__area=area).select_related("user", "agency__area")
    return found.order_by("user__last_name", "user__first_name", "pk")
