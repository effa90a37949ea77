"""Who reads what in an assessment: the professionals in the room, and what may be told to a guardian."""

from dataclasses import dataclass

from django.db.models import Prefetch

from coordination.assessments.models import DisclosureBan, Participant, PartVersion
from coordination.people.rules import is_of_age

Kind, Covers = Participant.Kind, DisclosureBan.Covers


@dataclass
class Readable:
    """A participant's own part as far as one reader may read it: the versions, the oldest first."""

    participant: Participant
    versions: list


def for_participant(room):
    """The parts that whoever comes into this room reads, each with its versions, in the order of the participants."""
    readers = Prefetch("readers", Participant.objects.select_related("membership__user", "membership__agency"))
    versions = Prefetch("versions", PartVersion.objects.select_related("card").prefetch_related(readers))
    everybody = room.assessment.participants.select_related("membership__user", "membership__agency")
    found = [Readable(one, _read_in(room, one)) for one in everybody.prefetch_related(versions)]
    return [one for one in found if one.versions]


def _read_in(room, participant):
    """All versions for their author; the worker's are those that haven't been taken back; for a reader the last one
    alone, where it names them. What was narrowed or taken back is so for the versions before it, too."""
    versions = list(participant.versions.all())
    if participant == room.participant:
        return versions
    standing = [one for one in versions if one.withdrawn_at is None]
    if room.is_worker or not standing:
        return standing
    last = standing[-1]
    return [last] if room.participant in last.readers.all() else []


def standing(participant):
    """The version of this participant's part that counts; None where there is none, or it was taken back."""
    return next((one for one in reversed(list(participant.versions.all())) if one.withdrawn_at is None), None)


@dataclass(frozen=True)
class ForGuardian:
    """What may be told to one guardian; what isn't named here isn't told.

    `outcome`: the summary and the plan, and what they said themselves. Without `goals_in_words` the plan goes without
    the goals' wording, which is the child's own; what is done about them stays.
    """

    outcome: bool = False
    goals_in_words: bool = False


def for_guardian(assessment, guardian):
    """What may be told to this guardian of this assessment; never what another guardian said, or what a professional
    wrote in their own part.

    Nothing to somebody else, to a guardian who takes part no more, after the young person's 18th birthday, or while a
    ban covers everything (LSAVL 11 §, PotL 9 §). A ban on what the child has said leaves that out wherever it stands.
    """
    takes_part = guardian.kind == Kind.GUARDIAN and guardian.ended_at is None
    if not takes_part or guardian.assessment_id != assessment.pk or is_of_age(assessment.young_person):
        return ForGuardian()
    banned = {ban.covers for ban in guardian.bans.all() if ban.ended_at is None}
    if banned - {Covers.CHILD_VIEW}:
        return ForGuardian()
    return ForGuardian(outcome=True, goals_in_words=not banned)
