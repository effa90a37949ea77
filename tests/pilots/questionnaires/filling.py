"""Short ways to a form and to what is filled in, for tests."""

from datetime import date
from uuid import uuid4

from coordination.agencies import reference as municipalities
from coordination.interface.secret_words import hash_of
from coordination.links.models import OneTimeLink
from pilots.questionnaires import reference
from pilots.questionnaires.commands import answers, sheets, versions
from pilots.questionnaires.models import Question, QuestionnaireParty
from pilots.questionnaires.queries.reading import questions_of
from pilots.registry import reference as pilots

Kind = QuestionnaireParty.Kind
DEVICE = "a-device-of-somebody"
PARTIES = [
    ("professional", "Omaohjaaja", True),
    ("professional", "Omahoitaja", True),
    ("young_person", "Nuori", False),
    ("guardian", "Huoltaja", False),
]
# (party, kind, label, options, what else); a question is known by its label.
QUESTIONS = [
    (0, "heading", "Laitoksesta", "", {}),
    (0, "short", "Nimi", "", {"prefill": "name", "required": True}),
    (0, "short", "Kunta", "", {"prefill": "municipality"}),
    (0, "short", "Puhelin", "", {"prefill": "phone"}),
    (0, "yes_no", "Lääkitys", "", {}),
    (0, "long", "Mikä lääkitys", "", {"show_if": "Lääkitys", "show_if_answer": 1}),
    (1, "heading", "Osastolta", "", {}),
    (1, "one", "Kuinka usein", "Päivittäin\nViikoittain", {}),
    (1, "several", "Mistä kerrotaan", "Vointi\nLomat\nKoulu", {}),
    (1, "date", "Tapaaminen", "", {}),
    (1, "number", "Monesko jakso", "", {}),
    (2, "long", "Mitä toivot", "", {}),
    (3, "long", "Huoltajan sanat", "", {}),
]


def draft(by, *, questions=QUESTIONS, parties=PARTIES):
    """A draft of the own area with these questions, each party's in a section of its own."""
    made = versions.begin_questionnaire(base=None, controller=by.agency, pilot=None, by=by)
    for name in ("name", "purpose"):
        for code in ("fi", "sv", "en"):
            setattr(made, f"{name}_{code}", "Esitietolomake")
    made.save()
    who = [
        QuestionnaireParty.objects.create(
            version=made, order=place, kind=kind, name_fi=name, name_sv=name, name_en=name, in_pair=in_pair
        )
        for place, (kind, name, in_pair) in enumerate(parties)
    ]
    asked = {}
    for order, (party, kind, label, options, more) in enumerate(questions):
        keys = more | {"show_if": asked.get(more.get("show_if"))}
        texts = {f"{name}_{code}": text for name, text in (("label", label), ("options", options))
                 for code in ("fi", "sv", "en")}  # fmt: skip
        asked[label] = Question.objects.create(
            version=made, order=order, section=party + 1, party=who[party], kind=kind, **texts | keys
        )
    return made


def load_templates():
    """The templates that come with the portal, and what they stand on; how many are new."""
    municipalities.load()
    pilots.load()
    return reference.load()


def template():
    """One of the portal's own, which nobody fills in."""
    texts = {f"{name}_{code}": "Pohja" for name in ("name", "purpose") for code in ("fi", "sv", "en")}
    who = {f"name_{code}": "Nuori" for code in ("fi", "sv", "en")} | {"kind": "young_person"}
    what = {f"label_{code}": "Mitä toivot" for code in ("fi", "sv", "en")} | {"section": 1, "kind": "long", "party": 0}
    rows = {"parties": [who], "questions": [what | {"show_if": None}]}
    return versions.publish_template(code="pohja", pilot=None, texts=texts, **rows)


def decided(version):
    """The draft, of which somebody of the controller's has said yes."""
    version.decided_by, version.decided_on = "Palvelupäällikkö", date(2026, 1, 15)
    version.save()
    return version


def approved(by, other, **which):
    """A form in use in the area of `by`, approved by somebody else."""
    return versions.approve(version=decided(draft(by, **which)), by=other)


def party(version, number):
    """Who fills in that part, from 0."""
    return list(version.parties.all())[number]


def begun(cast, *, by=None, version=None, person=None):
    """A form that the coordinator, or `by`, has begun of Aino, with their own part."""
    by = by or cast.coordinator
    person = person or cast.match().young_person
    version = version or approved(cast.second_coordinator, cast.administrator)
    return sheets.begin(version=version, young_person=person, party=party(version, 0), token=uuid4(), by=by)


def own(sheet, membership):
    """The part of this professional."""
    return sheet.parts.get(membership=membership, ended_at=None)


def asked(sheet, membership, *, number=1):
    """The part of a professional who has been asked."""
    place = party(sheet.version, number)
    return sheets.ask(sheet=sheet, party=place, membership=membership, token=uuid4(), by=sheet.owner)


def outside(sheet, *, number=2, name="Aino Virtanen"):
    """The part of somebody without an account."""
    place = party(sheet.version, number)
    return sheets.ask_outside(sheet=sheet, party=place, name=name, language="fi", token=uuid4(), by=sheet.owner)


def key(sheet, label):
    """By what an answer to this question is kept."""
    return next(str(one.pk) for one in questions_of(sheet.version) if one.label_fi == label)


def fill(part, by, *, ready=True, number=None, **said):
    """Save these answers, by the question's words with _ for spaces."""
    content = {key(part.sheet, label.replace("_", " ")): answer for label, answer in said.items()}
    number = part.sheet.parts.get(pk=part.pk).number if number is None else number
    return answers.save_answers(part=part, answers=content, number=number, ready=ready, by=by)


def submitted(cast, **which):
    """A form of Aino that the coordinator filled in alone and submitted."""
    sheet = begun(cast, **which)
    fill(own(sheet, sheet.owner), sheet.owner, Nimi="Aino Virtanen")
    return sheets.submit(sheet=sheet, by=sheet.owner)


def opened(part, *, by, secret="a-secret-that-nobody-guesses"):
    """The secret of a link to this part, open on DEVICE."""
    link, _code = sheets.send_part_link(part=part, email="a@example.test", by=by)
    OneTimeLink.objects.filter(pk=link.pk).update(
        secret_hash=hash_of(secret), device_hash=hash_of(DEVICE), opened_at=link.made_at
    )
    return secret


def fresh(row):
    """The row as it is now."""
    return type(row).objects.get(pk=row.pk)
