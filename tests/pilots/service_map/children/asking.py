"""Children asked and answering, for tests."""

from uuid import uuid4

from coordination.clocks.rules import today
from pilots.service_map.commands import children
from pilots.service_map.models import ChildCode
from pilots.service_map.queries.children import standard_questions
from tests.forms.page_forms import form_to


def questions(survey_round, by, *, words=False):
    """The standard questions, and where wanted one in the child's own words."""
    children.take_standard_questions(survey_round=survey_round, questions=standard_questions(), by=by)
    if words:
        question(survey_round, by, kind="words", name_fi="Mitä muuttaisit?")
    return list(survey_round.child_questions.all())


def question(survey_round, by, **columns):
    """One more question, by a face unless told otherwise."""
    said = {"kind": "faces", "name_fi": "Täällä on hyvä olla.", "name_sv": "", "name_en": ""}
    said |= {"choices_fi": "", "choices_sv": "", "choices_en": "", "token": uuid4()}
    return children.add_question(survey_round=survey_round, by=by, **said | columns)


def code(survey_round, by, label="3 B", **columns):
    """A code for twenty, from today until the round closes."""
    said = {"most": 20, "opens_on": today(), "closes_on": survey_round.closes_on, "token": uuid4()}
    return children.make_code(survey_round=survey_round, label=label, by=by, **said | columns)


def answered(code, *choices, band="10", words="", times=1):
    """So many children answer by this code: the choice of each question in order, None where they skip it."""
    found = code.round.child_questions.exclude(kind="words")
    chosen = {one: choice for one, choice in zip(found, choices, strict=False) if choice is not None}
    for _time in range(times):
        children.vote(code=code, token=uuid4(), band=band, chosen=chosen, words=words)


def now(code):
    """The code as it stands."""
    return ChildCode.objects.select_related("round").get(pk=code.pk)


def typed(client, code, language="fi", **answers):
    """What a browser sends that opened the page of this code and typed into it; its address beside it."""
    path = f"/survey/{language}/{code.code}/"
    return path, form_to(client.get(path), path, path).data(**answers)
