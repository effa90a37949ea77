"""What somebody without an account gets behind their link: who asks, what, and their own section."""

import json
from dataclasses import dataclass

from coordination.agencies.rules import shown_adult
from coordination.assessments import rules
from coordination.assessments.models import Participant, Section
from coordination.assessments.states import AssessmentState, ParticipantState

Kind = Participant.Kind


def guest_of(link):
    """Who comes in by this link today; None where nobody does: it leads elsewhere, they take part no more, or nothing
    is sent to them any more (`rules.why_no_link`)."""
    found = Participant.objects.filter(public_id=link.about).exclude(kind=Kind.PROFESSIONAL)
    related = ("young_person", "worker__user", "worker__agency__area")
    found = found.select_related(*(f"assessment__{name}" for name in related)).prefetch_related("bans")
    participant = found.first()
    return participant if participant and _comes_in(participant) else None


def _comes_in(participant):
    return participant.ended_at is None and not rules.why_no_link(participant)


@dataclass(frozen=True)
class Words:
    """What somebody has said in their own words, as it stands now; number 0 before anything has been. `heard` is the
    day on which the worker wrote it down, None where they wrote themselves."""

    number: int = 0
    text: str = ""
    made_at: object = None
    heard: object = None


def words_of(participant):
    """The latest words of somebody without an account."""
    version = participant.versions.last()
    if version is None:
        return Words()
    said = json.loads(version.content).get(Section.OWN_WORDS, "")
    return Words(version.number, said, version.made_at, version.heard_on)


def page_of(participant):
    """What the page behind the link of this participant shows; nothing where no link of theirs opens."""
    if not _comes_in(participant):
        return {}
    assessment = participant.assessment
    person = assessment.young_person
    is_open = assessment.state == AssessmentState.OPEN
    return {
        "participant": participant,
        "first_name": person.first_name,
        "is_child": participant.kind == Kind.CHILD,
        "adult": shown_adult(assessment.worker, None, about=person),
        "words": words_of(participant),
        "is_open": is_open,
        "has_nothing_to_add": participant.state == ParticipantState.NOTHING_TO_ADD,
        "may_have_nothing": is_open and participant.state == ParticipantState.ASKED,
    }
