"""What came of Mikkeli's pilot of measures: four indicators, two of which the portal counts, figures of its forms, and
an evaluation that everybody can read. The numbers are invented.

Of the courses that the demo's half-years have, 15 and 19 were begun, and of the latter 12 of 20 ended reliably better:
60 %. Absences should fall from 21.5 to 12 hours in three years, and do so too slowly.
"""

from decimal import Decimal
from uuid import uuid4

from config.demo.measures import NAME
from config.demo.pilot_facts import latest_halves, write_facts
from coordination.clocks.rules import months_after, today
from pilots.questionnaires.models import FormFact
from pilots.registry.commands.counting import count_halves
from pilots.registry.models import Pilot
from pilots.registry.queries.editing import open_leads
from pilots.results import rules
from pilots.results.commands.evaluations import finish, publish, save_draft
from pilots.results.commands.indicators import add_indicator, save_values
from pilots.results.models import Evaluation

ABSENCES = ["21.0", "20.4", "19.5", "18.6", "18.2", "18.0", "17.9", "17.8"]
HEARD = ["6.9", "8.2", "8.3", "8.4"]
# Of each agency: begun, submitted with everybody's part, submitted without.
FORMS = {"Kouluterveydenhuolto": (8, 4, 3), "Nuorten Aalto ry": (7, 4, 3), "Opiskeluhuolto": (6, 3, 2)}
FI = {
    "did": "Kolme toimijaa on kysynyt nuorelta joka tapaamisen alussa, miten menee, ja lopussa, auttoiko tapaaminen."
    " Mittausjaksoja alkoi vuodessa 34.",
    "worked": "Suunnasta puhutaan nyt ajoissa: kun käyrä laski, tapaamisten tapaa muutettiin saman kuukauden aikana.",
    "did_not": "Poissaolot vähenivät hitaammin kuin toivottiin. Yläkoululla mittari jäi kiireessä usein väliin.",
    "heard": "Nuoret: on helpompi näyttää kuin sanoa. Huoltajat haluavat nähdä käyrän. Kokemusasiantuntijat kysyivät,"
    " kuka lukee vastaukset. Kysyttiin ryhmähaastattelussa ja lomakkeella.",
    "costs": "Koulutus puoli päivää työntekijää kohti, sen jälkeen viisi minuuttia tapaamista kohti."
    " Mittarin lisenssi.",
    "advice": "Sopikaa ensin, kuka katsoo käyrät tiimissä. Aloittakaa yhdestä koulusta.",
}
SV = {
    "did": "Tre aktörer har vid varje träff frågat den unga hur det går, och till sist om träffen hjälpte. Under ett år"
    " började 34 mätperioder.",
    "worked": "Nu talar man om riktningen i tid: när kurvan sjönk ändrades arbetssättet samma månad.",
    "did_not": "Frånvaron minskade långsammare än väntat. I högstadiet glömdes mätningen ofta i brådskan.",
    "heard": "De unga: det är lättare att visa än att säga. Vårdnadshavarna vill se kurvan. Erfarenhetsexperterna"
    " frågade vem som läser svaren. Vi frågade i gruppintervjuer och med blankett.",
    "costs": "En halv dags utbildning per arbetstagare, därefter fem minuter per träff. Licens för mätningen.",
    "advice": "Kom först överens om vem som ser på kurvorna i teamet. Börja med en skola.",
}


def follow():
    """The indicators with their numbers, and the evaluation by them; the pilot's half-years have been counted."""
    pilot = Pilot.objects.select_related("area").get(texts__name=NAME)
    by = open_leads(pilot).first().membership
    _forms(pilot)
    _indicators(pilot, by)
    _evaluation(pilot, by)


def _forms(pilot):
    (half,) = latest_halves(1)
    for agency, (begun, whole, rest) in FORMS.items():
        facts = [("begun", 0, begun, begun), ("submitted", 1, whole, whole), ("submitted", 0, rest, rest)]
        write_facts(FormFact, pilot, half, agency, facts)
    count_halves(FormFact)


def _indicators(pilot, by):
    begins, ends = pilot.starts_on, months_after(pilot.starts_on, 36)
    _add(pilot, by, "Mittausjaksoja alkanut", "Mätperioder som börjat", source="courses_begun", target="15")
    _add(
        pilot,
        by,
        "Nuorella menee luotettavasti paremmin lopussa",
        "Den unga mår tillförlitligt bättre i slutet",
        source="courses_better",
        baseline="40",
        baseline_on=begins,
        baseline_note="Muualla julkaistu vertailutieto",
        target="65",
        target_on=ends,
    )
    absences = _add(
        pilot,
        by,
        "Poissaolotunnit kuukaudessa oppilasta kohti",
        "Frånvarotimmar i månaden per elev",
        unit="hours",
        period="quarter",
        better="less",
        baseline="21.5",
        baseline_on=begins,
        baseline_note="Koulujen poissaolomerkinnät",
        target="12",
        target_on=ends,
    )
    _type(absences, ABSENCES, "Yläkoululla vaihtui kaksi työntekijää.", by)
    heard = _add(
        pilot,
        by,
        "Nuori kokee tulevansa kuulluksi (0–10)",
        "Den unga upplever sig bli hörd (0–10)",
        unit="points",
        baseline="6.1",
        baseline_on=begins,
        baseline_note="Alkukysely",
        target="8",
        target_on=ends,
    )
    _type(heard, HEARD, "", by)


def _add(pilot, by, finnish, swedish, **columns):
    plain = {"source": "hand", "unit": "number", "period": "half_year", "better": "more"}
    plain |= dict.fromkeys(("baseline", "baseline_on", "target", "target_on")) | {"baseline_note": "", "name_en": ""}
    said = {"name_fi": finnish, "name_sv": swedish} | plain | columns
    said |= {name: said[name] and Decimal(said[name]) for name in ("baseline", "target")}
    return add_indicator(pilot=pilot, token=uuid4(), by=by, **said)


def _type(indicator, numbers, note, by):
    """A number of each period that is over, with a note at the latest."""
    kind = indicator.period
    found = [one for one in rules.periods(kind, indicator.pilot.starts_on, today()) if not rules.is_running(kind, one)]
    values = {first: (Decimal(number), "") for first, number in zip(found, numbers, strict=False)}
    last = max(values)
    values[last] = (values[last][0], note)
    save_values(indicator=indicator, values=values, number=indicator.number, by=by)


def _evaluation(pilot, by):
    facts = {"covers_from": pilot.starts_on, "covers_to": rules.last_of("half_year", latest_halves(1)[0])}
    facts["recommends"] = Evaluation.Recommends.SPREAD
    number = 0
    for language, words in (("fi", FI), ("sv", SV)):
        number = save_draft(pilot=pilot, language=language, words=words, facts=facts, number=number, by=by).number
    publish(evaluation=finish(pilot=pilot, number=number, by=by), by=by)
