"""Reminding of what was decided, and what becomes of it when somebody leaves their work."""

from datetime import timedelta

from django.db import transaction

from coordination.agencies.queries import administrators
from coordination.clocks.rules import today
from coordination.interface.each import each
from coordination.outbox.commands import done, tell
from pilots.service_map import coverage_notices as notices
from pilots.service_map.coverage_rules import DAYS_BEFORE
from pilots.service_map.coverage_states import FindingState
from pilots.service_map.queries.deciding import held, seen_to_by
from pilots.service_map.queries.due import to_remind_of


def remind():
    """Tell whoever sees to it that an action is due in seven days, and that it should have been done yesterday; each
    once for each day that was agreed. What the timetable missed is made up for."""
    return each(list(to_remind_of(today())), _remind, otherwise="nobody could be reminded of finding %s")


@transaction.atomic
def _remind(finding):
    finding = held(finding)
    if finding.state != FindingState.DECIDED or finding.due_on is None:
        return
    late = finding.due_on < today()
    if late:
        done(about=finding, codes=[notices.FINDING_DUE])
    elif finding.due_on > today() + timedelta(days=DAYS_BEFORE):
        return
    tell(
        notices.FINDING_LATE if late else notices.FINDING_DUE,
        to=[finding.owner] if finding.owner else administrators(finding.area_id).select_related("user"),
        link=finding.get_absolute_url(),
        about=finding,
        due_on=None if late else finding.due_on,
        # Told anew where it was decided anew, though it be until the same day.
        dedupe=f"{finding.public_id}:{finding.notes.filter(reopens=True).count()}:{finding.due_on}",
    )


def leave_findings(*, leaver):
    """What this ended membership saw to is the administrators' now, and they are told."""
    for finding in seen_to_by(leaver):
        _leave(finding, leaver)


@transaction.atomic
def _leave(finding, leaver):
    finding = held(finding)
    if finding.owner_id != leaver.pk or finding.state == FindingState.CLOSED:
        return
    done(about=finding)
    finding.owner, finding.number = None, finding.number + 1
    finding.save(update_fields=["owner", "number"])
    tell(
        notices.FINDING_LEFT,
        to=administrators(finding.area_id).select_related("user"),
        link=finding.get_absolute_url(),
        about=finding,
        dedupe=f"{finding.public_id}:{leaver.pk}:{finding.number}",
    )
