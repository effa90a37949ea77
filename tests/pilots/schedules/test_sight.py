"""Who sees a schedule: its owner, while they work with the young person, and whoever coordinates that young person."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from config import leaving
from coordination.agencies.commands import add_membership
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from coordination.people.models import Exclusion, Ground
from coordination.people.permissions import recompute
from coordination.staffing.commands import end_membership
from coordination.use_log.models import Look
from pilots.schedules.commands import enrolments
from pilots.schedules.models import Enrolment
from pilots.schedules.queries.enrolments import Opened, can_take_over
from pilots.schedules.queries.steps import on_desk
from tests import acts
from tests.cast import sign_in
from tests.pilots.measures.measuring import let_work, working
from tests.pilots.registry.pages import Browser, is_refused
from tests.pilots.schedules.following import begun, done, due, ended

PAGES, OF_STEP = ("schedule", "first_day", "changes", "hand_over", "end"), ("form", "done", "leave_out", "reopen")


def addresses(enrolment):
    found = [reverse(f"schedules:{name}", args=[enrolment.public_id]) for name in PAGES]
    step = due(enrolment).public_id
    return found, [reverse(f"schedules:{name}", args=[enrolment.public_id, step]) for name in OF_STEP]


def statuses(client, member, paths):
    sign_in(client, member)
    return {client.get(path).status_code for path in paths} | {client.post(path).status_code for path in paths}


def told(member, code):
    return Notification.objects.filter(membership=member, code=code)


# --- Who comes in ---------------------------------------------------------------------------------------------------


def test_its_owner_does_all_of_it(client, cast, enrolment):
    paths, of_step = addresses(enrolment)
    assert statuses(client, cast.nurse, paths + of_step) == {200, 302}


def test_whoever_coordinates_reads_it_hands_it_over_and_ends_it(client, cast, enrolment):
    (page, first_day, changes, *both), of_step = addresses(enrolment)
    assert statuses(client, cast.second_coordinator, [page, *both]) == {200}
    assert statuses(client, cast.second_coordinator, [first_day, changes, *of_step]) == {404}
    with pytest.raises(NotNow):
        enrolments.change_first_day(enrolment=enrolment, first_day=today(), by=cast.second_coordinator)


@pytest.mark.parametrize("who", ["teacher", "therapist", "administrator", "stranger", "other_coordinator"])
def test_nobody_else_does_whatever_they_see_of_the_young_person(client, cast, enrolment, who):
    member = getattr(cast, who)
    if who in ("teacher", "therapist"):
        let_work(enrolment.young_person, member)
    paths, of_step = addresses(enrolment)
    assert statuses(client, member, paths + of_step) == {404}
    with pytest.raises(NotNow):
        ended(enrolment, by=member)
    with pytest.raises(NotNow):
        enrolments.hand_over(enrolment=enrolment, to=member, by=member)


def test_the_same_person_in_another_agency_doesnt(client, cast, enrolment):
    other = add_membership(
        user=cast.nurse.user, agency=cast.association, role="professional", started_on=cast.nurse.started_on
    )
    let_work(enrolment.young_person, other)
    paths, of_step = addresses(enrolment)
    assert statuses(client, other, paths + of_step) == {404}


@pytest.mark.parametrize(
    ("kind", "status"),
    [("participation", 200), ("support", 200), ("talk", 404), ("flag", 404), ("inform", 404), ("assessment", 404)],
)
def test_the_ground_decides(client, cast, enrolment, kind, status):
    person = enrolment.young_person
    person.grounds.filter(membership=cast.nurse).delete()
    Ground.objects.create(young_person=person, membership=cast.nurse, kind=kind, source=person.public_id)
    recompute(person)
    sign_in(client, cast.nurse)
    assert client.get(enrolment.get_absolute_url()).status_code == status
    assert client.get(reverse("schedules:begin", args=[person.public_id])).status_code == status
    assert bool(on_desk(cast.nurse)[0]) is (status == 200)


def test_anothers_step_isnt_found_under_ones_own_schedule(nurse, cast, enrolment):
    other = begun(working(cast, cast.nurse, first_name="Toinen"), cast.nurse)
    path = reverse("schedules:done", args=[enrolment.public_id, due(other).public_id])
    assert nurse.status(path) == 404


def test_each_look_is_in_the_use_log(nurse, enrolment):
    before = Look.objects.count()
    for path in (enrolment.get_absolute_url(), reverse("schedules:mine"), "/"):
        nurse.text(path)
    looks = Look.objects.order_by("pk")[before:]
    assert [look.page for look in looks] == ["schedules:schedule", "schedules:mine", "pages:desk"]
    assert all(set(look.person_keys) == set(enrolment.young_person.log_keys) for look in looks)


def test_the_young_persons_page_says_it_to_whom_it_may(client, cast, enrolment):
    path, url = reverse("pages:person", args=[enrolment.young_person.public_id]), enrolment.get_absolute_url()
    assert url in Browser(client, cast.nurse).text(path)
    coordinators = Browser(client, cast.coordinator).text(path)
    assert url in coordinators
    assert "Niina Hoitaja, Kouluterveydenhuolto" in coordinators.split('id="schedules"')[1]
    let_work(enrolment.young_person, cast.teacher)
    teachers = Browser(client, cast.teacher).text(path)
    assert url not in teachers
    assert "Begin a schedule" in teachers


# --- Handing over ---------------------------------------------------------------------------------------------------


def choices(enrolment, member, *, coordinates):
    opened = Opened(enrolment, member, is_owner=not coordinates, coordinates=coordinates)
    return {membership for membership, _name in can_take_over(opened)}


def test_it_is_handed_to_somebody_who_works_with_them(nurse, client, cast, enrolment):
    path = reverse("schedules:hand_over", args=[enrolment.public_id])
    assert is_refused(nurse.send(path, to=str(cast.teacher.public_id)), "Choose one of these")
    assert cast.coordinator in choices(enrolment, cast.nurse, coordinates=False)
    answer = nurse.send(path, to=str(cast.coordinator.public_id))
    assert answer["Location"] == reverse("schedules:mine")
    enrolment.refresh_from_db()
    assert enrolment.owner == cast.coordinator
    assert told(cast.coordinator, "schedule_handed").exists()
    assert nurse.status(enrolment.get_absolute_url()) == 404
    assert [len(on_desk(one)[0]) for one in (cast.nurse, cast.coordinator)] == [0, 1]


def test_that_it_was_handed_over_waits_until_something_is_done_in_it(cast, enrolment):
    enrolments.hand_over(enrolment=enrolment, to=cast.coordinator, by=cast.nurse)
    waits = told(cast.coordinator, "schedule_handed").filter(done_at=None)
    assert waits.exists()
    done(Enrolment.objects.get())
    assert not waits.exists()


def test_it_isnt_handed_to_somebody_who_doesnt_or_who_follows_the_same(cast, enrolment):
    with pytest.raises(NotNow):
        enrolments.hand_over(enrolment=enrolment, to=cast.teacher, by=cast.nurse)
    begun(enrolment.young_person, cast.coordinator)
    with pytest.raises(NotNow):
        enrolments.hand_over(enrolment=enrolment, to=cast.coordinator, by=cast.nurse)


def test_hands_over_names_nobody_whom_the_owner_may_not_know_of(cast, enrolment):
    person = enrolment.young_person
    let_work(person, cast.therapist, source=uuid4())
    assert cast.therapist not in choices(enrolment, cast.nurse, coordinates=False)


def test_whoever_is_only_a_professional_to_the_owner_is_no_choice(cast):
    """Somebody of a sensitive agency, whom the owner's page of the young person shows without a name."""
    follow_up = acts.begun(cast)
    acts.say(follow_up, cast.nurse, cast.teacher, cast.therapist, by=cast.coordinator)
    enrolment = begun(follow_up.young_person, cast.nurse)
    found = choices(enrolment, cast.nurse, coordinates=False)
    assert (cast.teacher in found, cast.therapist in found) == (True, False)


