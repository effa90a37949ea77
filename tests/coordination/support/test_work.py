"""What the one adult writes down: contacts in few taps, matters, services, what is next; and nothing anywhere else."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.utils import timezone, translation

from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.outbox.commands import tell
from coordination.outbox.models import Notification
from coordination.people.commands import exclude
from coordination.support import notices
from coordination.support.commands import work
from coordination.support.models import Contact, Matter, Support
from coordination.support.opening import Opening
from coordination.support.states import MatterState
from tests.cast import sign_in
from tests.coordination.support.working import Kind, at, met, opened, see, stands_in, supported


@pytest.fixture
def support(cast):
    return supported(cast)


@pytest.fixture
def niina(cast):
    return sign_in(Client(), cast.nurse)


# --- Contacts -------------------------------------------------------------------------------------------------------


def test_a_contact_takes_two_choices_and_saving(cast, niina, support):
    """Four taps from the desk: the link, the channel, the minutes, save."""
    assert at("contact", support) in niina.get("/").content.decode()
    path = at("contact", support)
    answer = niina.post(path, opened(niina, path) | {"channel": "message", "minutes": "5"})
    assert answer.headers["Location"] == at("support", support)
    row = Contact.objects.get()
    assert (row.channel, row.minutes, row.on, row.came, row.started_by) == ("message", 5, today(), True, "adult")
    assert (row.by, row.note) == (cast.nurse, "")


def test_the_same_form_twice_writes_one(niina, support):
    path = at("contact", support)
    data = opened(niina, path) | {"channel": "face", "minutes": "60"}
    assert [niina.post(path, data).status_code for _ in range(2)] == [302, 302]
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"note": "x" * 281},
        {"minutes": "7"},
        {"channel": "pigeon"},
        {"started_by": ""},
        {"on_day": "1", "on_month": "1", "on_year": "2090"},
        {"on_day": "1", "on_month": "1", "on_year": "2001"},
        {"token": "nothing"},
    ],
)
def test_what_cannot_be_saved_is_asked_again(niina, support, typed):
    path = at("contact", support)
    answer = niina.post(path, opened(niina, path) | {"channel": "face", "minutes": "60"} | typed)
    assert answer.status_code == 200
    assert not Contact.objects.exists()


def test_a_contact_that_came_about_ends_a_silence(cast, support):
    support.heard_on, support.told_silent_at = today() - timedelta(days=40), support.began_at
    support.began_at -= timedelta(days=60)
    support.save()
    tell(notices.SILENT, to=[cast.coordinator], link="/", dedupe=1, about=support)
    met(support, by=cast.nurse, came=False)
    support.refresh_from_db()
    assert support.heard_on == today() - timedelta(days=40)
    met(support, by=cast.nurse, on=today() - timedelta(days=35))
    support.refresh_from_db()
    assert support.heard_on == today() - timedelta(days=35)
    assert Notification.objects.waiting().filter(code="support_silent").exists()
    met(support, by=cast.nurse)
    support.refresh_from_db()
    assert (support.heard_on, support.told_silent_at) == (today(), None)
    assert not Notification.objects.waiting().filter(code="support_silent").exists()


def test_an_earlier_contact_written_down_late_turns_no_clock_back(cast, support):
    met(support, by=cast.nurse)
    met(support, by=cast.nurse, on=today() - timedelta(days=3))
    support.refresh_from_db()
    assert support.heard_on == today()


def test_no_event_tells_of_a_contact_and_its_note_stands_nowhere_else(cast, niina, support):
    before = Event.objects.count()
    met(support, by=cast.nurse, note="Puhuttiin kesätöistä")
    assert Event.objects.count() == before
    assert "Puhuttiin kesätöistä" in niina.get(at("support", support)).content.decode()
    assert not LogEntry.objects.filter(changes__icontains="kesätöistä").exists()


def test_nothing_is_written_down_of_a_support_that_ended(cast, niina, support):
    Support.objects.filter(pk=support.pk).update(state="ended", ended_at=support.began_at, end_reason="other")
    with pytest.raises(NotNow):
        met(support, by=cast.nurse)
    text = niina.get(at("support", support)).content.decode()
    assert at("contact", support) not in text
    for word in ("contact", "matter", "gone_along", "unmet", "next_step", "card"):
        assert niina.get(at(word, support)).status_code == 302
        assert niina.post(at(word, support), {"kind": "housing"}).status_code == 302
    assert not Matter.objects.exists()


# --- Who comes in ---------------------------------------------------------------------------------------------------


def test_who_stands_in_works_as_the_adult_until_the_last_day(cast, support, time_machine):
    stands_in(support, cast.youth_worker, days=3)
    jussi = sign_in(Client(), cast.youth_worker)
    path = at("contact", support)
    assert jussi.post(path, opened(jussi, path) | {"channel": "face", "minutes": "30"}).status_code == 302
    assert Contact.objects.get().by == cast.youth_worker
    page = sign_in(Client(), cast.nurse).get(at("support", support)).content.decode()
    assert "Jussi Nuorisotyö" in page
    time_machine.move_to(support.began_at + timedelta(days=14), tick=False)
    jussi = sign_in(Client(), cast.youth_worker)
    assert jussi.get(at("support", support)).status_code == 404
    assert jussi.post(path, {"channel": "face"}).status_code == 404


@pytest.mark.parametrize("role", ["teacher", "coordinator", "stranger", "administrator"])
def test_nobody_else_opens_it(cast, support, role):
    client = sign_in(Client(), getattr(cast, role))
    for word in ("support", "contact", "matter", "gone_along", "unmet", "next_step", "card", "card_pdf"):
        assert client.get(at(word, support)).status_code == 404
        assert client.post(at(word, support)).status_code == 404


def test_the_adult_reads_nothing_of_another_adult_s_support(cast, support, niina):
    """Of two adults one after the other neither reads the other's notes, though both may support the young person."""
    former = supported(
        cast,
        adult=cast.youth_worker,
        young_person=support.young_person,
        state="ended",
        ended_at=timezone.now(),
        end_reason="handed_over",
    )
    assert niina.get(at("support", former)).status_code == 404
    assert niina.get(at("support", support)).status_code == 200


