"""Naming one adult: the young person's yes, the professional's, and never two adults."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from coordination.activity.models import Event
from coordination.agencies.models import Training
from coordination.agencies.rules import NotNow
from coordination.follow_ups.commands import close_follow_up
from coordination.outbox.models import Notification
from coordination.people import access
from coordination.people.commands import exclude
from coordination.people.drifting import drift
from coordination.people.models import Ground
from coordination.people.refusing import refuse
from coordination.support.commands import naming as commands
from coordination.support.commands.sight import keep_all_in_sight
from coordination.support.models import PracticesAcceptance, Support
from coordination.use_log.models import Look
from tests.acts import begun, say
from tests.coordination.support.namings import accepted, ask, named, text_of
from tests.coordination.support.working import supported


@pytest.fixture
def follow_up(cast):
    return begun(cast)


@pytest.fixture
def person(follow_up):
    return follow_up.young_person


def told(member, code):
    return Notification.objects.filter(membership=member, code=code).count()


def kinds(person):
    return [*Event.objects.filter(young_person=person).order_by("pk").values_list("kind", flat=True)]


def test_who_is_asked_may_answer_and_see_nothing_else(cast, person):
    support = named(person, cast.nurse, by=cast.coordinator)
    assert (support.state, support.area, support.named_by) == ("asked", cast.mikkeli, cast.coordinator)
    assert access.may(cast.nurse, "answer_naming", person)
    assert not access.may(cast.nurse, "view_network", person)
    assert not access.may(cast.nurse, "support", person)
    assert told(cast.nurse, "adult_is_asked") == 1
    assert kinds(person)[-1] == "adult_asked"


def test_a_yes_begins_at_once_and_is_told(cast, person):
    support = commands.accept(support=named(person, cast.nurse, by=cast.coordinator), by=cast.nurse)
    assert (support.state, support.heard_on) == ("active", timezone.localdate())
    assert support.job_description == text_of("job")
    assert support.began_at
    assert access.may(cast.nurse, "support", person)
    assert not access.may(cast.nurse, "answer_naming", person)
    assert told(cast.coordinator, "adult_answered") == 1
    assert not Notification.objects.waiting().filter(code="adult_is_asked").exists()
    began = Event.objects.get(kind="adult_began")
    assert (began.audience, began.about, began.data) == ("everyone", support.public_id, {})
    assert not list(drift())


def test_a_successor_is_ready_and_sees_nothing_until_the_handover(cast, person):
    first = supported(cast, adult=cast.nurse, young_person=person)
    asked = named(person, cast.teacher, by=cast.coordinator, predecessor=first)
    support = commands.accept(support=asked, by=cast.teacher)
    assert (support.state, support.began_at, support.predecessor) == ("ready", None, first)
    assert not access.may(cast.teacher, "support", person)
    assert not access.may(cast.teacher, "answer_naming", person)
    assert access.may(cast.nurse, "support", person)


def test_whoever_accepts_after_the_former_adult_has_gone_begins_at_once(cast, person):
    first = supported(cast, adult=cast.nurse, young_person=person)
    asked = named(person, cast.teacher, by=cast.coordinator, predecessor=first)
    Support.objects.filter(pk=first.pk).update(state="ended", ended_at=timezone.now(), end_reason="adult_left")
    assert commands.accept(support=asked, by=cast.teacher).state == "active"


def test_a_no_ends_sight_at_once_and_the_coordinator_chooses_anew(cast, person):
    support = commands.decline(support=named(person, cast.nurse, by=cast.coordinator), by=cast.nurse)
    assert (support.state, support.job_description) == ("declined", None)
    assert not access.may(cast.nurse, "answer_naming", person)
    waiting = Notification.objects.waiting().filter(membership=cast.coordinator, code="adult_said_no")
    assert waiting.get().link == f"/support/name/{person.public_id}/"
    named(person, cast.teacher, by=cast.coordinator)
    assert not waiting.exists()


@pytest.mark.parametrize("answered", [False, True])
def test_taking_back_ends_it_before_it_began(cast, person, answered):
    first = supported(cast, adult=cast.nurse, young_person=person)
    support = named(person, cast.teacher, by=cast.coordinator, predecessor=first)
    if answered:
        commands.accept(support=support, by=cast.teacher)
    assert commands.take_back(support=support, by=cast.second_coordinator).state == "withdrawn"
    assert not access.may(cast.teacher, "answer_naming", person)
    assert Notification.objects.get(membership=cast.teacher, code="naming_taken_back").link == "/"
    assert not Notification.objects.waiting().filter(membership=cast.teacher, code="adult_is_asked").exists()
    with pytest.raises(NotNow):
        commands.take_back(support=support, by=cast.coordinator)


def test_who_must_not_learn_any_more_is_not_told_that_it_was_taken_back(cast, person):
    support = named(person, cast.teacher, by=cast.coordinator)
    exclude(young_person=person, by=cast.coordinator, user=cast.teacher.user)
    commands.take_back(support=support, by=cast.coordinator)
    assert told(cast.teacher, "naming_taken_back") == 0


@pytest.mark.parametrize("second", ["accept", "decline", "take_back"])
def test_what_was_answered_is_not_answered_again(cast, person, second):
    support = named(person, cast.nurse, by=cast.coordinator)
    commands.decline(support=support, by=cast.nurse)
    with pytest.raises(NotNow):
        getattr(commands, second)(support=support, by=cast.nurse)


def test_one_is_asked_at_a_time_and_the_same_form_twice_asks_once(cast, person):
    token = uuid4()
    support = named(person, cast.nurse, by=cast.coordinator, token=token)
    assert named(person, cast.nurse, by=cast.coordinator, token=token) == support
    with pytest.raises(NotNow, match="Somebody has already been asked"):
        named(person, cast.teacher, by=cast.coordinator)
    commands.accept(support=support, by=cast.nurse)
    with pytest.raises(NotNow, match="already has one adult"):
        named(person, cast.teacher, by=cast.coordinator)
    with pytest.raises(NotNow, match="already"):
        named(person, cast.nurse, by=cast.coordinator, predecessor=support)


def test_a_token_of_another_young_persons_naming_gives_nothing_away(cast, person):
    token = uuid4()
    named(person, cast.nurse, by=cast.coordinator, token=token)
    eero = begun(cast, first_name="Eero").young_person
    with pytest.raises(NotNow):
        named(eero, cast.teacher, by=cast.coordinator, token=token)
    assert not Support.objects.filter(young_person=eero).exists()


def test_only_with_the_adult_there_is_a_handover(cast, person):
    first = supported(cast, adult=cast.nurse, young_person=person)
    Support.objects.filter(pk=first.pk).update(state="ended", ended_at=timezone.now(), end_reason="other")
    with pytest.raises(NotNow, match="has ended"):
        named(person, cast.teacher, by=cast.coordinator, predecessor=first)


def test_the_young_person_agrees_first(cast, person):
    with pytest.raises(NotNow):
        named(person, cast.nurse, by=cast.coordinator, agreed_on=timezone.localdate() + timedelta(days=1))


def ended(cast, member):
    member.ended_on = timezone.localdate()
    member.save()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            lambda cast, person: exclude(young_person=person, by=cast.coordinator, user=cast.nurse.user),
            "must not learn",
        ),
        (
            lambda cast, person: exclude(young_person=person, by=cast.coordinator, agency=cast.health),
            "must not learn",
        ),
        (
            lambda cast, person: refuse(
                young_person=person, membership=cast.nurse, said_by="young_person", by=cast.coordinator
            ),
            "forbidden",
        ),
        (lambda cast, person: ended(cast, cast.nurse), "no longer works"),
        (lambda cast, person: Training.objects.filter(user=cast.nurse.user).delete(), "training"),
        (lambda cast, person: PracticesAcceptance.objects.all().delete(), "shared practices"),
    ],
)
def test_who_cannot_be_asked_is_not_and_the_reason_is_said(cast, person, make, sentence):
    accepted(cast.health)
    make(cast, person)
    with pytest.raises(NotNow, match=sentence):
        ask(person, cast.nurse, by=cast.coordinator)
    assert not Support.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_nobody_of_another_area_and_no_administrator_is_asked(cast, person, who):
    with pytest.raises(NotNow):
        named(person, getattr(cast, who), by=cast.coordinator)


def test_an_agency_accepts_once_whatever_version_follows(cast, person):
    accepted(cast.health)
    text_of("practices", number=2, since=timezone.localdate())
    assert named(person, cast.nurse, by=cast.coordinator).state == "asked"


def test_what_another_area_accepted_counts_for_nothing(cast, person):
    foreign = text_of("practices", area=cast.kerava)
    text_of("job")
    PracticesAcceptance.objects.create(agency=cast.health, text=foreign)
    with pytest.raises(NotNow, match="shared practices"):
        ask(person, cast.nurse, by=cast.coordinator)


def test_a_yes_is_to_the_text_that_was_read(cast, person):
    support = named(person, cast.nurse, by=cast.coordinator)
    newer = text_of("job", area=cast.mikkeli, since=timezone.localdate())
    with pytest.raises(NotNow, match="new version"):
        commands.accept(support=support, by=cast.nurse, read=text_of("job").pk)
    assert commands.accept(support=support, by=cast.nurse, read=newer.pk).job_description == newer


def test_who_leaves_their_work_while_asked_has_said_no(cast, person):
    support = named(person, cast.nurse, by=cast.coordinator)
    ended(cast, cast.nurse)
    assert commands.leave_namings(leaver=cast.nurse) == 1
    support.refresh_from_db()
    assert support.state == "declined"
    assert told(cast.coordinator, "adult_said_no") == 1
    assert commands.leave_namings(leaver=cast.nurse) == 0


def test_the_coordinators_see_on_after_the_follow_up_was_closed(cast, follow_up, person):
    say(follow_up, cast.nurse, by=cast.coordinator)
    support = named(person, cast.nurse, by=cast.coordinator, source=follow_up.public_id)
    commands.accept(support=support, by=cast.nurse)
    close_follow_up(follow_up=follow_up, by=cast.coordinator, outcome="one_adult", version=follow_up.version)
    keep_all_in_sight()
    grounds = person.grounds.open().filter(kind=Ground.Kind.COORDINATION)
    assert [ground.until for ground in grounds] == [None]


def test_naming_after_closing_keeps_the_sight(cast, follow_up, person):
    close_follow_up(follow_up=follow_up, by=cast.coordinator, outcome="one_adult", version=follow_up.version)
    support = named(person, cast.nurse, by=cast.coordinator)
    assert person.grounds.open().get(kind=Ground.Kind.COORDINATION).until is None
    commands.decline(support=support, by=cast.nurse)
    assert person.grounds.open().get(kind=Ground.Kind.COORDINATION).until is not None
    assert access.may(cast.coordinator, "coordinate", person)


def test_what_is_passed_on_is_in_the_log(cast, person):
    commands.accept(support=named(person, cast.nurse, by=cast.coordinator), by=cast.nurse)
    passed = Look.objects.filter(purpose="disclosure").order_by("pk").values_list("passed_to", "passed_on", "user_id")
    health, coordinator = cast.health.name_fi, cast.coordinator.user_id
    assert [(to, [*what], who) for to, what, who in passed] == [
        (health, ["identity"], coordinator),
        (health, ["identity", "network"], coordinator),
    ]
