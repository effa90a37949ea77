"""What makes a form whole, what is asked of whom, and what an answer says."""

import pytest

from coordination.agencies.rules import NotNow
from pilots.questionnaires import rules
from pilots.questionnaires.commands import versions
from pilots.questionnaires.models import Question
from tests.pilots.questionnaires import filling

pytestmark = pytest.mark.django_db
QUESTIONS = filling.QUESTIONS


def refused(draft):
    with pytest.raises(NotNow) as refusal:
        rules.check_complete(draft)
    return refusal.value.sentence


def with_question(cast, *row):
    return filling.draft(cast.coordinator, questions=[*QUESTIONS, row])


def test_a_date_is_filled_in_from_a_day_alone(cast):
    assert "filled in" in refused(with_question(cast, 0, "date", "Päivä", "", {"prefill": "name"}))


def test_it_is_whole(cast):
    rules.check_complete(filling.draft(cast.coordinator))


@pytest.mark.parametrize("name", ["name_sv", "purpose_en"])
def test_it_says_everything_in_three_languages(cast, name):
    draft = filling.draft(cast.coordinator)
    setattr(draft, name, " ")
    assert "three languages" in refused(draft)


def test_a_question_is_in_three_languages_too(cast):
    draft = filling.draft(cast.coordinator)
    Question.objects.filter(version=draft, label_fi="Nimi").update(label_sv="")
    assert "three languages" in refused(draft)


@pytest.mark.parametrize(
    "row",
    [
        (0, "one", "Yksi vaihtoehto", "Vain tämä", {}),
        (0, "short", "Teksti", "Ei\nnäitä", {}),
        (0, "several", "Ei mitään", "", {}),
    ],
)
def test_a_choice_has_two_options_and_nothing_else_any(cast, row):
    assert "two options" in refused(with_question(cast, *row))


def test_a_choice_has_as_many_options_in_each_language(cast):
    draft = filling.draft(cast.coordinator)
    Question.objects.filter(version=draft, label_fi="Kuinka usein").update(options_en="Daily\nWeekly\nNever")
    assert "two options" in refused(draft)


def test_only_a_short_text_or_a_date_is_filled_in(cast):
    assert "filled in" in refused(with_question(cast, 0, "long", "Pitkä", "", {"prefill": "name"}))


@pytest.mark.parametrize(("asked", "answer"), [("Nimi", 1), ("Lääkitys", 3), ("Lääkitys", 0), ("Kuinka usein", 1)])
def test_only_if_needs_an_earlier_choice_of_the_section(cast, asked, answer):
    more = {"show_if": asked, "show_if_answer": answer}
    assert "only if" in refused(with_question(cast, 0, "short", "Jos", "", more))


def test_a_later_question_does_not_decide_of_an_earlier_one(cast):
    draft = filling.draft(cast.coordinator)
    Question.objects.filter(version=draft, label_fi="Lääkitys").update(order=99)
    assert "only if" in refused(draft)


def test_one_section_is_one_partys(cast):
    draft = filling.draft(cast.coordinator)
    Question.objects.filter(version=draft, label_fi="Mitä toivot").update(section=1)
    assert "Section 1" in refused(draft)


def test_each_party_has_something_to_answer(cast):
    rows = [row for row in QUESTIONS if row[0] != 3]
    assert "section of their own" in refused(filling.draft(cast.coordinator, questions=rows))


def test_it_is_approved_once_by_somebody_else(cast):
    draft = filling.draft(cast.coordinator)
    with pytest.raises(NotNow, match="who approved it"):
        versions.approve(version=draft, by=cast.administrator)
    filling.decided(draft)
    with pytest.raises(NotNow, match="Somebody else"):
        versions.approve(version=draft, by=cast.coordinator)
    assert versions.approve(version=draft, by=cast.administrator).approved_by == cast.administrator
    with pytest.raises(NotNow, match="not changed"):
        versions.approve(version=draft, by=cast.administrator)
    with pytest.raises(NotNow, match="not changed"):
        versions.edit(version=draft, by=cast.coordinator)


def test_another_area_approves_nothing(cast):
    draft = filling.decided(filling.draft(cast.coordinator))
    with pytest.raises(type(draft).DoesNotExist):
        versions.approve(version=draft, by=cast.other_coordinator)


def test_the_next_version_asks_the_same(cast):
    first = filling.approved(cast.coordinator, cast.administrator)
    second = versions.begin_version(questionnaire=first.questionnaire, by=cast.coordinator)
    assert (second.number, second.approved_at) == (2, None)
    assert versions.begin_version(questionnaire=first.questionnaire, by=cast.coordinator) == second
    rules.check_complete(second)
    before, after = (
        [(one.label_fi, one.party.name_fi, one.show_if and one.show_if.label_fi) for one in version.questions.all()]
        for version in (first, second)
    )
    assert after == before
    assert not set(first.questions.values_list("pk", flat=True)) & set(second.questions.values_list("pk", flat=True))


def test_what_hangs_on_another_answer(cast):
    version = filling.draft(cast.coordinator)
    which = version.questions.select_related("show_if").get(label_fi="Mikä lääkitys")
    key = str(which.show_if_id)
    assert rules.is_asked(which, {key: "1"})
    assert not rules.is_asked(which, {key: "2"})
    assert not rules.is_asked(which, {})


@pytest.mark.parametrize(
    ("label", "answer", "words"),
    [
        ("Lääkitys", "1", "Yes"),
        ("Lääkitys", "2", "No"),
        ("Kuinka usein", "2", "Viikoittain"),
        ("Mistä kerrotaan", ["1", "3"], "Vointi, Koulu"),
        ("Tapaaminen", "2026-11-05", "5.11.2026"),
        ("Monesko jakso", "2", "2"),
        ("Nimi", "", ""),
    ],
)
def test_an_answer_in_words(cast, label, answer, words):
    question = filling.draft(cast.coordinator).questions.get(label_fi=label)
    assert rules.in_words(question, answer) == words


@pytest.mark.parametrize(
    ("receiver", "hidden"),
    [
        ("guardian", {"guardian", "young_person"}),
        ("young_person", {"guardian"}),
        ("elsewhere", set()),
        ("professional", set()),
    ],
)
def test_what_the_family_said_is_not_for_everybody(receiver, hidden):
    assert {kind for kind in rules.PartyKind if not rules.reads(receiver, kind)} == hidden
