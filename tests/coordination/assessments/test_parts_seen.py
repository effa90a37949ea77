"""Who reads whose part, pair by pair: what was chosen, no more and no less."""

from itertools import chain, combinations, product

import pytest
from django.utils import timezone

from coordination.assessments.commands import assessments, parts
from coordination.assessments.models import Participant
from coordination.assessments.queries import disclosure, rooms
from coordination.cards.models import Role
from coordination.people.access import end_grounds
from coordination.people.commands import end_exclusion, exclude
from tests.cast import sign_in
from tests.coordination.assessments.parting import child, heard, heard_child, of, words_for, wrote
from tests.coordination.assessments.rooming import begun, guardian, invited
from tests.coordination.cards.writing import written

pytestmark = pytest.mark.django_db
AUTHORS = ["nurse", "youth_worker", "therapist"]


class Everybody:
    """A room with its worker, three professionals (one of a sensitive agency), the child and two guardians. What the
    last four said is there."""

    def __init__(self, cast):
        self.cast = cast
        self.assessment = begun(cast.social_worker, by=cast.teacher)
        self.members = {name: getattr(cast, name) for name in AUTHORS}
        self.parts = {name: invited(self.assessment, one) for name, one in self.members.items()}
        self.family = {
            "child": child(self.assessment),
            "mother": guardian(self.assessment, "Mari Virtanen"),
            "father": guardian(self.assessment, "Pekka Virtanen"),
        }
        for name, one in self.family.items():
            heard(one, f"sana{name}")
        heard_child(self.assessment, "sanaview", maturity_why="sanamaturity")
        self.heard = {"sanachild", "sanamother", "sanafather", "sanaview", "sanamaturity"}

    def write(self, name, word, readers=(), number=0):
        """A part with the word in its text and in its basis."""
        chosen = [self.parts[one] for one in readers]
        return wrote(self.members[name], self.assessment, word, readers=chosen, number=number, basis_why=f"{word}basis")

    def words(self, name):
        """What this one's pages show."""
        return words_for(self.cast.social_worker if name == "worker" else self.members[name], self.assessment)


def both(*words):
    """A part's text and its basis."""
    return {f"{word}{end}" for word in words for end in ("", "basis")}


@pytest.fixture
def everybody(cast):
    return Everybody(cast)


def choices(author):
    """Every choice of readers that this author has."""
    others = [name for name in AUTHORS if name != author]
    return list(chain.from_iterable(combinations(others, size) for size in range(len(others) + 1)))


@pytest.mark.parametrize("index", [0, 2])
def test_pair_by_pair_for_every_choice_of_readers(everybody, index):
    """Each author's choices in turn, so that every author meets every choice of theirs, and narrows or widens it."""
    for turn in range(2):
        chosen = {}
        for shift, name in enumerate(AUTHORS):
            mine = choices(name)
            chosen[name] = mine[(index + shift + turn) % len(mine)]
            everybody.write(name, f"sana{name}{turn}", chosen[name], number=turn)
        for reader in AUTHORS:
            read = [f"sana{name}{turn}" for name in AUTHORS if reader in chosen[name]]
            own = [f"sana{reader}{number}" for number in range(turn + 1)]
            assert everybody.words(reader) == both(*read, *own), (reader, chosen)
        all_versions = both(*(f"sana{name}{number}" for name in AUTHORS for number in range(turn + 1)))
        assert everybody.words("worker") == all_versions | everybody.heard


def test_of_all_choices_together_each_reader_reads_those_that_name_them(everybody):
    """All 64: what an author chooses neither gives nor takes what another chose."""
    versions = {name: everybody.write(name, f"sana{name}") for name in AUTHORS}
    for together in product(*map(choices, AUTHORS)):
        chosen = dict(zip(AUTHORS, together, strict=True))
        for name, readers in chosen.items():
            versions[name].readers.set([everybody.parts[one] for one in readers])
        for reader in AUTHORS:
            room = rooms.room_for(everybody.members[reader], everybody.assessment.public_id)
            others = [one for one in disclosure.for_participant(room) if one.participant != room.participant]
            read = {version for one in others for version in one.versions}
            assert read == {versions[name] for name in AUTHORS if reader in chosen[name]}, (reader, chosen)


def test_nobody_is_chosen_unless_somebody_is(everybody):
    everybody.write("nurse", "sanaone")
    assert everybody.words("youth_worker") == everybody.words("therapist") == set()


def test_narrowed_it_is_hidden_at_once_with_what_stood_before(everybody):
    everybody.write("nurse", "sanafirst", ["youth_worker", "therapist"])
    everybody.write("nurse", "sanasecond", ["therapist"], number=1)
    assert everybody.words("youth_worker") == set()
    assert everybody.words("therapist") == both("sanasecond")
    assert everybody.words("nurse") == both("sanafirst", "sanasecond")


