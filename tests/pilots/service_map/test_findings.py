"""A gap or an overlap from its box to its end: who may what when, once each, and who is told."""

from datetime import timedelta
from unittest import mock
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from config.leaving import leavers, settle
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from coordination.services.models import Service
from pilots.service_map.commands import findings as commands
from pilots.service_map.commands.group import add_member
from pilots.service_map.commands.looking_after import leave_findings, remind
from pilots.service_map.models import Finding
from pilots.service_map.queries.deciding import seen_to_by
from tests.cast import sign_in
from tests.pilots.service_map.mapping import decided, entered, opened


def told(code):
    rows = Notification.objects.filter(code=code, done_at=None)
    return sorted(row.membership.user.first_name for row in rows.select_related("membership__user"))


class TestOpening:
    def test_the_owner_is_told_once(self, cast):
        token = uuid4()
        first = opened(cast.coordinator, owner=cast.nurse, token=token)
        assert opened(cast.coordinator, owner=cast.nurse, token=token) == first
        assert told("finding_is_yours") == ["Niina"]

    def test_the_same_box_is_open_once(self, cast):
        first = opened(cast.coordinator)
        with pytest.raises(NotNow):
            opened(cast.administrator)
        opened(cast.administrator, language="sv")
        with pytest.raises(NotNow):
            opened(cast.administrator, kind="overlap")
        commands.close(
            finding=decided(cast.coordinator, finding=first), number=2, by=cast.coordinator, outcome="filled"
        )
        opened(cast.administrator)

    @pytest.mark.parametrize("who", ["teacher", "other_coordinator", "stranger"])
    def test_only_coordinators_and_administrators_of_the_area(self, cast, who):
        with pytest.raises(NotNow):
            commands.open_finding(area=cast.mikkeli, token=uuid4(), by=getattr(cast, who))

    def test_whoever_leads_the_coordination_group_but_no_other_member(self, cast):
        add_member(membership=cast.teacher, leads=True, by=cast.administrator)
        add_member(membership=cast.nurse, leads=False, by=cast.administrator)
        assert opened(cast.teacher).opened_by == cast.teacher
        with pytest.raises(NotNow):
            opened(cast.nurse, need="school")
        with pytest.raises(NotNow):
            commands.open_finding(area=cast.kerava, token=uuid4(), by=cast.teacher)

    def test_nobody_of_another_area_sees_to_it(self, cast):
        with pytest.raises(NotNow):
            opened(cast.coordinator, owner=cast.stranger)


class TestDeciding:
    @pytest.mark.parametrize(
        "said",
        [
            {"decision": "leave"},
            {"action": ""},
            {"due_on": None},
            {"decision": "merge"},
            {"decided_on": today() + timedelta(days=1)},
            {"decided_on": today() - timedelta(days=1)},
        ],
    )
    def test_what_a_decision_must_say(self, cast, said):
        with pytest.raises(NotNow):
            decided(cast.coordinator, **said)

    def test_left_as_it_is_with_a_reason(self, cast):
        found = decided(cast.coordinator, decision="leave", reason="Kerava auttaa", action="", due_on=None)
        assert found.state == "decided"

    def test_whoever_sees_to_it_waits_for_it_until_it_is_somebody_elses_or_closed(self, cast):
        found = decided(cast.coordinator, finding=opened(cast.coordinator, owner=cast.nurse))
        assert told("finding_is_yours") == ["Niina"]
        said = {"title": found.title, "words": "", "by": cast.coordinator}
        changed = commands.change_finding(finding=found, number=found.number, owner=cast.teacher, **said)
        assert told("finding_is_yours") == ["Tiina"]
        changed = commands.change_finding(finding=found, number=changed.number, owner=None, **said)
        assert told("finding_is_yours") == []

    def test_two_tabs(self, cast):
        finding = opened(cast.coordinator)
        decided(cast.coordinator, finding=finding)
        with pytest.raises(NotNow):
            decided(cast.administrator, finding=finding)

    def test_opened_again_with_a_reason_and_decided_anew(self, cast):
        found, token = decided(cast.coordinator), uuid4()
        for number in (2, 3):
            commands.reopen(finding=found, number=number, token=token, by=cast.administrator, words="Ei riittänyt")
        found.refresh_from_db()
        assert (found.state, found.decision, found.due_on) == ("opened", "", None)
        assert found.notes.get().reopens
        assert decided(cast.coordinator, finding=found).state == "decided"

    def test_not_opened_again_beside_the_same(self, cast):
        found = decided(cast.coordinator)
        closed = commands.close(finding=found, number=2, by=cast.coordinator, outcome="not")
        opened(cast.coordinator)
        with pytest.raises(NotNow):
            commands.reopen(finding=closed, number=3, token=uuid4(), by=cast.coordinator, words="Uudestaan")

    def test_whoever_sees_to_it_writes_notes_and_closes(self, cast):
        found = decided(cast.coordinator, finding=opened(cast.coordinator, owner=cast.nurse))
        token = uuid4()
        for _again in range(2):
            commands.add_note(finding=found, token=token, by=cast.nurse, words="Ryhmä alkoi")
        assert found.notes.count() == 1
        with pytest.raises(NotNow):
            commands.add_note(finding=found, token=uuid4(), by=cast.teacher, words="Minäkin")
        with pytest.raises(NotNow):
            commands.reopen(finding=found, number=2, token=uuid4(), by=cast.nurse, words="Ei")
        assert commands.close(finding=found, number=2, by=cast.nurse, outcome="partly").outcome == "partly"

    def test_a_token_of_another_note_is_refused_in_a_sentence(self, cast):
        token, first, second = (
            uuid4(),
            opened(cast.coordinator),
            decided(cast.coordinator, finding=opened(cast.coordinator, from_age=1)),
        )
        commands.add_note(finding=first, token=token, by=cast.coordinator, words="Ryhmä alkoi")
        with pytest.raises(NotNow):
            commands.add_note(finding=second, token=token, by=cast.coordinator, words="Ryhmä alkoi")
        with pytest.raises(NotNow):
            commands.reopen(finding=second, number=2, token=token, by=cast.coordinator, words="Uudestaan")

    def test_nothing_is_closed_before_it_is_decided(self, cast):
        with pytest.raises(NotNow):
            commands.close(finding=opened(cast.coordinator), number=1, by=cast.coordinator, outcome="filled")


