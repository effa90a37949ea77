"""Inviting to a meeting, changing and cancelling it, and writing down who came and what was agreed."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.meetings import calendars, queries, rules
from coordination.meetings.models import AgreedItem, Invited, Meeting
from coordination.meetings.states import MeetingState
from coordination.outbox.commands import queue_secret_mail, take_back
from coordination.people import access
from coordination.people.holding import hold


@transaction.atomic
def plan_meeting(*, young_person, source, memberships, starts_at, minutes, place, token, by):
    """Plan a meeting and invite these memberships: each gets a mail with an entry for their own calendar.

    Whoever may not see the young person's page isn't invited, whatever was sent. The same `token` again gives back
    the meeting that it made. Raises NotNow when nobody is left to invite.
    """
    hold(young_person)
    if made := Meeting.objects.filter(token=token).first():
        return made
    memberships = access.audience(memberships, "view_network", young_person)
    rules.check_has_readers(memberships)
    meeting = Meeting.objects.create(
        young_person=young_person,
        source=source,
        starts_at=starts_at,
        minutes=minutes,
        place=place,
        token=token,
        made_by=by,
    )
    for membership in memberships:
        _mail(Invited.objects.create(meeting=meeting, membership=membership))
    _record(Event.Kind.MEETING_PLANNED, meeting, by=by)
    return meeting


@transaction.atomic
def change_meeting(*, meeting, memberships, starts_at, minutes, place, sequence, by):
    """Change when, where and who. Those who stay get the entry anew, those who don't get it cancelled.

    Raises NotNow where it was held, cancelled, or changed by another meanwhile.
    """
    meeting = _held(meeting)
    rules.check_planned(meeting)
    rules.check_same_sequence(meeting, sequence)
    memberships = access.audience(memberships, "view_network", meeting.young_person)
    rules.check_has_readers(memberships)
    meeting.starts_at, meeting.minutes, meeting.place = starts_at, minutes, place
    meeting.sequence += 1
    meeting.save()
    wanted = {membership.pk for membership in memberships}
    known = {one.membership_id: one for one in meeting.invited.select_related("membership__user", "membership__agency")}
    for invited in known.values():
        if invited.dropped_at is None and invited.membership_id not in wanted:
            invited.dropped_at = timezone.now()
            invited.save(update_fields=["dropped_at"])
            _mail(invited)
    for membership in memberships:
        invited = known.get(membership.pk) or Invited(meeting=meeting, membership=membership)
        invited.meeting, invited.dropped_at = meeting, None
        invited.save()
        _mail(invited)
    _record(Event.Kind.MEETING_CHANGED, meeting, by=by)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting, by):
    """Cancel a planned meeting; it vanishes from the calendars of all who were invited."""
    meeting = _held(meeting)
    rules.check_move(meeting, MeetingState.CANCELLED)
    meeting.state = MeetingState.CANCELLED
    meeting.sequence += 1
    meeting.save()
    _record(Event.Kind.MEETING_CANCELLED, meeting, by=by)
    invited = {one.membership: one for one in _invited(meeting)}
    for membership in access.audience(invited, "view_network", meeting.young_person):
        _mail(invited[membership])
    return meeting


@transaction.atomic
def hold_meeting(*, meeting, attended, agreed, by):
    """Write down who came (`attended`: ids of invitations) and what was agreed: (text, invitation or None for the young
    person's own, day) each. Raises NotNow before the meeting has begun, and where that has been done."""
    meeting = _held(meeting)
    rules.check_move(meeting, MeetingState.HELD)
    rules.check_begun(meeting)
    meeting.state, meeting.held_at = MeetingState.HELD, timezone.now()
    meeting.save()
    for invited in _invited(meeting):
        invited.attended = invited.pk in attended
        invited.save(update_fields=["attended"])
    for text, owner, due_on in agreed:
        AgreedItem.objects.create(meeting=meeting, text=text, owner=owner, due_on=due_on)
    _record(Event.Kind.MEETING_HELD, meeting, by=by)
    return meeting


@transaction.atomic
def set_done(*, item):
    """What was promised has been done. Doing it again changes nothing."""
    item = AgreedItem.objects.select_for_update().get(pk=item.pk)
    if item.done_at is None:
        item.done_at = timezone.now()
        item.save(update_fields=["done_at"])


@transaction.atomic
def leave_meetings(*, invitations, told=False, not_before=None):
    """Somebody has left their work, no longer takes part, or is kept apart from the others: they come to none of these
    meetings. `told`: their calendar gets the entry cancelled, no earlier than at the moment `not_before`.

    Returns what `come_back` takes: the ids of the invitations, each with that of its mail where there is one.
    """
    left = {}
    invitations = invitations.select_related("meeting", "membership__user", "membership__agency__area")
    for invited in invitations.select_for_update(of=["self"]):
        invited.dropped_at = timezone.now()
        invited.save(update_fields=["dropped_at"])
        left[str(invited.public_id)] = str(_mail(invited, not_before=not_before).public_id) if told else None
    return left


@transaction.atomic
def come_back(*, left):
    """As if somebody had never left these meetings: what leaving told them is taken back. Their calendar gets only
    what became of a meeting meanwhile."""
    take_back([mail for mail in left.values() if mail])
    invitations = Invited.objects.filter(public_id__in=left).exclude(meeting__state=MeetingState.HELD)
    invitations = invitations.select_related("meeting", "membership__user", "membership__agency__area")
    for invited in invitations.exclude(dropped_at=None).select_for_update(of=["self"]):
        changed = Event.objects.filter(
            kind=Event.Kind.MEETING_CHANGED, about=invited.meeting.source, at__gte=invited.dropped_at
        )
        invited.dropped_at = None
        invited.save(update_fields=["dropped_at"])
        if invited.meeting.state == MeetingState.CANCELLED or changed.exists():
            _mail(invited)


@transaction.atomic
def drop_the_blind(*, young_person, source):
    """Whoever may not see the young person any more comes to none of the planned meetings of `source`."""
    invitations = queries.planned_invitations(source)
    invited = [one.membership for one in invitations.select_related("membership__user", "membership__agency")]
    seeing = access.audience(invited, "view_network", young_person)
    return leave_meetings(invitations=invitations.exclude(membership__in=seeing), told=True)


def move_meetings(*, gone, kept):
    """After two rows were joined: the meetings go along."""
    for meeting in Meeting.objects.filter(young_person=gone):
        meeting.young_person = kept
        meeting.save(update_fields=["young_person"])


def move_source(*, gone, kept):
    """After one follow-up went on as another (public ids): its meetings belong to that one."""
    for meeting in Meeting.objects.filter(source=gone):
        meeting.source = kept
        meeting.save(update_fields=["source"])


def _held(meeting):
    """The meeting as it is now, with everybody else who would change it waiting; the young person is held first."""
    hold(meeting.young_person)
    return Meeting.objects.select_for_update(of=["self"]).select_related("young_person").get(pk=meeting.pk)


def _invited(meeting):
    return meeting.invited.filter(dropped_at=None).select_related(
        "meeting", "membership__user", "membership__agency__area"
    )


def _mail(invited, *, not_before=None):
    """Send the entry for the receiver's own calendar. The mail names nobody and no place."""
    meeting, membership = invited.meeting, invited.membership
    is_over = meeting.state == MeetingState.CANCELLED or invited.dropped_at is not None
    with translation.override(membership.user.language):
        when = timezone.localtime(meeting.starts_at)
        context = {
            "kind": "cancelled" if is_over else "changed" if meeting.sequence else "invited",
            "day": date_format(when, "D j.n.Y"),
            "time": date_format(when, "G.i"),
            "link": settings.PUBLIC_URL + ("/" if is_over else meeting.get_absolute_url()),
        }
        entry = calendars.calendar_file(meeting, invited)
    return queue_secret_mail(
        to=membership.user.email,
        language=membership.user.language,
        template="meeting",
        context=context,
        area=membership.agency.area,
        attachments=[{"name": "meeting.ics", "type": "text/calendar", "text": entry}],
        not_before=not_before,
    )


def _record(kind, meeting, *, by):
    """Coordinators read it, and each who is invited for themselves: others needn't know that there is a meeting."""
    what = {"young_person_id": meeting.young_person_id, "by": by, "about": meeting.source}
    record(kind, **what)
    for invited in _invited(meeting):
        record(kind, to=invited.membership, **what)