# --- Losing sight ---------------------------------------------------------------------------------------------------


def excluded(cast, person):
    Exclusion.objects.create(young_person=person, user=cast.nurse.user, made_by=cast.coordinator)


def out_of_it(cast, person):
    for ground in person.grounds.filter(membership=cast.nurse):
        ground.ended_at = ground.from_at + timedelta(seconds=1)
        ground.save()
    recompute(person)


def gone(cast, person):
    end_membership(membership=cast.nurse, by=cast.administrator)


@pytest.mark.parametrize("loses", [excluded, out_of_it, gone])
def test_whoever_coordinates_is_told_and_hands_it_on(client, cast, enrolment, loses):
    loses(cast, enrolment.young_person)
    for _time in range(2):
        leaving.sweep()
    enrolment.refresh_from_db()
    assert (enrolment.owner, enrolment.ended_on) == (None, None)
    assert told(cast.coordinator, "schedule_no_owner").count() == 1
    assert on_desk(cast.nurse) == ([], False)
    enrolments.hand_over(enrolment=enrolment, to=cast.coordinator, by=cast.second_coordinator)
    assert Enrolment.objects.get().owner == cast.coordinator
    assert not told(cast.second_coordinator, "schedule_no_owner").filter(done_at=None).exists()


@pytest.mark.parametrize("loses", [excluded, out_of_it, gone])
def test_what_was_opened_before_sight_was_lost_does_nothing_any_more(cast, enrolment, loses):
    loses(cast, enrolment.young_person)
    presses = [lambda: done(enrolment), lambda: ended(enrolment)]
    presses += [lambda: enrolments.hand_over(enrolment=enrolment, to=cast.coordinator, by=cast.nurse)]
    for press in presses:
        with pytest.raises(NotNow, match="not yours"):
            press()


def test_whoever_begins_to_coordinate_later_is_told_too(cast, enrolment):
    excluded(cast, enrolment.young_person)
    leaving.sweep()
    newcomer = cast.member("Uusi", "Koordinaattori", cast.outreach, role="coordinator")
    for _time in range(2):
        leaving.sweep()
    assert [told(one, "schedule_no_owner").count() for one in (newcomer, cast.coordinator)] == [1, 1]


def test_where_nobody_sees_the_young_person_it_ends(cast, enrolment):
    enrolment.young_person.grounds.update(ended_at=timezone.now())
    leaving.sweep()
    enrolment.refresh_from_db()
    assert (enrolment.ending, enrolment.owner) == ("unseen", None)


def test_while_the_owner_works_with_them_nothing_is_taken(cast, enrolment):
    leaving.sweep()
    assert Enrolment.objects.get().owner == cast.nurse
