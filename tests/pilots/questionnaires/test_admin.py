"""A form from a template to its approval, in the administration."""

import pytest
from django.test import Client
from django.urls import reverse

from coordination.agencies import role_permissions
from pilots.questionnaires.models import Question, Questionnaire, QuestionnaireVersion
from pilots.questionnaires.queries import library
from tests.cast import sign_in
from tests.coordination.staffing.pages import change, changelist
from tests.forms.page_forms import form_to
from tests.pilots.questionnaires.filling import approved, draft, load_templates

pytestmark = pytest.mark.django_db
ADD, MODEL = "admin:pilots_questionnaireversion_add", "pilots_questionnaireversion"


@pytest.fixture
def kaisa(client, cast):
    role_permissions.apply()
    return sign_in(client, cast.coordinator)


@pytest.fixture
def anna(cast, kaisa):
    return sign_in(Client(), cast.administrator)


def pressed(client, *rows):
    """The approval of these rows, and what was said."""
    data = {"action": "approve", "_selected_action": [row.pk for row in rows]}
    return client.post(changelist(MODEL), data, follow=True).content.decode()


def as_it_is(client, row):
    path = change(row)
    return path, form_to(client.get(path), path, path).data()


def test_a_template_becomes_an_own_form_that_another_approves(cast, kaisa, anna):
    load_templates()
    template = QuestionnaireVersion.objects.filter(questionnaire__area=None).first()
    answer = kaisa.post(reverse(ADD), {"base": str(template.pk), "controller": cast.social.pk, "pilot": ""})
    made = QuestionnaireVersion.objects.get(questionnaire__area=cast.mikkeli)
    assert answer["Location"] == change(made)
    assert made.questions.count() == template.questions.count()
    path, data = as_it_is(kaisa, made)
    row = next(name for name, value in data.items() if name.endswith("-label_fi"))
    changed = {row: "Omin sanoin", "decided_by": "Palvelupäällikkö", "decided_on": "5.1.2026", "name_fi": "Oma lomake"}
    assert kaisa.post(path, data | changed).status_code == 302
    assert made.questions.filter(label_fi="Omin sanoin").count() == 1
    pressed(kaisa, made)
    assert QuestionnaireVersion.objects.get(pk=made.pk).approved_at is None
    said = pressed(anna, made)
    assert QuestionnaireVersion.objects.get(pk=made.pk).approved_at, said
    assert library.in_use(cast.mikkeli) == [made]
    assert library.in_use(cast.kerava) == []


def test_what_is_not_whole_stays_a_draft(cast, kaisa, anna):
    version = draft(cast.coordinator)
    Question.objects.filter(version=version, label_fi="Nimi").update(label_en="")
    pressed(anna, version)
    assert QuestionnaireVersion.objects.get(pk=version.pk).approved_at is None


def test_what_was_approved_is_not_edited(cast, kaisa):
    version = approved(cast.coordinator, cast.administrator)
    path, data = as_it_is(kaisa, version)
    assert not any(name.endswith("label_fi") or name == "name_fi" for name in data)
    question = version.questions.get(label_fi="Nimi")
    kaisa.post(path, data | {"name_fi": "Toinen", "questions-TOTAL_FORMS": "1", "questions-0-id": question.pk,
                             "questions-0-label_fi": "Toinen"})  # fmt: skip
    assert QuestionnaireVersion.objects.get(pk=version.pk).name_fi == "Esitietolomake"
    assert Question.objects.get(pk=question.pk).label_fi == "Nimi"


def test_a_form_is_closed_and_not_begun_any_more(cast, kaisa):
    version = approved(cast.coordinator, cast.administrator)
    path, data = as_it_is(kaisa, version)
    assert kaisa.post(path, data | {"closed_on": "1.1.2026"}).status_code == 302
    assert library.in_use(cast.mikkeli) == []


def test_the_next_version_is_a_draft_of_the_same_form(cast, kaisa):
    version = approved(cast.coordinator, cast.administrator)
    kaisa.post(reverse(ADD), {"base": f"next-{version.questionnaire_id}", "controller": "", "pilot": ""})
    assert [one.number for one in version.questionnaire.versions.order_by("number")] == [1, 2]
    assert library.in_use(cast.mikkeli) == [version]


def test_an_own_form_says_who_answers_for_it(cast, kaisa):
    answer = kaisa.post(reverse(ADD), {"base": "empty", "controller": "", "pilot": ""})
    assert answer.status_code == 200
    answer = kaisa.post(reverse(ADD), {"base": "empty", "controller": cast.other_school.pk, "pilot": ""})
    assert answer.status_code == 200
    assert Questionnaire.objects.count() == 0


def test_the_choices_of_a_row_are_of_its_own_form(cast, kaisa):
    version, other = draft(cast.coordinator), draft(cast.second_coordinator)
    path, data = as_it_is(kaisa, version)
    row = next(name for name in data if name.endswith("-party"))
    forged = data | {row: str(other.parties.first().pk)}
    assert kaisa.post(path, forged).status_code == 200
    assert not version.questions.filter(party__version=other).exists()


def test_a_template_and_another_areas_form_are_changed_by_nobody(cast, kaisa):
    load_templates()
    template = QuestionnaireVersion.objects.filter(questionnaire__area=None).first()
    other = draft(cast.other_coordinator)
    assert kaisa.get(change(template)).status_code == 200
    assert kaisa.post(change(template), {"name_fi": "Toinen"}).status_code == 404
    assert kaisa.get(change(other)).status_code == 404
