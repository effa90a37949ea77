"""Whoever leaves their work leaves nothing hanging: sheets, follow-ups and flags go on with others, or end."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from django.utils import timezone

from config import leaving
from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow
from coordination.follow_ups.commands import Decision, save_call, take_up
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.states import FollowUpState
from coordination.outbox.models import Notification
from coordination.people import access
from coordination.people.models import YoungPerson
from coordination.staffing.commands import disable_user, end_membership
from flags.flagging.models import Flag
from flags.matching.commands import sweep
from tests.cast import Cast, sign_in

pytestmark = pytest.mark.django_db

# Who did or said something stays written down.
HISTORY = {
    "by",
    "agreed_with",
    "intake_not_yet_by",
    "made_by",
    "decided_by",
    "handled_by",
    "asked_by",
    "answered_by",
    "written_by",
    "proposed_by",
    "begun_by",
    "ended_by",
    "named_by",
    "recorded_by",
    "closed_by",
    "received_by",
    "judged_by",
    "missed_why_by",
    "signed_by",
    "handed_by",
    "done_by",
    "added_by",
    "edited_by",
    "approved_by",
    "submitted_by",
    "confirmed_by",
    "issued_by",
    "finished_by",
    "published_by",
    "opened_by",
}
# Every key to a membership, and what leaving does about it.
KEYS = {
    "pilots.Finding.owner": "the administrators see to it, and they are told",
    "flags.Flag.membership": "ends",
    "coordination.FollowUp.owner": "handed on",
    "coordination.AskedAdult.membership": "leaves the sheet",
    "coordination.Ground.membership": "ends with the membership",
    "coordination.Notification.membership": "nothing is told for an ended membership",
    "coordination.Membership.successor": "whom the open follow-ups go to",
    "coordination.Invited.membership": "comes to no planned meeting",
    "coordination.Event.to_membership": "nobody reads it any more: reading takes an open membership",
    "coordination.Refusal.membership": "the young person's word, should the adult come back",
    "coordination.Support.adult": "ends, unless somebody stands in until their last day",
    "coordination.Substitution.membership": "ends",
    "coordination.TalkPermission.membership": "ends",
    "coordination.OverlapProposal.asked": "taken back",
    "coordination.Assessment.worker": "a colleague can take it, and is told that it waits",
    "coordination.Participant.membership": "ends",
    "coordination.PlanAction.responsible": "the worker is told; without an assessment it goes",
    "coordination.CardUse.membership": "nobody else reads it; goes with what it is about",
    "pilots.Sheet.owner": "nobody, until one of those who fill it in takes it over; they are told",
    "pilots.SheetPart.membership": "ends while the form is being filled in; its owner is told",
    "pilots.SheetRecipient.membership": "ends",
    "pilots.Enrolment.owner": "nobody, until whoever coordinates hands it on; they are told",
    "pilots.Course.membership": "ends; the coordinators who see the young person are told",
    "pilots.PilotLead.membership": "ends; the area's administrators are told where nobody leads any more",
    "pilots.TrainingEvent.leader": "of what is to come nobody leads it, and the area's administrators are told",
    "pilots.GroupMember.membership": "ends; the area's administrators are told where nobody leads any more",
    "pilots.GroupAction.owner": "nobody, until the group agrees on somebody else; whoever leads it is told",
    "pilots.NetworkContact.membership": "ends",
    "pilots.SurveyAnswer.asked": "nobody, until the group asks somebody else; whoever leads it is told",
    "pilots.SignUp.membership": "cancelled; whoever waits moves up",
    "coordination.Service.keeper": "the area's administrators keep it",
}


@pytest.fixture
def cast():
    cast = Cast()
    cast.colleague = cast.member("Kirsi", "Koordi", cast.outreach, role=Membership.Role.COORDINATOR)
    return cast


def taken_up(cast, *, chosen=()):
    """A match's follow-up, taken up, in which the young person chose these members."""
    follow_up = take_up(follow_up=cast.match(), by=cast.coordinator)
    decisions = [
        Decision(adult=follow_up.asked.get(membership=one), takes_part="yes", may_know="yes", said_by="young_person")
        for one in chosen
    ]
    return save_call(
        follow_up=follow_up,
        by=cast.coordinator,
        version=follow_up.version,
        token=follow_up.public_id,
        attempt={"at": timezone.now(), "channel": "phone", "reached": True, "identity_checked": "known_number"},
        decisions=decisions,
        next_step="meeting",
        next_step_on=timezone.localdate() + timedelta(days=3),
        pause=False,
        contact={},
    )


def leave(cast, member, **how):
    end_membership(membership=member, by=cast.administrator, **how)
    leaving.sweep()
    sweep(older_than_seconds=-1)


def told(membership, code):
    return Notification.objects.waiting().filter(membership=membership, code=code).exists()


