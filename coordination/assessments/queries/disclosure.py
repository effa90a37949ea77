"""What may be told of an assessment, and to whom."""

from dataclasses import dataclass

from coordination.assessments.models import DisclosureBan


@dataclass(frozen=True)
class Told:
    """What one guardian may be told."""

    child_view: bool = True
    summary: bool = True
    plan: bool = True
    goal_words: bool = True
    own_view: bool = True


def for_guardian(assessment, guardian):
    """What this guardian may be told of the assessment; by a ban the child's view, or nothing at all, isn't."""
    ban = assessment.bans.filter(guardian=guardian, ended_at=None).first()
    if ban is None:
        return Told()
    if ban.covers == DisclosureBan.Covers.EVERYTHING:
        return Told(child_view=False, summary=False, plan=False, goal_words=False, own_view=False)
    return Told(child_view=False, goal_words=False)
