"""Counting what has happened, once a month is over."""

import logging
from collections import Counter
from datetime import datetime, time

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from coordination.agencies.models import Area
from coordination.assessments.models import Participant
from coordination.clocks.rules import HELSINKI, today
from coordination.erasures.models import Tally
from coordination.follow_ups.models import AskedAdult, FollowUp
from coordination.follow_ups.rules import IN_TIME, contacted
from coordination.follow_ups.states import FollowUpState
from coordination.services.models import Need, UnmetNeed
from flags.figures import queries, rules
from flags.figures.models import MonthCount
from flags.flagging.models import Flag
from flags.matching.models import Match, MatchedFlag

log = logging.getLogger(__name__)
What = MonthCount.What


def count_months():
    """Count every month of every area that can be counted by now and wasn't. Doing it again does nothing more."""
    for area in Area.objects.all():
        for month in queries.months_to_count(area, today()):
            try:
                count_month(area=area, month=month)
            except Exception:  # One area that can't be counted must not hold up all others.
                log.exception("month %s of area %s could not be counted", month, area.pk)
                break  # a later month before an earlier one would let a half-year's sum grow, and tell by how much


@transaction.atomic
def count_month(*, area, month):
    """Write down the month's counts, unless they stand there. They are written even where nothing has happened, so
    that a month which shows says nothing."""
    area = Area.objects.select_for_update(no_key=True).get(pk=area.pk)
    if MonthCount.objects.filter(area=area, month=month).exists():
        return
    times = _times(month)
    counts = [_flags(area, month, times), *_matches(area, month, times), *_outcomes(area, times)]
    counts += _needs(area, month)
    for count in counts:
        count.area, count.month = area, month
    MonthCount.objects.bulk_create(counts)


def _times(month):
    """The month's first moment, and the next month's."""
    return tuple(datetime.combine(day, time(), tzinfo=HELSINKI) for day in (month, rules.after(month)))


def _flags(area, month, times):
    """The flags that were posted here. Coordinators know of those that have matched; where one flag makes a match, of
    all of them, and there is nothing to keep from them."""
    posted = Flag.objects.filter(area=area, made_at__gte=times[0], made_at__lt=times[1])
    posted = posted.exclude(end_reason=Flag.EndReason.UNDONE)
    matched = Exists(MatchedFlag.objects.filter(flag=OuterRef("pk")))
    rows = posted.annotate(matched=matched).values_list("membership__agency", "matched")
    erased = Tally.objects.filter(area=area, month=month, kind=Tally.Kind.FLAG)
    gone = sum(row.count for row in erased)
    known = _known(([agency] for agency, _matched in rows), gone)
    if area.threshold > 1:
        gone_matched = sum(row.count for row in erased if row.origin == "matched")
        known[rules.COORDINATORS] = sum(matched for _agency, matched in rows) + gone_matched
    return MonthCount(what=What.FLAGS, number=len(rows) + gone, known=known)


def _matches(area, month, times):
    """The matches, but those that fell away before anybody took them up; and those contacted in time."""
    found = Match.objects.filter(follow_up__area=area, made_at__gte=times[0], made_at__lt=times[1])
    follow_ups = [
        match.follow_up
        for match in found.exclude(follow_up__state=FollowUpState.NOT_NEEDED).select_related("follow_up")
    ]
    erased = Tally.objects.filter(area=area, month=month, kind=Tally.Kind.FOLLOW_UP, origin=FollowUp.Origin.MATCH)
    erased = erased.exclude(outcome="")
    gone = sum(row.count for row in erased)
    in_time = sum(contacted(one) == IN_TIME for one in follow_ups)
    in_time += sum(row.count for row in erased if row.contacted == IN_TIME)
    number = len(follow_ups) + gone
    known = _known(_agencies_of(follow_ups).values(), gone)
    people = len({one.young_person_id for one in follow_ups}) + gone
    yield MonthCount(what=What.MATCHES, number=number, known=known, people=people)
    yield MonthCount(what=What.IN_TIME, number=in_time)


def _outcomes(area, times):
    """What came of the follow-ups that were closed in the month, whatever they began from."""
    closed = FollowUp.objects.filter(
        area=area, state=FollowUpState.CLOSED, closed_at__gte=times[0], closed_at__lt=times[1]
    )
    of_outcome = {code: [] for code in FollowUp.Outcome.values}
    for follow_up in closed:
        of_outcome[follow_up.outcome].append(follow_up)
    for code, follow_ups in of_outcome.items():
        known = _known(_agencies_of(follow_ups).values(), 0)
        yield MonthCount(what=f"outcome_{code}", number=len(follow_ups), known=known)


def _needs(area, month):
    """What was needed but not available, need by need, with the agencies that may know of it."""
    marks = UnmetNeed.objects.filter(area=area, month=month).values_list("need", "source", "count", "agency")
    agencies = _agencies_of_sources({source: agency for _need, source, _count, agency in marks if source})
    for need in Need.objects.filter(Q(is_active=True) | Q(pk__in=[need for need, *_rest in marks])):
        of_need = [(source, count) for pk, source, count, _agency in marks if pk == need.pk]
        gone = sum(count for source, count in of_need if source is None)
        known = _known((agencies[source] for source, _count in of_need if source), gone)
        number = sum(count for _source, count in of_need)
        yield MonthCount(what=f"{MonthCount.NEED}{need.code}", number=number, known=known)


def _agencies_of_sources(marked_by):
    """For each of these sources of marks, {source: the agency that marked}, the agencies that know of it: those that
    were asked about in a follow-up; of other work the one whose work it is, and whoever takes part in an assessment."""
    agencies = {source: {agency} for source, agency in marked_by.items()}
    follow_ups = FollowUp.objects.filter(public_id__in=agencies)
    asked = _agencies_of(follow_ups)
    agencies |= {one.public_id: asked[one.pk] for one in follow_ups}
    parts = Participant.objects.filter(assessment__public_id__in=agencies, membership__isnull=False)
    for source, agency in parts.values_list("assessment__public_id", "membership__agency"):
        agencies[source].add(agency)
    return agencies


def _agencies_of(follow_ups):
    """For each of these follow-ups the agencies that know of it: those of everybody who was ever asked about."""
    agencies = {follow_up.pk: set() for follow_up in follow_ups}
    asked = AskedAdult.objects.filter(follow_up__in=agencies).values_list("follow_up", "membership__agency")
    for follow_up, agency in asked:
        agencies[follow_up].add(agency)
    return agencies


def _known(agencies, gone):
    """How many each side knows. What was erased had agencies, too: as nobody knows which, it counts as everybody's."""
    known = Counter(str(agency) for of_one in agencies for agency in of_one)
    return {side: number + gone for side, number in known.items()} | ({rules.ERASED: gone} if gone else {})
