"""The record and the copies: what each holds, and for whom."""

from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from coordination.assessments.models import DisclosureBan
from coordination.assessments.queries import record
from coordination.interface import pdf
from tests.cast import sign_in
from tests.coordination.assessments.handing import afresh, part, signed, whole
from tests.coordination.assessments.records import at, disclosed, room, texts_of_pages, words_in
from tests.coordination.assessments.rooming import begun

pytestmark = pytest.mark.django_db
WORDS = ["room_paper", "room_text", "hand_over", "looks"]
# What no record holds.
UNSAID = ["asked", "deadline", "link", "report.sent_to"]


@pytest.fixture
def assessment(cast):
    return signed(whole(cast))


# --- The record -----------------------------------------------------------------------------------------------------


def test_the_record_holds_everything_that_was_said(assessment):
    text = record.as_text(record.of(room(assessment)))
    missing = set(assessment.words) - words_in(text, assessment)
    assert {place for place in missing if not place.startswith(tuple(UNSAID))} == set()
    assert {place for place in missing if place.startswith("asked")}, "the test knows what isn't said"


def test_the_text_is_what_the_pdf_says(assessment, sanna, monkeypatch):
    made = texts_of_pages(monkeypatch)
    assert sanna.get(at("room_paper", assessment) + "?language=en").status_code == 200
    page = sanna.get(at("room_text", assessment))
    assert words_in(made[0], assessment) == words_in(page.context["text"], assessment)
    assert "<textarea" in page.content.decode()
    assert "readonly" in page.content.decode()


def test_each_language_is_the_language_of_its_paper(assessment, sanna, monkeypatch):
    made = texts_of_pages(monkeypatch)
    for language in ("fi", "sv", "en", "xx"):
        sanna.get(at("room_paper", assessment) + f"?language={language}")
    assert len(set(made)) == 3
    assert made[2] == made[3]


def test_the_pdf_is_tagged_and_named_after_nobody(assessment, sanna):
    if pdf.unavailable():
        pytest.skip("no PDF on this machine")
    answer = sanna.get(at("room_paper", assessment) + "?language=sv")
    paper = PdfReader(BytesIO(answer.content))
    catalogue = paper.trailer["/Root"]
    assert (catalogue["/Lang"], catalogue["/MarkInfo"]["/Marked"]) == ("sv", True)
    last = paper.pages[-1].extract_text()
    assert f"{len(paper.pages)} / {len(paper.pages)}" in last
    assert "Yxkukainen" not in answer.headers["Content-Disposition"]


def test_a_ban_stands_before_everything_else(assessment):
    first = record.of(room(assessment)).chapters[0]
    assert assessment.words["father.name"] in first.warning
    DisclosureBan.objects.update(ended_at=timezone.now())
    assert not any(chapter.warning for chapter in record.of(room(assessment)).chapters)


def test_what_was_taken_back_or_written_over_is_in_no_record(cast):
    made = whole(cast)
    nurse = made.participants.get(membership=cast.nurse)
    later = {}
    part(nurse, lambda place: later.setdefault(place, f"Uudempi{len(later)}"), number=2)
    text = record.as_text(record.of(room(signed(made))))
    assert later["part.professional.2"] in text
    assert made.words["part.professional.1"] not in text
    nurse.versions.update(withdrawn_at=made.began_at)
    text = record.as_text(record.of(room(afresh(made))))
    assert later["part.professional.2"] not in text


@pytest.mark.parametrize("word", ["room_paper", "room_text", "hand_over"])
def test_nothing_leaves_before_it_is_signed(cast, sanna, word):
    assessment = begun(cast.social_worker, by=cast.teacher)
    assert sanna.get(at(word, assessment)).headers["Location"] == assessment.get_absolute_url()
    assert disclosed(assessment) == []


def test_without_pango_nothing_is_written_down_as_passed_on(assessment, sanna, monkeypatch):
    monkeypatch.setattr(pdf, "_library", lambda: None)
    assert sanna.get(at("room_paper", assessment)).headers["Location"] == assessment.get_absolute_url()
    assert disclosed(assessment) == []