def test_taken_back_nobody_but_its_author_reads_any_of_it(everybody):
    everybody.write("nurse", "sanafirst", ["youth_worker"])
    everybody.write("nurse", "sanasecond", ["youth_worker"], number=1)
    parts.withdraw_part(assessment=everybody.assessment, by=everybody.members["nurse"])
    assert everybody.words("youth_worker") == set()
    assert everybody.words("worker") == everybody.heard
    assert everybody.words("nurse") == both("sanafirst", "sanasecond")
    everybody.write("nurse", "sanathird", ["therapist"], number=2)
    assert everybody.words("therapist") == both("sanathird")
    assert everybody.words("worker") == both("sanathird") | everybody.heard
    assert everybody.words("youth_worker") == set()


def test_what_was_taken_back_stays_so_when_its_author_has_left(everybody):
    everybody.write("nurse", "sanafirst", ["youth_worker"])
    parts.withdraw_part(assessment=everybody.assessment, by=everybody.members["nurse"])
    ended(everybody, "nurse")
    assert everybody.words("youth_worker") == set()
    assert everybody.words("worker") == everybody.heard


def ended(everybody, name):
    """This professional takes part no more."""
    person, source = everybody.assessment.young_person, everybody.assessment.public_id
    Participant.objects.filter(pk=everybody.parts[name].pk).update(state="ended", ended_at=timezone.now())
    end_grounds(young_person=person, source=source, membership=everybody.members[name])


def test_somebody_excluded_or_ended_reads_nothing_and_what_they_wrote_stays_as_they_chose(everybody):
    everybody.write("nurse", "sananurse", ["youth_worker", "therapist"])
    everybody.write("youth_worker", "sanayouth", ["nurse", "therapist"])
    everybody.write("therapist", "sanatherapist", ["nurse", "youth_worker"])
    exclude(
        young_person=everybody.assessment.young_person,
        user=everybody.members["youth_worker"].user,
        by=everybody.cast.coordinator,
    )
    ended(everybody, "therapist")
    assert everybody.words("youth_worker") == everybody.words("therapist") == set()
    assert everybody.words("nurse") == both("sananurse", "sanayouth", "sanatherapist")
    assert everybody.words("worker") == both("sananurse", "sanayouth", "sanatherapist") | everybody.heard


def test_who_comes_back_reads_nothing_of_what_was_chosen_before(everybody):
    everybody.write("nurse", "sananurse", ["youth_worker"])
    ended(everybody, "youth_worker")
    everybody.parts["youth_worker"] = invited(everybody.assessment, everybody.members["youth_worker"])
    assert everybody.words("youth_worker") == set()


def test_an_exclusion_that_ended_brings_no_sight_back(everybody):
    everybody.write("nurse", "sananurse", ["youth_worker"])
    out, _ = exclude(
        young_person=everybody.assessment.young_person,
        user=everybody.members["youth_worker"].user,
        by=everybody.cast.coordinator,
    )
    end_exclusion(exclusion=out)
    assert everybody.words("youth_worker") == set()


def test_a_former_worker_reads_nothing_and_the_new_one_all(everybody):
    everybody.write("nurse", "sananurse")
    by = everybody.cast.social_worker
    assessments.change_worker(assessment=everybody.assessment, to=everybody.cast.colleague, by=by)
    assert everybody.words("worker") == set()
    assert words_for(everybody.cast.colleague, everybody.assessment) == both("sananurse") | everybody.heard


def test_a_worker_who_takes_part_reads_as_both(everybody):
    """A colleague who took part has become the worker."""
    worker = everybody.members["own"] = everybody.cast.colleague
    everybody.parts["own"] = invited(everybody.assessment, worker)
    assessments.change_worker(assessment=everybody.assessment, to=worker, by=everybody.cast.social_worker)
    everybody.write("own", "sanaown", ["nurse"])
    everybody.write("nurse", "sananurse")
    assert everybody.words("own") == both("sanaown", "sananurse") | everybody.heard
    assert everybody.words("nurse") == both("sanaown", "sananurse")
    parts.withdraw_part(assessment=everybody.assessment, by=worker)
    assert everybody.words("nurse") == both("sananurse")
    assert "sanaown" in everybody.words("own")


def test_of_another_assessment_of_the_same_child_nothing_shows(everybody, cast):
    everybody.write("nurse", "sananurse", ["youth_worker"])
    other = begun(cast.nurse, by=cast.teacher)
    assert other.young_person == everybody.assessment.young_person
    invited(other, cast.therapist)
    assert words_for(cast.therapist, other) == set()
    wrote(cast.therapist, other, "sanaother")
    assert everybody.words("therapist") == everybody.words("worker") - everybody.heard - both("sananurse") == set()


def test_a_sensitive_agency_stays_a_professional_to_those_who_read_it(everybody, client):
    for role in Role:
        written(role=role, phase="contribute")
    everybody.write("therapist", "sanatherapist", ["nurse"])
    everybody.write("nurse", "sananurse", ["therapist"])
    for page in (of(everybody.assessment, "room"), of(everybody.assessment, "read_part", everybody.parts["therapist"])):
        text = sign_in(client, everybody.members["nurse"]).get(page).content.decode()
        assert "sanatherapist" in text
        for secret in ("Päihde", "Pia", everybody.cast.therapist.agency.name):
            assert secret not in text.split("<main")[1]
        version = everybody.parts["therapist"].versions.last()
        assert version.card.role == "substance_mental"
        assert str(version.card.public_id) not in text
