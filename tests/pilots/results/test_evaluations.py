"""An evaluation is written in one language or more, finished once, and read by everybody as it was."""

from datetime import date

import pytest

from coordination.agencies.rules import NotNow
from pilots.results.commands.evaluations import finish, save_draft, throw_away
from pilots.results.models import Evaluation, EvaluationText
from pilots.results.queries.evaluations import draft_of, finished_of
from tests.pilots.results.following import FACTS, WORDS, drafted, finished, indicator, now, typed

EMPTY = dict.fromkeys(WORDS, "")


def test_a_draft_has_a_text_in_each_language(cast, pilot):
    drafted(pilot, cast.coordinator)
    drafted(pilot, cast.administrator, language="sv", words=EMPTY | {"did": "Vi provade."})
    draft = Evaluation.objects.get()
    assert (draft.number, draft.finished_at) == (2, None)
    assert {text.language: text.did for text in draft.texts.all()} == {"fi": WORDS["did"], "sv": "Vi provade."}
    drafted(pilot, cast.coordinator, language="sv", words=EMPTY)
    assert [text.language for text in draft.texts.all()] == ["fi"]


def test_the_same_again_is_no_change_and_of_two_tabs_the_second_is_refused(cast, pilot):
    said = {"pilot": pilot, "language": "fi", "facts": FACTS, "number": 0, "by": cast.coordinator}
    for _time in range(2):
        save_draft(words=WORDS, **said)
    assert Evaluation.objects.get().number == 1
    with pytest.raises(NotNow, match="changed meanwhile"):
        save_draft(words=WORDS | {"did": "Toisin"}, **said)
    assert EvaluationText.objects.get().did == WORDS["did"]


def test_only_those_who_may_change_the_pilot_write(cast, pilot):
    for member in (cast.teacher, cast.other_coordinator, cast.stranger):
        with pytest.raises(NotNow, match="not yours"):
            drafted(pilot, member)
    draft = drafted(pilot, cast.coordinator)
    for member in (cast.teacher, cast.other_coordinator):
        with pytest.raises(NotNow, match="not yours"):
            finish(pilot=pilot, number=draft.number, by=member)


def test_days_stand_in_order(cast, pilot):
    with pytest.raises(NotNow, match="before it begins"):
        drafted(pilot, cast.coordinator, facts=FACTS | {"covers_to": date(2025, 12, 31)})


@pytest.mark.parametrize("missing", ["covers_from", "covers_to", "recommends"])
def test_without_its_facts_it_cant_be_finished(cast, pilot, missing):
    empty = "" if missing == "recommends" else None
    draft = drafted(pilot, cast.coordinator, facts=FACTS | {missing: empty})
    with pytest.raises(NotNow, match="missing still"):
        finish(pilot=pilot, number=draft.number, by=cast.coordinator)


def test_each_language_that_was_begun_is_written_to_its_end(cast, pilot):
    drafted(pilot, cast.coordinator)
    draft = drafted(pilot, cast.coordinator, language="sv", words=WORDS | {"advice": ""})
    with pytest.raises(NotNow, match="missing still"):
        finish(pilot=pilot, number=draft.number, by=cast.coordinator)
    # What it costs isn't always known.
    draft = drafted(pilot, cast.coordinator, language="sv", words=WORDS | {"costs": ""})
    assert finish(pilot=pilot, number=draft.number, by=cast.coordinator).finished_by == cast.coordinator


def test_it_is_finished_once_with_its_indicators(cast, pilot):
    typed(indicator(pilot, cast.coordinator), cast.coordinator, jan="40")
    draft = drafted(pilot, cast.coordinator)
    for _time in range(2):
        finish(pilot=pilot, number=draft.number, by=cast.coordinator)
    evaluation = Evaluation.objects.get()
    assert evaluation.rows.count() == 1
    with pytest.raises(NotNow, match="removed meanwhile"):
        finish(pilot=pilot, number=draft.number + 1, by=cast.coordinator)


def test_what_was_changed_since_the_page_was_opened_is_not_finished(cast, pilot):
    draft = drafted(pilot, cast.coordinator)
    drafted(pilot, cast.administrator, words=WORDS | {"did": "Toisin"})
    with pytest.raises(NotNow, match="changed meanwhile"):
        finish(pilot=pilot, number=draft.number, by=cast.coordinator)


def test_a_draft_is_thrown_away_in_every_language_and_what_was_finished_stays(cast, pilot):
    kept = finished(pilot, cast.coordinator)
    drafted(pilot, cast.coordinator)
    draft = drafted(pilot, cast.coordinator, language="sv")
    with pytest.raises(NotNow, match="not yours"):
        throw_away(pilot=pilot, number=draft.number, by=cast.teacher)
    throw_away(pilot=pilot, number=draft.number, by=cast.coordinator)
    assert (Evaluation.objects.get(), EvaluationText.objects.get().evaluation) == (kept, kept)
    with pytest.raises(NotNow, match="removed meanwhile"):
        throw_away(pilot=pilot, number=draft.number, by=cast.coordinator)


def test_what_somebody_has_just_written_is_not_thrown_away(cast, pilot):
    draft = drafted(pilot, cast.coordinator)
    drafted(pilot, cast.administrator, words=WORDS | {"did": "Toisin"})
    with pytest.raises(NotNow, match="changed meanwhile"):
        throw_away(pilot=pilot, number=draft.number, by=cast.coordinator)
    assert EvaluationText.objects.get().did == "Toisin"


def test_what_is_finished_stays_and_another_follows(cast, pilot):
    first = finished(pilot, cast.coordinator)
    with pytest.raises(NotNow, match="changed meanwhile"):
        save_draft(pilot=pilot, language="fi", words=WORDS, facts=FACTS, number=first.number, by=cast.coordinator)
    second = finished(pilot, cast.coordinator)
    assert list(finished_of(pilot)) == [now(second), now(first)]
    assert draft_of(pilot).pk is None
