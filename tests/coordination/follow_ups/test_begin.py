"""Beginning from a call: whoever types a name learns nothing of who was known, and can't go on typing for ever."""

import pytest
from django.urls import reverse

from coordination.agencies.rules import NotNow
from coordination.follow_ups import commands
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.rules import AN_HOUR
from coordination.people.access import coordinators
from coordination.use_log.models import Look
from tests.cast import born

AINO = {"first_name": "aino", "last_name": "virtanen", "birth_date": born(18), "phone": ""}


def posted(client, **typed):
    """What the browser gets for a call about somebody."""
    day = typed.pop("birth_date", born(18))
    date = {"birth_date_day": day.day, "birth_date_month": day.month, "birth_date_year": day.year}
    data = {"first_name": "aino", "last_name": "virtanen"}
    return client.post(reverse("follow_ups:begin"), data | date | typed)


def test_the_name_is_the_callers_own(cast):
    """Another spelling than the caller's would tell that somebody has flagged."""
    cast.flag(cast.teacher, first_name="Áino", last_name="VIRTANEN")
    follow_up = commands.begin_from_call(**AINO, by=cast.coordinator)
    assert follow_up.young_person.name == "aino virtanen"


def test_a_name_that_was_in_use_stays(cast, waiting):
    assert commands.begin_from_call(**AINO, by=cast.coordinator).young_person.name == "Aino Virtanen"


def test_an_excluded_coordinator_is_answered_as_if_nobody_were_known(cast, taken_up, kalle):
    commands.exclude(follow_up=taken_up, by=cast.coordinator, user=cast.second_coordinator.user)
    unknown, known = posted(kalle, first_name="Uusi"), posted(kalle)
    assert unknown.status_code == known.status_code == 302
    opened = FollowUp.objects.get(owner=cast.second_coordinator, young_person__first_name="aino")
    assert opened.young_person != taken_up.young_person
    assert kalle.get(known.url).status_code == 200
    assert kalle.get(taken_up.get_absolute_url()).status_code == 404


def test_each_beginning_leaves_a_look_and_they_are_counted(cast, kaisa):
    for number in range(AN_HOUR):
        assert posted(kaisa, first_name="a" * (number + 1)).status_code == 302
    assert Look.objects.filter(page="follow_ups:begin", purpose="search").count() == AN_HOUR
    refused = posted(kaisa, first_name="Toinen")
    assert refused.status_code == 200
    assert 'value="Toinen"' in refused.content.decode()
    assert FollowUp.objects.count() == AN_HOUR


def test_the_last_coordinators_are_not_excluded(cast, taken_up):
    with pytest.raises(NotNow):
        commands.exclude(follow_up=taken_up, by=cast.coordinator, agency=cast.outreach)
    assert coordinators(taken_up.area, taken_up.young_person) == [cast.coordinator, cast.second_coordinator]
