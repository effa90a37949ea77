"""In a restored backup what protects a young person holds again, and a handed-over follow-up stays handed over."""

from datetime import timedelta
from io import StringIO
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from config import erasing
from config.replaying import DEEDS, Unknown
from coordination.erasures.commands import write_ledger
from coordination.follow_ups import commands as follow_ups
from coordination.follow_ups.commands import save_guardian
from coordination.follow_ups.models import AskedAdult
from coordination.links.models import OneTimeLink
from coordination.meetings.commands import plan_meeting
from coordination.meetings.models import Invited
from coordination.people import access
from coordination.people.models import LegalGuardian, YoungPerson
from tests.acts import begun, say
from tests.cast import born
from tests.config.restored import NOTHING, later
from tests.config.restored import replay as replay_all

pytestmark = pytest.mark.django_db


def replay(what, *, ago=timedelta(0), **ids):
    return DEEDS[what](SimpleNamespace(at=timezone.now() - ago, ids={name: str(one) for name, one in ids.items()}))


@pytest.fixture
def minor(cast):
    return begun(cast, years=15)


def test_non_disclosure_is_switched_on_again_unless_it_changed_since(cast, minor):
    person = minor.young_person
    assert replay("hidden", person=person.public_id)
    person.refresh_from_db()
    assert person.non_disclosure
    person.non_disclosure_changes.create(switched_on=False, reason="päättyi")
    type(person).objects.update(non_disclosure=False)
    assert not replay("hidden", ago=timedelta(days=1), person=person.public_id)


def test_guardians_who_must_not_learn_and_who_are_gone(cast, minor):
    guardian = save_guardian(
        follow_up=minor, by=cast.coordinator, name="Maija", phone="", knows="told", said_by="themselves", token=uuid4()
    )
    line = {"guardian": guardian.public_id, "person": minor.young_person.public_id}
    assert replay("must_not_learn", **line)
    guardian.refresh_from_db()
    assert guardian.knows == "must_not"
    assert replay("guardian", guardian=guardian.public_id)
    assert not LegalGuardian.objects.exists()
    assert not replay("guardian", guardian=guardian.public_id)
    with pytest.raises(Unknown):
        replay("must_not_learn", **line)
    YoungPerson.objects.all().delete()
    assert not replay("must_not_learn", **line)


def test_a_follow_up_is_handed_over_once(cast, minor):
    line = {"follow_up": minor.public_id, "to": cast.other_coordinator.public_id}
    assert replay("handed_over", **line)
    assert not replay("handed_over", **line)
    assert access.may(cast.other_coordinator, "coordinate", minor.young_person)
    assert not access.may(cast.coordinator, "coordinate", minor.young_person)


# --- What was said of one adult -------------------------------------------------------------------------------------


@pytest.fixture
def story(outside, cast):
    """The nurse and the teacher take part and are invited to the same meeting."""
    follow_up = begun(cast)
    say(follow_up, cast.nurse, cast.teacher, by=cast.coordinator)
    plan_meeting(
        young_person=follow_up.young_person,
        source=follow_up.public_id,
        memberships=[cast.nurse, cast.teacher],
        starts_at=timezone.now() + timedelta(days=3),
        minutes=60,
        place="Koulu",
        token=uuid4(),
        by=cast.coordinator,
    )
    write_ledger()
    return follow_up


def nurse_in(story, cast):
    return AskedAdult.objects.get(follow_up=story, membership=cast.nurse)


def invited():
    return {one.membership for one in Invited.objects.filter(dropped_at=None)}


def test_who_was_kept_apart_is_apart_again(cast, story, restored):
    with restored():
        say(story, cast.nurse, by=cast.coordinator, apart=True)
    assert not nurse_in(story, cast).apart
    assert "decision 1" in replay_all()
    assert nurse_in(story, cast).apart
    assert invited() == {cast.teacher}
    assert access.may(cast.nurse, "view_network", story.young_person)


@pytest.mark.parametrize("deed", ["no", "refused", "excluded"])
def test_who_is_out_again_comes_to_no_meeting(cast, story, restored, deed):
    with restored():
        if deed == "no":
            say(story, cast.nurse, by=cast.coordinator, takes_part="no")
        elif deed == "refused":
            adult = nurse_in(story, cast)
            follow_ups.refuse_adult(follow_up=story, adult=adult, said_by="young_person", by=cast.coordinator)
        else:
            follow_ups.exclude(follow_up=story, by=cast.coordinator, user=cast.nurse.user)
    assert invited() == {cast.nurse, cast.teacher}
    replay_all()
    assert invited() == {cast.teacher}
    assert not access.may(cast.nurse, "view_network", story.young_person)


