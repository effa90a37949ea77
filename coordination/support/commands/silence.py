"""Telling of what needs the coordinators: silence between the two, and an adult who is gone."""

from django.db import transaction
from django.utils import timezone

from coordination.interface.each import each
from coordination.outbox.commands import tell
from coordination.people import access
from coordination.support import notices, rules
from coordination.support.commands.ending import tell_without_adult
from coordination.support.commands.rows import held
from coordination.support.queries import rounds
from coordination.support.states import SupportState


def look_after_supports():
    """Tell of every silence, and of every support whose adult is gone; each once."""
    for command, supports in ((tell_silent, rounds.silent()), (tell_without_adult, rounds.adult_is_gone())):
        each(supports.iterator(chunk_size=200), command, otherwise="support %s could not be told of")


@transaction.atomic
def tell_silent(support):
    """Tell the coordinators, the adult and whoever stands in, once for each silence, that nothing has been heard for
    longer than the area lets pass."""
    support = held(support)
    if support.state != SupportState.ACTIVE or support.told_silent_at or not rules.is_silent(support):
        return
    support.told_silent_at = timezone.now()
    support.save(update_fields=["told_silent_at"])
    person = support.young_person
    news = {"about": support, "dedupe": f"{support.public_id}:{rules.heard_on(support)}"}
    adults = access.audience(rounds.working_in(support), "support", person)
    tell(notices.SILENT, to=adults, link=support.get_absolute_url(), **news)
    others = [one for one in access.coordinators(support.area, person) if one not in adults]
    tell(notices.SILENT, to=others, link=rounds.overview_link(support), **news)
