"""Page-ready reads of the summary: who reads which version, and what is missing before it can be signed."""

from coordination.agencies.rules import NotNow
from coordination.assessments import planning
from coordination.assessments.models import Summary
from coordination.assessments.queries.participants import able_in, name_of
from coordination.assessments.states import MISSING


def latest(assessment):
    """The last version of the summary, or None."""
    return assessment.summaries.last()


def signed(assessment):
    """The version that was signed last, or None."""
    return assessment.summaries.exclude(signed_at=None).last()


def read_in(room):
    """The version that the reader of this room reads, or None: the worker the last one, its readers the one that was
    signed last. Whom a later version leaves out reads neither."""
    last = latest(room.assessment)
    if room.is_worker or last is None:
        return last
    found = last if last.signed_at else signed(room.assessment)
    if found is None or room.participant is None:
        return None
    versions = {found.pk, last.pk}
    reads = Summary.readers.through.objects.filter(participant=room.participant, summary__in=versions)
    return found if reads.count() == len(versions) else None


def readers_of(summary, room):
    """Who reads this version besides the worker, by name."""
    found = summary.readers.select_related("membership__user", "membership__agency__area")
    return [room.named(one.membership) for one in found]


def missing_parts(room):
    """Whose part is missing or was taken back, as [(name, state in words)]; for the worker, who sees the names."""
    found = room.assessment.participants.filter(state__in=MISSING)
    found = found.select_related("membership__user", "membership__agency__area")
    return [(", ".join(filter(None, name_of(one, room))), one.get_state_display()) for one in found]


def check_can_be_signed(assessment):
    """Raise NotNow while something is missing without which nobody may sign."""
    able = [one.pk for one in able_in(assessment)]
    gone = assessment.actions.filter(done_at=None).exclude(responsible=None).exclude(responsible__in=able)
    is_heard = assessment.child_views.exists()
    planning.check_can_be_signed(summary=latest(assessment), is_heard=is_heard, gone=gone.exists())


def why_not_signed(assessment):
    """Why it can't be signed yet, as a sentence; empty where it can."""
    try:
        check_can_be_signed(assessment)
    except NotNow as refusal:
        return refusal.sentence
    return ""
