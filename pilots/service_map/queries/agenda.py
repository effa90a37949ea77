"""What a meeting of the group can take up: whatever is open, of each source in `SOURCES`."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coordination.clocks.rules import today
from pilots.service_map.coverage_states import FindingState
from pilots.service_map.models import GroupAction, SurveyAnswer, SurveyRound
from pilots.service_map.queries.deciding import open_findings
from pilots.service_map.queries.rounds import latest_of
from pilots.service_map.states import RoundState, Stands


@dataclass(frozen=True)
class OpenThing:
    """Something that is open, by the public id of what it is about, and where it stands; `of_the_group` where only the
    group may know of it."""

    about: UUID
    words: str
    link: str
    of_the_group: bool = False


def open_things(area_id):
    """Everything that is open in this area, source by source."""
    return [thing for source in SOURCES for thing in source(area_id)]


def _unanswered(area_id):
    """The open round, where not everything in it is answered."""
    for one in SurveyRound.objects.filter(area=area_id, state=RoundState.OPEN):
        if number := SurveyAnswer.objects.filter(round=one, stands="").count():
            said = ngettext("%(count)d indicator is not answered", "%(count)d indicators are not answered", number)
            words = f"{one.name}: {said % {'count': number}}"
            yield OpenThing(one.public_id, words, one.get_absolute_url(), of_the_group=True)


def _to_approve(area_id):
    """The round whose answers are closed: the group approves it in a meeting."""
    for one in SurveyRound.objects.filter(area=area_id, state=RoundState.CLOSED):
        yield OpenThing(one.public_id, _("To be approved: %(round)s") % {"round": one.name}, one.get_absolute_url())


def _not_in_order(area_id):
    """Each indicator that wasn't in order when it was last approved."""
    for one in latest_of(area_id).select_related("indicator", "round"):
        if one.stands == Stands.NOT:
            words = _("Not in order: %(indicator)s") % {"indicator": one.indicator}
            yield OpenThing(one.public_id, words, one.round.get_absolute_url())


def _late_actions(area_id):
    """Each action of a meeting that should have been done."""
    found = GroupAction.objects.filter(meeting__area=area_id, done_at=None, due_on__lt=today())
    for one in found.select_related("meeting"):
        words = _("Not done: %(words)s") % {"words": one.words}
        yield OpenThing(one.public_id, words, one.meeting.get_absolute_url(), of_the_group=True)


def _findings(area_id):
    """Each gap or overlap that waits for a decision, and each of which what was decided is late."""
    for one in open_findings(area_id):
        if one.state == FindingState.OPENED:
            words = _("To be decided: %(title)s") % {"title": one.title}
        elif one.due_on and one.due_on < today():
            words = _("Not done: %(words)s") % {"words": one.title}
        else:
            continue
        yield OpenThing(one.public_id, words, one.get_absolute_url())


# Each gives the open things of an area.
SOURCES = [_unanswered, _to_approve, _not_in_order, _findings, _late_actions]