@pytest.mark.parametrize("before", ["no", "", "apart"])
def test_a_wider_choice_that_was_undone_stays_undone(cast, outside, restored, time_machine, before):
    cast.mikkeli.undo_minutes = 10
    cast.mikkeli.save()
    story = begun(cast)
    if before:
        takes_part = "no" if before == "no" else "yes"
        say(story, cast.nurse, by=cast.coordinator, takes_part=takes_part, apart=before == "apart")
        later(time_machine)
    say(story, cast.nurse, by=cast.coordinator)
    write_ledger()
    with restored():
        time_machine.move_to(timezone.now() - timedelta(minutes=55), tick=False)
        follow_ups.undo_decision(follow_up=story, adult=nurse_in(story, cast), by=cast.coordinator)
        was = nurse_in(story, cast)
    replay_all()
    now = nurse_in(story, cast)
    assert (now.takes_part, now.may_know, now.apart) == (was.takes_part, was.may_know, was.apart)
    assert (now.takes_part == "yes") == (before == "apart")
    assert access.may(cast.nurse, "view_network", story.young_person) == (before == "apart")
    assert replay_all() == NOTHING


def test_a_yes_taken_back_by_mistake_and_given_back_stays(cast, outside, time_machine):
    cast.mikkeli.undo_minutes = 10
    cast.mikkeli.save()
    story = begun(cast)
    say(story, cast.nurse, by=cast.coordinator)
    later(time_machine)
    say(story, cast.nurse, by=cast.coordinator, takes_part="no")
    write_ledger()
    time_machine.move_to(timezone.now() + timedelta(minutes=5), tick=False)
    follow_ups.undo_decision(follow_up=story, adult=nurse_in(story, cast), by=cast.coordinator)
    write_ledger()
    later(time_machine)
    assert replay_all() == NOTHING
    assert access.may(cast.nurse, "view_network", story.young_person)


# --- Lines that can't be done ---------------------------------------------------------------------------------------


def test_a_guardian_written_down_since_who_must_not_learn_needs_a_person(cast, outside, restored):
    story = begun(cast, years=15)
    values = {"name": "Maija", "phone": "", "said_by": "young_person", "token": uuid4()}
    with restored():
        save_guardian(follow_up=story, by=cast.coordinator, knows="must_not", **values)
    with pytest.raises(CommandError, match="1 lines could not be done"):
        replay_all()


def test_what_was_taken_back_since_needs_nobody(cast, outside, restored):
    story = begun(cast, years=15)
    values = {"name": "Maija", "phone": "", "said_by": "young_person", "token": uuid4()}
    with restored():
        newcomer = cast.member("Uusi", "Tulokas", cast.health)
        exclusion = follow_ups.exclude(follow_up=story, by=cast.coordinator, user=newcomer.user)
        follow_ups.end_exclusion(follow_up=story, exclusion=exclusion, by=cast.coordinator)
        guardian = save_guardian(follow_up=story, by=cast.coordinator, knows="must_not", **values)
        follow_ups.remove_guardian(follow_up=story, legal_guardian=guardian, by=cast.coordinator)
    assert replay_all() == NOTHING


def test_guardians_who_go_when_the_young_person_asks_need_nobody(cast, outside, restored):
    cast.flag(cast.youth_worker, birth_date=born(15), guardian_allowed=True)
    story = begun(cast, years=15)
    values = {"name": "Maija", "phone": "", "said_by": "young_person", "token": uuid4()}
    with restored():
        save_guardian(follow_up=story, by=cast.coordinator, knows="must_not", **values)
        erasing.ask_to_erase(young_person=story.young_person, by=cast.coordinator)
        erasing.erase_asked()
        assert YoungPerson.objects.exists()
    replay_all()
    assert not LegalGuardian.objects.exists()


def test_a_failed_erasing_is_said_and_holds_up_no_other(cast, story, restored, monkeypatch):
    cast.flag(cast.youth_worker)
    other = begun(cast, first_name="Eeva")
    with restored():
        for follow_up in (story, other):
            erasing.ask_to_erase(young_person=follow_up.young_person, by=cast.coordinator)
            erasing.erase_asked()

    def fail(*, young_person, **more):
        if young_person == story.young_person:
            raise RuntimeError("Aino Virtanen")
        forget(young_person=young_person, **more)

    forget = erasing.erase_links_of
    monkeypatch.setattr(erasing, "erase_links_of", fail)
    said = StringIO()
    with pytest.raises(CommandError, match="1 lines could not be done"):
        call_command("replay_erasures", stdout=said, stderr=said)
    assert "asked: RuntimeError" in said.getvalue()
    assert "Aino" not in said.getvalue()
    assert set(YoungPerson.objects.all()) == {story.young_person}


def test_no_link_to_who_must_not_learn_opens_again(cast, outside, restored):
    story = begun(cast, years=15)
    values = {"name": "Maija", "phone": "", "said_by": "young_person", "token": uuid4()}
    guardian = save_guardian(follow_up=story, by=cast.coordinator, knows="told", **values)
    follow_ups.tell_guardian(
        follow_up=story, legal_guardian=guardian, email="a@example.test", language="fi", what=[], by=cast.coordinator
    )
    write_ledger()
    with restored():
        values["legal_guardian"] = LegalGuardian.objects.get()
        save_guardian(follow_up=story, by=cast.coordinator, knows="must_not", **values)
    assert OneTimeLink.objects.get().ended_at is None
    replay_all()
    assert OneTimeLink.objects.get().ended_at
