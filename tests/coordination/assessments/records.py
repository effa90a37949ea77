"""Short ways to the record of an assessment, for tests."""

from django.urls import reverse

from coordination.assessments.queries import record
from coordination.assessments.queries.rooms import Room
from coordination.interface import pdf
from coordination.use_log.models import Look


def at(word, assessment, *more):
    return reverse(f"assessments:{word}", args=[assessment.public_id, *more])


def room(assessment):
    return Room(assessment, assessment.worker, is_worker=True)


def words_in(text, assessment):
    """The places whose words the text has."""
    return {place for place, word in assessment.words.items() if word in text}


def disclosed(assessment):
    """What the disclosure log has of the record and its copies: what, and to whom."""
    rows = Look.objects.filter(purpose="disclosure", person_keys__contains=[assessment.log_key]).order_by("pk")
    written = [(row.passed_on, row.passed_to) for row in rows]
    return [one for one in written if one[0] in (["record"], ["outcome"])]


def texts_of_pages(monkeypatch):
    """What would be made into PDFs, as text; no PDF is made."""
    made = []

    def make(template, context, **more):
        made.append(record.as_text(context["paper"]))
        return b"%PDF"

    monkeypatch.setattr(pdf, "make", make)
    monkeypatch.setattr(pdf, "unavailable", lambda: "")
    return made
