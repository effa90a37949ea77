"""What Mikkeli's children answered in a round of the survey, class by class. The answers are invented."""

from random import Random
from uuid import uuid4

from coordination.clocks.rules import today
from pilots.service_map.commands import children
from pilots.service_map.queries.children import standard_questions

# Who answers, the age they say, and how many of them.
CLASSES = [
    ("Lehmuskylän koulu, 3 A", "9", 21),
    ("Lehmuskylän koulu, 3 B", "9", 20),
    ("Rouhialan koulu, 5 A", "10", 22),
    ("Rouhialan koulu, 6 B", "10", 21),
    ("Urheilupuiston koulu, 8 C", "13", 22),
    ("Urheilupuiston koulu, 9 A", "13", 20),
    ("Harjun lukio, 1 B", "16", 23),
    ("Nuorten talo", "16", 18),
]
# Of a hundred, how many choose each face, and each of the six choices.
FACES, CHOICES = [26, 32, 22, 12, 8], [46, 9, 7, 24, 6, 8]
# How much likelier each sadder face is than that: by age, and for some of the questions by their order.
GLOOM = {"9": 0.85, "10": 1, "13": 1.2, "16": 1.05}
GLOOM_OF = {3: 1.1, 4: 1.4, 5: 1.05, 8: 1.15, 9: 0.9, 10: 0.75}
WORDS = {
    "fi": [
        "Lisää penkkejä koulun pihalle",
        "Bussi kulkisi myös illalla",
        "Ettei kukaan jäisi yksin välitunnilla",
        "Skeittiparkki olisi katettu",
        "Aikuiset kysyisivät useammin",
        "Ilmaisia harrastuksia",
    ],
    "sv": ["Mer tid att leka", "Ett bibliotek som är öppet på söndagar"],
}


def ask(survey_round, by):
    """Ask them in this round, a code for each class."""
    children.take_standard_questions(survey_round=survey_round, questions=standard_questions(), by=by)
    words = {"kind": "words", "name_fi": "Mitä muuttaisit?", "name_sv": "Vad skulle du ändra på?"}
    words |= {"name_en": "What would you change?", "choices_fi": "", "choices_sv": "", "choices_en": ""}
    children.add_question(survey_round=survey_round, token=uuid4(), by=by, **words)
    days = {"opens_on": today(), "closes_on": survey_round.closes_on}
    for label, _band, number in CLASSES:
        children.make_code(survey_round=survey_round, label=label, most=number + 3, token=uuid4(), by=by, **days)


def answer(survey_round, classes=CLASSES):
    """Let each of these classes answer; the round is open. The same answers each time, so many that most show."""
    chance, codes = Random(24), {one.label: one for one in survey_round.child_codes.all()}
    questions = list(survey_round.child_questions.exclude(kind="words"))
    wishes = [text for texts in WORDS.values() for text in texts]
    for label, band, number in classes:
        for child in range(number):
            chosen = {one: _choice(one, band, chance) for one in questions if chance.random() > 0.04}
            words = wishes.pop() if wishes and child % 9 == 4 else ""
            children.vote(code=codes[label], token=uuid4(), band=band, chosen=chosen, words=words)


def _choice(question, band, chance):
    gloom = GLOOM[band] * GLOOM_OF.get(question.order, 1)
    faces = [weight * gloom**face for face, weight in enumerate(FACES)]
    weights = faces if question.kind == "faces" else CHOICES
    return chance.choices(range(len(weights)), weights)[0]