def test_only_the_worker_hands_over(cast, assessment):
    mother = assessment.participants.filter(kind="guardian").first()
    for member in (cast.nurse, cast.colleague, cast.teacher, cast.coordinator, cast.administrator):
        client = sign_in(Client(), member)
        for path in (at("family_copy", assessment, mother.public_id), *(at(one, assessment) for one in WORDS)):
            assert client.get(path).status_code == client.post(path).status_code == 404, (member, path)
    assert disclosed(assessment) == []


# --- Copies ---------------------------------------------------------------------------------------------------------


def copy_of(assessment, **which):
    found = assessment.participants.filter(**which).first()
    return words_in(record.as_text(record.copy_for(room(assessment), found)), assessment)


OF_ALL = {f"summary.{name}" for name in ("conclusions", "child_protection_why", "services", "outcome_why")}
OF_ALL |= {"goal", "action.nurse", "action.mother", "action.by"}


def test_the_childs_copy_has_all_but_what_the_guardians_and_professionals_wrote(assessment):
    own = {"child.name", "child.own_words", "child.why_not_alone", "child.maturity_why"}
    own |= {"part.child.1", "basis.child.1"}
    assert copy_of(assessment, kind="child") == OF_ALL | own


def test_a_guardians_copy_has_the_summary_the_plan_and_what_they_said_themselves(assessment):
    own = {"mother.name", "part.guardian.1", "basis.guardian.1"}
    assert copy_of(assessment, name__isnull=False, kind="guardian") == OF_ALL | own


def test_by_a_ban_the_childs_words_are_left_out(assessment):
    mother = assessment.participants.filter(kind="guardian").first()
    DisclosureBan.objects.create(
        assessment=assessment, guardian=mother, covers="child_view", why="Pelkää", made_by=assessment.worker
    )
    assert "goal" not in copy_of(assessment, pk=mother.pk)


def test_whoever_may_be_told_nothing_gets_no_copy(cast, assessment, sanna):
    mother, father = assessment.participants.filter(kind="guardian").order_by("pk")
    others = assessment.participants.exclude(kind__in=["child", "guardian"])
    for one in (father, *others):
        assert sanna.get(at("family_copy", assessment, one.public_id)).status_code == 404
    offered = sanna.get(assessment.get_absolute_url()).context["handing"]["copies"]
    assert [one.kind for one in offered] == ["guardian", "child"]
    assert mother in offered
    other = whole(cast, worker=cast.colleague, first_name="Toinen")
    elsewhere = other.participants.filter(kind="guardian").first()
    assert sanna.get(at("family_copy", assessment, elsewhere.public_id)).status_code == 404


def test_a_copy_is_in_the_language_noted_for_its_reader(assessment, sanna, monkeypatch):
    made = texts_of_pages(monkeypatch)
    child = assessment.participants.get(kind="child")
    assert child.language == "sv"
    assert sanna.get(at("family_copy", assessment, child.public_id)).status_code == 200
    assert assessment.words["summary.conclusions"] in made[0]


def test_of_a_protected_child_no_copy_names_a_town(cast, assessment):
    person = assessment.young_person
    person.non_disclosure = True
    person.save()
    copy = record.copy_for(room(afresh(assessment)), assessment.participants.get(kind="child"))
    text = record.as_text(copy)
    for words in ("Mikkeli", "Sosiaalipalvelut", "Kouluterveydenhuolto"):
        assert words not in text
    assert "Mikkeli" in record.as_text(record.of(room(afresh(assessment))))


def test_nobody_of_a_sensitive_agency_is_named_in_a_copy(cast, assessment):
    assessment.actions.filter(responsible=cast.nurse).update(responsible=cast.therapist)
    child = assessment.participants.get(kind="child")
    assert "Pia" not in record.as_text(record.copy_for(room(assessment), child))
    assert "Pia" in record.as_text(record.of(room(assessment)))


def test_each_paper_and_each_text_is_written_down_as_passed_on(assessment, sanna, monkeypatch):
    texts_of_pages(monkeypatch)
    child = assessment.participants.get(kind="child")
    mother = assessment.participants.filter(kind="guardian").first()
    sanna.get(at("room_paper", assessment))
    sanna.get(at("room_text", assessment))
    for one in (child, mother):
        sanna.get(at("family_copy", assessment, one.public_id))
    outside = (["record"], "outside")
    assert disclosed(assessment) == [outside, outside, (["outcome"], "young_person"), (["outcome"], "guardian")]
