"""A written-out story of twenty-five assessments in the first half of 2026, for figures that were counted by hand.

All are pending from Wednesday 14 January. Six agencies report, in turn, and the next in turn is asked for a part, so
that each knows of a third. By the rules the last day to begin is 23 January, the last day to finish 14 April.

- 0 to 13 begin on 19 January, 14 to 24 on the 26th. 23 and 24 concern children who need no special support.
- 0 to 5 are signed on 25 March, 6 to 11 on 10 April, 12 to 15 on 4 May; 16 to 24 are still under way.
- 0 to 15 are heard on 2 February, 0 to 8 of them alone. Of 0 to 10 the part is missing.
- 0 to 8 come to general services, 9 to 13 to social welfare, 14 to child protection, 15 to nothing.
"""

from datetime import date, datetime
from uuid import uuid4

import time_machine

from coordination.assessments.commands.deadlines import set_deadlines
from coordination.assessments.models import Assessment, ChildView, Participant, Report, Summary
from coordination.clocks.rules import HELSINKI
from coordination.people.commands import find_or_make
from coordination.people.models import YoungPerson
from tests.coordination.assessments.reporting import TYPED, sent

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)
PENDING = date(2026, 1, 14)
COUNTED_ON = date(2026, 7, 15)
MANY = 25


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=HELSINKI)


def _by_number(number, *until):
    """The first of these values whose number has not been reached."""
    return next(value for end, value in until if number < end)


def _begun(cast, number, by):
    """An assessment of its own child, as begun from this member's report."""
    names = {"first_name": f"Lapsi{chr(97 + number)}", "last_name": f"Sukunimi{chr(97 + number)}"}
    with time_machine.travel(noon(PENDING), tick=False):
        report = sent(by, **names)
        person = find_or_make(**names, birth_date=TYPED["birth_date"], area=cast.mikkeli)
    at = noon(_by_number(number, (14, date(2026, 1, 19)), (MANY, date(2026, 1, 26))))
    assessment = Assessment.objects.create(
        young_person=YoungPerson.objects.get(pk=person),
        area=cast.mikkeli,
        agency=cast.social,
        worker=cast.social_worker,
        pending_at=report.sent_at,
        began_at=at,
    )
    report.state, report.scope = "begun", "special_support" if number < 23 else "others"
    report.begun_at, report.decided_at = at, at
    report.begun_by = report.decided_by = cast.social_worker
    report.assessment = assessment
    report.save()
    set_deadlines(Report.objects.get(pk=report.pk))
    return assessment


def signed(assessment, day, outcome):
    """Signed on this day, with this outcome."""
    number = assessment.summaries.count() + 1
    Summary.objects.create(
        assessment=assessment,
        number=number,
        conclusions="Tuen tarve",
        need_lasts="temporary",
        child_protection=False,
        child_protection_why="Ei tarvetta",
        own_worker=False,
        outcome=outcome,
        outcome_why="Arki sujuu",
        by=assessment.worker,
        signed_at=noon(day),
    )
    assessment.state, assessment.signed_at, assessment.signed_by = "signed", noon(day), assessment.worker
    assessment.save()


def heard(assessment, day, *, alone):
    """The child was heard on this day."""
    ChildView.objects.create(
        assessment=assessment,
        number=assessment.child_views.count() + 1,
        heard_on=day,
        heard_how="face",
        met_alone=alone,
        why_not_alone="" if alone else "Halusi isän mukaan",
        own_words="Haluan nukkua kotona",
        maturity="able",
        maturity_why="Keskustelu",
        by=assessment.worker,
    )


def asked(assessment, membership, **more):
    """This professional was asked for a part."""
    by = assessment.worker
    more = {"asked_at": assessment.began_at, "asked_by": by, "kind": "professional"} | more
    return Participant.objects.create(assessment=assessment, membership=membership, token=uuid4(), **more)


def story(cast):
    """Everybody of the story, in the order of their numbers."""
    six = [cast.nurse, cast.teacher, cast.youth_worker, cast.therapist, cast.coordinator, cast.administrator]
    made = []
    for number in range(MANY):
        assessment = _begun(cast, number, six[number % 6])
        made.append(assessment)
        answered = {} if number <= 10 else {"state": "contributed", "answered_at": noon(date(2026, 2, 2))}
        asked(assessment, six[(number + 1) % 6], **answered)
        if number < 16:
            heard(assessment, date(2026, 2, 2), alone=number < 9)
            day = _by_number(number, (6, date(2026, 3, 25)), (12, date(2026, 4, 10)), (16, date(2026, 5, 4)))
            outcome = _by_number(
                number, (9, "general"), (14, "social_welfare"), (15, "child_protection"), (16, "no_need")
            )
            signed(assessment, day, outcome)
    return made


# What stands in the cells of the one half-year, each counted by hand.
BY_HAND = {
    # 16 to 24, of whom no agency knows more than four.
    "pending": "9",
    # 14 of the 23 who have a last day: 60.9 %.
    "begun": "61 %",
    # 14 × 5 and 11 × 12 days: the thirteenth is five.
    "days_to_begin": "5",
    # 0 to 11 of the same 23: 52.2 %.
    "finished": "52 %",
    # 6 × 70, 6 × 86 and 4 × 110 days: the eighth and the ninth are 86.
    "days_to_finish": "90",
    # 9 of 16: 56.25 %.
    "heard": "56 %",
    "asked": "16",
    # 0 to 10, of whom no agency knows more than four.
    "missing": "11",
    # Nine, of whom no agency knows more than four; five, of whom one knows two; one, one and none.
    "out_general": "9",
    "out_social_welfare": "<5",
    "out_child_protection": "<5",
    "out_no_need": "<5",
    "out_urgent": "<5",
}
