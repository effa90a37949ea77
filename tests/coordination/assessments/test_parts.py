"""Writing one's own part, taking it back, and what is kept and told of it."""

from itertools import pairwise

import pytest

from coordination.agencies.models import Agency
from coordination.agencies.rules import NotNow
from coordination.assessments import rules
from coordination.assessments.commands import parts
from coordination.assessments.models import Participant, PartVersion, Section
from coordination.people.commands import exclude
from coordination.use_log.models import Look
from tests.coordination.assessments.parting import texts, wrote
from tests.coordination.assessments.reporting import waits
from tests.coordination.assessments.rooming import begun, guardian, invited, sign
from tests.coordination.cards.writing import written

pytestmark = pytest.mark.django_db


# --- What is written ------------------------------------------------------------------------------------------------


def test_social_welfare_writes_of_all_and_every_kind_of_something_but_nobody_anothers_words():
    for kind in Agency.Kind:
        sections = rules.sections_of(Agency(kind=kind))
        assert {Section.RISKS, Section.PROTECTIVE, Section.STRENGTHS} < set(sections), kind
        assert Section.OWN_WORDS not in sections
        order = list(Section)
        assert all(order.index(one) < order.index(other) for one, other in pairwise(sections))
        assert (len(sections) == len(Section) - 1) == (kind in ("social", "child_welfare")), kind
    assert Section.HEALTH not in rules.sections_of(Agency(kind="school"))
    assert Section.SCHOOL not in rules.sections_of(Agency(kind="mental_health"))
    assert rules.sections_of(Agency(kind="police")) == rules.sections_of(Agency(kind="association"))


def test_a_part_says_what_ones_work_concerns_on_a_basis(cast, room, nurse):
    for wrong in (
        {"content": {}},
        {"content": {Section.RISKS: "  "}},
        {"content": {Section.SCHOOL: "Poissaoloja"}},
        {"content": {Section.OWN_WORDS: "x"}},
        {"basis": "own"},
        {"basis": ""},
        {"basis": "duty"},
        {"basis": "allowed", "basis_why": ""},
    ):
        with pytest.raises(NotNow):
            wrote(cast.nurse, room, "x", **wrong)
    assert not PartVersion.objects.exists()
    version = wrote(cast.nurse, room, "Uni", basis="allowed", basis_why="SHL 41 §")
    nurse.refresh_from_db()
    assert (version.number, version.written_by, nurse.state) == (1, cast.nurse, "contributed")
    assert nurse.answered_at


def test_once_it_is_written_nothing_waits_any_more(cast, room, nurse, youth_worker):
    """Else their mail would go on to say that something does."""
    wrote(cast.nurse, room, "Uni")
    assert (waits(cast.nurse, "part_asked"), waits(cast.youth_worker, "part_asked")) == (0, 1)


def test_the_card_in_use_is_kept_with_what_was_written_by_it(cast, room, nurse, youth_worker):
    first = written(role="health_care", phase="contribute")
    assert wrote(cast.nurse, room, "Uni").card == first
    second = written(role="health_care", phase="contribute")
    assert wrote(cast.nurse, room, "Uni ja ruoka", number=1).card == second
    assert nurse.versions.first().card == first
    assert wrote(cast.youth_worker, room, "Kaverit").card is None


def test_nothing_is_overwritten_and_the_same_twice_is_once(cast, room, nurse, youth_worker):
    wrote(cast.nurse, room, "Yksi", readers=[youth_worker])
    again = wrote(cast.nurse, room, "Yksi", readers=[youth_worker])
    assert again.number == nurse.versions.count() == 1
    with pytest.raises(NotNow):
        wrote(cast.nurse, room, "Kaksi")
    wrote(cast.nurse, room, "Yksi", number=1)
    assert [one.readers.count() for one in nurse.versions.all()] == [1, 0]
    wrote(cast.nurse, room, "Kaksi", number=2)
    assert texts(nurse) == [{"risks": "Yksi"}, {"risks": "Yksi"}, {"risks": "Kaksi"}]