def test_whoever_must_not_learn_sees_it_no_more(cast, support, niina):
    exclude(young_person=support.young_person, by=cast.coordinator, user=cast.nurse.user)
    assert niina.get(at("support", support)).status_code == 404
    assert at("support", support) not in niina.get("/").content.decode()


def test_a_talk_holder_does_not_come_in(cast, support):
    see(support, Kind.TALK, cast.teacher)
    assert sign_in(Client(), cast.teacher).get(at("support", support)).status_code == 404


# --- Matters --------------------------------------------------------------------------------------------------------


def test_a_matter_is_opened_worked_on_and_solved(cast, niina, support):
    assert niina.post(at("matter", support), {"kind": "housing"}).status_code == 302
    matter = Matter.objects.get()
    path = at("move_matter", support, matter_id=matter.public_id)
    for to in ("in_progress", "solved", "solved"):
        assert niina.post(path, {"to": to}).status_code == 302
    matter.refresh_from_db()
    assert (matter.state, matter.solved_on) == ("solved", today())
    kinds = list(Event.objects.filter(about=support.public_id).order_by("pk").values_list("kind", "audience"))
    assert kinds == [("matter_opened", "everyone"), ("matter_solved", "everyone")]


@pytest.mark.parametrize(("language", "matter", "link"), [("fi", "avattu", "avattu"), ("sv", "öppnat", "öppnad")])
def test_a_matter_and_a_link_are_opened_each_in_its_own_gender(language, matter, link):
    with translation.override(language):
        assert (str(MatterState.OPENED.label), str(Opening.OPENED.label)) == (matter, link)


def test_of_each_kind_one_is_open(cast, niina, support):
    work.open_matter(support=support, kind="housing", by=cast.nurse)
    answer = niina.post(at("matter", support), {"kind": "housing"})
    assert answer.status_code == 200
    assert Matter.objects.count() == 1
    path = at("matter", support)
    assert 'value="housing"' not in niina.get(path).content.decode()


def test_a_solved_matter_is_taken_up_again_unless_another_is_open(cast, support):
    matter = work.open_matter(support=support, kind="money", by=cast.nurse)
    work.move_matter(matter=matter, to="solved", by=cast.nurse)
    matter = work.move_matter(matter=matter, to="in_progress", by=cast.nurse)
    assert (matter.state, matter.solved_on) == ("in_progress", None)
    work.move_matter(matter=matter, to="solved", by=cast.nurse)
    work.open_matter(support=support, kind="money", by=cast.nurse)
    with pytest.raises(NotNow):
        work.move_matter(matter=matter, to="in_progress", by=cast.nurse)


def test_a_forged_move_is_404(cast, niina, support):
    other = supported(cast, adult=cast.nurse, young_person=cast.flag(cast.teacher, first_name="Eino").young_person)
    matter = work.open_matter(support=other, kind="money", by=cast.nurse)
    assert niina.post(at("move_matter", support, matter_id=matter.public_id), {"to": "solved"}).status_code == 404
    mine = work.open_matter(support=support, kind="money", by=cast.nurse)
    for to in ("", "gone", "opened; drop"):
        assert niina.post(at("move_matter", support, matter_id=mine.public_id), {"to": to}).status_code == 404
