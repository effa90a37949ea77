"""P21: joining two rows clears nothing that protects the young person, and its new sight sleeps."""

from uuid import uuid4

import pytest

from config.pages.queries import person_page
from coordination.activity.models import Event
from coordination.activity.queries import timeline
from coordination.follow_ups.commands import begin_from_call, take_up
from coordination.follow_ups.models import FollowUp
from coordination.people import access
from coordination.people.commands import exclude
from coordination.people.drifting import drift
from coordination.people.models import Exclusion, LegalGuardian, LikelyDouble
from coordination.people.queries import contact_details
from flags.matching.models import Match
from tests.cast import born
from tests.config.joining import afresh, pair, same
from tests.flags.matching.acts import say

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
    assert not list(drift())


def test_guardians_of_both_rows_go_along(cast):
    double, kept, gone = pair(cast)
    for row, knows in ((gone, "must_not"), (kept, "allowed")):
        LegalGuardian.objects.create(young_person=row, name="Maija", knows=knows, said_by="young_person", token=uuid4())
    same(cast, double)
    assert {one.knows for one in kept.legal_guardians.all()} == {"must_not", "allowed"}


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
    first, second = two_networks(cast)
    kept = first.young_person
    same(cast, LikelyDouble.objects.get())
    assert access.may(cast.teacher, "view_network", kept)
    assert not access.may(cast.youth_worker, "view_network", kept)
    shown = {row["name"] for row in person_page(kept, cast.teacher)["network"]}
    assert cast.youth_worker.user.get_full_name() not in shown
    open_one = FollowUp.objects.get(state="taken_up")
    assert open_one == first
    assert open_one.asked.get(membership=cast.youth_worker).takes_part == ""
    assert open_one.asked.get(membership=cast.teacher).takes_part == "yes"
    say(open_one, open_one.asked.get(membership=cast.youth_worker), "yes", by=cast.coordinator)
    assert access.may(cast.youth_worker, "view_network", kept)
    assert not list(drift())


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
    assert not list(drift())


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
