"""What becomes of forms: leavers, joined rows, and erasing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config import erasing, leaving, merging
from coordination.follow_ups.commands import exclude
from coordination.follow_ups.models import FollowUp
from coordination.outbox.models import Notification
from coordination.people.models import Ground, YoungPerson
from coordination.people.refusing import refuse
from coordination.staffing.commands import end_membership
from pilots.questionnaires.commands import recipients
from pilots.questionnaires.commands.leaving import kept_long_enough
from pilots.questionnaires.models import Sheet
from pilots.questionnaires.queries.sheets import opened_by
from tests.pilots.questionnaires.filling import asked, begun, fill, fresh, opened, outside, submitted

pytestmark = pytest.mark.django_db


def leave(cast, member):
    """Twice, since doing it again changes nothing."""
    end_membership(membership=member, by=cast.administrator)
    leaving.sweep()
    leaving.sweep()


def told(membership, code):
    return Notification.objects.filter(membership=membership, code=code, done_at=None).count()


def test_whoever_leaves_has_no_part_any_more(cast):
    sheet = begun(cast)
    part = asked(sheet, cast.social_worker)
    fill(part, cast.social_worker, ready=False, Monesko_jakso="2")
    leave(cast, cast.social_worker)
    assert (fresh(part).state, fresh(part).answers) == ("ended", "")
    assert told(cast.coordinator, "form_part_left") == 1


def test_whoever_must_not_learn_any_more_has_no_part_and_no_notice(cast):
    sheet = begun(cast)
    part = asked(sheet, cast.social_worker)
    follow_up = FollowUp.objects.get(young_person=sheet.young_person)
    exclude(follow_up=follow_up, by=cast.coordinator, user=cast.social_worker.user)
    leaving.sweep()
    leaving.sweep()
    assert fresh(part).state == "ended"
    assert not Notification.objects.filter(membership=cast.social_worker, code="form_asked").exists()
    assert told(cast.coordinator, "form_part_left") == 1


def test_whoever_the_young_person_refuses_has_no_part_any_more(cast):
    sheet = begun(cast)
    part = asked(sheet, cast.social_worker)
    refuse(young_person=sheet.young_person, membership=cast.social_worker, said_by="young_person", by=cast.coordinator)
    assert opened_by(cast.social_worker, sheet.public_id) is None
    leaving.sweep()
    assert fresh(part).state == "ended"
    assert told(cast.coordinator, "form_part_left") == 1


def test_of_a_form_without_an_owner_those_who_fill_it_in_hear(cast):
    sheet = begun(cast)
    asked(sheet, cast.social_worker)
    leave(cast, cast.coordinator)
    assert fresh(sheet).owner is None
    assert told(cast.social_worker, "form_without_owner") == 1
    assert opened_by(cast.social_worker, sheet.public_id)


def test_what_was_submitted_stays_when_somebody_leaves(cast):
    sheet = submitted(cast)
    received = recipients.give_to(sheet=sheet, membership=cast.social_worker, token=sheet.token, by=cast.coordinator)
    leave(cast, cast.social_worker)
    leave(cast, cast.coordinator)
    assert fresh(received).ended_at
    assert fresh(sheet.parts.get()).answers
    assert fresh(sheet).submitted_by == cast.coordinator


@pytest.mark.parametrize("state", ["left", "submitted"])
def test_it_is_erased_when_the_area_keeps_it_no_longer(cast, state):
    sheet = submitted(cast) if state == "submitted" else begun(cast)
    person = sheet.young_person
    days = cast.mikkeli.days_kept_after_closing
    for ago, kept in ((days - 1, True), (days + 1, False)):
        at = timezone.now() - timedelta(days=ago)
        Sheet.objects.update(begun_at=at, submitted_at=at if state == "submitted" else None)
        sheet.parts.update(answered_at=at)
        assert (sheet.pk not in kept_long_enough()) == kept
        erasing.erase_what_ended()
        assert Sheet.objects.filter(pk=sheet.pk).exists() == kept
    assert YoungPerson.objects.filter(pk=person.pk).exists()
    assert not Ground.objects.filter(young_person=person, kind="form").exists()


def test_whoever_still_writes_keeps_a_form_that_was_begun_long_ago(cast):
    sheet = begun(cast)
    part = asked(sheet, cast.social_worker)
    Sheet.objects.update(begun_at=timezone.now() - timedelta(days=1000))
    assert sheet.pk in kept_long_enough()
    fill(part, cast.social_worker, ready=False, Monesko_jakso="2")
    assert sheet.pk not in kept_long_enough()


def test_a_young_person_who_asks_is_erased_with_their_forms(cast):
    sheet = submitted(cast)
    guest = outside(begun(cast, version=sheet.version, person=sheet.young_person))
    opened(guest, by=cast.coordinator)
    erasing.ask_to_erase(young_person=sheet.young_person, by=cast.coordinator)
    assert opened_by(cast.coordinator, sheet.public_id) is None
    erasing.erase_asked()
    assert Sheet.objects.count() == 0


def test_of_two_rows_that_are_one_the_forms_go_along(cast):
    sheet = begun(cast)
    asked(sheet, cast.social_worker)
    gone = sheet.young_person
    kept = cast.match(first_name="Aune").young_person
    merging.join(kept=kept, gone=gone, by=cast.coordinator)
    assert fresh(sheet).young_person == kept
    assert opened_by(cast.social_worker, sheet.public_id).parts


def test_whoever_must_not_learn_of_the_other_row_comes_in_no_more(cast):
    sheet = begun(cast)
    asked(sheet, cast.social_worker)
    kept = cast.match(first_name="Aune").young_person
    exclude(follow_up=FollowUp.objects.get(young_person=kept), by=cast.coordinator, user=cast.social_worker.user)
    merging.join(kept=kept, gone=sheet.young_person, by=cast.coordinator)
    assert opened_by(cast.social_worker, sheet.public_id) is None