def test_nothing_changes_once_it_is_signed(cast, room, nurse):
    wrote(cast.nurse, room, "Yksi")
    sign(room)
    with pytest.raises(NotNow):
        wrote(cast.nurse, room, "Kaksi", number=1)
    with pytest.raises(NotNow):
        parts.withdraw_part(assessment=room, by=cast.nurse)
    assert nurse.versions.get().withdrawn_at is None


def test_only_whoever_takes_part_writes(cast, room):
    for member in (cast.social_worker, cast.nurse, cast.colleague, cast.coordinator):
        with pytest.raises(NotNow):
            wrote(member, room, "x")


def test_readers_are_others_who_take_part_in_this_assessment_now(cast, room, nurse, youth_worker):
    gone, kept_away = invited(room, cast.teacher), invited(room, cast.therapist)
    Participant.objects.filter(pk=gone.pk).update(state="ended", ended_at=room.began_at)
    exclude(young_person=room.young_person, user=cast.therapist.user, by=cast.coordinator)
    elsewhere = invited(begun(cast.colleague, by=cast.teacher, first_name="Eino"), cast.teacher)
    for one in (nurse, gone, kept_away, elsewhere, guardian(room)):
        with pytest.raises(NotNow):
            wrote(cast.nurse, room, "x", readers=[one])
    assert wrote(cast.nurse, room, "x", readers=[youth_worker]).readers.get() == youth_worker


def test_a_part_can_be_written_anew_after_it_was_taken_back(cast, room, nurse):
    wrote(cast.nurse, room, "Yksi")
    parts.withdraw_part(assessment=room, by=cast.nurse)
    nurse.refresh_from_db()
    assert nurse.state == "withdrawn"
    with pytest.raises(NotNow):
        parts.withdraw_part(assessment=room, by=cast.nurse)
    version = wrote(cast.nurse, room, "Yksi", number=1)
    nurse.refresh_from_db()
    assert (version.number, version.withdrawn_at, nurse.state) == (2, None, "contributed")
    assert nurse.versions.first().withdrawn_at


# --- What is told and logged ----------------------------------------------------------------------------------------


def test_the_worker_hears_of_each_version_and_readers_once(cast, room, nurse, youth_worker):
    therapist = invited(room, cast.therapist)
    wrote(cast.nurse, room, "Yksi", readers=[youth_worker])
    wrote(cast.nurse, room, "Yksi", readers=[youth_worker])
    assert (waits(cast.social_worker, "part_written"), waits(cast.youth_worker, "part_shared")) == (1, 1)
    wrote(cast.nurse, room, "Kaksi", readers=[youth_worker, therapist], number=1)
    assert (waits(cast.social_worker, "part_written"), waits(cast.youth_worker, "part_shared")) == (2, 1)
    assert (waits(cast.therapist, "part_shared"), waits(cast.nurse, "part_written")) == (1, 0)


def test_what_goes_to_another_agency_stands_in_the_disclosure_log(cast, room, nurse, youth_worker):
    def passed():
        found = Look.objects.filter(purpose="disclosure", passed_on=["part"]).order_by("pk")
        return [(one.user_id, one.passed_to_agency, one.person_keys) for one in found]

    colleague = invited(room, cast.colleague)
    wrote(cast.nurse, room, "Yksi")
    wrote(cast.nurse, room, "Kaksi", readers=[youth_worker, colleague], number=1)
    wrote(cast.nurse, room, "Kolme", readers=[youth_worker], number=2)
    wrote(cast.colleague, room, "Sama virasto")
    by, keys = cast.nurse.user_id, [room.log_key]
    assert sorted(passed()) == sorted(
        [(by, cast.social.pk, keys), (by, cast.association.pk, keys), (by, cast.social.pk, keys)]
    )
