"""Filling in a part: drafts, what must be answered, what is hidden and filled in already, two tabs, and the link."""

import json

import pytest

from coordination.agencies.rules import NotNow
from coordination.links.commands import end_links
from coordination.outbox.models import Notification
from coordination.people.models import YoungPerson
from pilots.questionnaires.commands import answers, recipients, sheets
from pilots.questionnaires.forms.answers import AnswersForm
from pilots.questionnaires.queries import prefill, reading
from pilots.questionnaires.queries.sheets import opened_by
from tests.pilots.questionnaires import filling
from tests.pilots.questionnaires.filling import (
    DEVICE,
    asked,
    begun,
    fill,
    fresh,
    key,
    opened,
    outside,
    own,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(cast):
    return begun(cast)


def form(part, *, ready=False, **typed):
    """The form of this part, with these answers by the question's words."""
    part.sheet = fresh(part.sheet)
    questions = reading.asked_of(part, reading.questions_of(part.sheet.version))
    data = {f"q{key(part.sheet, label.replace('_', ' '))}": value for label, value in typed.items()}
    return AnswersForm(data | {"number": str(part.number)}, part=part, questions=questions, ready=ready)


def kept(part):
    return json.loads(fresh(part).answers)


def test_a_draft_may_leave_anything_out(cast, sheet):
    typed = form(own(sheet, cast.coordinator))
    assert typed.is_valid()
    assert typed.typed() == {"answers": {}, "number": 0, "ready": False}


def test_ready_it_is_whole(cast, sheet):
    typed = form(own(sheet, cast.coordinator), ready=True)
    assert not typed.is_valid()
    assert list(typed.errors) == [f"q{key(sheet, 'Nimi')}"]
    assert form(own(sheet, cast.coordinator), ready=True, Nimi="Aino").is_valid()


def test_what_is_not_asked_is_not_kept(cast, sheet):
    typed = form(own(sheet, cast.coordinator), Lääkitys="2", Mikä_lääkitys="Salaisuus")
    assert typed.is_valid()
    assert typed.typed()["answers"] == {key(sheet, "Lääkitys"): "2"}
    asked_now = form(own(sheet, cast.coordinator), Lääkitys="1", Mikä_lääkitys="Lista tulee")
    assert asked_now.is_valid()
    assert asked_now.typed()["answers"][key(sheet, "Mikä lääkitys")] == "Lista tulee"


@pytest.mark.parametrize(
    "wrong",
    [
        {"Kuinka_usein": "3"},
        {"Kuinka_usein": "x"},
        {"Mistä_kerrotaan": ["1", "9"]},
        {"Monesko_jakso": "paljon"},
        {"Monesko_jakso": "1e999"},
        {"Monesko_jakso": "٣"},
    ],
)
def test_forged_answers_are_refused(cast, sheet, wrong):
    assert not form(asked(sheet, cast.social_worker), **wrong).is_valid()


@pytest.mark.parametrize(("typed", "number"), [("12", "12"), ("12.5", "12,5"), ("-1 000,25", "-1000,25")])
def test_numbers_as_people_write_them(cast, sheet, typed, number):
    found = form(asked(sheet, cast.social_worker), Monesko_jakso=typed)
    assert found.is_valid()
    assert list(found.typed()["answers"].values()) == [number]


def test_a_helps_signs_are_no_markup(cast, sheet):
    part = own(sheet, cast.coordinator)
    question = sheet.version.questions.get(label_fi="Nimi")
    type(question).objects.filter(pk=question.pk).update(help_fi="<b>x</b>", help_en="<script>alert(1)</script>")
    page = str(form(part))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_every_save_counts_and_the_owner_hears_when_it_is_ready(cast, sheet):
    part = asked(sheet, cast.social_worker)
    fill(part, cast.social_worker, ready=False, Monesko_jakso="2")
    assert (fresh(part).state, fresh(part).number) == ("begun", 1)
    ready = Notification.objects.filter(membership=cast.coordinator, code="form_part_ready")
    assert not ready.exists()
    fill(part, cast.social_worker, Monesko_jakso="2", Kuinka_usein="1")
    assert (fresh(part).state, fresh(part).number) == ("ready", 2)
    assert ready.count() == 1
    assert not Notification.objects.filter(membership=cast.social_worker, code="form_asked", done_at=None).exists()
    fill(part, cast.social_worker, number=1, Monesko_jakso="2", Kuinka_usein="1")
    assert (fresh(part).number, ready.count()) == (2, 1)


def test_of_two_tabs_the_second_loses_nothing_of_the_first(cast, sheet):
    part = asked(sheet, cast.social_worker)
    fill(part, cast.social_worker, number=0, Monesko_jakso="2")
    with pytest.raises(NotNow, match="changed meanwhile"):
        fill(part, cast.social_worker, number=0, Monesko_jakso="3")
    assert list(kept(part).values()) == ["2"]


def test_nobody_fills_in_anothers_part(cast, sheet):
    part = asked(sheet, cast.social_worker)
    for other in (cast.coordinator, cast.youth_worker, cast.second_coordinator):
        with pytest.raises(NotNow):
            fill(part, other, Monesko_jakso="3")
    assert fresh(part).answers == ""


def test_the_owner_writes_down_what_the_young_person_says(cast, sheet):
    guest = outside(sheet)
    fill(guest, cast.coordinator, Mitä_toivot="Rauhaa")
    assert fresh(guest).written_by == cast.coordinator


def test_what_is_known_stands_there_already(cast, sheet):
    person = sheet.young_person
    YoungPerson.objects.filter(pk=person.pk).update(
        phone="+358401234567", municipality=cast.mikkeli.municipalities.get()
    )
    person = YoungPerson.objects.get(pk=person.pk)
    questions = reading.questions_of(sheet.version)
    found = prefill.known(questions, person, cast.coordinator)
    said = {"Nimi": "Aino Virtanen", "Kunta": "Mikkeli", "Puhelin": "040 123 4567"}
    assert found == {key(sheet, label): text for label, text in said.items()}
    # Whoever was only asked knows the name alone.
    assert prefill.known(questions, person, cast.social_worker) == {key(sheet, "Nimi"): "Aino Virtanen"}


def test_under_non_disclosure_nobody_is_asked_where_they_live(cast, sheet):
    part = own(sheet, cast.coordinator)
    fill(part, cast.coordinator, Nimi="Aino", Kunta="Mikkeli", Puhelin="040 123 4567")
    YoungPerson.objects.filter(pk=sheet.young_person_id).update(non_disclosure=True)
    again = form(fresh(part), Nimi="Aino V")
    fields = again.fields
    assert again.is_valid()
    assert "Mikkeli" in again.typed()["answers"].values()
    assert f"q{key(sheet, 'Kunta')}" not in fields
    assert f"q{key(sheet, 'Puhelin')}" not in fields
    shown = opened_by(cast.coordinator, sheet.public_id)
    lines = [line for chapter in reading.for_opened(shown) for section in chapter.sections for line in section.lines]
    assert ("Kunta", "Hidden (non-disclosure)") in lines
    assert "Mikkeli" not in str(lines)
    assert "040 123 4567" not in str(lines)


def test_nobody_of_a_sensitive_agency_stands_in_a_form_by_name(cast, sheet):
    row = (1, "short", "Kuka täyttää", "", {"prefill": "own_name"})
    version = filling.approved(cast.second_coordinator, cast.administrator, questions=[*filling.QUESTIONS, row])
    known = prefill.known(reading.questions_of(version), sheet.young_person, cast.therapist)
    assert "Pia" not in str(known)
    assert "Sanna" in str(prefill.known(reading.questions_of(version), sheet.young_person, cast.social_worker))


def test_behind_the_link_it_is_filled_in(cast, sheet):
    guest = outside(sheet)
    secret = opened(guest, by=cast.coordinator)
    said = {"answers": {key(sheet, "Mitä toivot"): "Rauhaa"}, "number": 0, "ready": True}
    answers.save_as_guest(secret=secret, device=DEVICE, **said)
    assert (list(kept(guest).values()), fresh(guest).written_by, fresh(guest).state) == (["Rauhaa"], None, "ready")
    assert Notification.objects.filter(membership=cast.coordinator, code="form_part_ready").count() == 1


@pytest.mark.parametrize("how", ["device", "ended", "left out", "submitted", "protected"])
def test_behind_a_link_that_opens_nothing_nothing_is_saved(cast, sheet, how):
    guest = outside(sheet)
    secret = opened(guest, by=cast.coordinator)
    device = "another" if how == "device" else DEVICE
    if how == "ended":
        end_links(about=guest.public_id)
    if how == "left out":
        sheets.leave_out(part=guest, by=cast.coordinator)
    if how == "submitted":
        fill(own(sheet, cast.coordinator), cast.coordinator, Nimi="Aino")
        fill(guest, cast.coordinator, Mitä_toivot="Kotiin")
        sheets.submit(sheet=sheet, by=cast.coordinator)
    if how == "protected":
        YoungPerson.objects.filter(pk=sheet.young_person_id).update(non_disclosure=True)
    said = {"answers": {"1": "Salaa"}, "number": fresh(guest).number, "ready": True}
    with pytest.raises(NotNow):
        answers.save_as_guest(secret=secret, device=device, **said)
    assert "Salaa" not in fresh(guest).answers


def test_who_reads_what(cast, sheet):
    part, guest = asked(sheet, cast.social_worker), outside(sheet)
    fill(own(sheet, cast.coordinator), cast.coordinator, Nimi="Aino")
    fill(part, cast.social_worker, Kuinka_usein="2")
    fill(guest, cast.coordinator, Mitä_toivot="Rauhaa")

    def titles(membership):
        return [chapter.title for chapter in reading.for_opened(opened_by(membership, sheet.public_id))]

    assert titles(cast.coordinator) == ["Omaohjaaja", "Omahoitaja", "Nuori"]
    assert titles(cast.social_worker) == ["Omahoitaja"]
    sheets.submit(sheet=sheet, by=cast.coordinator)
    assert titles(cast.social_worker) == ["Omaohjaaja", "Omahoitaja", "Nuori"]


def test_a_sensitive_agency_is_named_to_whoever_coordinates_alone(cast, sheet):
    asked(sheet, cast.therapist)
    part = own(sheet, cast.therapist)
    for membership in (cast.coordinator, cast.therapist):
        assert "Päihdeklinikka" in reading.who_fills(part, opened_by(membership, sheet.public_id), knows_names=True)
    fill(own(sheet, cast.coordinator), cast.coordinator, Nimi="Aino")
    fill(part, cast.therapist, Kuinka_usein="1")
    sheets.submit(sheet=sheet, by=cast.coordinator)
    recipients.give_to(sheet=sheet, membership=cast.social_worker, token=sheet.token, by=cast.coordinator)
    said = reading.who_fills(part, opened_by(cast.social_worker, sheet.public_id), knows_names=True)
    assert "Päihdeklinikka" not in said
    assert "Pia" not in said


def test_a_submitted_form_keeps_its_version(cast):
    done = submitted(cast)
    other = filling.versions.begin_version(questionnaire=done.version.questionnaire, by=cast.coordinator)
    other.questions.filter(label_fi="Nimi").update(label_fi="Koko nimi")
    lines = reading.for_opened(opened_by(cast.coordinator, done.public_id))[0].sections[0].lines
    assert lines == [("Nimi", "Aino Virtanen")]
