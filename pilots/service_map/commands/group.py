"""Who is in the coordination group, and what happens when somebody leaves their work."""

from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from coordination.agencies.models import Area
from coordination.agencies.queries import administrators
from coordination.erasures.commands import note
from coordination.meetings.states import MeetingState
from coordination.outbox.commands import done, tell
from pilots.registry.rules import check_there
from pilots.service_map import notices, rules
from pilots.service_map.commands.network import leave_network
from pilots.service_map.models import GroupMeeting, GroupMember
from pilots.service_map.queries.group import (
    held_area,
    in_groups,
    names_members,
    open_members,
    waiting_for,
    without_lead,
)
from pilots.service_map.queries.meetings import promised


@transaction.atomic
def add_member(*, membership, leads, by):
    """Take somebody of the area into its group; naming them again only says whether they lead it."""
    area = held_area(by, allowed=names_members)
    rules.check_of_area(membership, area.pk)
    member = open_members(area.pk).filter(membership=membership).first()
    if member is None:
        member = GroupMember(area=area, membership=membership)
    led, member.leads = member.leads, leads
    member.save()
    if leads:
        for one in administrators(area.pk):
            done(about=one.public_id, codes=[notices.GROUP_WITHOUT_LEAD], to=[one])
    elif led:
        _look_for_lead(area.pk, dedupe=uuid4(), by=by)
    return member


@transaction.atomic
def end_member(*, member, by):
    """Somebody is in the group no more. Raises NotNow the second time."""
    area = held_area(by, allowed=names_members)
    found = open_members(area.pk).filter(pk=member.pk).first()
    check_there(found)
    note("group_member", member=found.public_id)
    _end(found)
    for meeting in GroupMeeting.objects.filter(area=area, state=MeetingState.PLANNED):
        done(about=meeting, to=[found.membership])
    if found.leads:
        _look_for_lead(area.pk, dedupe=found.public_id, by=by)


def end_member_again(member):
    """In a restored backup, end a time in the group that had been ended; tells whether it hadn't."""
    if member.ended_at is not None:
        return False
    _end(member)
    return True


def leave_service_map(*, leaver):
    """End this ended membership's time in groups and in the network, and let others be asked what it was asked, and do
    what it was to do. The area's administrators are told of a group that nobody leads any more, and its leads of what
    waits for somebody else."""
    for member in in_groups(leaver):
        _leave(member)
    _leave_answers(leaver)
    _leave_actions(leaver)
    leave_network(leaver=leaver)


@transaction.atomic
def _leave(member):
    Area.objects.select_for_update(no_key=True).get(pk=member.area_id)
    _end(member)
    if member.leads:
        _look_for_lead(member.area_id, dedupe=member.public_id)


def _look_for_lead(area_id, *, dedupe, by=None):
    """Tell the administrators of a group that nobody leads. What waits is about each of them: a group is no row."""
    if not without_lead(area_id):
        return
    for one in administrators(area_id).select_related("user"):
        said = {"link": notices.HOME, "about": one.public_id, "dedupe": dedupe, "except_for": by}
        tell(notices.GROUP_WITHOUT_LEAD, to=[one], **said)


@transaction.atomic
def _leave_answers(leaver):
    rounds = {}
    for answer in waiting_for(leaver).select_for_update(of=["self"]).select_related("round"):
        answer.asked = None
        answer.save(update_fields=["asked"])
        rounds[answer.round_id] = answer.round
    for one in rounds.values():
        left = {"about": one, "link": one.get_absolute_url()}
        _tell_leads(notices.SURVEY_LEFT, one.area_id, **left, dedupe=f"{one.public_id}:{leaver.pk}")


@transaction.atomic
def _leave_actions(leaver):
    for action in promised(leaver).select_for_update(of=["self"]):
        action.owner = None
        action.save(update_fields=["owner"])
        done(about=action)
        left = {"about": action, "link": action.meeting.get_absolute_url()}
        _tell_leads(notices.GROUP_ACTION_LEFT, action.meeting.area_id, **left, dedupe=f"{action.public_id}:{leaver.pk}")


def _tell_leads(notice, area_id, *, about, link, dedupe):
    leading = open_members(area_id).filter(leads=True).select_related("membership__user")
    to = [member.membership for member in leading]
    tell(notice, to=to, link=link, about=about, dedupe=dedupe)


def _end(member):
    member.ended_at = timezone.now()
    member.save(update_fields=["ended_at"])
