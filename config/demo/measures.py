"""Feedback-informed measures in Mikkeli: Helka's five sessions with the school nurse, her guardian's three, a course
that its owner talks over with colleagues, and the half-years of the pilot to which they belong.

The numbers are invented. Helka's outcome: 18.4, 20.1, 22.0, 25.9, 30.2; the cut-off of her age is 28, the reliable
change 5. So the fourth score is reliably better, and the fifth is across the cut-off, too. Her third alliance fell.
"""

from decimal import Decimal
from uuid import uuid4

from config.demo.pilot_facts import latest_halves, write_facts
from config.demo.stories import Step, rang
from coordination.clocks.rules import today
from pilots.measures.commands.courses import begin_course, put_up
from pilots.measures.commands.sessions import begin_session, write_down
from pilots.measures.models import Instrument, MeasureFact, Respondent
from pilots.registry.commands.counting import count_half, count_halves
from pilots.registry.commands.decisions import decide
from pilots.registry.commands.pilots import begin_pilot
from pilots.registry.models import Decision, Pilot
from pilots.registry.states import PilotState

YOUNG, GUARDIAN = Respondent.YOUNG_PERSON, Respondent.GUARDIAN_1
NAME = "Palautetietoinen työote: ORS ja SRS"
# How many days ago, the outcome, the alliance, and the guardian's outcome.
HELKAS = [
    (61, "18.4", "37.2", "15.2"),
    (47, "20.1", "37.6", None),
    (33, "22.0", "33.5", "19.9"),
    (19, "25.9", "37.4", None),
    (5, "30.2", "38.8", "26.1"),
]
SAMUS = [(15, "14.8", "37.0"), (12, "15.6", "36.4"), (6, "13.9", "32.8")]
What = MeasureFact.What
# Of each agency, in each of the two latest half-years: begun, ended as planned, ended otherwise, of these better.
HALVES = {
    "Kouluterveydenhuolto": [(6, 2, 1, 2), (7, 5, 2, 4)],
    "Nuorten Aalto ry": [(5, 2, 2, 2), (6, 4, 2, 4)],
    "Opiskeluhuolto": [(4, 1, 1, 1), (6, 4, 3, 4)],
}


def stories(stage):
    """In no order, like the towns' own."""
    yield _pilot(stage)
    yield rang(stage, "Helka", "Kaisa", 68, adults=["Niina"], step=(Step.CHECK, 90))
    yield _helka(stage)
    yield _samu(stage)


def _pilot(stage):
    """Mikkeli's own pilot, which runs."""
    yield 230
    kaisa = stage.cast["Kaisa"]
    pilot = begin_pilot(
        texts={
            "fi": {
                "name": NAME,
                "aim": "Nuori kertoo joka tapaamisella, miten menee ja auttaako apu. Suunta muuttuu ajoissa.",
                "target_group": "13 vuotta täyttäneet nuoret ja heidän huoltajansa",
                "method": "Lyhyt mittari tapaamisen alussa ja lopussa. Käyrä katsotaan yhdessä nuoren kanssa.",
                "lead": "Kouluterveydenhuolto",
            },
            "sv": {
                "name": "Feedbackinformerat arbetssätt: ORS och SRS",
                "aim": "Den unga säger vid varje träff hur det går och om hjälpen hjälper. Riktningen ändras i tid.",
                "target_group": "Unga från 13 år och deras vårdnadshavare",
                "method": "En kort mätning i början och slutet av träffen. Kurvan ses tillsammans med den unga.",
                "lead": "Skolhälsovården",
            },
        },
        token=uuid4(),
        by=kaisa,
        youngest_age=13,
        starts_on=latest_halves(2)[0],
        contact="Mikkelin etsivä nuorisotyö, 015 000 0101",
    )
    decide(
        pilot=pilot,
        state=PilotState.RUNNING,
        evidence=Decision.Evidence.STUDIED,
        number=pilot.number,
        token=uuid4(),
        by=kaisa,
        reason_fi="Mittareita on tutkittu muualla, ja kolme toimijaa on mukana.",
        decided_by_fi="Lasten ja nuorten palvelujen johtoryhmä",
        decided_on=today(),
    )


def _helka(stage):
    yield HELKAS[0][0]
    niina = stage.cast["Niina"]
    course = _begin(stage, "Helka", niina)
    yield from _sessions(course, niina, HELKAS)


def _samu(stage):
    """Jussi's: two sessions bring no change, and the alliance has fallen; he talks it over with his colleagues."""
    yield SAMUS[0][0]
    jussi = stage.cast["Jussi"]
    course = _begin(stage, "Samu", jussi)
    yield from _sessions(course, jussi, SAMUS)
    yield 4
    put_up(course=course)


def _begin(stage, who, by):
    return begin_course(
        young_person=stage.person(who),
        outcome=Instrument.objects.get(code="ors"),
        alliance=Instrument.objects.get(code="srs"),
        pilot=Pilot.objects.get(texts__name=NAME),
        token=uuid4(),
        by=by,
    )


def _sessions(course, by, rows):
    for place, (ago, outcome, alliance, *guardian) in enumerate(rows):
        if place:
            yield ago
        session = begin_session(course=course)
        said = [(course.outcome, YOUNG, outcome), (course.alliance, YOUNG, alliance)]
        said += [(course.outcome, GUARDIAN, total) for total in guardian if total]
        for instrument, respondent, total in said:
            write_down(session=session, instrument=instrument, respondent=respondent, values=_four(total), by=by)


def _four(total):
    """Four values that come to this total, not all alike."""
    tenths = int(Decimal(total) * 10)
    first, second = tenths // 4 - 3, tenths // 4 + 3
    third = (tenths - first - second) // 2
    return [Decimal(one) / 10 for one in (first, second, third, tenths - first - second - third)]


def count_earlier_halves():
    """The pilot's invented half-years that can be shown; then whatever else can be closed."""
    pilot = Pilot.objects.select_related("area").get(texts__name=NAME)
    for place, half in enumerate(latest_halves(2)):
        for name, numbers in HALVES.items():
            begun, planned, unplanned, better = numbers[place]
            rest = planned + unplanned - better
            facts = [
                (What.BEGUN, 0, begun, begun),
                (What.PLANNED, 0, planned, planned),
                (What.UNPLANNED, 0, unplanned, unplanned),
                (What.IMPROVED, 1, better, better),
                (What.IMPROVED, 0, rest, rest),
            ]
            write_facts(MeasureFact, pilot, half, name, facts)
        count_half(MeasureFact, area=pilot.area, half=half)
    count_halves(MeasureFact)
