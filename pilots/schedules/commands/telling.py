"""What the timetable does with schedules: it writes down what was done elsewhere, and tells of what is due and late."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from coordination.clocks.rules import today
from coordination.interface.each import each, each_step
from coordination.outbox.commands import done, tell
from coordination.outbox.models import Notification
from coordination.people import access
from pilots.schedules import notices
from pilots.schedules.commands.settling import settle
from pilots.schedules.models import Enrolment
from pilots.schedules.queries import enrolments as queries
from pilots.schedules.queries.steps import done_elsewhere, showing


def look_after_schedules():
    """Settle, then tell: nobody is told of what has been done."""
    each_step(_settle_all, _tell_all)


def _settle_all():
    found = Enrolment.objects.filter(pk__in=done_elsewhere().values("enrolment"))
    each(list(found), _settle, otherwise="schedule %s could not be settled")


@transaction.atomic
def _settle(enrolment):
    settle(queries.held(enrolment))


def _tell_all():
    """Tell the owners of each step once that it is due, and once that it is late."""
    for notice, found in (
        (notices.SCHEDULE_LATE, showing().filter(due_on__lt=today())),
        (notices.SCHEDULE_DUE, showing().filter(due_on__gte=today())),
    ):
        told = Notification.objects.filter(
            about=OuterRef("public_id"), membership=OuterRef("enrolment__owner"), code=notice.code
        )
        rows = found.filter(~Exists(told), enrolment__owner__isnull=False).select_related("enrolment")
        each(
            rows, lambda due, notice=notice: _tell(due, notice), otherwise="step %s of a schedule could not be told of"
        )


@transaction.atomic
def _tell(due, notice):
    held = queries.held(due.enrolment)
    owner, person = held.owner, held.young_person
    still_waits = showing().filter(pk=due.pk, due_on=due.due_on).exists()
    if not owner or not still_waits or not access.works_with(owner, person):
        return
    done(about=due.public_id, to=[owner])
    tell(notice, to=[owner], about=due, link=held.get_absolute_url(), due_on=due.due_on, dedupe=due.public_id)
