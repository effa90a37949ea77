"""What somebody who sees a young person no more leaves behind in schedules, and two rows that become one."""

from django.db import transaction

from coordination.clocks.rules import today
from coordination.interface.each import each
from pilots.schedules.commands.enrolments import close, leave, let_go
from pilots.schedules.models import Enrolment
from pilots.schedules.queries import enrolments as queries


def leave_schedules(*, leaver):
    """Let nobody follow what a membership that has ended followed; whoever coordinates is told."""
    for enrolment in queries.left_open_by(leaver):
        _leave(enrolment)


@transaction.atomic
def _leave(enrolment):
    held = queries.held(enrolment)
    if held.ended_on is None:
        leave(held)


def let_go_overtaken():
    """The same for each schedule whose owner works with the young person no more; the rows are the queue."""
    each(list(queries.overtaken()), let_go, otherwise="schedule %s, overtaken, could not be let go")


@transaction.atomic
def move_schedules(*, gone, kept):
    """Let the schedules of the row that goes go along. Of two open ones of the same schedule and owner the later begun
    ends. The caller holds both rows."""
    found = Enrolment.objects.select_for_update(of=["self"], no_key=True).filter(young_person__in=[gone, kept])
    rows = list(found.select_related("young_person", "owner").order_by("-begun_at", "-pk"))
    for one in rows:
        alike = [other for other in rows if other.ended_on is None and _alike(other) == _alike(one)]
        if one.ended_on is None and one.owner_id and len(alike) > 1:
            close(one, Enrolment.Ending.STOPPED, today())
        if one.young_person_id == gone.pk:
            one.young_person = kept
            one.save(update_fields=["young_person"])


def _alike(enrolment):
    return enrolment.schedule_id, enrolment.owner_id
