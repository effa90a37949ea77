"""Two rows, one young person: each step moves what is its own, from the lowest floor up."""

from django.db import transaction
from django.utils.translation import gettext as _

from coordination.activity.commands import move_events, record
from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.assessments.commands.joining import move_assessments
from coordination.follow_ups.commands import drop_excluded, move_follow_ups
from coordination.links.commands import end_links_of, move_links
from coordination.meetings.commands import move_meetings
from coordination.people.commands import join_people
from coordination.people.doubles import decide_double, hold_with_doubles
from coordination.people.models import LikelyDouble
from coordination.people.rules import one_hetu
from coordination.support.commands.joining import move_supports
from flags.flagging.commands import move_flags
from flags.matching.commands import move_matches
from pilots.measures.commands.joining import move_courses
from pilots.questionnaires.commands.leaving import move_forms
from pilots.schedules.commands.leaving import move_schedules


@transaction.atomic
def decide(*, double, same, by):
    """Keep a coordinator's "same" or "not the same" of a likely double; "same" joins the rows and may raise a match.

    Of two who decide at once, the second learns that it is decided. Raises NotNow then, and where the two identity
    codes differ: two codes are never one person.
    """
    rows = hold_with_doubles(double.first_id, double.second_id)
    waiting = LikelyDouble.objects.filter(pk=double.pk, state=LikelyDouble.State.WAITING)
    double = waiting.select_for_update(of=["self"]).select_related("first", "second").first()
    if double is None:
        raise NotNow(_("This has already been decided."))
    kept, gone = rows[double.first_id], rows[double.second_id]
    if same and one_hetu(kept, gone) is False:
        raise NotNow(_("These two have different personal identity codes, so they are two people."))
    decide_double(double=double, same=same, by=by)
    if same:
        join(kept=kept, gone=gone, by=by)
    return double


def join(*, kept, gone, by):
    """Make two rows one: the steps move what is theirs, and the row that goes becomes a pointer that names nobody."""
    move_flags(gone=gone, kept=kept)
    move_matches(gone=gone, kept=kept)
    move_follow_ups(gone=gone, kept=kept, by=by)
    move_links(gone=gone, kept=kept)
    move_meetings(gone=gone, kept=kept)
    move_supports(gone=gone, kept=kept, by=by)
    move_assessments(gone=gone, kept=kept)
    move_forms(gone=gone, kept=kept)
    move_courses(gone=gone, kept=kept)
    move_schedules(gone=gone, kept=kept)
    move_events(gone=gone, kept=kept)
    join_people(kept=kept, gone=gone)
    if kept.non_disclosure:
        end_links_of(young_person=kept)  # the other row's were sent while nothing was hidden
    drop_excluded(young_person=kept)
    record(Event.Kind.PEOPLE_JOINED, young_person_id=kept.pk, by=by)
