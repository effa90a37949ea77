"""Months that Mikkeli has counted since last year: invented numbers, larger than the few people whom the demo shows.

Kerava's months are counted from what the demo has, so that its figures are those of a small town.
"""

from datetime import date
from random import Random

from coordination.agencies.models import Agency, Area
from coordination.clocks.rules import today
from coordination.follow_ups.models import FollowUp
from coordination.services.models import Need
from flags.figures import rules
from flags.figures.commands import count_months
from flags.figures.models import MonthCount

What = MonthCount.What
# Of a year, month by month: quiet when schools are closed.
_MATCHES = [12, 13, 15, 11, 14, 7, 4, 13, 16, 15, 13, 9]
_OUTCOMES = {
    FollowUp.Outcome.IN_TOUCH: 0.22,
    FollowUp.Outcome.ONE_ADULT: 0.31,
    FollowUp.Outcome.ASSESSMENT: 0.07,
    FollowUp.Outcome.REFERRED: 0.26,
    FollowUp.Outcome.DECLINED: 0.08,
    FollowUp.Outcome.MOVED: 0.02,
    FollowUp.Outcome.OTHER: 0.04,
}


# Of the matches of a month, how many had a need that no service answered.
_NEEDS = {"mental": 0.62, "housing": 0.55, "free_time": 0.4, "work": 0.3, "family": 0.22, "money": 0.15}


def count_earlier_months():
    """Mikkeli's invented months up to the last that can be counted; then whatever else can be counted."""
    area, chance, rows = Area.objects.get(name_fi="Mikkeli"), Random(11), []
    agencies = [str(pk) for pk in Agency.objects.filter(area=area).order_by("pk").values_list("pk", flat=True)]
    last = today()
    for month in rules.months_between(date(last.year - 1, 1, 1), rules.first_of(last)):
        if rules.counted_on(area, month) <= last:
            growth = 1.15 if month.year == last.year else 1
            rows += _month(area, month, round(_MATCHES[month.month - 1] * growth), agencies, chance)
    MonthCount.objects.bulk_create(rows)
    count_months()


def _month(area, month, matches, agencies, chance):
    late = chance.choice([0, 0, 1, 1, 2, 3, 5, 6]) if matches > 10 else chance.choice([0, 0, 1])
    flags = round(matches * chance.uniform(2.6, 3.1))
    counts = [
        (What.FLAGS, flags, _spread(flags, agencies, 1, chance) | {rules.COORDINATORS: matches * 2}),
        (What.MATCHES, matches, _spread(matches, agencies, 2, chance)),
        (What.IN_TIME, matches - late, {}),
    ]
    for outcome, part in _OUTCOMES.items():
        number = round(matches * part * chance.uniform(0.7, 1.3))
        counts.append((f"outcome_{outcome}", number, _spread(number, agencies, 2, chance)))
    for code in Need.objects.filter(is_active=True).values_list("code", flat=True):
        number = round(matches * _NEEDS.get(code, 0.05) * chance.uniform(0.7, 1.3))
        counts.append((f"{MonthCount.NEED}{code}", number, _spread(number, agencies, 2, chance)))
    return [
        MonthCount(area=area, month=month, what=what, number=number, known=known, people=matches)
        for what, number, known in counts
    ]


def _spread(number, agencies, each, chance):
    """How many of so many each agency knows, when each is known to so many agencies."""
    known = dict.fromkeys(agencies, 0)
    for _one in range(number):
        for agency in chance.sample(agencies, each):
            known[agency] += 1
    return {agency: known_here for agency, known_here in known.items() if known_here}
