"""Children's side: a code, the questions, thanks; nothing is kept of who it was, and nothing typed is lost."""

import time
from datetime import timedelta

import pytest
from django.test import Client

from coordination.agencies import presence
from coordination.clocks.rules import today
from coordination.drafts.models import Draft
from pilots.service_map.models import ChildCode, ChildWords
from tests.cast import sign_in
from tests.pilots.service_map.children.asking import answered, now, typed
from tests.pilots.service_map.surveying import summarised

pytestmark = pytest.mark.django_db
SAID = {
    "fi": ("Minua kohdellaan reilusti.", "Aina"),
    "sv": ("Jag blir rättvist behandlad.", "Alltid"),
    "en": ("I am treated fairly.", "Always"),
}


def text(answer):
    return answer.content.decode()


def test_a_child_answers_and_nothing_is_kept_of_them_but_counts(client, there):
    page = client.get("/survey/", follow=True)
    path = page.redirect_chain[-1][0]
    answer = client.post(path, {"code": there.code.replace("-", " ").upper()})
    assert answer.status_code == 302
    path, data = typed(client, there, question_1="0", question_6="5", question_11="Lisää puita", band="10")
    assert client.post(path, data).headers["Location"] == "/survey/fi/thanks/"
    assert client.get("/survey/fi/thanks/").status_code == 200
    assert client.post(path, data).headers["Location"] == "/survey/fi/thanks/"
    row = now(there)
    assert row.came == 1
    assert sorted(row.counts.values(), key=str) == [{"10": [0, 0, 0, 0, 0, 1]}, {"10": [1, 0, 0, 0, 0]}]
    assert [one.text for one in ChildWords.objects.all()] == ["Lisää puita"]
    assert set(client.cookies) == {"csrftoken"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_each_page_in_the_language_of_its_address(there, language):
    client = Client(headers={"accept-language": "de"})
    question, always = SAID[language]
    for path in (f"/survey/{language}/", f"/survey/{language}/thanks/", f"/survey/{language}/{there.code}/"):
        answer = client.get(path)
        assert answer.headers["Content-Language"] == language
        assert f'<html lang="{language}"' in text(answer)
        assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert question in text(answer)
    assert always in text(answer)
    for other in {"fi", "sv", "en"} - {language}:
        assert f'href="/survey/{other}/{there.code}/"' in text(answer)
    assert client.get("/survey/de/").status_code == 404


def test_nothing_at_all_and_nonsense_is_told_in_a_sentence_and_stays(client, there):
    path, data = typed(client, there)
    assert "Vastaa ainakin yhteen kysymykseen." in text(client.post(path, data))
    path, data = typed(client, there, question_1="99", question_2="3", question_11="Lisää puita", band="hundred")
    shown = text(client.post(path, data))
    assert shown.count("Valitse jokin näistä.") == 4
    assert "Lisää puita" in shown
    assert 'value="3" id="id_question_2_3" checked' in shown
    shown = text(client.post(path, data | {"question_1": "0", "band": "", "question_11": "x" * 1_000_000}))
    assert "1000000" in shown
    assert "x" * 1_000_000 in shown
    assert now(there).came == 0


def test_a_forged_question_or_token_counts_nothing(client, there):
    path, data = typed(client, there, question_1="0", question_99="0", round="1", came="9")
    assert client.post(path, data).status_code == 302
    assert [sum(map(sum, one.values())) for one in now(there).counts.values()] == [1]
    answer = client.post(path, data | {"token": "forged"})
    assert answer.status_code == 200
    assert now(there).came == 1


def test_a_full_code_keeps_what_was_typed_and_says_so(client, there):
    path, data = typed(client, there, question_1="0", question_11="Lisää puita")
    ChildCode.objects.update(most=5)
    answered(there, 0, times=5)
    shown = text(client.post(path, data))
    assert "Lisää puita" in shown
    assert "Tällä koodilla on jo vastattu" in shown
    assert now(there).came == 5


@pytest.mark.parametrize("how", ["unknown", "early", "late", "stopped", "closed", "drafted"])
def test_one_answer_for_whatever_does_not_open(cast, client, there, how):
    day = timedelta(days=1)
    if how == "unknown":
        there.code = "kettu-kuu-1234"
    elif how == "early":
        ChildCode.objects.update(opens_on=today() + day)
    elif how == "late":
        ChildCode.objects.update(opens_on=today() - day, closes_on=today() - day)
    elif how == "stopped":
        ChildCode.objects.update(is_stopped=True)
    elif how == "closed":
        summarised(there.round, cast.coordinator)
    else:
        type(there.round).objects.update(state="drafted", opened_on=None)
    said = "Tämä koodi ei avaa nyt mitään."
    by_hand = client.post("/survey/fi/", {"code": there.code})
    for answer in (by_hand, client.get(f"/survey/fi/{there.code}/"), client.post(f"/survey/fi/{there.code}/", {})):
        assert said in text(answer)
        assert f'value="{there.code}"' in text(answer)


@pytest.mark.parametrize("how", ["locked", "over"])
def test_in_a_browser_in_which_somebody_is_signed_in_a_child_answers_and_no_draft_is_kept(client, cast, there, how):
    sign_in(client, cast.teacher)
    path, data = typed(client, there, question_1="0", question_11="Lisää puita")
    session = client.session
    session.update({presence.LOCKED: time.time() + 3600} if how == "locked" else {presence.BEGAN: 0})
    session.save()
    assert client.post(path, data).headers["Location"] == "/survey/fi/thanks/"
    assert now(there).came == 1
    assert not Draft.objects.exists()
