"""A written-out story of twenty young people in the first half of 2026, for figures that were counted by hand.

Four adults of four agencies, in turn: nobody's agency knows of more than a quarter. All twenty begin on 5 January.

- 0 to 7 end on 16 March, after 70 days: seven are not needed any more and now study, the eighth wishes for another
  adult, is in none of these, and begins with the nurse on 26 March, after ten days without an adult.
- 8 to 19 go on, for 176 days until 30 June. Each is a client of three agencies, an adult in each; of 8 to 15 one double
  is closed, at four hours a month: those who agree to it are of six agencies, so that none knows of more than three,
  with those whose adult is theirs. 8 to 16 give four stars, the others five.

At the naming 0 to 9 are in none of these, 10 to 16 study, 17 to 19 work, and so does the eighth at the second naming.
Each of the 21 supports has four contacts that came about and one that didn't.
"""

from datetime import date, datetime, timedelta
from uuid import uuid4

from coordination.clocks.rules import HELSINKI
from coordination.people.commands import find_or_make
from coordination.people.models import YoungPerson
from coordination.support.models import ClientRelationship, Contact, OverlapProposal, Rating, Support, Whereabouts
from tests.cast import born
from tests.coordination.support.working import job_description

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)
BEGAN, ENDED, AGAIN = date(2026, 1, 5), date(2026, 3, 16), date(2026, 3, 26)
COUNTED_ON = date(2026, 7, 15)


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=HELSINKI)


def somebody(cast, number):
    """One of many young people, each with a name of their own."""
    names = {"first_name": f"Nuori{chr(97 + number)}", "last_name": f"Sukunimi{chr(97 + number)}"}
    found = find_or_make(**names, birth_date=born(18) - timedelta(days=number), area=cast.mikkeli)
    return YoungPerson.objects.get(pk=found)


def support_of(cast, person, adult, *, began=BEGAN, ended=None, reason=""):
    """A support from day to day, with its five contacts."""
    by = cast.coordinator
    support = Support.objects.create(
        token=uuid4(),
        young_person=person,
        area=cast.mikkeli,
        adult=adult,
        agreed_how="face",
        agreed_on=began,
        asked_by=by,
        named_by=by,
        named_at=noon(began),
        job_description=job_description(),
        answered_at=noon(began),
        began_at=noon(began),
        heard_on=began,
        state="ended" if ended else "active",
        ended_at=ended and noon(ended),
        end_reason=reason,
    )
    for number in range(5):
        Contact.objects.create(
            support=support,
            token=uuid4(),
            on=began + timedelta(days=number),
            channel="phone",
            started_by="adult",
            minutes=15,
            came=number > 0,
            by=adult,
        )
    return support


def is_at(support, where, *, moment="naming", on=BEGAN):
    Whereabouts.objects.create(support=support, moment=moment, where=where, on=on, by=support.adult)


def story(cast):
    """Everybody of the story; gives back the supports, the eighth's second one last."""
    adults = [cast.nurse, cast.teacher, cast.youth_worker, cast.social_worker]
    supports = []
    for number in range(20):
        ended = {"ended": ENDED, "reason": "wish" if number == 7 else "not_needed"} if number < 8 else {}
        support = support_of(cast, somebody(cast, number), adults[number % 4], **ended)
        is_at(support, "none" if number < 10 else "studies" if number < 17 else "work")
        if number < 8:
            is_at(support, "none" if number == 7 else "studies", moment="end", on=ENDED)
        else:
            Rating.objects.create(support=support, stars=4 if number < 17 else 5, at=noon(date(2026, 5, 4)))
            _around(cast, support, asked=_agrees(cast).get(number))
        supports.append(support)
    again = support_of(cast, supports[7].young_person, cast.nurse, began=AGAIN)
    is_at(again, "work", on=AGAIN)
    return [*supports, again]


def _agrees(cast):
    closing = [cast.therapist, cast.coordinator, cast.teacher, cast.nurse]
    return dict(enumerate([*closing, cast.therapist, cast.coordinator, cast.social_worker, cast.youth_worker], start=8))


def _around(cast, support, *, asked):
    agencies = [cast.school, cast.health, cast.clinic]
    if asked:
        agencies = [asked.agency, *(one for one in agencies if one != asked.agency)][:3]
    rows = [relationship(support, agency) for agency in agencies]
    if asked:
        closed(*rows[:2], asked=asked)


def relationship(support, agency):
    """This agency does case work from the naming on."""
    return ClientRelationship.objects.create(
        support=support,
        agency=agency,
        task="case_work",
        at_naming=True,
        recorded_by=support.adult,
        recorded_at=noon(BEGAN),
    )


def closed(closing, stays, *, asked):
    """What this professional agreed to was closed on 1 April."""
    at, support = noon(date(2026, 4, 1)), closing.support
    closing.ended_at, closing.ended_by = at, support.adult
    closing.save()
    OverlapProposal.objects.create(
        support=support,
        closing=closing,
        stays=stays,
        asked=asked,
        state="closed",
        said_how="face",
        proposed_by=support.adult,
        proposed_at=at,
        answered_at=at,
        closed_at=at,
        closed_by=support.adult,
        hours_freed=4,
    )


# What stands in the cells of the one half-year, each counted by hand.
BY_HAND = {
    # 70 days: of 21 who were followed 8 had ended, so 62 % went on; half of them for longer than can be told.
    "days": "over 90",
    # One gap, of ten days: too few to tell of.
    "gap": "–",
    # 21 × 4 contacts in 8 × 70 + 12 × 176 + 96 = 2,768 days, which are 90.9 months.
    "months": "0,9",
    # On 30 June 12 + 1 young people with four adults: 3.25.
    "caseload": "3,3",
    # 9 × 4 and 3 × 5 stars: 51 / 12 = 4.25.
    "stars": "4,3",
    "agencies_then": "3,0",
    # 8 × 2 and 4 × 3 agencies: 28 / 12 = 2.33.
    "agencies_now": "2,3",
    "adults_then": "3,0",
    "adults_now": "2,3",
    "closed": "8",
    "hours": "32",
    # Seven, of whom no agency knows more than two; one, and none.
    "why_not_needed": "7",
    "why_wish": "<5",
    "why_moved": "<5",
    "naming_none": "10",
    "naming_studies": "7",
    "naming_work": "<5",
    "naming_workshop": "<5",
    "half_year_studies": "<5",
    "end_studies": "7",
    "end_none": "<5",
}
CURVE = [(0, 100), (90, 62)]
