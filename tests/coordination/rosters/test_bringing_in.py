"""From the file to the invitations: a preview that does nothing, one confirmation, and a worker that can be killed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from coordination.agencies.rules import NotNow
from coordination.interface.secret_words import hash_of
from coordination.outbox.models import Mail
from coordination.rosters import commands, rules
from coordination.rosters.forms import lines_of
from coordination.rosters.models import Roster
from coordination.staffing.commands import accept, invite
from coordination.staffing.models import Invitation
from tests.coordination.rosters.conftest import people, sheet

pytestmark = pytest.mark.usefixtures("english")


def keep(cast, file, *, by=None, agency=None, token=None):
    by = by or cast.administrator
    return commands.keep(lines=lines_of(file), agency=agency or cast.school, token=token or uuid4(), by=by)


def confirmed(cast, file, **more):
    roster = keep(cast, file, **more)
    return commands.confirm(roster=roster, by=more.get("by") or cast.administrator)


def test_a_preview_invites_nobody(cast):
    keep(cast, people(3))
    commands.bring_in()
    assert Invitation.objects.count() == 0


def test_everybody_is_invited_with_what_the_list_says(cast):
    row = ["Aino", "Öhman", "aino@example.test", "opettaja", "", "sv", "1.2.2026"]
    roster = confirmed(cast, sheet(row))
    commands.bring_in()
    roster.refresh_from_db()
    assert (roster.done, roster.invited, roster.refused, roster.rows) == (1, 1, [], "")
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.first_name, invitation.last_name) == ("aino@example.test", "Aino", "Öhman")
    assert (invitation.job_title, invitation.language, invitation.made_by) == ("opettaja", "sv", cast.administrator)
    assert Mail.objects.filter(kind=Mail.Kind.LETTER).count() == 1
    Invitation.objects.update(secret_hash=hash_of("secret"))
    membership = accept(secret="secret", first_name="Aino", last_name="Öhman", password="kaunis-marraskuu")
    assert [str(training.held_on) for training in membership.user.trainings.all()] == ["2026-02-01"]


def test_nothing_of_a_file_stands_in_clear_in_the_database(cast):
    keep(cast, sheet(["Ainikki", "Kuutamoinen", "ainikki@example.test", "kaukoluotain"]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM coordination_roster t")
        text = cursor.fetchone()[0]
    for word in ("Ainikki", "Kuutamoinen", "ainikki@", "kaukoluotain"):
        assert word not in text


def test_confirming_again_and_working_again_invites_nobody_twice(cast):
    roster = confirmed(cast, people(3))
    commands.bring_in()
    commands.confirm(roster=roster, by=cast.administrator)
    commands.bring_in()
    assert Invitation.objects.count() == 3


def test_whoever_is_killed_goes_on_where_they_stopped(cast, monkeypatch):
    monkeypatch.setattr(commands, "AT_ONCE", 3)
    roster = confirmed(cast, people(7))
    made, whole = [], invite

    def killed(**typed):
        made.append(typed["email"])
        if len(made) == 5:
            raise KeyboardInterrupt
        return whole(**typed)

    monkeypatch.setattr(commands, "invite", killed)
    with pytest.raises(KeyboardInterrupt):
        commands.bring_in()
    roster.refresh_from_db()
    assert (roster.done, roster.invited, roster.finished_at) == (3, 3, None)
    assert Invitation.objects.count() == 3
    monkeypatch.setattr(commands, "invite", whole)
    commands.bring_in()
    roster.refresh_from_db()
    assert (roster.done, roster.invited, roster.rows) == (7, 7, "")
    assert len({one.email for one in Invitation.objects.all()}) == 7


def test_who_came_meanwhile_is_left_out_with_a_sentence_and_the_others_are_invited(cast):
    roster = confirmed(cast, people(3))
    invite(email="uuno1@example.test", agency=cast.school, by=cast.administrator)
    commands.bring_in()
    roster.refresh_from_db()
    assert roster.invited == 2
    [[row, sentence]] = roster.refused
    assert row == 3
    assert sentence  # in the language of whoever brought the file in


def test_rights_are_asked_again_when_the_work_is_done(cast):
    roster = confirmed(cast, people(2), by=cast.coordinator)
    cast.coordinator.ended_on = timezone.localdate()
    cast.coordinator.save()
    commands.bring_in()
    roster.refresh_from_db()
    assert (roster.invited, len(roster.refused)) == (0, 2)
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("who", ["teacher", "other_coordinator"])
def test_only_power_in_the_agencys_area_brings_people_in(cast, who):
    with pytest.raises(PermissionDenied):
        keep(cast, people(1), by=getattr(cast, who))


def test_an_old_preview_is_refused_and_erased(cast):
    roster = keep(cast, people(1))
    past = timezone.now() - timedelta(minutes=1)
    Roster.objects.update(made_at=past - timedelta(hours=1), expires_at=past)
    with pytest.raises(NotNow, match="more than an hour old"):
        commands.confirm(roster=roster, by=cast.administrator)
    commands.forget_old()
    assert Roster.objects.count() == 0


def test_results_are_forgotten_after_a_week(cast):
    roster = confirmed(cast, people(1))
    commands.bring_in()
    commands.forget_old()
    assert Roster.objects.count() == 1
    Roster.objects.filter(pk=roster.pk).update(finished_at=timezone.now() - rules.RESULT_LIFETIME)
    commands.forget_old()
    assert Roster.objects.count() == 0


def test_a_file_of_nobody_new_can_not_be_confirmed(cast):
    roster = keep(cast, sheet(["", "", cast.teacher.user.email]))
    with pytest.raises(NotNow, match="Nobody in the file"):
        commands.confirm(roster=roster, by=cast.administrator)


def test_more_than_a_town_has_people_is_for_tomorrow(cast):
    confirmed(cast, people(5))
    Roster.objects.update(number=rules.MOST_A_DAY - 2)
    roster = keep(cast, people(3))
    with pytest.raises(NotNow, match="tomorrow"):
        commands.confirm(roster=roster, by=cast.administrator)


def test_the_same_form_again_takes_the_place_of_what_it_kept(cast):
    token = uuid4()
    keep(cast, people(5), token=token)
    second = keep(cast, people(2), token=token)
    assert Roster.objects.get() == second
    commands.confirm(roster=second, by=cast.administrator)
    keep(cast, people(2), token=token)
    assert Roster.objects.count() == 2


def test_two_people_may_have_the_same_token(cast):
    token = uuid4()
    keep(cast, people(1), token=token)
    keep(cast, people(1), token=token, by=cast.coordinator)
    assert Roster.objects.count() == 2
