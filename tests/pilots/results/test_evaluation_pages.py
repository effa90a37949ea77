"""The pages of an evaluation summary, from its first word to the decision, and its paper."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from coordination.interface import pdf
from pilots.results.models import Evaluation
from tests.pilots.registry.pages import Browser, day, is_refused
from tests.pilots.results.following import WORDS, at, drafted, finished, indicator, typed

WRITTEN = WORDS | day("covers_from", date(2026, 1, 1)) | day("covers_to", date(2026, 6, 30)) | {"recommends": "spread"}


def test_an_evaluation_from_its_first_word_to_the_decision(cast, coordinator, pilot):
    path = at("write_in", pilot, "fi")
    assert coordinator.client.get(at("write", pilot))["Location"] == at("write_in", pilot, "en")
    # What it costs is all that may be left out.
    assert coordinator.text(path).count("(optional)") == 1
    coordinator.send(path, did="Kokeiltiin.")
    said = coordinator.text(at("finish", pilot))
    assert "What worked" in said
    assert 'aria-disabled="true">Finish' in said
    assert is_refused(coordinator.send(at("finish", pilot)), "missing still")
    assert coordinator.send(path, **WRITTEN)["Location"] == at("finish", pilot)
    answer = coordinator.send(at("finish", pilot))
    evaluation = Evaluation.objects.get()
    assert answer["Location"] == at("evaluation", pilot, evaluation.public_id)
    shown = coordinator.text(answer["Location"])
    for sentence in (*WORDS.values(), "1.1.2026–30.6.2026", "spread it", "?state=evaluated"):
        assert sentence in shown, sentence
    reader = Browser(Client(), cast.teacher)
    assert "?state=" not in reader.text(answer["Location"])
    assert answer["Location"] in reader.text(at("results", pilot))
    decide = coordinator.text(f"/pilots/{pilot.public_id}/decide/")
    assert at("results", pilot) in decide


def test_finishing_twice_leads_to_the_same_page(coordinator, pilot):
    coordinator.send(at("write_in", pilot, "fi"), **WRITTEN)
    data = coordinator.form(at("finish", pilot))
    answers = [coordinator.client.post(at("finish", pilot), data) for _time in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert coordinator.client.get(at("finish", pilot))["Location"] == pilot.get_absolute_url()


def test_a_draft_changed_elsewhere_is_shown_beside_what_was_typed(cast, coordinator, pilot):
    path = at("write_in", pilot, "fi")
    data = coordinator.form(path)
    drafted(pilot, cast.administrator)
    answer = coordinator.client.post(path, data | {"did": "Minun tekstini"})
    assert is_refused(answer, "changed meanwhile")
    assert "Minun tekstini</textarea>" in answer.content.decode()
    assert WORDS["did"] in answer.content.decode()


def test_a_draft_is_thrown_away_after_a_question(cast, coordinator, pilot):
    path, write = at("throw_away", pilot), at("write_in", pilot, "fi")
    assert path not in coordinator.text(write)
    assert coordinator.client.get(path)["Location"] == pilot.get_absolute_url()
    coordinator.send(write, did="Turha.")
    assert path in coordinator.text(write)
    stale = coordinator.form(path)
    drafted(pilot, cast.administrator)
    assert is_refused(coordinator.client.post(path, stale), "changed meanwhile")
    assert coordinator.send(path)["Location"] == at("results", pilot)
    assert not Evaluation.objects.exists()
    assert Browser(Client(), cast.teacher).status(path) == 404


def test_an_evaluation_that_ends_before_it_begins_is_said_beside_its_day(coordinator, pilot):
    answer = coordinator.send(at("write_in", pilot, "fi"), **WRITTEN | day("covers_to", date(2025, 12, 31)))
    assert is_refused(answer, "before it begins")
    assert 'href="#id_covers_to_0"' in answer.content.decode()


def test_days_to_come_and_a_strange_language_are_refused(coordinator, pilot):
    answer = coordinator.send(at("write_in", pilot, "fi"), **WRITTEN | day("covers_to", date(2026, 8, 1)))
    assert is_refused(answer, "in the future")
    assert coordinator.status(at("write_in", pilot, "de")) == 404


@pytest.mark.skipif(bool(pdf.unavailable()), reason="no Pango here")
def test_the_paper_says_what_the_page_says(cast, client, pilot):
    typed(indicator(pilot, cast.coordinator), cast.coordinator, jan="40", jun="19.5")
    evaluation = finished(pilot, cast.coordinator)
    answer = Browser(client, cast.teacher, "fi").client.get(at("evaluation_pdf", pilot, evaluation.public_id))
    assert answer["Content-Type"] == "application/pdf"
    document = PdfReader(BytesIO(answer.content))
    said = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    for sentence in (*WORDS.values(), "Poissaolot", "19,5 h", "1.1.2026–30.6.2026"):
        assert sentence in said, sentence
    assert document.trailer["/Root"]["/Lang"] == "fi"
