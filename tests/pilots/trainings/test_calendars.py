"""Somebody's own times in their own calendar."""

import pytest
from icalendar import Calendar

from pilots.trainings.calendars import calendar_file
from pilots.trainings.commands.occasions import call_off_occasion, change_occasion
from pilots.trainings.commands.signing_up import cancel
from tests.pilots.trainings.training import in_days, joined, made, now, signed_up

pytestmark = pytest.mark.django_db


def entries(sign_up):
    text = calendar_file(now(sign_up), sign_up.training.occasions.all(), url="https://rinnalla.example/x")
    calendar = Calendar.from_ical(text)
    return calendar, {str(one["uid"]): one for one in calendar.walk("VEVENT")}


def test_uids_stay_changes_count_and_what_is_called_off_leaves(cast):
    training = made(cast.coordinator, 1, 8, place="Kirjasto")
    own = signed_up(training, cast.teacher)
    _calendar, before = entries(own)
    first, second = training.occasions.all()
    begins, ends = in_days(3)[0]
    change_occasion(occasion=first, starts_at=begins, ends_at=ends, place="", sequence=0, by=cast.coordinator)
    call_off_occasion(occasion=second, by=cast.coordinator)
    calendar, after = entries(own)
    assert set(before) == set(after)
    assert calendar["method"] == "PUBLISH"
    assert sorted(str(one["status"]) for one in after.values()) == ["CANCELLED", "CONFIRMED"]
    assert sorted(int(one["sequence"]) for one in after.values()) == [1, 1]
    cancel(training=training, by=cast.teacher)
    calendar, gone = entries(own)
    assert calendar["method"] == "CANCEL"
    assert set(gone) == set(before)


def test_it_names_nobody_and_two_calendars_have_nothing_in_common(cast):
    training = made(cast.coordinator, video_link="https://video.example/secret")
    own, other = signed_up(training, cast.teacher), joined(training)
    text = calendar_file(own, training.occasions.all(), url="https://rinnalla.example/x")
    for word in ("Tiina", "Ulla", "Kaisa", "ATTENDEE", "ORGANIZER", "video.example"):
        assert word not in text
    assert set(entries(own)[1]).isdisjoint(entries(other)[1])
