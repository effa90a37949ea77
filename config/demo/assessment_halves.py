"""Half-years of assessments that Mikkeli has counted: invented numbers beside the few that the demo shows."""

from random import Random

from coordination.agencies.models import Agency, Area
from coordination.assessments.commands.counting import count_halves
from coordination.assessments.models import AssessmentFact, Summary
from coordination.assessments.queries.facts import Fact
from coordination.clocks import half_years
from coordination.clocks.rules import MONTHS_OF_HALF, months_after, today

What, Outcome = AssessmentFact.What, Summary.Outcome
# So many begin in each half-year, the latest last.
_BEGIN = [44, 52, 57]
_ON_TIME = [70, 80, 90]  # of a hundred
_TAKE_PART = [
    "Rantatien koulu",
    "Harjun lukio",
    "Kouluterveydenhuolto",
    "Opiskeluhuolto",
    "Päihde- ja mielenterveysvastaanotto",
    "Nuorten Aalto ry",
    "Työpaja Tuuli",
    "Mikkelin etsivä nuorisotyö",
]
_OUTCOMES = {
    Outcome.NO_NEED: 14,
    Outcome.GENERAL: 30,
    Outcome.SOCIAL_WELFARE: 40,
    Outcome.CHILD_PROTECTION: 14,
    Outcome.URGENT: 2,
}


def count_earlier_halves():
    """Mikkeli's invented half-years up to the last that can be counted; then whatever else can be counted."""
    area, chance = Area.objects.get(name_fi="Mikkeli"), Random(5)
    known = list(Agency.objects.filter(area=area, name_fi__in=_TAKE_PART).order_by("pk").values_list("pk", flat=True))
    following, _day = half_years.next_half(today())
    for back, (number, on_time) in enumerate(zip(reversed(_BEGIN), reversed(_ON_TIME), strict=True), start=1):
        half = months_after(following, -MONTHS_OF_HALF * back)
        for _one in range(number):
            _count(area, half, on_time, sorted(chance.sample(known, 2)), chance)
        half_years.add(AssessmentFact, area, half, Fact(What.COUNTED), people=0)
    count_halves()


def _count(area, half, on_time, agencies, chance):
    """One assessment that began and was finished in the half-year, or is still pending at its end."""
    facts = [(What.DAYS_TO_BEGIN, chance.randint(1, 9)), (What.HEARD, chance.random() < 0.85)]
    facts += [(What.BEGUN, chance.randrange(100) < on_time)]
    if chance.random() < 0.25:
        facts += [(What.PENDING, 0)]
    else:
        facts += [(What.DAYS_TO_FINISH, chance.randint(30, 100)), (What.FINISHED, chance.randrange(100) < on_time)]
        facts += [(f"out_{chance.choices([*_OUTCOMES], weights=[*_OUTCOMES.values()])[0]}", 0)]
        facts += [(What.ASKED, 0) for _part in agencies]
        facts += [(What.MISSING, 0) for _part in agencies if chance.randrange(100) > on_time]
    counted = set()
    for what, value in facts:
        people = 0 if what in counted else 1
        half_years.add(AssessmentFact, area, half, Fact(what, int(value), tuple(agencies)), people=people)
        counted.add(what)
