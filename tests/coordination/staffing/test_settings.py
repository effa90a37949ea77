"""P20: what widens sight in an area's settings takes two people, counts later, and is told to the coordinators."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from coordination.agencies.commands import add_membership
from coordination.agencies.models import Agency, Area, LegalGround, Membership, Municipality
from coordination.agencies.rules import NotNow
from coordination.outbox.models import Notification
from coordination.staffing import commands, subjects
from coordination.staffing.models import SettingChange
from coordination.staffing.states import CHANGE_MOVES, ChangeState

pytestmark = pytest.mark.usefixtures("english")
ADMINISTRATOR = Membership.Role.ADMINISTRATOR


@pytest.fixture
def second(cast):
    """Another administrator."""
    return cast.member("Aila", "Toinen", cast.town, role=ADMINISTRATOR)


def save(cast, *, by=None, municipalities=None, **settings):
    """Save Mikkeli with these settings, as the administrator would; gives the changes that wait."""
    area = Area.objects.get(pk=cast.mikkeli.pk)
    for name, value in settings.items():
        setattr(area, name, value)
    return commands.save_area(area=area, by=by or cast.administrator, municipalities=municipalities)


def now(cast):
    return Area.objects.get(pk=cast.mikkeli.pk)


def told(code):
    assert render_to_string(f"emails/{code}/sentence.txt").strip()
    return set(Notification.objects.filter(code=code).values_list("membership", flat=True))


def test_wider_waits_and_narrower_counts_at_once(cast, second):
    (change,) = save(cast, threshold=1, oldest_age=25, days_to_contact=3)
    assert (now(cast).threshold, now(cast).oldest_age, now(cast).days_to_contact) == (2, 25, 3)
    assert (change.old, change.new, change.state) == (2, 1, ChangeState.WAITING)
    assert told("change_proposed") == {second.pk}
    change = commands.decide_change(change=change, confirm=True, by=second)
    assert change.state == ChangeState.CONFIRMED
    assert now(cast).threshold == 1


def test_each_setting_is_decided_by_itself(cast, second):
    wider = {"different_agencies": False, "guardian_allows_under": 15, "hetu_allowed": True, "youngest_age": 12}
    changes = save(cast, **wider)
    assert {change.field for change in changes} == set(wider)
    first, *rest = changes
    commands.decide_change(change=first, confirm=True, by=second)
    for change in rest:
        commands.decide_change(change=change, confirm=False, by=second)
    assert getattr(now(cast), first.field) == first.new
    for change in rest:
        assert getattr(now(cast), change.field) == change.old


def test_confirmed_is_told_to_everybody_with_power_and_declined_to_the_proposer(cast, second):
    one, other = save(cast, threshold=1, youngest_age=12)
    commands.decide_change(change=one, confirm=True, by=second)
    assert told("change_confirmed") == {cast.coordinator.pk, cast.second_coordinator.pk, cast.administrator.pk}
    assert not told("change_not_made")
    commands.decide_change(change=other, confirm=False, by=second)
    assert told("change_not_made") == {cast.administrator.pk}
    assert not Notification.objects.waiting().filter(code="change_proposed").exists()


def test_it_stands_in_the_history(cast, second):
    from auditlog.models import LogEntry

    (change,) = save(cast, threshold=1)
    commands.decide_change(change=change, confirm=True, by=second)
    rows = LogEntry.objects.get_for_object(cast.mikkeli).filter(changes__has_key="threshold")
    assert rows.first().changes["threshold"] == ["2", "1"]
    assert LogEntry.objects.get_for_object(change).count() == 2


def test_nobody_confirms_what_they_proposed(cast, second):
    """Not by another membership either, nor with a role got since; and the database agrees."""
    (change,) = save(cast, threshold=1)
    again = add_membership(user=cast.administrator.user, agency=cast.school, role=ADMINISTRATOR)
    for by in (cast.administrator, again):
        with pytest.raises(PermissionDenied):
            commands.decide_change(change=change, confirm=True, by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        SettingChange.objects.filter(pk=change.pk).update(
            state=ChangeState.CONFIRMED, decided_at=timezone.now(), decider=cast.administrator.user
        )
    assert now(cast).threshold == 2


def test_nobody_decides_who_was_not_asked(cast, second):
    (change,) = save(cast, threshold=1)
    late = cast.member("Arvo", "Uusi", cast.town, role=ADMINISTRATOR)
    elsewhere = cast.member("Aatu", "Muu", cast.other_school, role=ADMINISTRATOR)
    second.ended_on = timezone.localdate()
    second.save()
    for by in (late, elsewhere, cast.coordinator, cast.teacher, second):
        with pytest.raises(PermissionDenied):
            commands.decide_change(change=change, confirm=True, by=by)
        with pytest.raises(PermissionDenied):
            commands.withdraw_change(change=change, by=by)
    assert now(cast).threshold == 2


def test_a_lone_administrator_hears_whom_to_invite(cast):
    with pytest.raises(NotNow, match="Invite another administrator"):
        save(cast, threshold=1)
    assert not SettingChange.objects.exists()
    save(cast, oldest_age=20)
    assert now(cast).oldest_age == 20


def test_one_human_with_two_memberships_is_alone_still(cast):
    add_membership(user=cast.administrator.user, agency=cast.school, role=ADMINISTRATOR)
    with pytest.raises(NotNow, match="Invite another administrator"):
        save(cast, threshold=1)


def test_one_change_of_a_setting_waits_at_a_time(cast, second):
    (change,) = save(cast, threshold=1)
    with pytest.raises(NotNow, match="waits already"):
        save(cast, threshold=1, by=second)
    commands.withdraw_change(change=change, by=cast.administrator)
    assert save(cast, threshold=1, by=second)


@pytest.mark.parametrize("first", [True, False])
def test_decided_is_decided(cast, second, first):
    (change,) = save(cast, threshold=1)
    commands.decide_change(change=change, confirm=first, by=second)
    for again in (True, False):
        with pytest.raises(NotNow, match="decided already"):
            commands.decide_change(change=change, confirm=again, by=second)
    with pytest.raises(NotNow, match="decided already"):
        commands.withdraw_change(change=change, by=cast.administrator)
    assert now(cast).threshold == (1 if first else 2)


def test_withdrawn_cannot_be_confirmed(cast, second):
    (change,) = save(cast, threshold=1)
    commands.withdraw_change(change=change, by=cast.administrator)
    with pytest.raises(NotNow):
        commands.decide_change(change=change, confirm=True, by=second)
    assert now(cast).threshold == 2
    assert not told("change_not_made")


def test_a_setting_changed_meanwhile_makes_it_void(cast, second):
    (change,) = save(cast, guardian_allows_under=15)
    save(cast, guardian_allows_under=20, by=second)
    assert commands.decide_change(change=change, confirm=True, by=second).state == ChangeState.VOID
    assert now(cast).guardian_allows_under == 20
    assert told("change_not_made") == {cast.administrator.pk}


def test_nobody_in_time_is_no(cast, second):
    one, other = save(cast, threshold=1, youngest_age=12)
    assert one.expires_at.date() == (timezone.now() + timedelta(days=14)).date()
    SettingChange.objects.update(expires_at=timezone.now())
    assert commands.decide_change(change=one, confirm=True, by=second).state == ChangeState.EXPIRED
    commands.end_late_changes()
    other.refresh_from_db()
    assert other.state == ChangeState.EXPIRED
    assert (now(cast).threshold, now(cast).youngest_age) == (2, 13)
    commands.end_late_changes()
    assert Notification.objects.filter(code="change_not_made").count() == 2


def test_informing_comes_with_its_basis_and_goes_at_once(cast, second):
    (change,) = save(cast, reveal_rule="inform", inform_basis="Laki 1 §")
    assert (now(cast).reveal_rule, now(cast).inform_basis) == ("consent", "")
    commands.decide_change(change=change, confirm=True, by=second)
    assert (now(cast).reveal_rule, now(cast).inform_basis) == ("inform", "Laki 1 §")
    save(cast, inform_basis="Something else")
    assert now(cast).inform_basis == "Laki 1 §"
    save(cast, reveal_rule="consent")
    assert (now(cast).reveal_rule, now(cast).inform_basis) == ("consent", "")


def test_informing_without_a_basis_is_refused(cast, second):
    (change,) = save(cast, reveal_rule="inform")
    with pytest.raises(NotNow, match="basis"):
        commands.decide_change(change=change, confirm=True, by=second)
    assert now(cast).reveal_rule == "consent"


def test_more_municipalities_wait_and_fewer_go_at_once(cast, second):
    own = Municipality.objects.get(code="491")
    free = [
        Municipality.objects.create(code=code, name_fi=code, county=own.county, region_code="10", language_relation=0)
        for code in ("097", "178")
    ]
    (change,) = save(cast, municipalities=[own, *free])
    assert set(cast.mikkeli.municipalities.all()) == {own}
    before = timezone.now()
    commands.decide_change(change=change, confirm=True, by=second)
    assert set(cast.mikkeli.municipalities.all()) == {own, *free}
    one = Municipality.objects.get(pk=free[0].pk)
    assert not one.was_in_an_area(before)
    assert one.was_in_an_area(timezone.now())
    assert save(cast, municipalities=[own]) == []
    assert set(cast.mikkeli.municipalities.all()) == {own}


def test_a_municipality_taken_meanwhile_makes_it_void(cast, second):
    own = Municipality.objects.get(code="491")
    free = Municipality.objects.create(
        code="097", name_fi="H", county=own.county, region_code="10", language_relation=0
    )
    (change,) = save(cast, municipalities=[own, free])
    Municipality.objects.filter(pk=free.pk).update(area=cast.kerava)
    assert commands.decide_change(change=change, confirm=True, by=second).state == ChangeState.VOID
    assert Municipality.objects.get(pk=free.pk).area == cast.kerava


def test_an_agency_becomes_open_or_an_authority_by_two(cast, second):
    clinic = Agency.objects.get(pk=cast.clinic.pk)
    clinic.sensitive, clinic.name_en = False, "Clinic"
    (change,) = commands.save_agency(agency=clinic, by=cast.administrator)
    clinic.refresh_from_db()
    assert (clinic.sensitive, clinic.name_en) == (True, "Clinic")
    commands.decide_change(change=change, confirm=True, by=second)
    clinic.refresh_from_db()
    assert not clinic.sensitive
    clinic.sensitive = True
    assert commands.save_agency(agency=clinic, by=cast.administrator) == []
    association = Agency.objects.get(pk=cast.association.pk)
    association.sector = Agency.Sector.PUBLIC
    assert [change.field for change in commands.save_agency(agency=association, by=cast.administrator)] == ["sector"]
    assert not Agency.objects.get(pk=association.pk).is_authority


def test_an_agency_receives_reports_by_two_and_one_in_an_area(cast, second):
    social = Agency.objects.get(pk=cast.social.pk)
    social.takes_reports = True
    (change,) = commands.save_agency(agency=social, by=cast.administrator)
    assert not Agency.objects.get(pk=social.pk).takes_reports
    commands.decide_change(change=change, confirm=True, by=second)
    assert Agency.objects.get(pk=social.pk).takes_reports
    other = cast.agency("Lastensuojelu", Agency.Kind.CHILD_WELFARE)
    other.takes_reports = True
    (change,) = commands.save_agency(agency=other, by=cast.administrator)
    with pytest.raises(NotNow):
        commands.decide_change(change=change, confirm=True, by=second)
    assert not Agency.objects.get(pk=other.pk).takes_reports


def test_a_ground_in_law_is_in_use_when_two_say_so(cast, second):
    ground = LegalGround(area=cast.mikkeli, name_fi="Uusi", law="Laki 2 §")
    (change,) = commands.save_ground(ground=ground, by=cast.administrator)
    ground.refresh_from_db()
    assert not ground.is_active
    commands.decide_change(change=change, confirm=True, by=second)
    ground.refresh_from_db()
    assert ground.is_active
    ground.is_active = False
    assert commands.save_ground(ground=ground, by=cast.administrator) == []
    ground.is_active = True
    assert len(commands.save_ground(ground=ground, by=second)) == 1
    ground.law = "Laki 3 §"
    with pytest.raises(NotNow, match="rewritten"):
        commands.save_ground(ground=ground, by=cast.administrator)


def test_another_area_is_not_ones_own(cast, second):
    elsewhere = cast.member("Aatu", "Muu", cast.other_school, role=ADMINISTRATOR)
    for by in (elsewhere, cast.coordinator, cast.teacher):
        with pytest.raises(PermissionDenied):
            save(cast, threshold=1, by=by)
        with pytest.raises(PermissionDenied):
            commands.save_agency(agency=cast.school, by=by)
        with pytest.raises(PermissionDenied):
            commands.save_ground(ground=cast.legal_ground, by=by)


def test_every_change_can_be_said_in_words(cast):
    for what, directions in subjects.WIDENS.items():
        for field in directions:
            assert subjects.EFFECTS_OF_GROUNDS.get(what) or subjects.EFFECTS[field]


def test_moves():
    assert all(not to for state, to in CHANGE_MOVES.items() if state != ChangeState.WAITING)
