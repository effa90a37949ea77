"""Meetings of coordination groups for tests."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from coordination.clocks.rules import today
from pilots.service_map.commands import meetings
from pilots.service_map.models import GroupMeeting


def planned(by, *, days=7, **columns):
    """A meeting of the own area's group, so many days from now."""
    said = {"starts_at": timezone.now() + timedelta(days=days), "minutes": 60, "where": "Kaupungintalo"}
    return meetings.plan_meeting(**said | {"things": [], "words": [], "token": uuid4(), "by": by} | columns)


def began(meeting):
    """The same meeting, as if it had begun two hours ago."""
    GroupMeeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(hours=2))
    return now(meeting)


def held(by, **columns):
    """A meeting that was held, with one decision."""
    found = began(planned(by, **columns))
    write(found, by, matter="Aamutoiminta", decision="Jatketaan syksyllä")
    return now(found)


def write(meeting, by, **columns):
    """Write down what came of a meeting."""
    said = {"attended": [], "decided": {}, "matter": "", "decision": "", "number": now(meeting).number, "by": by}
    meetings.write_minutes(meeting=meeting, **said | columns)


def agreed(meeting, by, *, owner, days=14, **columns):
    """What somebody does by some day."""
    said = {"words": "Kysyy kouluilta", "due_on": today() + timedelta(days=days), "token": uuid4()}
    return meetings.add_action(meeting=meeting, owner=owner, by=by, **said | columns)


def now(row):
    """The row as it stands."""
    return type(row).objects.get(pk=row.pk)
