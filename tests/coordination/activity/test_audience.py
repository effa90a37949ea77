"""Each event has its audience, and moves the order of exactly those lists whose readers may read it."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from coordination.activity.commands import forget_events, record
from coordination.activity.models import Event
from coordination.activity.queries import timeline
from coordination.people import access

Kind, Audience = Event.Kind, Event.Audience
CHOSEN_IN = uuid4()


@pytest.fixture
def person(cast):
    person = cast.flag(cast.youth_worker).young_person
    Event.objects.all().delete()
    for membership in (cast.teacher, cast.nurse):
        access.give_ground(young_person=person, kind="participation", source=CHOSEN_IN, membership=membership)
    access.give_ground(young_person=person, kind="coordination", source=uuid4(), area=cast.mikkeli)
    return person


def moved(person, **event):
    """Who holds the grounds whose last activity the event moved."""
    before = dict(person.grounds.values_list("pk", "last_activity"))
    record(Kind.NEXT_STEP, young_person_id=person.pk, by=event.pop("by", None), **{"about": CHOSEN_IN} | event)
    return {
        str(ground.membership.user) if ground.membership else "coordinators"
        for ground in person.grounds.select_related("membership__user")
        if ground.last_activity != before[ground.pk]
    }


def test_for_coordinators(cast, person):
    assert moved(person) == {"coordinators"}


def test_for_everyone(cast, person):
    assert moved(person, audience=Audience.EVERYONE) == {"coordinators", "Tiina Opettaja", "Niina Hoitaja"}


def test_for_one(cast, person):
    assert moved(person, to=cast.teacher) == {"Tiina Opettaja"}


def test_an_own_flag_moves_only_ones_own(cast, person):
    assert moved(person, to=cast.youth_worker) == {"Jussi Nuorisotyö"}


def test_an_ended_ground_stays_where_it_was(cast, person):
    ground = person.grounds.get(membership=cast.teacher)
    access.end_grounds(young_person=person, source=ground.source, membership=cast.teacher)
    assert moved(person, audience=Audience.EVERYONE) == {"coordinators", "Niina Hoitaja"}


def test_another_persons_lists_stay(cast, person):
    other = cast.flag(cast.youth_worker, first_name="Eeva").young_person
    ground = access.give_ground(young_person=other, kind="participation", source=uuid4(), membership=cast.teacher)
    before = ground.last_activity
    record(Kind.NEXT_STEP, young_person_id=person.pk, by=None, audience=Audience.EVERYONE, about=CHOSEN_IN)
    ground.refresh_from_db()
    assert ground.last_activity == before


def test_an_event_for_one_names_whom(cast, person):
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(young_person=person, kind=Kind.FLAGGED, audience=Audience.ONE)


def kinds(person, viewer, *, coordinates):
    return [event.kind for event in timeline(person, viewer, coordinates=coordinates)]


@pytest.fixture
def events(cast, person):
    record(Kind.FLAGGED, young_person_id=person.pk, by=cast.youth_worker, to=cast.youth_worker)
    record(Kind.CONTACT_TRIED, young_person_id=person.pk, by=cast.coordinator)
    everyone = Audience.EVERYONE
    record(Kind.JOINED, young_person_id=person.pk, by=cast.coordinator, audience=everyone, about=CHOSEN_IN)


def test_each_reads_their_own(cast, person, events):
    assert kinds(person, cast.teacher, coordinates=False) == ["joined"]
    assert kinds(person, cast.coordinator, coordinates=True) == ["joined", "contact_tried"]
    assert kinds(person, cast.youth_worker, coordinates=False) == ["flagged"]


def test_nobody_reads_of_anothers_flag(cast, person, events):
    for viewer, coordinates in ((cast.teacher, False), (cast.coordinator, True), (cast.second_coordinator, True)):
        assert "flagged" not in kinds(person, viewer, coordinates=coordinates)


def test_who_did_it(cast, person, events):
    assert {event.who for event in timeline(person, cast.teacher, coordinates=False)} == {"Kaisa Etsivä"}


def test_somebody_of_a_sensitive_agency_is_a_professional(cast, person):
    access.give_ground(young_person=person, kind="participation", source=CHOSEN_IN, membership=cast.therapist)
    everyone = Audience.EVERYONE
    record(Kind.NEXT_STEP, young_person_id=person.pk, by=cast.therapist, audience=everyone, about=CHOSEN_IN)
    assert [event.who for event in timeline(person, cast.teacher, coordinates=False)] == ["a professional"]
    assert [event.who for event in timeline(person, cast.coordinator, coordinates=True)] == ["Pia Päihde"]
    assert [event.who for event in timeline(person, cast.therapist, coordinates=False)] == ["Pia Päihde"]


def test_what_was_begun_apart_from_ones_own_part_is_not_read(cast, person):
    assert moved(person, audience=Audience.EVERYONE, about=uuid4()) == {"coordinators"}
    assert kinds(person, cast.teacher, coordinates=False) == []


def test_an_event_nobody_did_has_no_name(cast, person):
    record(Kind.NOT_NEEDED, young_person_id=person.pk, by=None)
    assert timeline(person, cast.coordinator, coordinates=True)[0].who == ""


def test_newest_first_and_no_more_than_asked(cast, person):
    for kind in (Kind.TAKEN_UP, Kind.CONTACT_TRIED, Kind.REACHED):
        record(kind, young_person_id=person.pk, by=cast.coordinator)
    shown = [event.kind for event in timeline(person, cast.coordinator, coordinates=True, limit=2)]
    assert shown == ["reached", "contact_tried"]


@pytest.mark.parametrize("number", [1, 20])
def test_the_same_queries_for_any_number(cast, person, number, django_assert_num_queries):
    for _ in range(number):
        record(Kind.CONTACT_TRIED, young_person_id=person.pk, by=cast.coordinator)
    with django_assert_num_queries(1):
        timeline(person, cast.coordinator, coordinates=True)


def test_what_is_erased_is_forgotten(cast, person):
    about = uuid4()
    record(Kind.FLAGGED, young_person_id=person.pk, by=cast.teacher, to=cast.teacher, about=about)
    record(Kind.TAKEN_UP, young_person_id=person.pk, by=cast.coordinator, about=uuid4())
    forget_events(about=about)
    assert [event.kind for event in Event.objects.all()] == ["taken_up"]
