"""The library, one card, its versions, the trial, and what is said after use."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.agencies import role_permissions
from coordination.agencies.rules import NotNow
from coordination.cards import commands, queries, reference
from coordination.cards.models import CardEvaluation, CardText, CardTrial, CardVersion
from coordination.cards.rules import role_of
from coordination.interface import pdf
from tests.cast import sign_in
from tests.coordination.cards.writing import texts, written
from tests.coordination.staffing.pages import change, changelist, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client, cast):
    role_permissions.apply()
    return sign_in(client, cast.administrator)


def at(word, version):
    return reverse(f"cards:{word}", args=[version.public_id])


# --- Versions -------------------------------------------------------------------------------------------------------


def test_the_areas_own_version_goes_before_the_products_for_that_area_alone(cast):
    theirs = written()
    draft = commands.begin_draft(role="school", phase="meet", by=cast.administrator)
    assert queries.version_in_use("school", "meet", cast.mikkeli) == theirs
    commands.publish(version=draft, by=cast.administrator)
    written(word="Muu")
    assert queries.version_in_use("school", "meet", cast.mikkeli) == draft
    assert queries.versions_in_use(cast.mikkeli)["school", "meet"] == draft
    elsewhere = queries.versions_in_use(cast.kerava)["school", "meet"]
    assert (elsewhere.area, elsewhere.number) == (None, 2)


def test_a_new_version_begins_as_a_copy_and_there_is_one_draft(cast):
    written()
    draft = commands.begin_draft(role="school", phase="meet", by=cast.administrator)
    assert commands.begin_draft(role="school", phase="meet", by=cast.administrator) == draft
    assert {one.language: one.purpose for one in draft.texts.all()} == {
        language: said["purpose"] for language, said in texts().items()
    }


@pytest.mark.parametrize(
    "mistake", [{"tell": " "}, {"checklist": "Vain yksi"}], ids=["an empty section", "ticks that differ by language"]
)
def test_what_is_not_complete_stays_a_draft(cast, mistake):
    written()
    draft = commands.begin_draft(role="school", phase="meet", by=cast.administrator)
    CardText.objects.filter(version=draft, language="sv").update(**mistake)
    with pytest.raises(NotNow):
        commands.publish(version=draft, by=cast.administrator)
    assert queries.version_in_use("school", "meet", cast.mikkeli).area is None


def test_what_is_published_stays_as_it_is(cast):
    written()
    draft = commands.begin_draft(role="school", phase="meet", by=cast.administrator)
    commands.publish(version=draft, by=cast.administrator)
    with pytest.raises(NotNow):
        commands.publish(version=draft, by=cast.administrator)
    assert commands.begin_draft(role="school", phase="meet", by=cast.administrator).number == 2


# --- The library and one card ----------------------------------------------------------------------------------------


def test_the_readers_own_cards_come_first(cast, client):
    reference.load()
    page = sign_in(client, cast.nurse).get(reverse("cards:library"))
    assert [one["role"] for one in page.context["roles"]][0] == role_of(cast.health) == "health_care"
    assert page.content.decode().count("omat korttisi") == 1


def test_the_library_costs_the_same_for_one_card_and_for_all(cast, client):
    written()
    sign_in(client, cast.teacher).get(reverse("cards:library"))
    costs = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse("cards:library")).status_code == 200
        costs.append(len(asked))
        reference.load()
    assert costs[0] == costs[1]


def test_a_card_says_everything_and_that_parents_have_still_to_review_it(cast, client):
    cast.teacher.user.language = "en"
    cast.teacher.user.save()
    version = written()
    page = sign_in(client, cast.teacher).get(at("version", version)).content.decode()
    for name, said in texts()["en"].items():
        for line in said.splitlines():
            assert line in page, name
    assert "To be reviewed by expert parents." in page
    CardVersion.objects.update(reviewed_on="2026-03-04")
    assert "Reviewed by expert parents on 4.3.2026." in client.get(at("version", version)).content.decode()


def test_a_draft_is_the_own_administrators_alone(cast, client):
    written()
    draft = commands.begin_draft(role="school", phase="meet", by=cast.administrator)
    for member, status in (
        (cast.administrator, 200),
        (cast.coordinator, 404),
        (cast.teacher, 404),
        (cast.stranger, 404),
    ):
        for word in ("version", "paper", "evaluate"):
            answer = sign_in(Client(), member).get(at(word, draft))
            assert (answer.status_code == 404) == (status == 404), (member, word)


def test_another_areas_version_is_not_there(cast, client):
    written()
    own = commands.begin_draft(role="school", phase="meet", by=cast.administrator)
    commands.publish(version=own, by=cast.administrator)
    assert sign_in(client, cast.teacher).get(at("version", own)).status_code == 200
    assert sign_in(client, cast.stranger).get(at("version", own)).status_code == 404


def test_the_card_as_a_pdf_or_a_sentence_where_none_can_be_made(cast, client, monkeypatch):
    version = written()
    sign_in(client, cast.teacher)
    if not pdf.unavailable():
        answer = client.get(at("paper", version))
        assert answer.content.startswith(b"%PDF")
        assert "tapaa" in answer.headers["Content-Disposition"]
    monkeypatch.setattr(pdf, "_library", lambda: None)
    assert client.get(at("paper", version)).headers["Location"] == at("version", version)


# --- What is said after use ------------------------------------------------------------------------------------------


def test_two_answers_are_kept_once_without_whose_they_are(cast, client):
    version = written()
    said = {"helped": "yes", "better": "shorter", "token": str(uuid4())}
    sign_in(client, cast.teacher)
    for _twice in range(2):
        assert client.post(at("evaluate", version), said).headers["Location"] == reverse("cards:library")
    kept = CardEvaluation.objects.get()
    assert (kept.helped, kept.better, kept.agency) == ("yes", "shorter", cast.school)
    assert not {"membership", "user", "by"} & {field.name for field in CardEvaluation._meta.get_fields()}


@pytest.mark.parametrize("wrong", [{"helped": "maybe"}, {"better": ""}, {"token": "x"}])
def test_a_wrong_answer_is_asked_again(cast, client, wrong):
    version = written()
    answer = sign_in(client, cast.teacher).post(
        at("evaluate", version), {"helped": "yes", "better": "law", "token": str(uuid4())} | wrong
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not CardEvaluation.objects.exists()


def test_few_answers_are_not_counted_out(cast):
    version = written()

    def said():
        return {answer: str(told) for answer, told in queries.said_in(cast.mikkeli)["school"].items()}

    for number in range(9):
        by = cast.teacher if number < 4 else cast.nurse
        commands.evaluate(version=version, helped="yes", better="nothing", token=uuid4(), by=by)
    assert said() == {"yes": "<5", "partly": "<5", "no": "<5"}
    commands.evaluate(version=version, helped="yes", better="nothing", token=uuid4(), by=cast.social_worker)
    assert said() == {"yes": "10", "partly": "<5", "no": "<5"}


# --- The trial -------------------------------------------------------------------------------------------------------


def test_cards_are_tried_before_they_are_taken_into_use(cast, client):
    trial = CardTrial(role="school", state="in_use", decided_on="2026-11-01", decided_by="Johtoryhmä", reason="Hyvä")
    with pytest.raises(NotNow):
        commands.save_trial(trial=trial, by=cast.administrator)
    trial = commands.save_trial(trial=CardTrial(role="school"), by=cast.administrator)
    version = written()
    assert "kokeilussa" in sign_in(client, cast.teacher).get(at("version", version)).content.decode()
    trial.state, trial.decided_on, trial.decided_by, trial.reason = "in_use", "2026-11-01", "Johtoryhmä", "Auttoi"
    commands.save_trial(trial=trial, by=cast.administrator)
    assert "Johtoryhmä" in client.get(at("version", version)).content.decode()
    trial.state = "trial"
    with pytest.raises(NotNow):
        commands.save_trial(trial=trial, by=cast.administrator)


# --- The administration ----------------------------------------------------------------------------------------------


def test_from_a_new_version_to_the_published_card(cast, anna):
    written()
    answer = anna.post(reverse("admin:coordination_cardversion_add"), {"role": "school", "phase": "meet"})
    draft = CardVersion.objects.get(area=cast.mikkeli)
    assert answer.headers["Location"] == change(draft)
    page = anna.get(change(draft))
    assert at("version", draft) in page.content.decode()
    place = next(
        form.prefix for form in page.context["inline_admin_formsets"][0].formset.forms if form.instance.language == "fi"
    )
    assert anna.post(change(draft), posted(page, **{f"{place}-purpose": "Meidän tapamme."})).status_code == 302
    assert draft.texts.get(language="fi").purpose == "Meidän tapamme."
    chosen = {"action": "publish", "_selected_action": [draft.pk]}
    assert anna.post(changelist("coordination_cardversion"), chosen).status_code == 302
    assert queries.version_in_use("school", "meet", cast.mikkeli) == draft
    page = anna.get(change(draft))
    assert anna.post(change(draft), posted(page, **{f"{place}-purpose": "Salaa muutettu."})).status_code in (200, 302)
    assert draft.texts.get(language="fi").purpose == "Meidän tapamme."


def test_the_day_of_the_review_is_written_down(cast, anna):
    written()
    draft = commands.begin_draft(role="school", phase="meet", by=cast.administrator)
    commands.publish(version=draft, by=cast.administrator)
    assert anna.post(change(draft), posted(anna.get(change(draft)), reviewed_on="2026-05-06")).status_code == 302
    draft.refresh_from_db()
    assert str(draft.reviewed_on) == "2026-05-06"


def test_the_products_own_version_is_read_only(cast, anna):
    theirs = written()
    assert anna.get(change(theirs)).status_code == 200
    assert anna.post(change(theirs), {"reviewed_on": "2026-05-06"}).status_code in (403, 404)


def test_a_decision_says_who_and_why(cast, anna):
    assert (
        anna.post(reverse("admin:coordination_cardtrial_add"), {"role": "school", "began_on": "2026-09-01"}).status_code
        == 302
    )
    trial = CardTrial.objects.get()
    assert (trial.area, trial.state) == (cast.mikkeli, "trial")
    page = anna.get(change(trial))
    assert anna.post(change(trial), posted(page, state="in_use")).status_code == 200
    decided = {"state": "in_use", "decided_on": "2026-11-02", "decided_by": "Johtoryhmä", "reason": "Auttoi"}
    assert anna.post(change(trial), posted(page, **decided)).status_code == 302
    trial.refresh_from_db()
    assert trial.state == "in_use"
