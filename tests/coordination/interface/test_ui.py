"""Dates as they are read, and deadlines that say how near they are."""

import datetime

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from coordination.templatetags.ui import finnish_date, finnish_moment, weekday_date

DAY = datetime.date(2026, 11, 27)


def test_dates_are_written_the_finnish_way_in_every_language():
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            assert finnish_date(DAY) == "27.11.2026"
    assert finnish_date(None) == weekday_date(None) == finnish_moment(None) == ""


def test_weekdays_are_in_the_readers_language():
    with translation.override("fi"):
        assert weekday_date(DAY) == "pe 27.11.2026"
    with translation.override("en"):
        assert weekday_date(DAY) == "Fri 27.11.2026"


def test_moments_are_by_helsinki_time():
    with translation.override("en"):
        assert finnish_moment(datetime.datetime(2026, 11, 27, 22, 5, tzinfo=datetime.UTC)) == "28.11.2026 at 0.05"


@pytest.mark.parametrize(("days", "state"), [(-1, "late"), (0, "today"), (2, "near"), (3, "later")])
def test_a_deadline_says_how_near_it_is_and_by_which_rule(days, state):
    due = timezone.localdate() + datetime.timedelta(days=days)
    html = Template('{% load ui %}{% clock due rule="7th working day" %}').render(Context({"due": due}))
    assert f"clock--{state}" in html
    assert "7th working day" in html


def test_no_deadline_shows_nothing():
    assert Template("{% load ui %}{% clock due %}").render(Context({"due": None})).strip() == ""
