"""A choice saved by mistake can be undone for the area's minutes, while nobody has been told of it or has seen it."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.test import Client
from django.utils import translation

from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.follow_ups import commands
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.queries import feedback
from coordination.outbox.commands import make_digests, send_waiting
from coordination.outbox.models import Mail, Notification
from coordination.people import access
from coordination.use_log.commands import write_look
from flags.flagging.models import Flag
from tests.cast import sign_in
from tests.coordination.follow_ups.conftest import asked, opened, url
from tests.flags.matching.acts import say, settle_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2026-11-18T10:00:00+00:00", tick=False)
    with translation.override("en"):
        yield time_machine


@pytest.fixture
def taken_up(cast):
    cast.mikkeli.undo_minutes = 10
    cast.mikkeli.save()
    cast.flag(cast.teacher)
    cast.flag(cast.nurse)
    Flag.objects.update(counts_from=None)
    settle_all()
    return commands.take_up(follow_up=FollowUp.objects.get(), by=cast.coordinator)


def undo(cast, follow_up, membership):
    return commands.undo_decision(follow_up=follow_up, adult=asked(follow_up, membership), by=cast.coordinator)


def sees(membership, follow_up):
    return access.may(membership, "view_network", follow_up.young_person)


def looks(membership, follow_up, purpose="participation"):
    with transaction.atomic():
        write_look(
            user_id=membership.user_id,
            user_name="",
            membership_id=membership.pk,
            agency_id=membership.agency_id,
            agency_name="",
            agency_kind="",
            role="professional",
            page="pages:person",
            purpose=purpose,
            person_keys=follow_up.young_person.log_keys,
        )


def test_a_yes_undone_is_as_if_never_said(cast, taken_up):
    say(taken_up, asked(taken_up, cast.teacher), "yes", by=cast.coordinator)
    assert sees(cast.teacher, taken_up)
    adult = undo(cast, taken_up, cast.teacher)
    assert (adult.takes_part, adult.may_know, adult.decided_at) == ("", "", None)
    assert not sees(cast.teacher, taken_up)
    assert not Notification.objects.filter(membership=cast.teacher).exists()
    assert not Event.objects.filter(kind="joined").exists()


def test_what_was_decided_before_holds_again(cast, taken_up, clock):
    say(taken_up, asked(taken_up, cast.teacher), "later", by=cast.coordinator)
    before = asked(taken_up, cast.teacher)
    clock.shift(timedelta(hours=1))
    say(taken_up, asked(taken_up, cast.teacher), "yes", by=cast.second_coordinator)
    adult = undo(cast, taken_up, cast.teacher)
    for name in ("takes_part", "may_know", "said_by", "decided_at", "decided_by"):
        assert getattr(adult, name) == getattr(before, name)


def test_a_yes_taken_back_by_mistake_comes_back(cast, taken_up, clock):
    say(taken_up, asked(taken_up, cast.teacher), "yes", by=cast.coordinator)
    clock.shift(timedelta(hours=1))
    say(taken_up, asked(taken_up, cast.teacher), "no", by=cast.coordinator)
    assert not sees(cast.teacher, taken_up)
    undo(cast, taken_up, cast.teacher)
    assert sees(cast.teacher, taken_up)
    assert Notification.objects.waiting().filter(membership=cast.teacher).count() == 1
    assert not Notification.objects.filter(code="your_part_ended").exists()
    assert Event.objects.filter(kind="joined").count() == 1
    assert not Event.objects.filter(kind="left").exists()


def test_in_those_minutes_nobody_is_told(cast, taken_up, clock):
    cast.teacher.user.rhythm = "immediate"
    cast.teacher.user.save()
    clock.move_to("2026-11-19T05:55:00+00:00")  # five to eight
    say(taken_up, asked(taken_up, cast.teacher), "yes", by=cast.coordinator)
    clock.move_to("2026-11-19T06:04:59+00:00")
    make_digests()
    assert send_waiting() == 0
    assert not Notification.objects.of(cast.teacher).exists()
    assert feedback({cast.teacher.pk}, {taken_up.young_person_id}) == {}
    clock.move_to("2026-11-19T06:05:00+00:00")
    assert send_waiting() == 1
    assert Notification.objects.of(cast.teacher).get().code == "you_are_wanted"
    assert feedback({cast.teacher.pk}, {taken_up.young_person_id}) == {
        (cast.teacher.pk, taken_up.young_person_id): "wanted"
    }


def test_undone_no_mail_leaves(cast, taken_up, clock):
    cast.teacher.user.rhythm = "immediate"
    cast.teacher.user.save()
    say(taken_up, asked(taken_up, cast.teacher), "yes", by=cast.coordinator)
    undo(cast, taken_up, cast.teacher)
    clock.shift(timedelta(minutes=11))
    assert send_waiting() == 0
    assert Mail.objects.get().state == "empty"


def test_we_have_talked_is_held_and_forgotten(cast, taken_up, clock):
    adult = asked(taken_up, cast.teacher)
    decision = commands.Decision(adult, "no", "yes", "young_person")
    commands.save_call(
        follow_up=taken_up,
        by=cast.coordinator,
        version=taken_up.version,
        token=adult.public_id,
        attempt=None,
        decisions=[decision],
        next_step="",
        next_step_on=None,
        pause=False,
        contact={},
    )
    assert not Notification.objects.of(cast.teacher).exists()
    undo(cast, taken_up, cast.teacher)
    assert not Notification.objects.filter(membership=cast.teacher).exists()


def test_after_the_minutes_it_is_too_late(cast, taken_up, clock):
    say(taken_up, asked(taken_up, cast.teacher), "yes", by=cast.coordinator)
    clock.shift(timedelta(minutes=10))
    with pytest.raises(NotNow, match="too late"):
        undo(cast, taken_up, cast.teacher)
    assert sees(cast.teacher, taken_up)


def test_who_has_looked_knows(cast, taken_up):
    say(taken_up, asked(taken_up, cast.teacher), "yes", by=cast.coordinator)
    looks(cast.teacher, taken_up)
    with pytest.raises(NotNow, match="somebody has seen it"):
        undo(cast, taken_up, cast.teacher)
    assert sees(cast.teacher, taken_up)


def test_so_does_another_who_takes_part(cast, taken_up, clock):
    say(taken_up, asked(taken_up, cast.nurse), "yes", by=cast.coordinator)
    clock.shift(timedelta(hours=1))
    say(taken_up, asked(taken_up, cast.teacher), "yes", by=cast.coordinator)
    looks(cast.nurse, taken_up)
    with pytest.raises(NotNow):
        undo(cast, taken_up, cast.teacher)


def test_a_look_before_it_or_at_ones_own_flag_hinders_nothing(cast, taken_up, clock):
    """Else a coordinator could learn by trying that somebody has flagged."""
    looks(cast.teacher, taken_up)
    clock.shift(timedelta(minutes=1))
    say(taken_up, asked(taken_up, cast.teacher), "yes", by=cast.coordinator)
    looks(cast.teacher, taken_up, purpose="flag")
    looks(cast.social_worker, taken_up, purpose="flag")
    undo(cast, taken_up, cast.teacher)


def test_a_slip_mended_at_once_is_never_told(cast, taken_up, clock):
    say(taken_up, asked(taken_up, cast.teacher), "yes", by=cast.coordinator)
    clock.shift(timedelta(minutes=1))
    say(taken_up, asked(taken_up, cast.teacher), "no", by=cast.coordinator)
    clock.shift(timedelta(hours=1))
    assert not Notification.objects.filter(membership=cast.teacher).exists()


def test_where_the_area_has_no_minutes_nothing_can_be_undone(cast, taken_up):
    cast.mikkeli.undo_minutes = 0
    cast.mikkeli.save()
    taken_up.refresh_from_db()
    say(taken_up, asked(taken_up, cast.teacher), "yes", by=cast.coordinator)
    assert Notification.objects.of(cast.teacher).exists()
    with pytest.raises(NotNow):
        undo(cast, taken_up, cast.teacher)


def test_nobody_undoes_after_closing(cast, taken_up):
    say(taken_up, asked(taken_up, cast.teacher), "yes", by=cast.coordinator)
    taken_up.refresh_from_db()
    commands.close_follow_up(follow_up=taken_up, by=cast.coordinator, outcome="other", version=taken_up.version)
    with pytest.raises(NotNow):
        undo(cast, taken_up, cast.teacher)


# --- The button -----------------------------------------------------------------------------------------------------


def test_the_button_stands_beside_what_was_saved(cast, kaisa, taken_up, clock):
    say(taken_up, asked(taken_up, cast.teacher), "yes", by=cast.coordinator)
    path = url("undo_decision", taken_up, asked(taken_up, cast.teacher).public_id)
    page = kaisa.get(url("sheet", taken_up)).content.decode()
    assert page.count('formaction="' + path) == 1
    assert url("undo_decision", taken_up, asked(taken_up, cast.nurse).public_id) not in page
    kaisa.post(path, opened(kaisa, taken_up))
    assert asked(taken_up, cast.teacher).takes_part == ""
    clock.shift(timedelta(minutes=10))
    assert path not in kaisa.get(url("sheet", taken_up)).content.decode()


def test_a_call_that_is_typed_stays_and_does_not_save_the_mistake_again(cast, kaisa, taken_up):
    say(taken_up, asked(taken_up, cast.teacher), "yes", by=cast.coordinator)
    teacher = asked(taken_up, cast.teacher)
    typed = opened(kaisa, taken_up) | {"safe_hours": "after school"}
    page = kaisa.post(url("undo_decision", taken_up, teacher.public_id), typed)
    form = page.context["form"]
    assert form["safe_hours"].value() == "after school"
    assert form[f"takes_part_{teacher.public_id.hex}"].value() == ""


def test_an_adult_of_another_sheet_is_not_found(cast, kaisa, taken_up):
    assert kaisa.post(url("undo_decision", taken_up, taken_up.public_id)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_just_being_shown_counts_as_seen(cast, taken_up):
    say(taken_up, asked(taken_up, cast.teacher), "yes", by=cast.coordinator)
    shown, drawn = threading.Event(), threading.Event()

    def show():
        with transaction.atomic():
            looks(cast.teacher, taken_up)
            shown.set()
            drawn.wait(5)
        connections.close_all()

    reader = threading.Thread(target=show)
    reader.start()
    shown.wait(5)
    with pytest.raises(NotNow, match="Try again"):
        undo(cast, taken_up, cast.teacher)
    drawn.set()
    reader.join()
    with pytest.raises(NotNow, match="somebody has seen it"):
        undo(cast, taken_up, cast.teacher)
    assert sees(cast.teacher, taken_up)


def test_who_undid_can_not_open_it_for_the_adult(cast, taken_up):
    say(taken_up, asked(taken_up, cast.teacher), "yes", by=cast.coordinator)
    undo(cast, taken_up, cast.teacher)
    page = sign_in(Client(), cast.teacher).get(f"/person/{taken_up.young_person.public_id}/")
    assert page.status_code == 404
