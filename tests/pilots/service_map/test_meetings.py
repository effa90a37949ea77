"""Meetings of the group: what they take up, what was decided, who does what, and who reads which of it."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pypdf import PdfReader

from config import leaving
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.interface import pdf
from coordination.outbox.models import Notification
from coordination.staffing.commands import end_membership
from pilots.service_map.commands import meetings
from pilots.service_map.commands.group import add_member, end_member
from pilots.service_map.commands.telling import look_after_surveys
from pilots.service_map.models import GroupAction, GroupMeeting, GroupMember
from pilots.service_map.queries import agenda
from tests.cast import sign_in
from tests.pilots.registry.pages import Browser, day, is_refused
from tests.pilots.service_map import mapping
from tests.pilots.service_map.meeting import agreed, began, held, now, planned, write
from tests.pilots.service_map.surveying import approved, indicator, opened, summarised


def told(member, code):
    return Notification.objects.waiting().filter(membership=member, code=code).count()


def at(name, row):
    return reverse(f"service_map:{name}", args=[row.public_id])


def change(meeting, by, **columns):
    said = {"starts_at": meeting.starts_at, "minutes": 60, "where": meeting.where, "things": [], "words": []}
    meetings.change_meeting(meeting=meeting, number=now(meeting).number, by=by, **said | columns)


def test_open_things_come_from_every_source(cast, lead, time_machine):
    for name in ("Yksi", "Kaksi", "Kolme"):
        indicator(lead, name)
    approved(lead, "not", "partly", "in_order")
    made = opened(lead, name="Syksy")
    there = held(lead)
    agreed(there, lead, owner=cast.teacher, days=1)
    done = agreed(there, lead, owner=cast.teacher, days=1, words="Tehty jo")
    meetings.set_done(action=done, by=cast.teacher)
    gap = mapping.opened(lead)
    mapping.decided(lead, finding=mapping.opened(lead, need="school", title="Oppilashuolto ohut"))
    later = mapping.opened(lead, need="family", title="Perhetyö puuttuu")
    mapping.decided(lead, finding=later, due_on=today() + timedelta(days=30))
    time_machine.move_to(timezone.now() + timedelta(days=3))
    found = {thing.words: thing.link for thing in agenda.open_things(lead.agency.area_id)}
    assert list(found) == [
        "Syksy: 3 indicators are not answered",
        "Not in order: 2.1 Yksi",
        "To be decided: Keskusteluapu puuttuu",
        "Not done: Oppilashuolto ohut",
        "Not done: Kysyy kouluilta",
    ]
    assert found["To be decided: Keskusteluapu puuttuu"] == gap.get_absolute_url()
    assert found["Syksy: 3 indicators are not answered"] == made.get_absolute_url()
    assert agenda.open_things(cast.kerava.pk) == []
    summarised(made, lead)
    assert agenda.open_things(lead.agency.area_id)[0].words == "To be approved: Syksy"


def test_an_agenda_keeps_what_was_decided_of_what_stays_on_it(cast, lead):
    indicator(lead)
    approved(lead, "not")
    things = agenda.open_things(lead.agency.area_id)
    meeting = planned(lead, things=things, words=["Talousarvio", "Muut asiat"])
    assert [one.words for one in meeting.agenda.all()] == [
        "Not in order: 2.1 Lapsia kuullaan",
        "Talousarvio",
        "Muut asiat",
    ]
    kept = meeting.agenda.get(words="Muut asiat")
    change(meeting, lead, words=["Muut asiat", "Koulut"])
    assert [one.words for one in meeting.agenda.all()] == ["Muut asiat", "Koulut"]
    assert meeting.agenda.get(words="Muut asiat").pk == kept.pk


def test_members_are_told_of_times_and_places_and_not_of_agendas(cast, lead):
    meeting = planned(lead)
    assert (told(cast.youth_worker, "group_meeting"), told(lead, "group_meeting")) == (1, 0)
    change(meeting, lead, words=["Talousarvio"])
    assert Notification.objects.filter(code="group_meeting").count() == 1
    change(meeting, lead, where="Kirjasto")
    assert Notification.objects.filter(code="group_meeting").count() == 2
    meetings.cancel_meeting(meeting=meeting, by=lead)
    assert (told(cast.youth_worker, "group_meeting"), told(cast.youth_worker, "group_meeting_off")) == (0, 1)
    with pytest.raises(NotNow):
        meetings.cancel_meeting(meeting=meeting, by=lead)
    with pytest.raises(NotNow):
        change(now(meeting), lead)
    with pytest.raises(NotNow):
        write(meeting, lead)


@pytest.mark.parametrize("who", ["youth_worker", "administrator", "teacher", "other_coordinator", "stranger"])
def test_only_who_leads_holds_meetings(cast, lead, who):
    by, meeting = getattr(cast, who), began(planned(lead))
    for deed in (lambda: planned(by), lambda: change(meeting, by), lambda: write(meeting, by)):
        with pytest.raises(NotNow):
            deed()
    there = held(lead)
    with pytest.raises(NotNow):
        agreed(there, by, owner=cast.teacher)


def test_nothing_is_written_down_before_it_begins_nor_planned_for_the_past(cast, lead):
    with pytest.raises(NotNow):
        write(planned(lead), lead)
    with pytest.raises(NotNow):
        planned(lead, days=-1)
    with pytest.raises(NotNow):
        agreed(planned(lead), lead, owner=cast.teacher)


def test_what_was_written_down_can_be_corrected_but_not_over_another(cast, lead):
    meeting = began(planned(lead, words=["Talousarvio"]))
    item, member = meeting.agenda.get(), GroupMember.objects.get(membership=cast.youth_worker)
    number = meeting.number
    write(meeting, lead, attended=[member], decided={item.pk: "Hyväksyttiin"})
    with pytest.raises(NotNow):
        write(meeting, lead, decided={item.pk: "Hylättiin"}, number=number)
    end_member(member=member, by=lead)
    write(meeting, lead, attended=[member], decided={item.pk: "Hyväksyttiin yksimielisesti"})
    assert meeting.agenda.get().decided == "Hyväksyttiin yksimielisesti"
    assert now(meeting).attended.get() == member


def test_an_action_is_told_once_when_given_and_once_when_late(cast, lead, time_machine):
    action = agreed(held(lead), lead, owner=cast.teacher, days=5)
    assert told(cast.teacher, "group_action") == 1
    look_after_surveys()
    assert told(cast.teacher, "group_action_late") == 0
    time_machine.move_to(timezone.now() + timedelta(days=6))
    look_after_surveys()
    look_after_surveys()
    assert (told(cast.teacher, "group_action"), told(cast.teacher, "group_action_late")) == (0, 1)
    with pytest.raises(NotNow):
        meetings.set_done(action=action, by=cast.nurse)
    meetings.set_done(action=action, by=cast.teacher)
    moment = now(action).done_at
    meetings.set_done(action=action, by=lead)
    assert now(action).done_at == moment
    assert told(cast.teacher, "group_action_late") == 0


def test_who_is_in_the_group_no_more_waits_for_no_meeting(cast, lead):
    planned(lead)
    end_member(member=GroupMember.objects.get(membership=cast.youth_worker), by=lead)
    assert told(cast.youth_worker, "group_meeting") == 0


def test_nobody_of_another_area_is_given_anything(cast, lead):
    with pytest.raises(NotNow):
        agreed(held(lead), lead, owner=cast.stranger)


def test_leaving_frees_what_was_agreed(cast, lead):
    action = agreed(held(lead), lead, owner=cast.teacher)
    end_membership(membership=cast.teacher, by=cast.administrator)
    leaving.sweep()
    assert now(action).owner is None
    assert told(lead, "group_action_left") == 1
    assert list(leaving.leavers()) == []


def test_decisions_are_for_the_area_and_the_rest_for_the_group(client, cast, lead):
    there = held(lead)
    write(there, lead, attended=[GroupMember.objects.get(membership=cast.youth_worker)])
    agreed(there, lead, owner=cast.nurse)
    whole = Browser(client, cast.youth_worker).text(there.get_absolute_url())
    for words in ("Jatketaan syksyllä", "Kaupungintalo", "Jussi Nuorisotyö", "Kysyy kouluilta"):
        assert words in whole, words
    part = Browser(Client(), cast.teacher).text(there.get_absolute_url())
    assert "Jatketaan syksyllä" in part
    for words in ("Kaupungintalo", "Jussi Nuorisotyö", "Kysyy kouluilta"):
        assert words not in part, words
    assert Browser(Client(), cast.stranger).status(there.get_absolute_url()) == 404
    assert Browser(Client(), cast.teacher).status(planned(lead).get_absolute_url()) == 404


def test_a_member_gets_the_meeting_into_their_calendar_alone(client, cast, lead):
    meeting = planned(lead)
    files = [Browser(Client(), who).client.get(at("meeting_calendar", meeting)) for who in (lead, cast.youth_worker)]
    entries = [Calendar.from_ical(one.content).walk("VEVENT")[0] for one in files]
    assert "location" not in entries[0]
    assert entries[0]["url"].endswith(meeting.get_absolute_url())
    assert entries[0]["uid"] != entries[1]["uid"]
    assert entries[0].decoded("dtstart") == meeting.starts_at.replace(microsecond=0)
    assert "attendee" not in entries[0]
    assert Browser(client, cast.administrator).status(at("meeting_calendar", meeting)) == 404


def test_pages_from_the_invitation_to_the_last_deed(client, cast, lead):
    indicator(lead)
    approved(lead, "not")
    browser, tomorrow = Browser(client, lead), today() + timedelta(days=1)
    things = [str(one.about) for one in agenda.open_things(lead.agency.area_id)]
    typed = day("day", tomorrow) | {"time": "9.15", "minutes": "60", "place": "Kirjasto", "words": "Talousarvio"}
    browser.send(reverse("service_map:plan_meeting"), things=things, **typed)
    meeting = GroupMeeting.objects.get()
    assert timezone.localtime(meeting.starts_at).hour == 9
    assert is_refused(browser.send(at("change_meeting", meeting), words="x\n" * 21), "at most 20 lines")
    browser.send(at("change_meeting", meeting), place="Valtuustosali")
    assert [one.words for one in meeting.agenda.all()] == ["Not in order: 2.1 Lapsia kuullaan", "Talousarvio"]
    began(meeting)
    stale = browser.form(at("minutes", meeting))
    first, second = meeting.agenda.all()
    path = at("minutes", meeting)
    assert is_refused(browser.send(path, decision="Ei asiaa"), "what it was about")
    browser.send(path, **{f"decided_{first.pk}": "Kysytään kouluilta"})
    again = client.post(path, stale | {f"decided_{second.pk}": "Minun sanani"})
    assert is_refused(again, "changed meanwhile")
    assert "Minun sanani" in again.content.decode()
    assert "Kysytään kouluilta" in again.content.decode()
    who = str(cast.teacher.public_id)
    browser.send(at("add_action", meeting), words="Soittaa kouluille", who=who, **day("due_on", tomorrow))
    action = GroupAction.objects.get()
    teacher = Browser(Client(), cast.teacher)
    assert "Soittaa kouluille" in teacher.text("/service-map/")
    assert teacher.client.post(at("action_done", action))["Location"] == reverse("service_map:home")
    assert "Soittaa kouluille" not in teacher.text("/service-map/")


@pytest.mark.skipif(bool(pdf.unavailable()), reason="no Pango here")
def test_the_minutes_are_a_paper(client, cast, lead):
    there = held(lead)
    agreed(there, lead, owner=cast.teacher)
    document = PdfReader(BytesIO(Browser(client, cast.youth_worker, "sv").client.get(at("minutes_pdf", there)).content))
    said = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    for words in ("Aamutoiminta", "Jatketaan syksyllä", "Kysyy kouluilta", "Tiina Opettaja"):
        assert words in said, words
    assert document.trailer["/Root"]["/Lang"] == "sv"


@pytest.mark.parametrize("more", [1, 30])
def test_a_meeting_costs_the_same_however_long_it_is(cast, lead, more, django_assert_max_num_queries):
    there = began(planned(lead, words=[f"Asia {place}" for place in range(more)]))
    write(there, lead)
    for place in range(more):
        one = cast.member("Matti", f"Meikäläinen {place}", cast.school)
        add_member(membership=one, leads=False, by=lead)
        agreed(there, lead, owner=one, token=uuid4())
        planned(lead)
    client = sign_in(Client(), lead)
    for path in (there.get_absolute_url(), "/service-map/", at("minutes", there)):
        with django_assert_max_num_queries(22):
            assert client.get(path).status_code == 200
