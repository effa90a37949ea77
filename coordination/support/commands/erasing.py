"""What goes with a support that has ended long ago, or whose young person asks to be erased."""

import uuid

from django.db import transaction

from coordination.activity.commands import forget_events
from coordination.cards.commands import forget_uses
from coordination.clocks import half_years
from coordination.erasures.commands import note
from coordination.meetings.queries import of_source
from coordination.outbox.commands import tell
from coordination.people import access
from coordination.people.erasing import erase_rows
from coordination.people.models import Ground
from coordination.services.commands import count_unmet
from coordination.support import notices
from coordination.support.commands.counting import facts_to_keep
from coordination.support.models import HalfYearFact

# Who is told when all of it goes, by the kind of their sight.
_TOLD = {
    Ground.Kind.NAMING: notices.NAMING_TAKEN_BACK,
    Ground.Kind.SUPPORT: notices.SUPPORT_ENDED,
    Ground.Kind.TALK: notices.TALK_ENDED,
}


@transaction.atomic
def erase_support(*, support):
    """Erase the support with everything in it, every sight that came from it and from its permissions; what was needed
    but not available stays as a number, and so do the facts that figures need. The caller holds the young person.
    """
    person, kept = support.young_person, facts_to_keep(support)
    sources = [support.public_id, *support.permissions.values_list("public_id", flat=True)]
    for source in sources:
        access.erase_grounds(young_person=person, source=source)
        forget_events(about=source)
        forget_uses(about=source)
    erase_rows(*of_source(support.public_id))
    note("support", support=support.public_id)
    erase_rows(support)
    count_unmet(source=support.public_id)
    half_years.keep(HalfYearFact, support.area, kept)


def tell_supports_end(*, young_person, by):
    """Tell the one adult, who stands in, who was asked and who may talk with the adult that it ends, before all of it
    is erased; the notices are about nothing that is left."""
    grounds = young_person.grounds.open().filter(kind__in=_TOLD).select_related("membership__user")
    for ground in grounds.order_by("pk"):
        tell(_TOLD[ground.kind], to=[ground.membership], link="/", dedupe=uuid.uuid4(), except_for=by)
