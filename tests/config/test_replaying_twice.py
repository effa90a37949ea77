"""P10: replaying does what went before the backup's eyes again, once, and leaves alone what was given anew."""

import pytest

from config import erasing
from config.replaying import DEEDS
from coordination.erasures import queries
from coordination.erasures.commands import write_ledger
from coordination.erasures.models import LedgerLine
from coordination.follow_ups.models import FollowUp
from coordination.people import access
from coordination.people.commands import erase_person
from coordination.people.models import Exclusion, LegalGuardian, Refusal, YoungPerson
from coordination.staffing import commands as staffing
from flags.flagging.models import Flag
from tests.config.joining import pair, same
from tests.config.restored import (
    ANEW,
    NOTHING,
    TAKEN_BACK,
    assessed,
    begin,
    end_exclusion,
    exclude,
    hand_over,
    later,
    lift_refusal,
    one_adult,
    refuse,
    replay,
    snapshot,
)
from tests.config.restored_pilots import followed, formed, measured, planned, tried
from tests.config.restored_surveys import surveyed
from tests.coordination.assessments.reporting import sent
from tests.flags.matching.acts import withdraw

pytestmark = pytest.mark.usefixtures("outside")


@pytest.fixture
def story(cast):
    follow_up = begin(cast)
    one_adult(cast, follow_up)
    sent(cast.teacher)
    assessed(cast, follow_up)
    tried(cast)
    formed(cast, follow_up)
    measured(cast, follow_up)
    followed(cast, follow_up)
    planned(cast)
    surveyed(cast)
    write_ledger()
    return follow_up


def test_there_is_a_story_for_every_code():
    assert set(TAKEN_BACK) == set(ANEW) == set(DEEDS)


@pytest.mark.parametrize("code", sorted(TAKEN_BACK))
def test_it_is_done_once_and_twice_does_nothing_more(cast, story, restored, code):
    before = snapshot()
    with restored():
        TAKEN_BACK[code](cast, story)
    assert snapshot() == before
    said = replay()
    # What leads to a person's erasing has erased them, when their own line comes.
    assert code == "person" or f" {code} " in said
    assert said != NOTHING
    assert not LedgerLine.objects.exists()
    after = snapshot()
    assert replay() == NOTHING
    assert snapshot() == after


@pytest.mark.parametrize("code", sorted(TAKEN_BACK))
def test_a_backup_of_after_it_needs_nothing(cast, story, time_machine, code):
    later(time_machine)
    TAKEN_BACK[code](cast, story)
    write_ledger()
    later(time_machine)
    before = snapshot()
    assert replay() == NOTHING
    assert snapshot() == before


@pytest.mark.parametrize("code", sorted(ANEW))
def test_what_was_given_anew_stays(cast, story, time_machine, code):
    later(time_machine)
    TAKEN_BACK[code](cast, story)
    later(time_machine)
    ANEW[code](cast, story)
    write_ledger()
    later(time_machine)
    before = snapshot()
    assert replay() == NOTHING
    assert snapshot() == before


@pytest.mark.parametrize(
    ("begun", "ended", "model"), [(exclude, end_exclusion, Exclusion), (refuse, lift_refusal, Refusal)]
)
def test_what_ended_again_never_comes_back(cast, story, restored, begun, ended, model):
    with restored():
        known = begun(cast, story).public_id
        ended(cast, story)
    for _time in range(3):
        replay()
        write_ledger()
        assert [(one.public_id, one.ended_at is None) for one in model.objects.all()] == [(known, False)]


def test_there_and_back_again_ends_where_it_was(cast, story, restored, time_machine):
    with restored():
        hand_over(cast, story)
        later(time_machine)
        hand_over(cast, story, asks=cast.other_coordinator, takes=cast.coordinator)
    assert "handed_over 2" in replay()
    assert FollowUp.objects.get().area == cast.mikkeli
    assert replay() == NOTHING
    assert access.may(cast.coordinator, "coordinate", story.young_person)


def test_of_one_person_both_power_and_account_go_again(cast, restored):
    coordinator = cast.second_coordinator
    with restored():
        TAKEN_BACK["power_taken"](cast, None)
        staffing.disable_user(user=coordinator.user, by=cast.administrator)
    coordinator.user.refresh_from_db()
    assert coordinator.user.is_staff
    replay()
    coordinator.user.refresh_from_db()
    assert (coordinator.user.is_staff, coordinator.user.is_active) == (False, False)
    assert not coordinator.user.groups.exists()


def everything(cast, story, time_machine):
    """All of it in one life, of which nothing is left."""
    in_this_order = [
        "attachment",
        "pilot_lead",
        "group_member",
        "network",
        "child_words",
        "child_code",
        "survey_closed",
        "form",
        "sign_up",
        "own_page_opened",
        "own_page",
        "sight",
        "decision",
        "excluded",
        "exclusion_ended",
    ]
    in_this_order += ["refused", "refusal_lifted", "hidden"]
    in_this_order += ["must_not_learn", "guardian", "must_not_learn", "flag", "power_taken", "handed_over"]
    for code in [*in_this_order, "membership_ended", "user_disabled", "report", "assessment", "asked"]:
        later(time_machine)
        TAKEN_BACK[code](cast, story)
    withdraw(Flag.objects.get(user=cast.teacher.user))
    assert not YoungPerson.objects.exists()
    write_ledger()
    assert {entry.what for entry in queries.entries()} == set(DEEDS)


def test_of_whom_all_has_been_erased_no_line_needs_anybody(cast, story, time_machine):
    everything(cast, story, time_machine)
    assert replay() == NOTHING


def test_everything_goes_again(cast, story, restored, time_machine):
    with restored():
        everything(cast, story, time_machine)
    replay()
    assert not YoungPerson.objects.exists()
    assert not LegalGuardian.objects.exists()
    assert replay() == NOTHING


def test_both_rows_of_a_joined_person_go(cast, restored):
    double, kept, _gone = pair(cast)
    with restored():
        same(cast, double)
        erasing.ask_to_erase(young_person=YoungPerson.objects.get(pk=kept.pk), by=cast.coordinator)
        erasing.erase_asked()
    replay()
    assert not Flag.objects.filter(forbidden_at=None).exists()
    assert replay() == NOTHING


def test_both_rows_of_a_joined_person_are_erased(cast, restored):
    double, kept, _gone = pair(cast)
    with restored():
        same(cast, double)
        erase_person(YoungPerson.objects.get(pk=kept.pk))
        lines = [line.ids["person"] for line in LedgerLine.objects.filter(what="person")]
        LedgerLine.objects.exclude(what="person").delete()
    assert len(set(lines)) == 2
    replay()
    assert not YoungPerson.objects.exists()
