"""Meetings of coordination groups, and what was agreed in them."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from coordination.meetings.states import MeetingState
from pilots.service_map.models import GroupAction, GroupMeeting, GroupMember
from pilots.service_map.queries.group import leads, open_members, reads, who

MOST_SHOWN = 30


def meetings_of(area_id, *, everything):
    """The area's meetings, the latest first; only those that were held for whoever isn't in its group."""
    found = GroupMeeting.objects.filter(area=area_id)
    return (found if everything else found.filter(state=MeetingState.HELD))[:MOST_SHOWN]


def meeting_or_404(membership, public_id):
    """A meeting of the own area: one that was held for everybody, another one for the group."""
    found = get_object_or_404(GroupMeeting, public_id=public_id, area=membership.agency.area_id)
    if found.state != MeetingState.HELD and not reads(membership):
        raise Http404
    return found


def own_meeting_or_404(membership, public_id):
    """A meeting for whoever leads the group of its area."""
    found = get_object_or_404(GroupMeeting, public_id=public_id, area=membership.agency.area_id)
    if not leads(membership):
        raise Http404
    return found


def own_row_or_404(membership):
    """This membership's own row in the group of its area."""
    return get_object_or_404(open_members(membership.agency.area_id), membership=membership)


def could_come(meeting, viewer):
    """Who is in the group, and whoever came to this meeting and isn't any more, each (row, name as the reader may see
    it)."""
    came = Q(pk__in=meeting.attended.values("pk"))
    found = GroupMember.objects.filter(came | Q(ended_at=None), area=meeting.area_id)
    found = found.select_related("membership__user", "membership__agency__area")
    return [(one, who(one.membership, viewer)) for one in found]


def as_written(meeting, viewer):
    """What a page or a paper of the meeting shows: the agenda with what was decided, who came, and the actions."""
    came = meeting.attended.select_related("membership__user", "membership__agency__area")
    actions = meeting.actions.select_related("owner__user", "owner__agency__area")
    return {
        "meeting": meeting,
        "agenda": _agenda(meeting, viewer),
        "came": [who(one.membership, viewer) for one in came],
        "actions": [{"action": one, "owner": who(one.owner, viewer), "is_own": one.owner == viewer} for one in actions],
    }


def _agenda(meeting, viewer):
    """The agenda; whoever isn't in the group reads of what is the group's own only what was decided."""
    found = list(meeting.agenda.all())
    if not reads(viewer):
        for one in found:
            if one.of_the_group:
                one.words, one.link = _("A matter of the group"), ""
    return found


def promised(membership):
    """What this membership (a row, or a reference to one) has agreed to do and hasn't done."""
    return GroupAction.objects.filter(owner=membership, done_at=None).select_related("meeting")


def action_or_404(membership, public_id):
    """An action, for whoever is to do it and for whoever leads the group."""
    found = GroupAction.objects.select_related("meeting", "owner__user", "owner__agency__area")
    found = found.filter(meeting__area=membership.agency.area_id, public_id=public_id)
    return get_object_or_404(found if leads(membership) else found.filter(owner=membership))
