"""Two rows, one young person: a coordinator says same or not the same, and what belonged to each goes where it may."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from config import merging
from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.follow_ups.commands import begin_from_call, take_up
from coordination.follow_ups.models import FollowUp
from coordination.people import access
from coordination.people.commands import exclude, find_or_make, look_for_doubles
from coordination.people.models import Exclusion, Ground, LikelyDouble, YoungPerson
from coordination.people.queries import contact_details, doubles_waiting
from flags.flagging.models import Flag
from flags.matching.commands import sweep
from flags.matching.models import Match
from tests.cast import Cast, born
from tests.flags.flagging.test_identity import hetu_for
from tests.flags.matching.everything import found_in
from tests.flags.matching.test_leaving import say


@pytest.fixture
def cast(db):
    cast = Cast()
    cast.mikkeli.hetu_allowed = True
    cast.mikkeli.save()
    return cast


def pair(cast, **second):
    """Two flags on one young person, spelled differently: (double, kept row, row that goes)."""
    cast.flag(cast.teacher)
    cast.flag(cast.nurse, **{"first_name": "Aina"} | second)
    double = LikelyDouble.objects.get()
    return double, double.first, double.second


def same(cast, double, *, by=None):
    merging.decide(double=double, same=True, by=by or cast.coordinator)
    sweep(older_than_seconds=-1)


def afresh(*rows):
    for row in rows:
        row.refresh_from_db()
    return rows


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
    cast.flag(colleague, hetu=hetu_for(born(18), 901), first_name="Aina")
    same(cast, LikelyDouble.objects.get())
    assert not Match.objects.exists()
    cast.flag(cast.member("Oili", "Opettaja", cast.school), hetu=hetu_for(born(18), 903), first_name="Ainoo")
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
    assert not list(access.drift())


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
    assert not list(access.drift())
    same(cast, waiting.get())
    assert FollowUp.objects.get(state="waiting").asked.filter(left_at=None).count() == 3


# --- What protects goes along ---------------------------------------------------------------------------------------


def test_exclusions_of_both_rows_hold(cast):
    double, kept, gone = pair(cast)
    exclude(young_person=gone, by=cast.coordinator, user=cast.therapist.user)
    exclude(young_person=kept, by=cast.coordinator, agency=cast.association)
    same(cast, double)
    assert Exclusion.objects.filter(young_person=kept, ended_at=None).count() == 2


def test_who_is_excluded_from_one_row_is_not_asked_after_the_join(cast):
    double, kept, gone = pair(cast)
    exclude(young_person=gone, by=cast.coordinator, user=cast.teacher.user)
    same(cast, double)
    assert not Match.objects.exists()
    cast.flag(cast.social_worker)
    assert {adult.membership for adult in FollowUp.objects.get().asked.filter(left_at=None)} == {
        cast.nurse,
        cast.social_worker,
    }


def test_who_took_part_and_is_excluded_by_the_other_row_sees_nothing_more(cast):
    follow_up = cast.match()
    take_up(follow_up=follow_up, by=cast.coordinator)
    say(follow_up, follow_up.asked.get(membership=cast.teacher), "yes", by=cast.coordinator)
    other = cast.flag(cast.social_worker, first_name="Aina").young_person
    exclude(young_person=other, by=cast.coordinator, user=cast.teacher.user)
    same(cast, LikelyDouble.objects.get())
    assert not access.may(cast.teacher, "view_network", follow_up.young_person)
    assert not FollowUp.objects.get().asked.filter(membership=cast.teacher, left_at=None).exists()
    assert not list(access.drift())


@pytest.mark.parametrize("of_gone", [True, False])
def test_non_disclosure_of_either_row_holds(cast, of_gone):
    double, kept, gone = pair(cast)
    row = gone if of_gone else kept
    row.non_disclosure = True
    row.save()
    same(cast, double)
    afresh(kept)
    assert kept.non_disclosure


def test_a_number_of_the_row_that_goes_is_not_shown_by_the_others_permission(cast):
    double, kept, gone = pair(cast)
    kept.contact_shared = True
    kept.save()
    gone.phone, gone.safe_hours = "+358401112223", "after 16"
    gone.save()
    same(cast, double)
    afresh(kept)
    assert contact_details(kept, cast.coordinator, coordinates=True).phone == "+358401112223"
    assert contact_details(kept, cast.teacher, coordinates=False).phone == ""


def test_the_kept_rows_number_stays(cast):
    double, kept, gone = pair(cast)
    kept.phone, gone.phone, gone.safe_hours = "+358401112223", "+358409998887", "any time"
    kept.save()
    gone.save()
    same(cast, double)
    afresh(kept)
    assert (kept.phone, kept.safe_hours) == ("+358401112223", "")


# --- New sight sleeps -----------------------------------------------------------------------------------------------


def two_networks(cast):
    """Two begun follow-ups of one young person: the teacher takes part in one, the youth worker in the other."""
    first = cast.match()
    take_up(follow_up=first, by=cast.coordinator)
    say(first, first.asked.get(membership=cast.teacher), "yes", by=cast.coordinator)
    for by in (cast.youth_worker, cast.social_worker):
        flag = cast.flag(by, first_name="Aina")
    second = FollowUp.objects.get(young_person=flag.young_person)
    take_up(follow_up=second, by=cast.second_coordinator)
    say(second, second.asked.get(membership=cast.youth_worker), "yes", by=cast.second_coordinator)
    return first, second


def test_who_took_part_with_the_row_that_goes_sleeps_until_asked_anew(cast):
    from coordination.follow_ups.queries import network

    first, second = two_networks(cast)
    kept = first.young_person
    same(cast, LikelyDouble.objects.get())
    assert access.may(cast.teacher, "view_network", kept)
    assert not access.may(cast.youth_worker, "view_network", kept)
    shown = {row["name"] for row in network(kept, cast.teacher)}
    assert cast.youth_worker.user.get_full_name() not in shown
    open_one = FollowUp.objects.get(state="taken_up")
    assert open_one == first
    assert open_one.asked.get(membership=cast.youth_worker).takes_part == ""
    assert open_one.asked.get(membership=cast.teacher).takes_part == "yes"
    say(open_one, open_one.asked.get(membership=cast.youth_worker), "yes", by=cast.coordinator)
    assert access.may(cast.youth_worker, "view_network", kept)
    assert not list(access.drift())


def test_of_two_open_follow_ups_one_goes_on(cast):
    first, second = two_networks(cast)
    same(cast, LikelyDouble.objects.get())
    afresh(first, second)
    assert (first.state, second.state, second.outcome) == ("taken_up", "closed", "other")
    assert {adult.membership for adult in first.asked.filter(left_at=None)} == {
        cast.teacher,
        cast.nurse,
        cast.youth_worker,
        cast.social_worker,
    }


def test_those_who_take_part_do_not_learn_of_the_others_past(cast):
    first, second = two_networks(cast)
    kept = first.young_person
    from coordination.activity.queries import timeline

    before = [event.pk for event in timeline(kept, cast.teacher, coordinates=False)]
    same(cast, LikelyDouble.objects.get())
    assert [event.pk for event in timeline(kept, cast.teacher, coordinates=False)] == before
    assert Event.objects.filter(young_person=kept, kind="joined").count() == 2
    assert len(timeline(kept, cast.coordinator, coordinates=True)) > len(before)


def test_an_open_follow_up_of_the_row_that_goes_goes_along_and_asks_everybody_anew(cast):
    older = cast.flag(cast.teacher).young_person
    for by in (cast.youth_worker, cast.social_worker):
        cast.flag(by, first_name="Aina")
    follow_up = FollowUp.objects.get()
    take_up(follow_up=follow_up, by=cast.coordinator)
    say(follow_up, follow_up.asked.get(membership=cast.youth_worker), "yes", by=cast.coordinator)
    same(cast, LikelyDouble.objects.get())
    afresh(follow_up)
    assert (follow_up.young_person, follow_up.state, follow_up.owner) == (older, "taken_up", cast.coordinator)
    assert {adult.takes_part for adult in follow_up.asked.all()} == {""}
    assert follow_up.asked.filter(left_at=None).count() == 3
    assert not access.may(cast.youth_worker, "view_network", older)
    assert access.may(cast.coordinator, "coordinate", older)
    assert not list(access.drift())


def test_a_sheet_opened_before_the_join_can_not_be_saved_over_it(cast):
    first, second = two_networks(cast)
    first.refresh_from_db()
    version = first.version
    same(cast, LikelyDouble.objects.get())
    first.refresh_from_db()
    assert first.version > version


def test_a_call_about_the_old_spelling_joins_the_open_follow_up(cast):
    double, kept, gone = pair(cast)
    same(cast, double)
    joined = begin_from_call(
        first_name="Aina", last_name="Virtanen", birth_date=born(18), phone="", by=cast.second_coordinator
    )
    assert joined == FollowUp.objects.get()
    assert joined.owner == cast.second_coordinator
