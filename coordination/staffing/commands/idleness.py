"""Rights that nobody uses end, after a notice."""

import logging

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from coordination.agencies.commands import put_in_groups
from coordination.agencies.models import Area
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.erasures.commands import note
from coordination.interface.wake import wake
from coordination.outbox.commands import done, tell
from coordination.people.access import end_all_of
from coordination.staffing import letters, queries, rules
from coordination.staffing.commands.members import lock_area
from coordination.staffing.notices import RIGHTS_END_SOON, RIGHTS_ENDED

log = logging.getLogger(__name__)


def end_idle():
    """Tell those who haven't signed in for long that their rights end, and end those who were told of it in time.

    Signing in is enough to keep them. Nobody loses rights without having been told the area's number of days before,
    however late this runs. Says how many ended.
    """
    return sum(_end_idle(area) for area in Area.objects.order_by("pk"))


def _end_idle(area):
    idle, told = queries.idle(area), queries.told(area, RIGHTS_END_SOON)
    for membership in told.exclude(pk__in=idle.values("pk")):
        done(about=membership, codes=[RIGHTS_END_SOON])
    for membership in idle.exclude(pk__in=told.values("pk")):
        due_on = rules.rights_end_on(membership, area, today())
        link = reverse("pages:desk")
        tell(RIGHTS_END_SOON, to=[membership], about=membership, link=link, due_on=due_on, dedupe=due_on)
    return sum(_end(membership) for membership in list(queries.told(area, RIGHTS_END_SOON, by=today())))


@transaction.atomic
def _end(membership):
    area = lock_area(membership.agency.area_id)
    membership = queries.idle(area).select_for_update(of=["self"]).filter(pk=membership.pk).first()
    if membership is None:
        return False  # signed in at this very moment
    try:
        rules.check_keeps_an_administrator(area.pk, leaving=Q(pk=membership.pk))
    except NotNow:
        log.warning("Membership %s is not used any more, but is its area's last administrator.", membership.pk)
        return False
    membership.ended_on = today()
    membership.save(update_fields=["ended_on"])
    note("membership_ended", membership=membership.public_id, on=membership.ended_on)
    put_in_groups(user=membership.user)
    end_all_of(membership)
    done(about=membership, codes=[RIGHTS_END_SOON])
    letters.mail_rights_gone(membership.user, area=area)
    link = reverse("admin:coordination_membership_change", args=[membership.pk])
    tell(RIGHTS_ENDED, to=queries.with_power(area.pk), about=membership, link=link, dedupe=f"{membership.pk}:{today()}")
    wake("config.settle_leavers")
    return True
