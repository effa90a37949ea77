"""Half-years of one adult's supports that Mikkeli has counted: invented people beside the few whom the demo shows.

Each is played from the first day with an adult on, as `coordination.support.queries.facts` would have found it, and
only the facts stay. Kerava's half-years are counted from what the demo has.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from coordination.agencies.models import Agency, Area
from coordination.clocks.half_years import next_half
from coordination.clocks.rules import MONTHS_OF_HALF, half_year_after, half_year_of, months_after, today
from coordination.support.commands.counting import count_halves
from coordination.support.models import ClientRelationship, HalfYearFact, Support, Whereabouts

What, Reason, Where, Hours = HalfYearFact.What, Support.EndReason, Whereabouts.Where, ClientRelationship.Hours
ONE_DAY = timedelta(days=1)
HALF_YEAR = timedelta(days=182)
# So many begin with their first adult in each half-year, the latest last.
_BEGIN = [22, 28, 31, 34]
_AGENCIES = {  # of the adults, with how many of a hundred
    "Mikkelin etsivä nuorisotyö": 18,
    "Nuorten Aalto ry": 20,
    "Nuorten sosiaalipalvelut": 16,
    "Opiskeluhuolto": 16,
    "Työpaja Tuuli": 16,
    "Monikulttuurikeskus Silta ry": 14,
}
_MEAN_DAYS = 300
_REASONS = {
    Reason.HANDED_OVER: 22,
    Reason.ADULT_LEFT: 16,
    Reason.WISH: 10,
    Reason.NOT_NEEDED: 38,
    Reason.DECLINED: 4,
    Reason.MOVED: 6,
    Reason.OTHER: 4,
}
_AT_FIRST = {Where.STUDIES: 30, Where.WORK: 6, Where.WORKSHOP: 14, Where.NONE: 50}
_LATER = {Where.STUDIES: 42, Where.WORK: 16, Where.WORKSHOP: 20, Where.NONE: 22}
_STARS = {2: 6, 3: 16, 4: 43, 5: 35}
_HOURS = {Hours.ONE: 20, Hours.TWO: 40, Hours.FOUR: 30, Hours.EIGHT: 10}


def count_earlier_halves():
    """Mikkeli's invented half-years up to the last that can be counted; then whatever else can be counted."""
    area = Area.objects.get(name_fi="Mikkeli")
    halves = _halves(today())
    facts = _facts(area, halves, Random(7))
    rows = [HalfYearFact(area=area, half=half, what=What.COUNTED, count=1) for half in halves]
    for (half, *fact), count in facts.counts.items():
        what, value, since, agencies = fact
        people = facts.people[half, *fact]
        rows.append(
            HalfYearFact(
                area=area,
                half=half,
                what=what,
                value=value,
                since=since,
                agencies=list(agencies),
                people=people,
                count=count,
            )
        )
    HalfYearFact.objects.bulk_create(rows)
    count_halves()


def _halves(day):
    """The first days of the latest half-years that can be counted."""
    following, _day = next_half(day)
    return [months_after(following, -MONTHS_OF_HALF * back) for back in range(len(_BEGIN), 0, -1)]


@dataclass
class _Together:
    """One young person's stretch of days with one adult; no end where it goes on after the last half-year."""

    person: int
    agencies: tuple
    began: date
    ended: date | None
    reason: str


class _Facts:
    """How often each fact was so, and of how many young people: each counts once in a half-year's facts of a kind."""

    def __init__(self):
        self.counts, self.people, self._seen = Counter(), Counter(), set()

    def add(self, one, half, what, value=0, since=0, agencies=None):
        """One more fact of this half-year."""
        fact = (half, str(what), int(value), since, agencies or one.agencies)
        self.counts[fact] += 1
        self.people[fact] += (one.person, half, what) not in self._seen
        self._seen.add((one.person, half, what))


