"""The templates that come with the portal are whole, in three languages, and loaded once."""

import pytest

from pilots.questionnaires import reference, rules
from pilots.questionnaires.models import Question, QuestionnaireParty, QuestionnaireVersion
from tests.pilots.questionnaires.filling import load_templates

pytestmark = pytest.mark.django_db
ESITIETO, MAPPING = "esitieto-laitos-osasto", "paihdekartoitus-alaikainen"


@pytest.fixture
def loaded(db):
    return load_templates()


def version(code):
    return QuestionnaireVersion.objects.get(questionnaire__code=code)


def test_a_second_run_writes_nothing(loaded):
    assert loaded == 6
    assert reference.load() == 0
    assert QuestionnaireVersion.objects.count() == 6


def test_what_changed_is_a_new_version(loaded, monkeypatch):
    said = reference.written()
    said[ESITIETO]["fields"][1]["label"]["fi"] = "Koko nimi"
    monkeypatch.setattr(reference, "written", lambda: said)
    assert reference.load() == 1
    assert QuestionnaireVersion.objects.filter(questionnaire__code=ESITIETO).count() == 2


def test_each_is_whole_and_belongs_to_its_pilot(loaded):
    for one in QuestionnaireVersion.objects.select_related("questionnaire__pilot"):
        rules.check_complete(one)
        assert one.questionnaire.pilot.code in {
            "laitos-ja-osasto",
            "sijoitettu-lapsi-varhaiskasvatuksessa",
            "terveystarkastukset-turku-salo",
            "alaikaisten-paihdekartoitus",
        }


def test_own_nurse_and_own_instructor_are_a_named_pair(loaded):
    pair = QuestionnaireParty.objects.filter(version=version(ESITIETO), in_pair=True)
    assert {party.name_fi for party in pair} == {"Omaohjaaja", "Omahoitaja"}


def test_the_mapping_has_four_levels_of_concern(loaded):
    levels = Question.objects.filter(version=version(MAPPING), kind="one", party__kind="professional")
    assert len(levels) == 7
    assert {tuple(one.options) for one in levels} == {("No worry", "Small worry", "Growing worry", "Great worry")}


def test_nobody_of_the_family_must_answer(loaded):
    family = ["young_person", "guardian"]
    assert not Question.objects.filter(party__kind__in=family, required=True).exists()
