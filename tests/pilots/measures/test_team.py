"""The team talks over what somebody has put up, and learns nothing of anything else."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from pilots.measures.commands.courses import put_up, take_down
from tests.cast import born
from tests.pilots.measures.measuring import begun, scored, working
from tests.pilots.registry.pages import Browser

TEAM = "/measures/team/"


@pytest.fixture
def colleague(cast):
    """Another nurse of the same agency."""
    return cast.member("Kerttu", "Kollega", cast.health)


def curve(cast, *totals, **typed):
    """A course of the nurse's with these scores."""
    course = begun(working(cast, cast.nurse, **typed), cast.nurse, days_ago=20)
    for number, total in enumerate(totals, start=1):
        scored(course, number, total)
    return course


def shown(member):
    """The team's page as this member reads it, without the tokens of its forms."""
    text = Browser(Client(), member).text(TEAM)
    return text[text.index('<main class="') :]


def talk(course):
    return reverse("measures:talk", args=[course.public_id])


def test_what_isnt_put_up_changes_nothing_for_a_colleague(cast, colleague):
    """Byte for byte: neither its being there nor how it goes can be told, at any time."""
    course = curve(cast, "10.0", "20.0", first_name="Ylös")
    put_up(course=course)
    before = shown(colleague)
    other = curve(cast, "30.0", first_name="Kätketty")
    assert shown(colleague) == before
    scored(other, 2, "5.0")
    scored(other, 2, "20.0", code="srs")
    assert shown(colleague) == before
    assert Browser(Client(), colleague).status(talk(other)) == 404


def test_a_colleague_sees_the_curve_and_nobody(cast, colleague):
    course = curve(
        cast, "10.0", "20.0", first_name="Ylös", last_name="Pantu", birth_date=born(17), guardian_allowed=True
    )
    put_up(course=course)
    browser = Browser(Client(), colleague)
    text = browser.text(TEAM) + browser.text(talk(course))
    assert "Course 1 of Niina Hoitaja" in text
    assert "20,0" in text
    for word in ("Ylös", "Pantu", str(course.young_person.public_id)):
        assert word not in text, word
    # In random ids, and in days and times, the digits stand by chance.
    shown = strip_tags(text)
    assert str(course.young_person.birth_date.year) not in shown
    assert not re.search(r"(?<![\d.])17(?![\d.])", shown)


def test_only_the_own_agency_is_the_team(cast, colleague):
    course = curve(cast, "10.0", "20.0")
    put_up(course=course)
    for member in (cast.teacher, cast.coordinator, cast.administrator, cast.stranger):
        browser = Browser(Client(), member)
        assert "Course 1" not in browser.text(TEAM)
        assert browser.status(talk(course)) == 404


def test_taken_down_it_is_gone(cast, colleague):
    course = curve(cast, "10.0")
    put_up(course=course)
    take_down(course=course)
    assert Browser(Client(), colleague).status(talk(course)) == 404
    assert "Course 1" not in shown(colleague)


def test_whoever_must_not_learn_of_the_young_person_sees_no_gap(cast, colleague):
    kept = curve(cast, "10.0", first_name="Muu")
    hidden = curve(cast, "12.0", first_name="Oma")
    put_up(course=hidden)
    put_up(course=kept)
    hidden.young_person.exclusions.create(user=colleague.user, made_by=cast.coordinator)
    text = shown(colleague)
    assert ("Course 1 of" in text, "Course 2 of" in text) == (True, False)
    assert Browser(Client(), colleague).status(talk(hidden)) == 404


def test_the_owner_reads_all_of_their_own_as_numbers(cast):
    curve(cast, "10.0", "20.0", first_name="Parempi")
    curve(cast, "20.0", "10.0", first_name="Huonompi")
    curve(cast, "20.0", "21.0", first_name="Sama")
    curve(cast, "20.0", first_name="Uusi")
    text = shown(cast.nurse)
    cells = [part.split("<")[0] for part in text[text.rindex("<tbody") :].split('--numeric">')[1:]]
    assert cells == ["4", "1", "1", "1", "1", "0"]


def test_it_is_put_up_with_the_young_persons_word_alone(cast):
    course = curve(cast, "10.0")
    browser = Browser(Client(), cast.nurse)
    path = reverse("measures:put_up", args=[course.public_id])
    assert "Tick this to go on" in browser.send(path).content.decode()
    assert browser.send(path, allowed="on")["Location"] == TEAM
