"""What was new in an area in a month, and what worked: public things alone, and nothing of anybody."""

from dataclasses import dataclass, field
from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.clocks.rules import HELSINKI, months_after
from coordination.meetings.states import MeetingState
from coordination.services.queries.news import added_between
from pilots.registry.queries.texts import text_of
from pilots.results.models import Evaluation
from pilots.service_map.models import AgendaItem, Finding, GroupMeeting, SurveyRound
from pilots.service_map.states import RoundState

MOST_OF_A_KIND = 20


@dataclass(frozen=True)
class Part:
    """News of one kind: each (words, link to a page of ours)."""

    heading: str
    news: list[tuple[str, str]] = field(default_factory=list)


def news_of(area, month):
    """What came in this month (its first day), kind by kind, in the reader's language; kinds without news left out."""
    span = [_midnight(month), _midnight(months_after(month, 1))]
    parts = [
        Part(_("Approved rounds of the current-state survey"), _rounds(area, span)),
        Part(_("Decisions of the coordination group"), _decisions(area, span)),
        Part(_("Gaps and overlaps"), _mended(area, month)),
        Part(_("New in the directory of services"), _services(area, span)),
        Part(_("Evaluated pilots"), _evaluations(span)),
    ]
    return [part for part in parts if part.news]


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min), HELSINKI)


def _within(found, column, span):
    begins, ends = span
    return found.filter(**{f"{column}__gte": begins, f"{column}__lt": ends}).order_by(column, "pk")[:MOST_OF_A_KIND]


def _rounds(area, span):
    found = SurveyRound.objects.filter(area=area, state=RoundState.APPROVED)
    return [(one.name, one.get_absolute_url()) for one in _within(found, "approved_at", span)]


def _decisions(area, span):
    """How many were made in which meeting: what they say is read after signing in."""
    held = list(_within(GroupMeeting.objects.filter(area=area, state=MeetingState.HELD), "held_at", span))
    decided = list(AgendaItem.objects.filter(meeting__in=held).exclude(decided="").values_list("meeting", flat=True))
    return [(_of_meeting(one, decided.count(one.pk)), one.get_absolute_url()) for one in held if one.pk in decided]


def _of_meeting(meeting, count):
    day = date_format(timezone.localtime(meeting.starts_at), "j.n.Y")
    said = ngettext(
        "%(count)d decision in the meeting on %(day)s", "%(count)d decisions in the meeting on %(day)s", count
    )
    return said % {"count": count, "day": day}


def _mended(area, month):
    """How many were closed as mended, in whole or in part: which they are is read after signing in."""
    mended = [Finding.Outcome.FILLED, Finding.Outcome.PARTLY]
    found = Finding.objects.filter(area=area, outcome__in=mended)
    count = found.filter(closed_on__gte=month, closed_on__lt=months_after(month, 1)).count()
    said = ngettext("%(count)d is mended", "%(count)d are mended", count) % {"count": count}
    return [(said, reverse("coverage:findings"))] if count else []


def _services(area, span):
    return [(one.name, one.get_absolute_url()) for one in added_between(area, *span)[:MOST_OF_A_KIND]]


def _evaluations(span):
    found = _within(Evaluation.objects.filter(finished_at__isnull=False), "finished_at", span)
    pilots = {one.pilot_id: one.pilot for one in found.select_related("pilot").prefetch_related("pilot__texts")}
    return [(text_of(pilot).name, pilot.get_absolute_url()) for pilot in pilots.values()]
