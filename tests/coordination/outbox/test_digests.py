"""Digests leave on working days at 8.00 by the clock in Finland, never empty and never twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coordination.agencies.models import Membership, User
from coordination.outbox import queries, rules
from coordination.outbox.commands import done, make_digests, mark_seen, tell
from coordination.outbox.models import Mail, Notification
from tests.coordination.outbox.conftest import FYI, WAITS, make_town, moment

MONDAY, TUESDAY, WEDNESDAY, SATURDAY = "2026-11-23", "2026-11-24", "2026-11-25", "2026-11-28"
# Easter Monday, and Epiphany on a Wednesday.
EASTER_MONDAY, AFTER_EASTER, EPIPHANY = "2026-04-06", "2026-04-07", "2027-01-06"


def told(notice, reader, when, **fields):
    before = set(Notification.objects.values_list("pk", flat=True))
    tell(notice, to=[reader], link="/", dedupe=f"{when}{timezone.now().timestamp()}", **fields)
    rows = Notification.objects.exclude(pk__in=before)
    rows.update(made_at=when)
    return rows


def kinds():
    return sorted(Mail.objects.values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("now", "is_due"),
    [
        (moment(TUESDAY, 7, 59), False),
        (moment(TUESDAY, 8), True),
        (moment(TUESDAY, 23, 59), True),
        (moment(SATURDAY, 9), False),
        (moment("2026-11-29", 9), False),
        (moment(EASTER_MONDAY, 9), False),
        (moment(EPIPHANY, 9), False),
        (moment("2026-12-24", 9), False),
    ],
)
def test_daily_on_working_days_from_eight(now, is_due):
    assert (rules.daily_digest_moment(now) is not None) == is_due


def test_eight_is_by_the_clock_in_finland_in_summer_and_winter():
    assert rules.daily_digest_moment(moment("2026-07-01", 12)).utcoffset() == timedelta(hours=3)
    assert rules.daily_digest_moment(moment("2026-11-24", 12)).utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (moment(MONDAY, 7, 59), None),
        (moment(MONDAY, 8), moment(MONDAY)),
        (moment(WEDNESDAY, 12), moment(MONDAY)),
        (moment(EASTER_MONDAY, 12), None),
        (moment(AFTER_EASTER, 7), None),
        (moment(AFTER_EASTER, 8), moment(AFTER_EASTER)),
    ],
)
def test_weekly_on_the_first_working_day_of_the_week(now, expected):
    assert rules.weekly_digest_moment(now) == expected


def test_daily_digest_of_what_waits(person):
    reader = person()
    rows = told(WAITS, reader, moment(MONDAY, 15)) | told(WAITS, reader, moment(MONDAY, 16))
    assert make_digests(now=moment(TUESDAY)) == 1
    mail = Mail.objects.get()
    assert (mail.user, mail.kind, mail.state) == (reader.user, "daily", "waiting")
    assert set(mail.notifications.all()) == set(rows)


def test_what_came_after_eight_is_told_on_the_next_working_day(person):
    told(WAITS, person(), moment("2026-11-27", 8, 1))
    assert make_digests(now=moment("2026-11-27", 9)) == 0
    assert make_digests(now=moment(SATURDAY, 9)) == 0
    assert make_digests(now=moment("2026-11-30")) == 1


def test_never_empty(person):
    for rhythm in User.Rhythm:
        person(rhythm=rhythm)
    assert make_digests(now=moment(MONDAY)) == 0
    assert not Mail.objects.exists()


def test_what_was_done_before_eight_is_not_told(person):
    reader = person()
    told(WAITS, reader, moment(MONDAY, 15), about=reader.public_id)
    done(about=reader.public_id)
    assert make_digests(now=moment(TUESDAY)) == 0


def test_information_only_once_a_week_and_not_when_it_has_been_seen(person):
    first, second = person(), person()
    told(FYI, first, moment(TUESDAY, 9))
    seen = told(FYI, second, moment(TUESDAY, 9)).get()
    mark_seen(membership=second, public_ids=[seen.public_id])
    assert make_digests(now=moment(WEDNESDAY)) == 0
    assert make_digests(now=moment("2026-11-30")) == 1
    assert (Mail.objects.get().user, kinds()) == (first.user, ["weekly"])


def test_whoever_wants_mail_weekly_gets_what_waits_and_information_in_one(person):
    reader = person(rhythm="weekly")
    told(WAITS, reader, moment("2026-11-20", 9))
    told(FYI, reader, moment("2026-11-20", 9))
    assert make_digests(now=moment(MONDAY)) == 1
    assert kinds() == ["weekly"]
    assert Mail.objects.get().notifications.count() == 2


def test_at_most_one_mail_on_the_weekly_day(person):
    reader = person()
    told(WAITS, reader, moment("2026-11-20", 9))
    told(FYI, reader, moment("2026-11-20", 9))
    assert make_digests(now=moment(MONDAY)) == 1
    assert kinds() == ["daily"]
    assert Mail.objects.get().notifications.count() == 2


def test_a_missed_monday_is_made_up_for_with_what_monday_would_have_told(person):
    reader, late = person(), person()
    told(FYI, reader, moment("2026-11-20", 9))
    told(FYI, late, moment(MONDAY, 9))
    assert make_digests(now=moment(TUESDAY)) == 1
    assert Mail.objects.get().user == reader.user


def test_mail_at_once_does_not_come_again_in_the_digest(person):
    reader = person(rhythm="immediate")
    told(WAITS, reader, moment(MONDAY, 15))
    assert make_digests(now=moment(TUESDAY)) == 0


def test_what_came_under_another_rhythm_is_not_forgotten(person):
    reader = person(rhythm="weekly")
    told(WAITS, reader, moment(TUESDAY, 9))
    reader.user.rhythm = "immediate"
    reader.user.save()
    assert make_digests(now=moment(WEDNESDAY)) == 1


def test_two_runs_make_nothing_twice(person):
    reader = person()
    told(WAITS, reader, moment(MONDAY, 15))
    assert make_digests(now=moment(TUESDAY)) == 1
    told(WAITS, reader, moment(MONDAY, 16))  # committed late
    assert make_digests(now=moment(TUESDAY, 8, 5)) == 0
    assert Mail.objects.count() == 1
    assert make_digests(now=moment(WEDNESDAY)) == 1


@pytest.mark.parametrize("day", [MONDAY, TUESDAY])
def test_another_run_just_before_leaves_no_empty_mail(person, monkeypatch, day):
    reader = person()
    tell(WAITS, to=[reader], link="/", dedupe="x")
    Notification.objects.update(made_at=moment("2026-11-20", 15))
    readers = queries.readers

    def overtaken(*args, **options):
        listed = readers(*args, **options)
        monkeypatch.setattr(queries, "readers", readers)
        assert make_digests(now=moment(day)) == 1
        return listed

    monkeypatch.setattr(queries, "readers", overtaken)
    assert make_digests(now=moment(day)) == 0
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("gone", ["user", "membership"])
def test_nobody_is_told_what_they_may_no_longer_open(person, gone):
    reader = person()
    told(WAITS, reader, moment(MONDAY, 15))
    if gone == "user":
        User.objects.filter(pk=reader.user_id).update(is_active=False)
    else:
        Membership.objects.filter(pk=reader.pk).update(ended_on=timezone.localdate())
    assert make_digests(now=moment(TUESDAY)) == 0


def test_batches_cover_everyone_and_tell_how_far_they_are(person, monkeypatch):
    monkeypatch.setattr("coordination.outbox.commands.DIGESTS_AT_ONCE", 3)
    readers = [person() for _ in range(7)]
    for reader in readers:
        told(WAITS, reader, moment("2026-11-20", 9))
        told(FYI, reader, moment("2026-11-20", 9))
    steps = []
    assert make_digests(now=moment(MONDAY), progress=lambda done, of: steps.append((done, of))) == 7
    assert steps == [(3, 7), (6, 7), (7, 7)]
    assert not Notification.objects.filter(mail=None).exists()
    assert all(one.mail.user_id == one.membership.user_id for one in Notification.objects.all())


@pytest.mark.parametrize("readers", [1, 30])
def test_same_statements_for_one_and_for_many(person, readers, django_assert_num_queries):
    for _ in range(readers):
        told(WAITS, person(), moment(MONDAY, 15))
    with django_assert_num_queries(12):
        make_digests(now=moment(TUESDAY))


def test_a_user_of_two_towns_gets_one_digest(person):
    reader = person()
    other = Membership.objects.create(user=reader.user, agency=make_town("Kirkniemi").agency, started_on="2020-01-01")
    told(WAITS, reader, moment(MONDAY, 15))
    told(WAITS, other, moment(MONDAY, 15))
    assert make_digests(now=moment(TUESDAY)) == 1
    assert Mail.objects.get().notifications.count() == 2
