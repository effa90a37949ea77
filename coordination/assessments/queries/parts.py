"""Own parts and what was heard, ready for the pages."""

import json
from dataclasses import dataclass, field

from django.http import Http404

from coordination.assessments import rules
from coordination.assessments.models import ChildView, DisclosureBan, Participant, PartVersion, Section
from coordination.assessments.queries import disclosure
from coordination.assessments.queries.participants import professionals
from coordination.assessments.states import AssessmentState
from coordination.people.rules import is_of_age

Kind = Participant.Kind


@dataclass
class Part:
    """A participant's own part as one reader sees it: whose it is, and the versions that the reader may read, the
    newest first."""

    participant: Participant
    who: str
    versions: list = field(default_factory=list)

    @property
    def last(self):
        """The version that counts; None where the reader reads none, or it was taken back."""
        return next((one for one in self.versions if one.withdrawn_at is None), None)


@dataclass
class Heard(Part):
    """The part of somebody without an account, as the worker sees it: with what must not be told to a guardian."""

    ban: DisclosureBan | None = None

    @property
    def can_be_heard(self):
        """Whether what they say can be written down: until they take part no more, or have no say."""
        young_person = self.participant.assessment.young_person
        return not (self.participant.ended_at or rules.why_no_say(self.participant.kind, young_person))


@dataclass
class Views:
    """What the worker alone sees: what the child said, and what others without an account said, with the bans."""

    child: ChildView | None
    is_adult: bool
    people: list


def possible_readers(assessment, participant):
    """The professionals whom the author of this part can let read it: whoever else takes part now. The worker reads it
    in any case."""
    return [one for one in professionals(assessment) if one != participant]


def name_of(participant, room):
    """A participant as the reader may know them: a professional as everywhere; of whoever has no account the worker
    alone knows the name."""
    if participant.membership_id:
        return room.named(participant.membership, with_title=True)
    return room.is_worker and participant.name or participant.get_kind_display()


def shown_version(version, room):
    """The version with its texts in the order of the sections; its author and the worker see who else reads it."""
    version.texts = texts_of(version)
    version.is_own = version.participant == room.participant
    version.says_readers = version.participant.kind == Kind.PROFESSIONAL and (version.is_own or room.is_worker)
    version.reader_names = [name_of(one, room) for one in version.readers.all()] if version.says_readers else []
    return version


def texts_of(version):
    """What the version says, as [(the section's name, text)]."""
    content = json.loads(version.content)
    return [(section.label, content[section]) for section in Section if section in content]


def part_of(participant, room):
    """This participant's part as whoever came into the room reads it."""
    found = next((one for one in disclosure.for_participant(room) if one.participant == participant), None)
    return _shown(found, room) if found else Part(participant, name_of(participant, room))


def read_or_404(room, public_id):
    """The part of the participant with this public id; 404 where whoever came into the room reads none of it."""
    participant = room.assessment.participants.filter(public_id=public_id).first()
    part = participant and part_of(participant, room)
    if not part or not part.versions:
        raise Http404
    return part


def without_account_or_404(room, public_id, *kinds):
    """Somebody in this room who has no account; of these kinds, when any are named."""
    kinds = kinds or (Kind.CHILD, Kind.GUARDIAN, Kind.OUTSIDE)
    participant = room.assessment.participants.filter(kind__in=kinds, public_id=public_id).first()
    if participant is None:
        raise Http404
    return participant


def shown_in(room):
    """What `_parts.html` and `_views.html` show of a room: one's own part, others' parts as far as one may read them,
    and for the worker what was heard."""
    read = {found.participant.pk: _shown(found, room) for found in disclosure.for_participant(room)}
    own = room.participant
    professional = [part for part in read.values() if part.participant.kind == Kind.PROFESSIONAL]
    return {
        "own_part": own and read.get(own.pk, Part(own, name_of(own, room))),
        "parts": [part for part in professional if part.participant != own],
        "parts_open": room.assessment.state == AssessmentState.OPEN,
        "views": _views(room, read) if room.is_worker else None,
    }


def _shown(found, room):
    versions = [shown_version(one, room) for one in reversed(found.versions)]
    return Part(found.participant, name_of(found.participant, room), versions)


def _views(room, read):
    """The child first, then guardian by guardian, then agencies outside."""
    order = [Kind.CHILD, Kind.GUARDIAN, Kind.OUTSIDE]
    others = room.assessment.participants.filter(membership=None).prefetch_related("bans")
    people = [
        Heard(
            participant=one,
            who=name_of(one, room),
            versions=read[one.pk].versions if one.pk in read else [],
            ban=next((ban for ban in one.bans.all() if ban.ended_at is None), None),
        )
        for one in sorted(others, key=lambda one: order.index(one.kind))
    ]
    return Views(room.assessment.child_views.last(), is_of_age(room.young_person), people)


def latest_version(participant):
    """The last version of a part whatever became of it, which its author goes on from; None before the first."""
    return PartVersion.objects.filter(participant=participant).prefetch_related("readers__membership__user").last()