class TestMerging:
    @pytest.fixture
    def two(self, cast):
        return [entered(cast.mikkeli, name) for name in ("Kerho A", "Kerho B")]

    @pytest.fixture
    def overlap(self, cast, two):
        found = opened(cast.coordinator, kind="overlap", services=two, state_then="double", number_then=2)
        return decided(cast.coordinator, finding=found, decision="merge")

    def test_one_leads_to_the_other(self, cast, two, overlap):
        kept, retired = two
        for _again in range(2):
            commands.merge(finding=overlap, kept=kept, retired=retired, by=cast.coordinator)
        retired.refresh_from_db()
        assert (retired.is_active, retired.merged_into) == (False, kept)
        client = sign_in(Client(), cast.teacher)
        assert kept.get_absolute_url() in client.get(retired.get_absolute_url()).content.decode()

    def test_not_the_other_way_round_afterwards(self, cast, two, overlap):
        kept, retired = two
        commands.merge(finding=overlap, kept=kept, retired=retired, by=cast.coordinator)
        with pytest.raises(NotNow):
            commands.merge(finding=overlap, kept=retired, retired=kept, by=cast.coordinator)

    def test_what_is_not_of_the_overlap_is_not_merged(self, cast, two, overlap):
        other = entered(cast.mikkeli, "Kerho C")
        for kept, retired in ((two[0], other), (two[0], two[0])):
            with pytest.raises(NotNow):
                commands.merge(finding=overlap, kept=kept, retired=retired, by=cast.coordinator)
        assert Service.objects.filter(is_active=True).count() == 3

    def test_not_what_another_area_keeps(self, cast, two, overlap):
        Service.objects.filter(pk=two[1].pk).update(area=cast.kerava)
        with pytest.raises(NotNow):
            commands.merge(finding=overlap, kept=two[0], retired=two[1], by=cast.coordinator)

    def test_not_before_it_is_decided(self, cast, two):
        found = opened(cast.coordinator, kind="overlap", services=two)
        with pytest.raises(NotNow):
            commands.merge(finding=found, kept=two[0], retired=two[1], by=cast.coordinator)

    def test_a_service_of_a_sensitive_agency_does_not_show(self, cast, two, overlap):
        Service.objects.filter(pk=two[0].pk).update(owner=cast.clinic, provider_name="")
        client = sign_in(Client(), cast.teacher)
        assert "Kerho A" not in client.get(overlap.get_absolute_url()).content.decode()


class TestReminding:
    def due(self, cast, days, **more):
        found = opened(cast.coordinator, owner=cast.nurse, **more)
        return decided(cast.coordinator, finding=found, due_on=today() + timedelta(days=days))

    @pytest.mark.parametrize(("days", "due", "late"), [(8, [], []), (7, ["Niina"], []), (0, ["Niina"], [])])
    def test_seven_days_before(self, cast, days, due, late):
        self.due(cast, days)
        for _again in range(2):
            remind()
        assert (told("finding_due"), told("finding_late")) == (due, late)

    def test_the_day_after(self, cast):
        found = self.due(cast, 3)
        remind()
        Finding.objects.filter(pk=found.pk).update(due_on=today() - timedelta(days=1))
        for _again in range(2):
            remind()
        assert (told("finding_due"), told("finding_late")) == ([], ["Niina"])
        commands.close(finding=found, number=2, by=cast.nurse, outcome="filled")
        assert told("finding_late") == []

    def test_decided_anew_until_the_same_day_it_is_told_of_anew(self, cast):
        found = self.due(cast, 3)
        remind()
        again = commands.reopen(finding=found, number=2, token=uuid4(), by=cast.coordinator, words="Ei onnistunut")
        assert told("finding_due") == []
        decided(cast.coordinator, finding=again, due_on=found.due_on)
        remind()
        assert told("finding_due") == ["Niina"]

    def test_without_an_owner_the_administrators(self, cast):
        decided(cast.coordinator, due_on=today())
        remind()
        assert told("finding_due") == ["Anna"]

    def test_what_is_somebody_elses_by_now_stays_theirs(self, cast):
        found = self.due(cast, 3)
        seen_by_the_sweep = list(seen_to_by(cast.nurse))
        said = {"title": found.title, "words": "", "by": cast.coordinator, "owner": cast.teacher}
        commands.change_finding(finding=found, number=found.number, **said)
        with mock.patch("pilots.service_map.commands.looking_after.seen_to_by", return_value=seen_by_the_sweep):
            leave_findings(leaver=cast.nurse)
        assert Finding.objects.get().owner == cast.teacher

    def test_leaving_hands_over_to_the_administrators(self, cast):
        found = self.due(cast, 3)
        cast.nurse.ended_on = timezone.localdate()
        cast.nurse.save()
        assert cast.nurse in leavers()
        for _again in range(2):
            settle(leaver=cast.nurse)
        found.refresh_from_db()
        assert found.owner is None
        assert told("finding_left") == ["Anna"]
        assert told("finding_is_yours") == []
