"""Who takes part in an assessment, as each reader may see them; and who could be invited."""

from dataclasses import dataclass

from django.http import Http404

from coordination.agencies.rules import shown_adult
from coordination.assessments import rules
from coordination.assessments.models import Participant
from coordination.assessments.states import MISSING, AssessmentState, ParticipantState
from coordination.links.queries import latest_about
from coordination.links.rules import state_of
from coordination.people.access import audience
from coordination.support.queries import candidates

Kind = Participant.Kind
COLOURS = {ParticipantState.CONTRIBUTED: "green", ParticipantState.NOTHING_TO_ADD: "green"}


@dataclass(frozen=True)
class Shown:
    """Somebody who takes part, as the reader may see them."""

    participant: Participant
    name: str
    detail: str
    state: str
    colour: str
    is_own: bool
    is_guest: bool
    link_state: str = ""
    link_sent_at: object = None
    no_link: str = ""


def shown_in(room):
    """Who takes part, for the room's page: to the worker everybody by name, also who takes part no more; to the others
    professionals as they may know of them, and of whoever has no account what they are."""
    found = room.assessment.participants.select_related("membership__user", "membership__agency__area", "assessment")
    found = found.prefetch_related("bans")
    if not room.is_worker:
        found = found.filter(ended_at=None)
    rows = list(found)
    for one in rows:
        one.assessment = room.assessment
    links = latest_about([one.public_id for one in rows]) if room.is_worker else {}
    shown = [_shown(one, room, links.get(one.public_id)) for one in rows]
    return {
        "participants": [one for one in shown if not one.participant.ended_at],
        "ended_participants": [one for one in shown if one.participant.ended_at],
        "may_invite": room.is_worker and room.assessment.state == AssessmentState.OPEN,
        "may_have_nothing": room.participant is not None
        and room.assessment.state == AssessmentState.OPEN
        and room.participant.state in MISSING,
    }


def _shown(participant, room, link):
    name, detail = name_of(participant, room)
    is_own = participant == room.participant
    state = participant.state
    # That somebody took their part back is between them and the worker.
    if state == ParticipantState.WITHDRAWN and not (is_own or room.is_worker):
        state = ParticipantState.ASKED
    return Shown(
        participant=participant,
        name=name,
        detail=detail,
        state=ParticipantState(state).label,
        colour=COLOURS.get(state, "yellow" if state in MISSING else "grey"),
        is_own=is_own,
        is_guest=participant.kind != Kind.PROFESSIONAL,
        link_state=link and state_of(link).label,
        link_sent_at=link and link.made_at,
        no_link=rules.why_no_link(participant) if participant.kind != Kind.PROFESSIONAL and room.is_worker else "",
    )


def name_of(participant, room):
    """(name, what else is said of them) of somebody who takes part, as the reader of the room may see them."""
    kind = participant.get_kind_display()
    if participant.kind != Kind.PROFESSIONAL:
        return (participant.name, kind) if room.is_worker else (kind, "")
    about = room.young_person
    adult = shown_adult(participant.membership, room.membership, about=about, coordinates=room.is_worker)
    return adult.name or adult.agency, adult.agency if adult.name else ""


def professionals(assessment):
    """The participants who are professionals and come into the room now; neither the worker nor whoever must not learn
    of the child."""
    found = assessment.participants.filter(kind=Kind.PROFESSIONAL, ended_at=None).exclude(membership=assessment.worker)
    found = list(found.select_related("membership__user", "membership__agency__area"))
    able = {one.pk for one in audience([one.membership for one in found], "contribute", assessment.young_person)}
    return [one for one in found if one.membership_id in able]


def able_in(assessment):
    """The memberships that can be responsible for something: the worker, and the professionals who take part."""
    return [assessment.worker, *(one.membership for one in professionals(assessment))]


def guest_or_404(room, public_id):
    """Somebody without an account who takes part in this very assessment."""
    found = room.assessment.participants.filter(public_id=public_id, ended_at=None).exclude(kind=Kind.PROFESSIONAL)
    return _one_or_404(found)


def is_family_untold(participant):
    """Whether this is a guardian, and nobody has written down that the family knows of what led to the assessment."""
    is_guardian = participant.kind == Kind.GUARDIAN
    return is_guardian and participant.assessment.reports.filter(family_informed_on=None).exists()


def participant_or_404(room, public_id):
    """Somebody who takes part in this very assessment, or did."""
    return _one_or_404(room.assessment.participants.filter(public_id=public_id))


def _one_or_404(found):
    related = ("assessment__young_person", "membership__user", "membership__agency__area")
    participant = found.select_related(*related).first()
    if participant is None:
        raise Http404
    return participant


def found_by_name(room, *, search, chosen):
    """Who could be invited, as `candidates.found_by_name` says it."""
    who = {"viewer": room.membership, "young_person": room.young_person, "search": search, "chosen": chosen}
    not_these = rules.not_to_be_invited(room.assessment)
    return candidates.found_by_name(room.assessment.area, not_these=not_these, **who)
