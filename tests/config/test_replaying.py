"""P14: what the ledger says had gone is erased and ended again in a restored backup."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from config import erasing
from config.replaying import DEEDS
from coordination.agencies.models import Membership
from coordination.erasures import queries
from coordination.erasures.commands import note, write_ledger
from coordination.follow_ups import commands as follow_ups
from coordination.follow_ups.models import AskedAdult, FollowUp
from coordination.people import access
from coordination.people.models import Exclusion, Refusal, YoungPerson
from flags.flagging.models import Flag
from tests.flags.matching.acts import asked, say, withdraw
from tests.flags.matching.everything import found_in
from tests.house.source import python_files

NAME = {"first_name": "Xenobia", "last_name": "Yxkukainen"}


@pytest.fixture(autouse=True)
def outside(settings, tmp_path, time_machine):
    settings.ERASURE_LEDGER_FILE = tmp_path / "erasures.jsonl"
    time_machine.move_to("2026-03-18T10:00:00+00:00", tick=False)


@pytest.fixture
def story(cast):
    """A match, taken up; the nurse and the teacher take part."""
    follow_up = follow_ups.take_up(follow_up=cast.match(**NAME), by=cast.coordinator)
    for one in (cast.teacher, cast.nurse):
        say(follow_up, follow_up.asked.get(membership=one), "yes", by=cast.coordinator)
    write_ledger()
    follow_up.refresh_from_db()
    return follow_up


def replay(**options):
    out = StringIO()
    call_command("replay_erasures", stdout=out, stderr=out, **options)
    return out.getvalue()


def may(membership, story):
    return access.may(membership, "view_network", story.young_person)


def test_an_erased_person_goes_again(cast, story, restored):
    with restored():
        erasing.erase_now(story.young_person_id)
    assert YoungPerson.objects.exists()
    replay()
    assert not YoungPerson.objects.exists()
    assert found_in("xenobia", "yxkukainen") == set()


def test_of_an_erased_person_one_line_is_enough(cast, story, restored):
    with restored():
        note("person", person=story.young_person.public_id)
    assert replay() == "Did again: person 1.\n"
    assert not YoungPerson.objects.exists()


def test_an_erased_follow_up_goes_again(cast, story, restored):
    with restored():
        erasing.erase_follow_up(story.pk)
    replay()
    assert not FollowUp.objects.exists()
    assert Flag.objects.count() == 2


def test_a_request_to_be_erased_is_met_again(cast, story, restored):
    with restored():
        erasing.ask_to_erase(young_person=story.young_person, by=cast.coordinator)
    replay()
    assert not FollowUp.objects.exists()
    assert not Flag.objects.filter(forbidden_at=None).exists()
    assert not may(cast.nurse, story)


def test_a_withdrawn_flag_ends_again(cast, story, restored):
    with restored():
        withdraw(Flag.objects.get(user=cast.teacher.user))
    assert may(cast.teacher, story)
    replay()
    assert Flag.objects.get(user=cast.teacher.user).end_reason == "withdrawn"
    assert not may(cast.teacher, story)
    assert may(cast.nurse, story)


def test_a_yes_taken_back_stays_back(cast, story, restored):
    with restored():
        say(story, story.asked.get(membership=cast.nurse), "no", by=cast.coordinator)
    assert may(cast.nurse, story)
    replay()
    assert AskedAdult.objects.get(membership=cast.nurse).takes_part == "no"
    assert not may(cast.nurse, story)
    assert may(cast.teacher, story)


def test_an_exclusion_holds_again(cast, story, restored):
    with restored():
        follow_ups.exclude(follow_up=story, by=cast.coordinator, user=cast.nurse.user)
    replay()
    assert Exclusion.objects.get().user == cast.nurse.user
    assert not may(cast.nurse, story)
    assert asked(story) == {cast.teacher}


def test_one_of_an_agency_too_and_one_that_ended_does_not(cast, story, restored):
    with restored():
        exclusion = follow_ups.exclude(follow_up=story, by=cast.coordinator, agency=cast.health)
        follow_ups.end_exclusion(follow_up=story, exclusion=exclusion, by=cast.coordinator)
        follow_ups.exclude(follow_up=story, by=cast.coordinator, agency=cast.school)
    replay()
    assert [one.agency for one in Exclusion.objects.filter(ended_at=None)] == [cast.school]


def test_what_was_forbidden_is_forbidden_again(cast, story, restored):
    with restored():
        follow_ups.refuse_adult(
            follow_up=story,
            adult=story.asked.get(membership=cast.teacher),
            said_by="young_person",
            by=cast.coordinator,
        )
    replay()
    assert Refusal.objects.get().user == cast.teacher.user
    assert asked(story) == {cast.nurse}
    assert not may(cast.teacher, story)


def test_what_was_allowed_again_is_allowed(cast, story, restored):
    with restored():
        refusal = follow_ups.refuse_adult(
            follow_up=story,
            adult=story.asked.get(membership=cast.teacher),
            said_by="young_person",
            by=cast.coordinator,
        )
        follow_ups.lift_refusal(follow_up=story, refusal=refusal, by=cast.coordinator)
    replay()
    assert not Refusal.objects.filter(ended_at=None).exists()


def test_twice_does_nothing_more(cast, story, restored):
    with restored():
        say(story, story.asked.get(membership=cast.nurse), "no", by=cast.coordinator)
        withdraw(Flag.objects.get(user=cast.teacher.user))
    replay()
    write_ledger()
    assert replay() == "Nothing that the ledger says had come back.\n"


def test_what_was_given_anew_after_the_line_stays(cast, story, time_machine):
    say(story, story.asked.get(membership=cast.nurse), "no", by=cast.coordinator)
    write_ledger()
    time_machine.move_to(timezone.now() + timedelta(hours=1), tick=False)
    say(story, story.asked.get(membership=cast.nurse), "yes", by=cast.coordinator)
    assert replay() == "Nothing that the ledger says had come back.\n"
    assert may(cast.nurse, story)


def test_a_check_changes_nothing(cast, story, restored):
    with restored():
        erasing.erase_now(story.young_person_id)
    assert replay(check=True).startswith("Would do again: ")
    assert FollowUp.objects.exists()
    assert may(cast.nurse, story)


def test_only_from_a_moment_on(cast, story, restored):
    with restored():
        withdraw(Flag.objects.get(user=cast.teacher.user))
    replay(since=timezone.now())
    assert Flag.objects.get(user=cast.teacher.user).ended_at is None


def test_whom_the_backup_does_not_know_a_person_must_look_at(cast, story, restored):
    with restored():
        newcomer = cast.member("Uusi", "Tulokas", cast.health)
        follow_ups.exclude(follow_up=story, by=cast.coordinator, user=newcomer.user)
    assert not Membership.objects.filter(user__first_name="Uusi").exists()
    with pytest.raises(CommandError, match="1 lines could not be done"):
        replay()


def test_every_code_that_is_noted_can_be_replayed():
    texts = [path.read_text(encoding="utf-8") for path in python_files()]
    noted = {code for text in texts for code in re.findall(r"\bnote\(\s*\"(\w+)\"", text)}
    assert noted == set(DEEDS)


def test_a_line_of_another_version_is_not_passed_over(cast):
    note("unheard_of", person=cast.teacher.public_id)
    write_ledger()
    with pytest.raises(CommandError, match="could not be done"):
        replay()


def test_without_a_ledger_it_says_where_it_looked(db):
    with pytest.raises(CommandError, match="erasures.jsonl"):
        replay()


def test_the_ledger_names_nobody(cast, story, restored):
    with restored():
        follow_ups.exclude(follow_up=story, by=cast.coordinator, user=cast.nurse.user)
        erasing.erase_now(story.young_person_id)
    text = queries.path().read_text().lower()
    for name in ("xenobia", "yxkukainen", "hoitaja", "niina", "terveydenhuolto"):
        assert name not in text
