"""Who is one person: names and birth date as this flagger typed them, in one area, or with one identity code."""

import unicodedata
from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.utils import translation

from coordination.agencies.models import CovenantParty, Municipality
from coordination.agencies.rules import NotNow
from coordination.people.models import LikelyDouble, YoungPerson
from flags.flagging.models import Flag
from flags.matching.models import Match
from tests.cast import born
from tests.flags.matching.acts import withdraw


@pytest.fixture
def cast(cast):
    cast.mikkeli.hetu_allowed = True
    cast.mikkeli.save()
    return cast


def hetu_for(birth_date, number=901):
    """A valid test code of somebody born then (in the 2000s)."""
    digits = f"{birth_date:%d%m%y}{number}"
    return f"{birth_date:%d%m%y}A{number}" + "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(digits) % 31]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Äinö-Kaisa", "Mäkelä O'Brien"),
        ("äinö kaisa", "MÄKELÄ OBRIEN"),
        ("  Äinö   Kaisa ", "Mäkelä  O’Brien"),
        (unicodedata.normalize("NFD", "Äinö-Kaisa"), unicodedata.normalize("NFD", "Mäkelä O'Brien")),
        ("Äinö‐Kaisa", "Mäkelä O'Brien"),
    ],
)
def test_one_person_however_it_is_written(cast, first, last):
    one = cast.flag(cast.teacher, first_name="Äinö-Kaisa", last_name="Mäkelä O'Brien")
    other = cast.flag(cast.nurse, first_name=first, last_name=last)
    assert one.young_person == other.young_person
    assert Match.objects.count() == 1


@pytest.mark.parametrize("typed", [{"last_name": "Virtänen"}, {"first_name": "Aina"}, {"birth_date": born(19)}])
def test_another_name_or_date_is_another_person(cast, typed):
    cast.flag(cast.teacher)
    cast.flag(cast.nurse, **typed)
    assert YoungPerson.objects.count() == 2
    assert not Match.objects.exists()


def test_another_area_is_another_person(cast):
    CovenantParty.objects.create(area=cast.kerava, agency=cast.health, signed_on=date(2026, 1, 1))
    here = cast.flag(cast.teacher)
    there = cast.flag(cast.nurse, municipality=Municipality.objects.get(code="245"))
    assert here.young_person != there.young_person
    assert there.young_person.area == cast.kerava


def test_a_municipality_of_the_own_area_changes_nobody(cast):
    here = cast.flag(cast.teacher)
    also = cast.flag(cast.nurse, municipality=Municipality.objects.get(code="491"))
    assert here.young_person == also.young_person


def test_with_and_without_a_code_are_two_rows_and_a_likely_double(cast):
    without = cast.flag(cast.teacher)
    with_code = cast.flag(cast.nurse, hetu=hetu_for(born(18)))
    assert without.young_person != with_code.young_person
    assert not Match.objects.exists()
    double = LikelyDouble.objects.get()
    assert {double.first, double.second} == {without.young_person, with_code.young_person}


def test_one_code_name_and_date_are_one_person(cast):
    flags = [cast.flag(by, hetu=hetu_for(born(18))) for by in (cast.teacher, cast.nurse)]
    assert flags[0].young_person == flags[1].young_person
    person = YoungPerson.objects.get()
    assert person.hetu == hetu_for(born(18))


def test_one_code_with_another_name_is_for_a_human(cast):
    cast.flag(cast.teacher, hetu=hetu_for(born(18)))
    cast.flag(cast.nurse, hetu=hetu_for(born(18)), first_name="Somebody", last_name="Else")
    assert YoungPerson.objects.count() == 2
    assert not Match.objects.exists()
    assert LikelyDouble.objects.get().score == 100


def test_before_a_match_a_code_stays_on_its_flag(cast):
    flag = cast.flag(cast.teacher, hetu=hetu_for(born(18)))
    assert flag.hetu == hetu_for(born(18))
    assert flag.young_person.hetu is None


def test_what_was_typed_of_the_telephone_stays_on_the_flag(cast):
    flag = cast.flag(cast.teacher, phone="+358401112223")
    assert YoungPerson.objects.get().phone == ""
    assert Flag.objects.get().phone == "+358401112223"
    cast.flag(cast.nurse, phone="+358401112224")
    flag.refresh_from_db()
    assert flag.phone == "+358401112223"


def test_the_same_page_sent_twice_is_one_flag(cast):
    token = uuid4()
    first = cast.flag(cast.teacher, token=token)
    assert cast.flag(cast.teacher, token=token, first_name="Eeva") == first
    assert Flag.objects.count() == YoungPerson.objects.count() == 1


def test_a_page_sent_again_after_its_flag_was_withdrawn_flags_nobody(cast):
    token = uuid4()
    flag = cast.flag(cast.teacher, token=token)
    withdraw(flag)
    with translation.override("en"), pytest.raises(NotNow, match="This form has been sent already"):
        cast.flag(cast.teacher, token=token)
    assert not YoungPerson.objects.exists()


def test_anothers_token_gives_nobody_anothers_flag(cast):
    """A browser shared by two people may send an old page again under another name: never another's flag."""
    token = uuid4()
    theirs = cast.flag(cast.teacher, token=token)
    try:
        own = cast.flag(cast.nurse, token=token)
    except IntegrityError:
        pytest.fail("the page would answer 500")
    assert own != theirs
    assert own.user == cast.nurse.user
