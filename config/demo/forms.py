"""Forms in the demo: three templates adapted and approved, one form submitted and given on, one still being filled
in."""

from uuid import uuid4

from coordination.clocks.rules import today
from coordination.people.models import YoungPerson
from pilots.questionnaires.commands import answers, recipients, sheets, versions
from pilots.questionnaires.models import Questionnaire
from pilots.questionnaires.queries.reading import questions_of

MAPPING, BEFORE = "paihdekartoitus-alaikainen", "esitieto-laitos-osasto"
# What was answered, by the place of the question in its form.
OF_JUSSI = {
    5: "1",
    15: "2",
    16: "2",
    17: "1",
    18: "1",
    19: "1",
    20: "3",
    21: "Samu kertoi itse, milloin pelaaminen venyy: illalla yksin, kun seuraavana päivänä ei ole mitään sovittua.",
    22: "Osaa kertoa, mikä auttaa. Äiti ja työpajan valmentaja.",
    24: "2",
    26: ["1", "3"],
    29: "Jussi soittaa perjantaina, Samu kokeilee puhelimen jättämistä keittiöön.",
}
OF_SAMU = {
    7: ["1", "6"],
    8: ["2", "5"],
    10: "2",
    11: "Kun joku odottaa aamulla. Uinti.",
    12: "Että joku kysyy ensi viikollakin.",
    13: "Riikalle saa kertoa.",
}
OF_THE_INSTRUCTOR = {
    6: "Piirtää ja rakentaa. Tykkää, kun jutellaan samalla kun tehdään jotain.",
    8: "Vetäytyy huoneeseen ja jättää syömättä.",
    9: "Rauhallinen paikka ja tuttu aikuinen lähellä. Ei kannata kysellä monta asiaa kerralla.",
    10: "2",
}


def stories(stage):
    """In no order, like the towns' own."""
    yield _adapted(stage)
    yield _submitted(stage)
    yield _being_filled_in(stage)


def _adapted(stage):
    yield 70
    for template in Questionnaire.objects.filter(code__in=[MAPPING, BEFORE, "terveystarkastus-nuori"]):
        draft = versions.begin_questionnaire(
            base=template.versions.order_by("number").last(),
            controller=stage.cast.agencies["social"],
            pilot=template.pilot,
            by=stage.cast["Kaisa"],
        )
        draft.decided_by, draft.decided_on = "Nuorten sosiaalipalvelujen päällikkö", today()
        draft.save(update_fields=["decided_by", "decided_on"])
        versions.approve(version=draft, by=stage.cast["Anna"])


def _submitted(stage):
    """Jussi maps with Samu what he uses, and Riikka, whom Samu named, receives it."""
    yield 9
    jussi = stage.cast["Jussi"]
    sheet, parties = _begun(stage, "Samu", MAPPING, by=jussi)
    samu = _outside(sheet, parties[1], name=sheet.young_person.name, by=jussi)
    _ready(samu, OF_SAMU, by=jussi)
    yield 8
    _ready(sheet.parts.get(membership=jussi), {2: sheet.young_person.name} | OF_JUSSI, by=jussi)
    sheets.submit(sheet=sheet, by=jussi)
    recipients.give_to(sheet=sheet, membership=stage.cast["Riikka"], token=uuid4(), by=jussi)


def _being_filled_in(stage):
    """Daniel has begun the form before a time on the ward; the nurse whom he asked has still to fill in her part."""
    yield 3
    daniel = stage.cast["Daniel"]
    sheet, (_instructor, nurse, young, guardian) = _begun(stage, "Vilja", BEFORE, by=daniel)
    own = sheet.parts.get(membership=daniel)
    answered = {2: sheet.young_person.name, 4: daniel.user.get_full_name()} | OF_THE_INSTRUCTOR
    _ready(own, answered, by=daniel)
    sheets.ask(sheet=sheet, party=nurse, membership=stage.cast["Niina"], token=uuid4(), by=daniel)
    _outside(sheet, young, name=sheet.young_person.name, by=daniel)
    _outside(sheet, guardian, name="Maarit Huhtasaari", by=daniel)


def _begun(stage, who, code, *, by):
    """A form as its owner has just begun it, and its parties."""
    person = YoungPerson.objects.get(pk=stage.ids[who])
    adapted = Questionnaire.objects.get(area=by.agency.area, pilot=Questionnaire.objects.get(code=code).pilot)
    version = adapted.versions.get()
    parties = list(version.parties.all())
    sheet = sheets.begin(version=version, young_person=person, party=parties[0], token=uuid4(), by=by)
    return sheet, parties


def _outside(sheet, party, *, name, by):
    return sheets.ask_outside(sheet=sheet, party=party, name=name, language="fi", token=uuid4(), by=by)


def _ready(part, answered, *, by):
    keys = {question.order: str(question.pk) for question in questions_of(part.sheet.version)}
    said = {keys[place]: answer for place, answer in answered.items()}
    answers.save_answers(part=part, answers=said, number=0, ready=True, by=by)
