"""Two rows, one young person: a coordinator says same or not the same, and what belonged to each goes where it may."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from config import merging
from coordination.agencies.rules import NotNow
from coordination.follow_ups.models import FollowUp
from coordination.people import access
from coordination.people.commands import find_or_make
from coordination.people.doubles import look_for_doubles
from coordination.people.drifting import drift
from coordination.people.models import Ground, LikelyDouble, YoungPerson
from coordination.people.queries import doubles_waiting
from flags.flagging.models import Flag
from flags.matching.commands import sweep
from flags.matching.models import Match
from tests.cast import born
from tests.config.joining import afresh, pair, same
from tests.flags.flagging.test_identity import hetu_for
from tests.flags.matching.everything import found_in

# --- Deciding -------------------------------------------------------------------------------------------------------


def test_the_same_person_makes_a_match(cast):
    double, kept, gone = pair(cast)
    assert not Match.objects.exists()
    same(cast, double)
    follow_up = FollowUp.objects.get()
    assert (follow_up.young_person, follow_up.state) == (kept, "waiting")
    assert {adult.membership for adult in follow_up.asked.all()} == {cast.teacher, cast.nurse}
    assert LikelyDouble.objects.get().decided_by == cast.coordinator


def test_not_the_same_person_changes_nobody(cast):
    double, kept, gone = pair(cast)
    merging.decide(double=double, same=False, by=cast.coordinator)
    sweep(older_than_seconds=-1)
    afresh(kept, gone)
    assert gone.joined_to is None
    assert not Match.objects.exists()
    for person in (kept, gone):
        assert not access.may(cast.coordinator, "compare_double", person)
    assert not doubles_waiting(cast.coordinator).exists()


def test_what_was_decided_is_not_asked_again(cast):
    double, kept, gone = pair(cast)
    merging.decide(double=double, same=False, by=cast.coordinator)
    assert look_for_doubles(young_person=kept) == []
    assert not doubles_waiting(cast.coordinator).exists()


@pytest.mark.parametrize("decision", [True, False])
def test_of_two_tabs_the_second_hears_that_it_is_decided(cast, decision):
    double, _kept, _gone = pair(cast)
    same(cast, double)
    with translation.override("en"), pytest.raises(NotNow, match="already been decided"):
        merging.decide(double=double, same=decision, by=cast.second_coordinator)


def test_different_codes_are_never_one_person(cast):
    cast.flag(cast.teacher, hetu=hetu_for(born(18), 901))
    cast.flag(cast.nurse, hetu=hetu_for(born(18), 903), first_name="Aina")
    double = LikelyDouble.objects.get()
    with translation.override("en"), pytest.raises(NotNow, match="different personal identity codes"):
        merging.decide(double=double, same=True, by=cast.coordinator)
    assert LikelyDouble.objects.get().state == "waiting"
    assert YoungPerson.objects.filter(joined_to=None).count() == 2


def test_a_code_goes_along_and_keeps_refusing_another(cast):
    double, kept, gone = pair(cast, hetu=hetu_for(born(18), 901))
    same(cast, double)
    afresh(kept)
    assert kept.hetu == hetu_for(born(18), 901)
    cast.flag(cast.social_worker, hetu=hetu_for(born(18), 903), first_name="Ainoo")
    other = LikelyDouble.objects.get(state="waiting")
    with pytest.raises(NotNow):
        merging.decide(double=other, same=True, by=cast.coordinator)


def test_a_code_nobody_has_confirmed_keeps_refusing_another(cast):
    """Joined without a match: the code was only typed, and still two codes are two people."""
    colleague = cast.member("Olli", "Opettaja", cast.school)
    cast.flag(cast.teacher)
    flag = cast.flag(colleague, hetu=hetu_for(born(18), 901), first_name="Aina")
    look_for_doubles(young_person=flag.young_person)
    same(cast, LikelyDouble.objects.get())
    assert not Match.objects.exists()
    flag = cast.flag(cast.member("Oili", "Opettaja", cast.school), hetu=hetu_for(born(18), 903), first_name="Ainoo")
    look_for_doubles(young_person=flag.young_person)
    with pytest.raises(NotNow):
        merging.decide(double=LikelyDouble.objects.get(state="waiting"), same=True, by=cast.coordinator)


# --- The row that goes ----------------------------------------------------------------------------------------------


def test_the_row_that_goes_names_nobody(cast):
    double, kept, gone = pair(cast, first_name="Ajna", last_name="Virrtanen")
    same(cast, double)
    Flag.objects.all().delete()
    afresh(kept, gone)
    assert (gone.first_name, gone.last_name, gone.name_key, gone.birth_date) == ("", "", "", None)
    assert (gone.hetu, gone.hetu_index, gone.phone, gone.safe_hours, gone.municipality) == (None, None, "", "", None)
    assert gone.joined_to == kept
    assert found_in("virrtanen") == set()


def test_the_use_logs_keys_go_along(cast):
    double, kept, gone = pair(cast)
    keys = {*kept.log_keys, *gone.log_keys}
    same(cast, double)
    afresh(kept, gone)
    assert set(kept.log_keys) == keys
    assert gone.log_keys == []


def test_the_database_refuses_a_pointer_that_names_somebody(cast):
    double, kept, gone = pair(cast)
    gone.joined_to = kept
    with pytest.raises(IntegrityError), transaction.atomic():
        gone.save()


def test_nobody_sees_the_row_that_goes(cast):
    double, kept, gone = pair(cast)
    same(cast, double)
    assert not Ground.objects.filter(young_person=gone, ended_at=None).exists()
    assert not list(drift())


def test_a_later_flag_of_the_old_spelling_finds_the_person(cast):
    double, kept, gone = pair(cast)
    same(cast, double)
    flag = cast.flag(cast.social_worker, first_name="Aina")
    assert flag.young_person == kept
    assert FollowUp.objects.get().asked.count() == 3


def test_a_chain_of_joins_still_finds_the_person(cast):
    double, kept, gone = pair(cast)
    same(cast, double)
    cast.flag(cast.social_worker, first_name="Ainoo")
    same(cast, LikelyDouble.objects.get(state="waiting"))
    for first_name in ("Aina", "Ainoo"):
        pk = find_or_make(first_name=first_name, last_name="Virtanen", birth_date=born(18), area=cast.mikkeli)
        assert YoungPerson.objects.get(pk=pk).joined_to is None
        assert pk == kept.pk


def test_an_own_flag_of_another_spelling_does_not_tell_of_the_join(cast):
    """Only what this flagger typed counts: the same words are refused, other words are not."""
    double, kept, gone = pair(cast)
    same(cast, double)
    with pytest.raises(NotNow):
        cast.flag(cast.teacher)
    assert cast.flag(cast.teacher, first_name="Aina")
    assert FollowUp.objects.get().asked.filter(left_at=None).count() == 2


def test_flags_keep_what_was_typed_and_their_addresses(cast):
    double, kept, gone = pair(cast)
    before = dict(Flag.objects.values_list("public_id", "first_name"))
    same(cast, double)
    assert dict(Flag.objects.values_list("public_id", "first_name")) == before
    assert set(Flag.objects.values_list("young_person", flat=True)) == {kept.pk}


def test_other_doubles_of_the_row_that_goes_are_looked_for_anew(cast):
    double, kept, gone = pair(cast)
    third = cast.flag(cast.social_worker, first_name="Ainoo").young_person
    assert LikelyDouble.objects.count() == 3
    same(cast, double)
    waiting = doubles_waiting(cast.coordinator)
    assert {(row.first, row.second) for row in waiting} == {(kept, third)}
    assert access.may(cast.coordinator, "compare_double", third)
    assert not list(drift())
    same(cast, waiting.get())
    assert FollowUp.objects.get(state="waiting").asked.filter(left_at=None).count() == 3
