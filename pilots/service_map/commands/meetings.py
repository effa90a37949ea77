"""Meetings of the coordination group: whoever leads it plans them, and writes down what was decided and who does
what."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from coordination.agencies.rules import holds
from coordination.meetings.rules import check_begun, check_planned
from coordination.meetings.states import MeetingState
from coordination.outbox.commands import done, tell
from pilots.registry.rules import check_number, check_there
from pilots.service_map import notices, rules
from pilots.service_map.models import AgendaItem, GroupAction, GroupMeeting
from pilots.service_map.queries.group import held_area, leads, open_members


@transaction.atomic
def plan_meeting(*, starts_at, minutes, where, things, words, token, by):
    """Plan a meeting of the own area's group; its members are told. `things` are open things (`queries.agenda`) and
    `words` other matters that it takes up. The same `token` again gives back the meeting that it made."""
    area = held_area(by)
    if made := GroupMeeting.objects.filter(area=area, token=token).first():
        return made
    rules.check_to_come(starts_at)
    columns = {"starts_at": starts_at, "minutes": minutes, "where": where}
    made = GroupMeeting.objects.create(area=area, token=token, made_by=by, **columns)
    _put_on_agenda(made, things, words)
    _tell_members(notices.GROUP_MEETING, made, by)
    return made


@transaction.atomic
def change_meeting(*, meeting, starts_at, minutes, where, things, words, number, by):
    """Another time or place, of which the members are told, or another agenda. Raises NotNow where the meeting was
    changed since the page was opened (`number`), held or called off."""
    meeting = _held(meeting, by)
    check_number(number, meeting)
    check_planned(meeting)
    moved = (meeting.starts_at, meeting.minutes, meeting.where) != (starts_at, minutes, where)
    if moved:
        rules.check_to_come(starts_at)
        meeting.starts_at, meeting.minutes, meeting.where = starts_at, minutes, where
        meeting.sequence += 1
    _put_on_agenda(meeting, things, words)
    _changed(meeting)
    if moved:
        _tell_members(notices.GROUP_MEETING, meeting, by)


@transaction.atomic
def cancel_meeting(*, meeting, by):
    """Call a planned meeting off; its members are told. Raises NotNow the second time."""
    meeting = _held(meeting, by)
    check_planned(meeting)
    meeting.state = MeetingState.CANCELLED
    meeting.sequence += 1
    _changed(meeting)
    done(about=meeting, codes=[notices.GROUP_MEETING])
    _tell_members(notices.GROUP_MEETING_OFF, meeting, by)


@transaction.atomic
def write_minutes(*, meeting, attended, decided, matter, decision, number, by):
    """Write down who came (members of the group), and what was decided: {item's key: words}, and of one `matter` more.
    It can be corrected. Raises NotNow before the meeting has begun, where it was called off, and where it was changed
    since the page was opened (`number`)."""
    meeting = _held(meeting, by)
    check_number(number, meeting)
    if meeting.state != MeetingState.HELD:
        check_planned(meeting)
        check_begun(meeting)
    meeting.state, meeting.held_at = MeetingState.HELD, meeting.held_at or timezone.now()
    meeting.attended.set(attended)
    for item in meeting.agenda.filter(pk__in=decided):
        item.decided = decided[item.pk]
        item.save(update_fields=["decided"])
    if matter:
        AgendaItem.objects.create(meeting=meeting, order=_last(meeting) + 1, words=matter, decided=decision)
    _changed(meeting)
    done(about=meeting, codes=[notices.GROUP_MEETING])


@transaction.atomic
def add_action(*, meeting, words, owner, due_on, token, by):
    """Write down what somebody of the area does by which day; they are told. The same `token` again gives back the
    action that it made."""
    meeting = _held(meeting, by)
    if made := meeting.actions.filter(token=token).first():
        return made
    rules.check_written_down(meeting)
    rules.check_of_area(owner, meeting.area_id)
    made = GroupAction.objects.create(meeting=meeting, token=token, words=words, owner=owner, due_on=due_on)
    _tell_owner(made, by)
    return made


@transaction.atomic
def change_action(*, action, words, owner, due_on, number, by):
    """Let somebody else do it, until another day, or say it otherwise; whoever is to do it is told of more than words.
    Raises NotNow where it was changed since the page was opened (`number`), and once it is done."""
    area = held_area(by)
    found = GroupAction.objects.select_for_update(of=["self"]).filter(pk=action.pk, meeting__area=area).first()
    check_there(found)
    check_number(number, found)
    rules.check_not_done(found)
    rules.check_of_area(owner, area.pk)
    agreed = (found.owner_id, found.due_on)
    found.words, found.owner, found.due_on, found.number = words, owner, due_on, found.number + 1
    found.save(update_fields=["words", "owner", "due_on", "number"])
    if agreed != (owner.pk, due_on):
        done(about=found)
        _tell_owner(found, by)


def _tell_owner(action, by):
    said = {"link": notices.HOME, "about": action, "due_on": action.due_on, "except_for": by}
    tell(notices.GROUP_ACTION, to=[action.owner], dedupe=f"{action.public_id}:{action.number}", **said)


@transaction.atomic
def set_done(*, action, by):
    """It is done, on the word of whoever was to do it, or of whoever leads the group; doing it again changes
    nothing."""
    found = GroupAction.objects.select_for_update(of=["self"]).select_related("meeting").get(pk=action.pk)
    of_area = found.meeting.area_id == by.agency.area_id
    check_there(of_area and holds(by) and (found.owner_id == by.pk or leads(by)))
    if found.done_at is None:
        found.done_at = timezone.now()
        found.save(update_fields=["done_at"])
        done(about=found)


def _put_on_agenda(meeting, things, words):
    """Let the agenda have these open things and these other matters, and nothing else that was on it."""
    wanted = {thing.about: thing for thing in things}
    own = dict.fromkeys(words)
    for item in meeting.agenda.all():
        if item.about in wanted:
            del wanted[item.about]
        elif item.about is None and item.words in own:
            del own[item.words]
        else:
            item.delete()
    rows = [asdict(one) | {"words": one.words[:300]} for one in wanted.values()]
    for order, columns in enumerate([*rows, *({"words": one} for one in own)], start=_last(meeting) + 1):
        AgendaItem.objects.create(meeting=meeting, order=order, **columns)


def _last(meeting):
    return meeting.agenda.order_by("order").values_list("order", flat=True).last() or 0


def _tell_members(notice, meeting, by):
    members = open_members(meeting.area_id).select_related("membership__user", "membership__agency")
    to = [one.membership for one in members if holds(one.membership)]
    link, dedupe = meeting.get_absolute_url(), f"{meeting.public_id}:{meeting.sequence}"
    tell(notice, to=to, link=link, about=meeting, dedupe=dedupe, except_for=by)


def _held(meeting, by):
    area = held_area(by)
    found = GroupMeeting.objects.select_for_update(no_key=True).filter(pk=meeting.pk, area=area).first()
    check_there(found)
    return found


def _changed(meeting):
    meeting.number += 1
    meeting.save()
