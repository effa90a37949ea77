"""A flag is renewed with a fresh permission, and its flagger is reminded in time; nobody else notices anything."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.outbox.commands import make_digests
from coordination.outbox.models import Mail, Notification
from coordination.people.models import Ground
from flags.flagging import rules
from flags.flagging.commands import end_expired, withdraw_flag
from flags.flagging.models import Flag, FlaggingCount
from flags.flagging.renewing import remind_of_ends, renew_flag
from tests.cast import born, sign_in
from tests.flags.matching.test_later_flags import meet_again, set_mikkeli

MONDAY = "2026-11-16T06:10:00+00:00"


@pytest.fixture(autouse=True)
def clock():
    """Just after 8 on a Monday."""
    with translation.override("en"), time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def renew(flag, **other):
    values = {"token": uuid4(), "until": date(2030, 1, 1), "told_and_allowed": True} | other
    return renew_flag(flag=flag, by=flag.membership, **values)


def reminders(membership):
    return Notification.objects.filter(membership=membership, code="flag_ends_soon")


def test_it_holds_as_long_as_a_new_one_would(cast, clock):
    flag = cast.flag(cast.teacher)
    before = Flag.objects.values("made_at", "public_id", "settled_at").get()
    clock.shift(timedelta(days=30))
    renewed = renew(flag)
    assert renewed.until == rules.last_day(cast.mikkeli, today())
    assert Ground.objects.get(source=flag.public_id).until == renewed.until
    assert Flag.objects.values("made_at", "public_id", "settled_at").get() == before


def test_no_longer_than_asked(cast):
    assert renew(cast.flag(cast.teacher), until=today() + timedelta(days=20)).until == today() + timedelta(days=20)


def test_a_fresh_permission_is_needed(cast):
    flag = cast.flag(cast.teacher)
    with pytest.raises(NotNow, match="Tell the young person first"):
        renew(flag, told_and_allowed=False)
    assert not FlaggingCount.objects.filter(user=cast.teacher.user)[1:].exists()


def test_the_guardian_is_asked_by_the_age_of_today(cast, clock):
    """Posted for a 17-year-old with the guardian's word; renewed for an adult without."""
    flag = cast.flag(cast.teacher, birth_date=date(2009, 1, 10), guardian_allowed=True)
    with pytest.raises(NotNow, match="guardian"):
        renew(flag)
    clock.move_to("2027-01-11T08:00:00+00:00")
    renew(flag)


def test_an_authority_renews_on_a_ground_in_law(cast):
    flag = cast.flag(cast.teacher, told_and_allowed=False, legal_ground=cast.legal_ground)
    assert renew(flag, told_and_allowed=False, legal_ground=cast.legal_ground).legal_ground == cast.legal_ground
    assert renew(flag).legal_ground is None


@pytest.mark.parametrize("matched", ["before", "after"])
def test_renewed_on_a_ground_in_law_a_flag_informs_no_more(cast, matched):
    """The young person no longer allows it; a permission for the flag, later, is none for informing either."""
    set_mikkeli(cast, reveal_rule="inform", inform_basis="Laki 123/2026 4 §")
    mine = cast.flag(cast.teacher, told_rule="inform")
    theirs = cast.flag(cast.nurse, told_rule="inform") if matched == "before" else None
    mine.refresh_from_db()
    renew(mine, told_and_allowed=False, legal_ground=cast.legal_ground)
    theirs = theirs or cast.flag(cast.nurse, told_rule="inform")
    meet_again()
    for one in (mine, theirs):
        assert _others(one) == []
    renew(mine)
    meet_again()
    for one in (mine, theirs):
        assert _others(one) == []
    assert not Ground.objects.open().filter(kind="inform", source=mine.public_id).exists()


def test_renewed_with_permission_a_flag_goes_on_informing(cast):
    set_mikkeli(cast, reveal_rule="inform", inform_basis="Laki 123/2026 4 §")
    mine, theirs = (cast.flag(by, told_rule="inform") for by in (cast.teacher, cast.nurse))
    mine.refresh_from_db()
    renew(mine)
    assert [len(_others(one)) for one in (mine, theirs)] == [1, 1]


def _others(flag):
    page = sign_in(Client(), flag.membership).get(f"/flags/{flag.public_id}/")
    return [adult.name for adult, _since in page.context["flag"].others]


def test_who_has_outgrown_the_age_band_is_not_renewed(cast):
    flag = cast.flag(cast.teacher, birth_date=born(28))
    cast.mikkeli.oldest_age = 27
    cast.mikkeli.save()
    with pytest.raises(NotNow, match="years"):
        renew(Flag.objects.get(pk=flag.pk))


def test_who_may_not_flag_any_more_may_not_renew(cast):
    flag = cast.flag(cast.teacher)
    cast.teacher.user.trainings.update(ended_on=today())
    with pytest.raises(NotNow, match="training"):
        renew(flag)


def test_renewing_counts_as_searching(cast):
    flag = cast.flag(cast.teacher)
    for _ in range(5):
        renew(flag)
    with pytest.raises(NotNow, match="unusually often"):
        renew(flag)


def test_one_form_sent_twice_renews_once(cast):
    flag, token = cast.flag(cast.teacher), uuid4()
    renew(flag, token=token)
    renew(flag, token=token, until=today() + timedelta(days=3))
    flag.refresh_from_db()
    assert flag.until == rules.last_day(cast.mikkeli, today())
    assert FlaggingCount.objects.count() == 2


def test_an_ended_flag_is_not_renewed(cast, clock):
    flag = cast.flag(cast.teacher)
    withdraw_flag(flag=flag, by=cast.teacher)
    with pytest.raises(NotNow, match="has ended"):
        renew(flag)


