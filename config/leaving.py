"""Somebody has left their work, or coordinates no more: each step hands on, or lets go of, what was theirs.

What they did stays in the history. What they could see ended with the membership already.
"""

from django.db.models import Exists, OuterRef, Q

from coordination.agencies.models import Membership
from coordination.assessments.commands import leaving as assessments
from coordination.clocks.rules import today
from coordination.follow_ups import queries as follow_ups
from coordination.follow_ups.commands import leave_sheets, reassign_follow_ups
from coordination.follow_ups.models import AskedAdult
from coordination.interface.each import each
from coordination.meetings import queries as meetings
from coordination.meetings.commands import leave_meetings
from coordination.services.commands.keeping import leave_services
from coordination.services.models import Service
from coordination.support.commands.leaving import leave_supports
from coordination.support.commands.permissions import end_talks_of
from coordination.support.queries import naming, overlaps, rounds
from coordination.support.queries.permissions import held_by as talks_of
from flags.flagging.commands import end_flags_of
from flags.flagging.models import Flag
from pilots.measures.commands.courses import end_unseen, leave_courses
from pilots.measures.queries.courses import left_open_by
from pilots.questionnaires.commands import leaving as forms
from pilots.registry.commands.leads import leave_pilots
from pilots.registry.queries.editing import led_by
from pilots.schedules.commands import leaving as schedules
from pilots.schedules.queries import enrolments
from pilots.service_map.commands.group import leave_service_map
from pilots.service_map.commands.looking_after import leave_findings
from pilots.service_map.queries import group as service_map
from pilots.service_map.queries.deciding import seen_to_by
from pilots.service_map.queries.meetings import promised
from pilots.service_map.queries.network import in_network
from pilots.trainings.commands.leaving import leave_trainings
from pilots.trainings.queries import trainings


def settle(*, leaver):
    """End or hand on what this ended membership left behind. Doing it again does nothing more.

    Sheets come first: so it is told that an adult who took part has left, not only that a flag has ended.
    """
    leave_sheets(leaver=leaver)
    end_talks_of(leaver=leaver)
    leave_supports(leaver=leaver)
    leave_meetings(invitations=meetings.planned_of(leaver))
    reassign_follow_ups(leaver=leaver)
    assessments.leave_assessments(leaver=leaver)
    end_flags_of(leaver)
    forms.leave_forms(leaver=leaver)
    leave_pilots(leaver=leaver)
    leave_courses(leaver=leaver)
    schedules.leave_schedules(leaver=leaver)
    leave_trainings(leaver=leaver)
    leave_services(leaver=leaver)
    leave_service_map(leaver=leaver)
    leave_findings(leaver=leaver)


def step_down(*, leaver):
    """Hand on what somebody coordinated who works here in another role now; what they take part in or have flagged
    stays theirs. Doing it again does nothing more."""
    taking_part = follow_ups.asked_of(leaver).filter(takes_part=AskedAdult.TakesPart.YES)
    invitations = meetings.planned_of(leaver).exclude(meeting__source__in=taking_part.values("follow_up__public_id"))
    leave_meetings(invitations=invitations, told=True)
    reassign_follow_ups(leaver=leaver)


def stepped_down():
    """Memberships that own open follow-ups and don't coordinate any more."""
    owning = Exists(follow_ups.owned_by(OuterRef("pk")))
    former = Membership.objects.open().filter(owning).exclude(role=Membership.Role.COORDINATOR)
    return former.select_related("successor__user").order_by("pk")


def leavers():
    """Memberships that have ended, or whose user was disabled, and that something open still hangs on."""
    gone = Q(ended_on__lte=today()) | Q(user__is_active=False)
    mine = OuterRef("pk")
    left_behind = (
        Q(Exists(Flag.objects.filter(membership=mine, ended_at=None)))
        | Q(Exists(follow_ups.owned_by(mine)))
        | Q(Exists(follow_ups.asked_of(mine)))
        | Q(Exists(meetings.planned_of(mine)))
        | Q(Exists(rounds.left_alone_by(mine)))
        | Q(Exists(rounds.standing_in_of(mine)))
        | Q(Exists(naming.waiting_for(mine)))
        | Q(Exists(talks_of(mine)))
        | Q(Exists(overlaps.asked_of(mine)))
        | Q(Exists(assessments.parts_of(mine)))
        | Q(Exists(assessments.left_alone().filter(worker=mine)))
        | Q(Exists(assessments.promises_of(mine)))
        | Q(Exists(forms.parts_of(mine)))
        | Q(Exists(forms.owned_by(mine)))
        | Q(Exists(forms.received_by(mine)))
        | Q(Exists(led_by(mine)))
        | Q(Exists(left_open_by(mine)))
        | Q(Exists(enrolments.left_open_by(mine)))
        | Q(Exists(trainings.led_by(mine)))
        | Q(Exists(trainings.open_sign_ups_of(mine)))
        | Q(Exists(Service.objects.filter(keeper=mine)))
        | Q(Exists(service_map.in_groups(mine)))
        | Q(Exists(service_map.waiting_for(mine)))
        | Q(Exists(promised(mine)))
        | Q(Exists(in_network(mine)))
        | Q(Exists(seen_to_by(mine)))
    )
    return Membership.objects.filter(gone, left_behind).select_related("successor__user").order_by("pk")


def sweep():
    """Settle every membership that has ended, or coordinates no more, and left something behind, what an exclusion has
    overtaken in assessments and forms, and measures and schedules whose professional works with the young person no
    more; the rows are the queue."""
    for command, found in ((settle, list(leavers())), (step_down, list(stepped_down()))):
        each(found, lambda one, command=command: command(leaver=one), otherwise="membership %s could not be settled")
    assessments.settle()
    forms.settle()
    end_unseen()
    schedules.let_go_overtaken()
