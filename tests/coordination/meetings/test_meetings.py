"""A meeting is told to each for themselves, in their own calendar, without names; what was promised has an owner."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from icalendar import Calendar

from coordination.agencies.rules import NotNow
from coordination.follow_ups.commands import Decision, exclude, save_call, take_up
from coordination.meetings import commands
from coordination.meetings.calendars import calendar_file
from coordination.meetings.models import AgreedItem, Meeting
from coordination.meetings.queries import coming_up, promised
from coordination.outbox.models import Mail
from coordination.people import access
from coordination.people.models import Ground
from tests.cast import Cast, sign_in

pytestmark = pytest.mark.django_db
IN_THREE_DAYS = timezone.now().replace(microsecond=0) + timedelta(days=3)


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def follow_up(cast):
    """Taken up; the teacher and the nurse take part."""
    follow_up = take_up(follow_up=cast.match(), by=cast.coordinator)
    return decide(cast, follow_up, cast.teacher, cast.nurse)


def decide(cast, follow_up, *adults, takes_part="yes", apart=False):
    return save_call(
        follow_up=follow_up,
        by=cast.coordinator,
        version=follow_up.version,
        token=uuid4(),
        attempt={"at": timezone.now(), "channel": "phone", "reached": True, "identity_checked": "known_number"},
        decisions=[
            Decision(
                adult=follow_up.asked.get(membership=one),
                takes_part=takes_part,
                may_know="yes" if takes_part == "yes" else "no",
                said_by="young_person",
                apart=apart,
            )
            for one in adults
        ],
        next_step="meeting",
        next_step_on=timezone.localdate() + timedelta(days=3),
        pause=False,
        contact={},
    )


def plan(cast, follow_up, *memberships, **changes):
    values = {"starts_at": IN_THREE_DAYS, "minutes": 60, "place": "Kirjaston kahvila", "token": uuid4()} | changes
    return commands.plan_meeting(
        young_person=follow_up.young_person,
        source=follow_up.public_id,
        memberships=memberships or [cast.teacher, cast.nurse],
        by=cast.coordinator,
        **values,
    )


def letters():
    return [json.loads(mail.letter) for mail in Mail.objects.filter(kind=Mail.Kind.LETTER).order_by("pk")]


def entries():
    return [Calendar.from_ical(one["attachments"][0]["text"]) for one in letters() if one["template"] == "meeting"]


def test_each_gets_an_entry_of_their_own_that_names_nobody(cast, follow_up):
    plan(cast, follow_up)
    first, second = (entry.walk("VEVENT")[0] for entry in entries())
    assert first["UID"] != second["UID"]
    for text in (one["attachments"][0]["text"] for one in letters()):
        assert "ATTENDEE" not in text
        assert "CLASS:PRIVATE" in text
        for secret in ("Aino", "Virtanen", "Kirjaston", cast.teacher.user.last_name, cast.school.name):
            assert secret not in text


def test_a_mail_names_nobody_and_no_place(cast, follow_up):
    plan(cast, follow_up)
    for letter in letters():
        text = json.dumps(letter | {"to": ""})
        for secret in ("Aino", "Kirjaston", cast.nurse.user.last_name, cast.teacher.user.last_name):
            assert secret not in text


def test_a_change_keeps_the_uid_and_counts_up(cast, follow_up):
    meeting = plan(cast, follow_up)
    commands.change_meeting(
        meeting=meeting,
        memberships=[cast.teacher, cast.nurse],
        starts_at=IN_THREE_DAYS + timedelta(hours=1),
        minutes=30,
        place="Koulu",
        sequence=0,
        by=cast.coordinator,
    )
    before, after = entries()[0].walk("VEVENT")[0], entries()[2].walk("VEVENT")[0]
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_whoever_is_no_longer_invited_gets_the_entry_cancelled_and_sees_nothing(client, cast, follow_up):
    meeting = plan(cast, follow_up)
    commands.change_meeting(
        meeting=meeting,
        memberships=[cast.teacher],
        starts_at=IN_THREE_DAYS,
        minutes=60,
        place="Koulu",
        sequence=0,
        by=cast.coordinator,
    )
    assert {entry["METHOD"] for entry in entries()[2:]} == {"CANCEL", "PUBLISH"}
    sign_in(client, cast.nurse)
    assert client.get(meeting.get_absolute_url()).status_code == 404
    assert list(coming_up(cast.nurse)) == []


def test_cancelling_cancels_it_in_every_calendar(cast, follow_up):
    meeting = plan(cast, follow_up)
    commands.cancel_meeting(meeting=meeting, by=cast.coordinator)
    assert [entry["METHOD"] for entry in entries()[2:]] == ["CANCEL", "CANCEL"]
    assert [entry.walk("VEVENT")[0]["STATUS"] for entry in entries()[2:]] == ["CANCELLED", "CANCELLED"]


def test_who_may_not_see_the_young_person_is_not_invited_whatever_was_sent(cast, follow_up):
    meeting = plan(cast, follow_up, cast.teacher, cast.social_worker, cast.stranger)
    assert [one.membership for one in meeting.invited.all()] == [cast.teacher]
    with pytest.raises(NotNow):
        plan(cast, follow_up, cast.stranger)


def test_sent_twice_it_is_one_meeting(cast, follow_up):
    token = uuid4()
    assert plan(cast, follow_up, token=token) == plan(cast, follow_up, token=token)
    assert len(letters()) == 2


def test_of_two_changes_at_once_the_second_is_told(cast, follow_up):
    meeting = plan(cast, follow_up)
    change = {"starts_at": IN_THREE_DAYS, "minutes": 30, "place": "A", "memberships": [cast.teacher]}
    commands.change_meeting(meeting=meeting, sequence=0, by=cast.coordinator, **change)
    with pytest.raises(NotNow):
        commands.change_meeting(meeting=meeting, sequence=0, by=cast.coordinator, **change)


def test_who_no_longer_takes_part_comes_no_more(cast, follow_up):
    meeting = plan(cast, follow_up)
    follow_up.refresh_from_db()
    decide(cast, follow_up, cast.nurse, takes_part="no")
    assert meeting.invited.get(membership=cast.nurse).dropped_at
    assert list(coming_up(cast.nurse)) == []


def test_nothing_is_written_of_a_meeting_before_it_begins(cast, follow_up):
    meeting = plan(cast, follow_up)
    with pytest.raises(NotNow):
        commands.hold_meeting(meeting=meeting, attended=set(), agreed=[], by=cast.coordinator)


def held(cast, follow_up):
    meeting = plan(cast, follow_up)
    teacher, nurse = meeting.invited.order_by("pk")
    day = timezone.localdate() + timedelta(days=20)
    with time_machine.travel(IN_THREE_DAYS + timedelta(hours=2), tick=False):
        agreed = [("Soittaa lukioon", teacher, day), ("Käydä tutustumassa", None, day)]
        return commands.hold_meeting(meeting=meeting, attended={teacher.pk}, agreed=agreed, by=cast.coordinator)


def test_who_came_and_what_was_agreed_is_kept_with_owner_and_day(cast, follow_up):
    meeting = held(cast, follow_up)
    assert [one.attended for one in meeting.invited.order_by("pk")] == [True, False]
    assert [one.text for one in promised(cast.teacher)] == ["Soittaa lukioon"]
    with pytest.raises(NotNow):
        commands.hold_meeting(meeting=meeting, attended=set(), agreed=[], by=cast.coordinator)


def test_one_calls_ones_own_promise_done_and_nobody_elses(client, cast, follow_up):
    meeting = held(cast, follow_up)
    own, other = AgreedItem.objects.order_by("pk")
    sign_in(client, cast.teacher)
    assert client.post(f"{meeting.get_absolute_url()}items/{other.public_id}/done/").status_code == 404
    assert client.post(f"{meeting.get_absolute_url()}items/{own.public_id}/done/").status_code == 302
    own.refresh_from_db()
    assert own.done_at


def test_what_one_promised_vanishes_with_ones_sight(cast, follow_up):
    held(cast, follow_up)
    access.end_grounds(young_person=follow_up.young_person, source=follow_up.public_id, kind=Ground.Kind.PARTICIPATION)
    assert list(promised(cast.teacher)) == []


def typed_meeting(*members):
    """What a coordinator types to invite these."""
    day = timezone.localdate(IN_THREE_DAYS)
    boxes = {"day_day": day.day, "day_month": day.month, "day_year": day.year, "time": "9.15", "minutes": 60}
    adults = [str(one.public_id) for one in members]
    return boxes | {"place": "Kirjasto", "agreed": "on", "token": str(uuid4()), "adults": adults}


def test_two_who_are_kept_apart_are_not_invited_together(client, cast, follow_up):
    follow_up = decide(cast, follow_up, cast.nurse, apart=True)
    sign_in(client, cast.coordinator)
    here = f"{follow_up.get_absolute_url()}meetings/plan/"
    refused = client.post(here, typed_meeting(cast.teacher, cast.nurse))
    assert refused.status_code == 200
    assert "Kirjasto" in refused.content.decode()
    assert not Meeting.objects.exists()
    assert client.post(here, typed_meeting(cast.teacher)).status_code == 302
    assert timezone.localtime(Meeting.objects.get().starts_at).strftime("%H.%M") == "09.15"


def test_whoever_is_kept_apart_later_leaves_what_was_planned_with_others(client, cast, follow_up):
    meeting = plan(cast, follow_up, cast.teacher, cast.nurse, cast.coordinator)
    own = plan(cast, follow_up, cast.nurse, cast.coordinator)
    sent = len(letters())
    decide(cast, follow_up, cast.nurse, apart=True)
    assert [(one["to"], entries()[-1]["METHOD"]) for one in letters()[sent:]] == [(cast.nurse.user.email, "CANCEL")]
    assert list(coming_up(cast.nurse)) == [own]
    assert sign_in(client, cast.nurse).get(meeting.get_absolute_url()).status_code == 404
    page = sign_in(client, cast.teacher).get(meeting.get_absolute_url())
    assert page.status_code == 200
    assert "Niina" not in page.content.decode()


def test_whoever_is_excluded_leaves_what_was_planned_and_is_not_told(client, cast, follow_up):
    meeting = plan(cast, follow_up, cast.teacher, cast.nurse)
    sent = len(letters())
    exclude(follow_up=follow_up, user=cast.nurse.user, by=cast.coordinator)
    page = sign_in(client, cast.teacher).get(meeting.get_absolute_url())
    assert "Niina" not in page.content.decode()
    commands.cancel_meeting(meeting=meeting, by=cast.coordinator)
    assert [one["to"] for one in letters()[sent:]] == [cast.teacher.user.email]


def test_the_coordinator_meets_whoever_is_kept_apart(client, cast, follow_up):
    follow_up = decide(cast, follow_up, cast.nurse, apart=True)
    sign_in(client, cast.coordinator)
    typed = typed_meeting(cast.nurse, cast.coordinator)
    assert client.post(f"{follow_up.get_absolute_url()}meetings/plan/", typed).status_code == 302


def test_the_file_is_only_for_those_invited(client, cast, follow_up):
    meeting = plan(cast, follow_up, cast.teacher)
    file = f"{meeting.get_absolute_url()}calendar/"
    sign_in(client, cast.teacher)
    answer = client.get(file)
    assert answer["Content-Type"].startswith("text/calendar")
    own = meeting.invited.get()
    assert Calendar.from_ical(answer.content).walk("VEVENT")[0]["UID"].startswith(str(own.public_id))
    sign_in(client, cast.nurse)
    assert client.get(file).status_code == 404


def test_summer_time_is_in_the_file(cast, follow_up):
    meeting = plan(cast, follow_up, cast.teacher)
    assert "Europe/Helsinki" in calendar_file(meeting, meeting.invited.get())
