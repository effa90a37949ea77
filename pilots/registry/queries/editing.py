"""Who may change a pilot, and the pilot held for whoever does."""

from django.db.models import Exists, OuterRef
from django.http import Http404

from coordination.agencies.models import County, Membership
from coordination.agencies.rules import holds
from pilots.registry.models import Pilot, PilotLead, Programme
from pilots.registry.rules import not_yours
from pilots.registry.states import PilotState


def may_edit(membership, pilot):
    """Whether this membership leads the pilot or administrates its area. Nobody edits what comes with the portal."""
    if pilot.area_id is None or not holds(membership):
        return False
    if membership.role == Membership.Role.ADMINISTRATOR and membership.agency.area_id == pilot.area_id:
        return True
    return open_leads(pilot).filter(membership=membership).exists()


def open_leads(pilot):
    """Who leads the pilot in the portal."""
    return pilot.leads.filter(ended_at=None)


def led_by(membership):
    """The open leads of this membership (a row, or a reference to one)."""
    return PilotLead.objects.filter(membership=membership, ended_at=None)


def without_lead(pilots):
    """Those of these pilots that nobody leads and that haven't been stopped."""
    held = Membership.objects.open().filter(pk=OuterRef("membership"))
    leading = PilotLead.objects.filter(Exists(held), pilot=OuterRef("pk"), ended_at=None)
    return pilots.exclude(state=PilotState.STOPPED).exclude(area=None).exclude(Exists(leading))


def pilot_or_404(public_id):
    """A pilot, for whoever is signed in: there is nothing in it that others may not know."""
    found = Pilot.objects.select_related("programme", "area", "spread_from").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def own_pilot_or_404(membership, public_id):
    """A pilot for whoever may change it; for everybody else there is none."""
    found = pilot_or_404(public_id)
    if not may_edit(membership, found):
        raise Http404
    return found


def held_by(membership, pilot):
    """The pilot, with everybody else waiting who would change it. Raises NotNow for whoever may not."""
    found = Pilot.objects.select_for_update(no_key=True).filter(pk=pilot.pk).first()
    if found is None or not may_edit(membership, found):
        raise not_yours()
    return found


def programmes_for(area):
    """The programmes to choose from in this area: its own, and those that come with the portal."""
    return Programme.objects.filter(area=area) | Programme.objects.filter(area=None)


def counties_of(area):
    """The counties in which this area's municipalities are."""
    return County.objects.filter(Exists(area.municipalities.filter(county=OuterRef("pk"))))


def able_to_lead(area):
    """The memberships that can be named to lead a pilot of this area."""
    found = Membership.objects.open().filter(agency__area=area).select_related("user", "agency__area")
    return found.order_by("user__last_name", "user__first_name", "pk")