def _facts(area, halves, chance):
    keys = dict(Agency.objects.filter(area=area).values_list("name_fi", "pk"))
    agencies = {keys[name]: weight for name, weight in _AGENCIES.items()}
    last, facts = half_year_after(halves[-1]) - ONE_DAY, _Facts()
    everybody = []
    for half, beginnings in zip(halves, _BEGIN, strict=True):
        for _one in range(beginnings):
            first = half + timedelta(days=chance.randrange(HALF_YEAR.days))
            everybody += _life(len(everybody), first, last, agencies, chance, facts)
    for one in everybody:
        _tell(one, halves, last, chance, facts)
    for half in halves:
        _caseloads(everybody, half, facts, chance)
    return facts


def _life(person, began, last, agencies, chance, facts):
    """One young person's adults, one after the other."""
    while began <= last:
        adults = {_of(agencies, chance)} | ({_of(agencies, chance)} if chance.random() < 1 / 4 else set())
        ended = began + timedelta(days=14 + round(chance.expovariate(1 / _MEAN_DAYS)))
        one = _Together(person, tuple(sorted(adults)), began, ended if ended <= last else None, _of(_REASONS, chance))
        yield one
        if one.ended is None or one.reason in Support.FINAL:
            return
        gap = 0 if one.reason == Reason.HANDED_OVER else 1 + round(chance.expovariate(1 / 24))
        began = ended + timedelta(days=gap)
        if gap and began <= last:
            facts.add(one, half_year_of(began), What.GAP, gap)


def _tell(one, halves, last, chance, facts):
    """What there is to count of it, half-year by half-year."""
    until = one.ended or last
    agencies, fewer, hours = chance.randint(3, 6), chance.randint(1, 2), _of(_HOURS, chance)
    closed_on = one.began + timedelta(days=chance.randint(20, 150)) if chance.random() < 1 / 2 else date.max
    facts.add(one, half_year_of(one.began), f"naming_{_of(_AT_FIRST, chance)}")
    for half in (half for half in halves if half_year_of(one.began) <= half <= until):
        end = half_year_after(half) - ONE_DAY
        _stretch(one, half, end, chance, facts)
        now = agencies - (fewer if closed_on <= min(end, until) else 0)
        for what, number in (
            (What.AGENCIES_THEN, agencies),
            (What.ADULTS_THEN, agencies + fewer),
            (What.AGENCIES_NOW, now),
            (What.ADULTS_NOW, now + chance.randint(0, 1)),
        ):
            facts.add(one, half, what, number)
        if half <= closed_on <= min(end, until):
            facts.add(one, half, What.CLOSED, hours)
        if chance.random() < 2 / 3:
            facts.add(one, half, What.STARS, _of(_STARS, chance))
    day = one.began + HALF_YEAR
    while day <= until:
        facts.add(one, half_year_of(day), f"half_year_{_of(_LATER, chance)}")
        day += HALF_YEAR
    if one.ended and one.reason != Reason.HANDED_OVER:
        facts.add(one, half_year_of(one.ended), f"end_{_of(_LATER, chance)}")


def _stretch(one, half, end, chance, facts):
    """Its end, and its days and contacts, as far as they lie in the half-year."""
    since = (half - one.began).days - 1 if one.began < half else 0
    is_over = one.ended is not None and one.ended <= end
    until = ((one.ended if is_over else end) - one.began).days
    if is_over:
        facts.add(one, half, f"why_{one.reason}")
        facts.add(one, half, What.LASTED, until, since)
    elif until > since:
        facts.add(one, half, What.GOES_ON, until, since)
    if until > since:
        facts.add(one, half, What.CONTACTS, round((until - since) * chance.uniform(2, 5) / 30), until - since)


def _caseloads(everybody, half, facts, chance):
    """Who has somebody at the end of the half-year: each adult has up to four."""
    end, by_agency = half_year_after(half) - ONE_DAY, {}
    for one in everybody:
        if one.began <= end and (one.ended is None or one.ended > end):
            by_agency.setdefault(one.agencies[:1], []).append(one)
    for agencies, those in by_agency.items():
        places = [chance.randint(1, 4) for _one in those]
        for one in those:
            facts.add(one, half, What.YOUNG, agencies=agencies)
        while those:
            facts.add(those[0], half, What.ADULTS, agencies=agencies)
            those = those[places.pop() :]


def _of(weights, chance):
    return chance.choices([*weights], weights=[*weights.values()])[0]