def test_the_follow_ups_of_a_coordinator_go_to_the_successor_with_their_clock(cast):
    follow_up = taken_up(cast)
    leave(cast, cast.coordinator, successor=cast.colleague)
    after = FollowUp.objects.get(pk=follow_up.pk)
    assert (after.owner, after.state) == (cast.colleague, FollowUpState.TAKEN_UP)
    assert (after.next_step_on, after.contact_by) == (follow_up.next_step_on, follow_up.contact_by)
    assert told(cast.colleague, "follow_up_is_yours")
    assert not told(cast.coordinator, "follow_up_is_yours")


def test_without_a_successor_they_wait_for_a_coordinator_and_all_are_told(cast):
    follow_up = taken_up(cast)
    leave(cast, cast.coordinator)
    after = FollowUp.objects.get(pk=follow_up.pk)
    assert (after.owner, after.state) == (None, FollowUpState.WAITING)
    assert told(cast.colleague, "follow_up_waits")
    assert take_up(follow_up=after, by=cast.colleague).state == FollowUpState.TAKEN_UP


def test_a_begun_follow_up_that_waits_again_is_not_dropped_when_flags_are_withdrawn(cast):
    follow_up = taken_up(cast)
    leave(cast, cast.coordinator)
    leave(cast, cast.teacher)
    assert FollowUp.objects.get(pk=follow_up.pk).state == FollowUpState.WAITING


def test_whom_the_young_person_chose_is_missed_by_the_coordinator(cast):
    follow_up = taken_up(cast, chosen=[cast.nurse])
    person = follow_up.young_person
    assert access.may(cast.nurse, "view_network", person)
    leave(cast, cast.nurse)
    assert follow_up.asked.get(membership=cast.nurse).left_at
    assert not person.grounds.filter(membership=cast.nurse, ended_at=None).exists()
    assert told(cast.coordinator, "adult_has_left")


def test_who_was_only_asked_about_leaves_without_a_word(cast):
    follow_up = taken_up(cast)
    leave(cast, cast.nurse)
    assert follow_up.asked.get(membership=cast.nurse).left_at
    assert not told(cast.coordinator, "adult_has_left")


def test_an_unmatched_flag_is_erased_with_its_flaggers_leaving(cast):
    flag = cast.flag(cast.teacher)
    leave(cast, cast.teacher)
    assert not Flag.objects.filter(pk=flag.pk).exists()
    assert not YoungPerson.objects.filter(pk=flag.young_person_id).exists()


def test_a_disabled_user_leaves_all_memberships(cast):
    flag = cast.flag(cast.teacher)
    disable_user(user=cast.teacher.user, by=cast.administrator)
    assert list(leaving.leavers()) == [cast.teacher]
    leaving.sweep()
    assert Flag.objects.get(pk=flag.pk).end_reason == Flag.EndReason.LEFT
    assert list(leaving.leavers()) == []


def test_settling_again_changes_nothing(cast):
    follow_up = taken_up(cast, chosen=[cast.nurse])
    leave(cast, cast.nurse)
    version = FollowUp.objects.get(pk=follow_up.pk).version
    leaving.settle(leaver=cast.nurse)
    assert FollowUp.objects.get(pk=follow_up.pk).version == version


def test_a_leaving_to_come_leaves_everything_until_then(cast):
    flag = cast.flag(cast.teacher)
    leave(cast, cast.teacher, on=timezone.localdate() + timedelta(days=7))
    assert Flag.objects.get(pk=flag.pk).ended_at is None


@pytest.mark.parametrize("who", ["teacher", "other_coordinator", "coordinator"])
def test_only_another_coordinator_of_the_area_can_be_the_successor(cast, who):
    with pytest.raises(NotNow):
        end_membership(membership=cast.coordinator, by=cast.administrator, successor=getattr(cast, who))


def test_the_page_lets_somebody_go_and_closes_the_account(client, cast):
    follow_up = taken_up(cast)
    sign_in(client, cast.administrator)
    here = f"/leaving/{cast.coordinator.public_id}/"
    day = timezone.localdate()
    page = client.get(here)
    assert "Kirsi Koordi" in page.content.decode()
    date = {"ended_on_day": day.day, "ended_on_month": day.month, "ended_on_year": day.year}
    assert client.post(here, date | {"successor": cast.teacher.pk}).status_code == 200
    assert client.post(here, date | {"successor": cast.colleague.pk, "disable": "on"}).status_code == 302
    assert FollowUp.objects.get(pk=follow_up.pk).owner == cast.colleague
    cast.coordinator.user.refresh_from_db()
    assert not cast.coordinator.user.is_active


def test_every_key_to_a_membership_is_covered():
    """A later step that hangs something open on a membership says here what leaving does about it."""
    house = {"config", "flags", "coordination", "pilots"}
    models = [model for model in apps.get_models() if model._meta.app_label in house]
    keys = {
        f"{model._meta.label}.{field.name}"
        for model in models
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is Membership
    }
    stays = {key for key in keys if key.rpartition(".")[2] in HISTORY}
    assert keys - stays == set(KEYS)
