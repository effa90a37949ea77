"""An assessment as a record: the whole of it for the controller's own system, and the family's copies.

The PDF and the text are made of the same chapters, so that neither says more than the other.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.assessments.models import Participant
from coordination.assessments.queries import chapters, disclosure
from coordination.assessments.states import AssessmentState
from coordination.interface import pdf
from coordination.templatetags.ui import finnish_date, finnish_moment

Kind = Participant.Kind
FAMILY = [Kind.CHILD, Kind.GUARDIAN]


@dataclass
class Paper:
    """A record, or a copy for somebody: of whom, whose record it is, by whom the paper was made and when."""

    title: str
    facts: list
    chapters: list = field(default_factory=list)
    is_record: bool = False


def of(room):
    """The whole record, for the worker who hands it over."""
    assessment, eyes = room.assessment, chapters.Eyes(about=room.young_person, viewer=room.membership)
    controller = f"{eyes.agency(assessment.agency)}, {assessment.area.name}"
    professionals = {"title": _("Own parts of professionals"), "of": ~Q(kind__in=FAMILY)}
    child = {"title": _("What the child or young person wrote"), "of": Q(kind=Kind.CHILD)}
    guardians = {"title": _("Guardians' views"), "of": Q(kind=Kind.GUARDIAN)}
    return Paper(
        title=_("Assessment of the need for services"),
        facts=_facts(room, controller, by=eyes.adult(room.membership)),
        chapters=[
            *chapters.bans(assessment, eyes),
            chapters.course(assessment, eyes),
            *chapters.matters(assessment, eyes),
            chapters.taking_part(assessment, eyes),
            *chapters.parts(assessment, eyes, **professionals),
            *chapters.childs_view(assessment, eyes),
            *chapters.parts(assessment, eyes, **child),
            *chapters.parts(assessment, eyes, **guardians),
            *chapters.summary(assessment, eyes),
            *chapters.plan(assessment, eyes),
        ],
        is_record=True,
    )


def copy_for(room, participant):
    """The summary and the plan for the child, with the child's own view, or for a guardian, as far as that guardian may
    be told (`may_have_copy`).

    Professionals, agencies and services show as to somebody who knows nothing, and with non-disclosure no town does.
    """
    assessment, person = room.assessment, room.young_person
    eyes, told = chapters.Eyes(about=person), _told(assessment, participant)
    is_child = participant.kind == Kind.CHILD
    own = {"title": _("What you have said yourself"), "of": Q(pk=participant.pk)}
    found = [
        *(chapters.childs_view(assessment, eyes) if is_child else []),
        *(chapters.parts(assessment, eyes, **own) if told.outcome else []),
        *(chapters.summary(assessment, eyes) if told.outcome else []),
        *(chapters.plan(assessment, eyes, goal_words=told.goals_in_words) if told.outcome else []),
    ]
    area = "" if person.non_disclosure else assessment.area.name
    controller = ", ".join(filter(None, [eyes.agency(assessment.agency), area]))
    facts = _facts(room, controller, by=eyes.adult(room.membership))
    facts.insert(1, (_("Copy for"), participant.name))
    return Paper(title=_("Summary and plan"), facts=facts, chapters=found)


def may_have_copy(assessment, participant):
    """Whether this participant is of the family, and may be told of the summary or the plan."""
    of_family = participant.kind in FAMILY and not participant.ended_at
    return of_family and _told(assessment, participant).outcome


def _told(assessment, participant):
    """What this member of the family may be told; the child all but what guardians said."""
    if participant.kind == Kind.GUARDIAN:
        return disclosure.for_guardian(assessment, participant)
    return disclosure.ForGuardian(outcome=True, goals_in_words=True)


def _facts(room, controller, *, by):
    person = room.young_person
    made = _("%(who)s, %(when)s") % {"who": by, "when": finnish_moment(timezone.now())}
    return [
        (_("Child or young person"), f"{person.name}, {finnish_date(person.birth_date)}"),
        (_("Whose record it is"), controller),
        (_("Made by"), made),
    ]


def as_text(paper):
    """The paper as plain text, to be copied into another system."""
    blocks = [_block(paper.title, paper.facts, mark="=")]
    blocks += [
        _block(one.title, one.lines, mark="" if one.within else "-", warning=one.warning) for one in paper.chapters
    ]
    if paper.is_record:
        blocks.append(_("Signature, name in print, place and date:"))
    return "\n\n".join(blocks)


def _block(title, lines, *, mark, warning=""):
    rows = [title, mark * len(title), warning.upper(), *(f"{label}: {text}" for label, text in lines)]
    return "\n".join(filter(None, rows))


def shown_in(room):
    """What the page of a room shows its worker of handing over; nothing to others."""
    if not room.is_worker:
        return {}
    assessment = room.assessment
    signed = assessment.state != AssessmentState.OPEN
    days = assessment.area.days_kept_after_closing
    handed = assessment.handed_at
    participants = assessment.participants.prefetch_related("bans") if signed else []
    return {
        "handing": {
            "signed": signed,
            "handed": handed,
            "days": days,
            "goes_on": handed and timezone.localdate(handed) + timedelta(days=days),
            "no_pdf": pdf.unavailable(),
            "languages": settings.LANGUAGES,
            "copies": [one for one in participants if may_have_copy(assessment, one)],
        }
    }
