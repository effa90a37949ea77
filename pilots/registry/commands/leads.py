"""Who leads a pilot in the portal, and what happens when they leave their work."""

from django.db import transaction
from django.utils import timezone

from coordination.agencies.queries import administrators
from coordination.erasures.commands import note
from coordination.outbox.commands import done, tell
from pilots.registry import notices, rules
from pilots.registry.models import Pilot, PilotLead
from pilots.registry.queries.editing import held_by, led_by, open_leads, without_lead


@transaction.atomic
def add_lead(*, pilot, membership, by):
    """Let somebody of the area lead the pilot, too; naming them again changes nothing."""
    pilot = held_by(by, pilot)
    if found := open_leads(pilot).filter(membership=membership).first():
        return found
    rules.check_can_lead(membership, pilot.area)
    made = PilotLead.objects.create(pilot=pilot, membership=membership)
    done(about=pilot, codes=[notices.PILOT_WITHOUT_LEAD])
    return made


@transaction.atomic
def end_lead(*, pilot, membership, by):
    """Somebody leads the pilot no more. Raises NotNow where nobody else would, and the second time."""
    pilot = held_by(by, pilot)
    found = open_leads(pilot).filter(membership=membership).first()
    rules.check_there(found)
    rules.check_not_last(open_leads(pilot).exclude(pk=found.pk).exists())
    note("pilot_lead", pilot=pilot.public_id, lead=membership.public_id)
    _end(found)


def end_lead_again(*, pilot, lead, at):
    """In a restored backup, end what the membership with this public id had led until that moment; tells whether there
    was anything."""
    found = open_leads(pilot).filter(membership__public_id=lead, since__lt=at).first()
    if found:
        _end(found)
    return found is not None


def leave_pilots(*, leaver):
    """End what this ended membership led; the area's administrators are told of a pilot that nobody leads any more."""
    for lead in led_by(leaver):
        _leave(lead)


@transaction.atomic
def _leave(lead):
    pilot = Pilot.objects.select_for_update(no_key=True).get(pk=lead.pilot_id)
    _end(lead)
    if without_lead(Pilot.objects.filter(pk=pilot.pk)).exists():
        to = administrators(pilot.area_id).select_related("user")
        tell(
            notices.PILOT_WITHOUT_LEAD,
            to=to,
            link=pilot.get_absolute_url(),
            about=pilot,
            # Told anew of each lead who left: between two of them somebody else may have led.
            dedupe=f"{pilot.public_id}:{lead.pk}",
        )


def _end(lead):
    lead.ended_at = timezone.now()
    lead.save(update_fields=["ended_at"])