def test_nor_one_whose_last_day_has_passed(cast, clock):
    flag = cast.flag(cast.teacher)
    clock.shift(timedelta(days=91))
    with pytest.raises(NotNow, match="has ended"):
        renew(flag)


def test_others_are_told_nothing(cast):
    cast.match()
    notices = set(Notification.objects.values_list("pk", flat=True))
    renew(Flag.objects.get(user=cast.teacher.user))
    assert set(Notification.objects.values_list("pk", flat=True)) == notices


# --- The reminder ---------------------------------------------------------------------------------------------------


def test_reminded_in_good_time_and_once(cast, clock):
    flag = cast.flag(cast.teacher, until=today() + timedelta(days=30))
    clock.shift(timedelta(days=15))
    remind_of_ends()
    assert not reminders(cast.teacher).exists()
    clock.shift(timedelta(days=1))
    remind_of_ends()
    remind_of_ends()
    notice = reminders(cast.teacher).get()
    assert (notice.due_on, notice.link) == (flag.until, reverse("flagging:renew", args=[flag.public_id]))


def test_the_areas_own_number_of_days(cast, clock):
    cast.mikkeli.days_before_end_of_flag = 3
    cast.mikkeli.save()
    cast.flag(cast.teacher, until=today() + timedelta(days=30))
    clock.shift(timedelta(days=26))
    remind_of_ends()
    assert not reminders(cast.teacher).exists()
    clock.shift(timedelta(days=1))
    remind_of_ends()
    assert reminders(cast.teacher).exists()


def test_it_comes_with_the_digest_though_its_reader_wants_mail_at_once(cast, clock):
    cast.teacher.user.rhythm = "immediate"
    cast.teacher.user.save()
    cast.flag(cast.teacher, until=today() + timedelta(days=15))
    clock.shift(timedelta(days=1))
    remind_of_ends()
    assert not Mail.objects.exists()
    clock.shift(timedelta(days=1))
    make_digests()
    assert reminders(cast.teacher).get().mail.kind == Mail.Kind.DAILY


def test_matched_or_not_it_is_the_same(cast, clock):
    for by in (cast.teacher, cast.nurse):
        cast.flag(by, until=today() + timedelta(days=30))
    cast.flag(cast.youth_worker, first_name="Eeva", until=today() + timedelta(days=30))
    clock.shift(timedelta(days=20))
    remind_of_ends()
    told = {reminders(one).values_list("due_on", "kind").get() for one in (cast.teacher, cast.nurse, cast.youth_worker)}
    assert len(told) == 1


def test_a_flag_for_a_few_days_needs_none(cast, clock):
    cast.flag(cast.teacher, until=today() + timedelta(days=10))
    clock.shift(timedelta(days=1))
    remind_of_ends()
    assert not reminders(cast.teacher).exists()


def test_what_is_renewed_waits_no_more_and_is_reminded_of_again(cast, clock):
    flag = cast.flag(cast.teacher, until=today() + timedelta(days=20))
    clock.shift(timedelta(days=10))
    remind_of_ends()
    renew(flag, until=today() + timedelta(days=40))
    assert not reminders(cast.teacher).waiting().exists()
    remind_of_ends()
    assert not reminders(cast.teacher).waiting().exists()
    clock.shift(timedelta(days=30))
    remind_of_ends()
    assert reminders(cast.teacher).waiting().count() == 1


def test_nothing_reminds_of_a_flag_that_has_ended(cast, clock):
    cast.flag(cast.teacher, until=today() + timedelta(days=20))
    clock.shift(timedelta(days=10))
    remind_of_ends()
    clock.shift(timedelta(days=11))
    end_expired()
    remind_of_ends()
    assert not reminders(cast.teacher).exists()


# --- The pages ------------------------------------------------------------------------------------------------------


def sent(page, **typed):
    """What the browser sends of the form on this page."""
    form = page.context["form"]
    day = form["until"].value()
    boxes = {"until_day": day.day, "until_month": day.month, "until_year": day.year}
    return {"token": form["token"].value()} | boxes | typed


def test_from_the_list_with_one_press_and_a_tick(cast, clock):
    flag = cast.flag(cast.teacher, until=today() + timedelta(days=20))
    path = reverse("flagging:renew", args=[flag.public_id])
    tiina = sign_in(Client(), cast.teacher)
    assert path not in tiina.get("/flags/mine/").content.decode()
    clock.shift(timedelta(days=10))
    tiina = sign_in(Client(), cast.teacher)
    assert path in tiina.get("/flags/mine/").content.decode()
    page = tiina.get(path)
    assert "guardian_allowed" not in page.context["form"].fields
    answer = tiina.post(path, sent(page, told_and_allowed="on"))
    assert answer.headers["Location"] == reverse("flagging:flag", args=[flag.public_id])
    assert path not in tiina.get("/flags/mine/").content.decode()


def test_without_the_tick_the_page_says_why(cast):
    flag = cast.flag(cast.teacher)
    tiina = sign_in(Client(), cast.teacher)
    path = reverse("flagging:renew", args=[flag.public_id])
    answer = tiina.post(path, sent(tiina.get(path)))
    assert answer.context["form"].errors["told_and_allowed"]
    flag.refresh_from_db()
    assert flag.renewed_at is None


def test_a_flag_of_somebody_under_age_asks_for_the_guardian(cast):
    flag = cast.flag(cast.teacher, birth_date=born(15), guardian_allowed=True)
    tiina = sign_in(Client(), cast.teacher)
    path = reverse("flagging:renew", args=[flag.public_id])
    answer = tiina.post(path, sent(tiina.get(path), told_and_allowed="on"))
    assert answer.context["form"].errors["guardian_allowed"]
