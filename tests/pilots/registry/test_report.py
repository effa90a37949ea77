"""The pilot as a PDF: what stands on the page, titled and in the reader's language."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse

from coordination.interface import pdf
from pilots.registry.states import PilotState
from tests.cast import sign_in
from tests.pilots.registry.piloting import in_state, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def pilot(cast):
    made = in_state(PilotState.RUNNING, cast.coordinator, texts={"fi": text(), "sv": text("Brevet")})
    made.risks.create(words="Väki vaihtuu", likelihood=2, impact=2, answer="Kaksi osaa.")
    made.attachments.create(token=uuid4(), name="liite.pdf", content_type="application/pdf", size=10)
    return made


def at(name, pilot):
    return reverse(f"registry:{name}", args=[pilot.public_id])


def read(answer):
    """(the text of the document, the document)"""
    pypdf = pytest.importorskip("pypdf")
    document = pypdf.PdfReader(BytesIO(answer.content))
    return " ".join(page.extract_text() for page in document.pages), document


@pytest.mark.skipif(bool(pdf.unavailable()), reason="needs Pango")
@pytest.mark.parametrize(("language", "name", "heading"), [("fi", "Kirje", "Riskit"), ("sv", "Brevet", "Risker")])
def test_the_report_has_the_pages_words(cast, client, pilot, language, name, heading):
    cast.stranger.user.language = language
    cast.stranger.user.save()
    answer = sign_in(client, cast.stranger).get(at("report", pilot))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert f"{name.lower()}.pdf" in answer.headers["Content-Disposition"]
    words, document = read(answer)
    assert document.metadata.title == name
    assert document.trailer["/Root"]["/Lang"] == language
    for said in (name, heading, "Väki vaihtuu", "Se auttaa.", "Työpari on nimetty", "liite.pdf"):
        assert said in words, said
    assert not any("/Annots" in page for page in document.pages)


def test_where_no_pdf_can_be_made_the_page_says_so(cast, client, pilot, monkeypatch):
    monkeypatch.setattr(pdf, "_library", lambda: None)
    answer = sign_in(client, cast.coordinator).get(at("report", pilot), follow=True)
    assert answer.redirect_chain == [(at("pilot", pilot), 302)]
    assert "PDF-tiedostoja" in answer.content.decode()


def test_a_pilot_that_isnt_there_is_404(cast, client):
    assert sign_in(client, cast.teacher).get(reverse("registry:report", args=[uuid4()])).status_code == 404
