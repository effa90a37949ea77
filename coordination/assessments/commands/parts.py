"""One's own part: writing it, for whom, and taking it back."""

import json

from django.db import transaction
from django.utils import timezone

from coordination.assessments import notices, rules
from coordination.assessments.models import PartVersion
from coordination.assessments.queries import disclosure, parts, rooms
from coordination.assessments.states import ParticipantState
from coordination.cards.models import Phase
from coordination.cards.queries import own_card
from coordination.outbox.commands import done, tell
from coordination.people.access import audience, pass_on


@transaction.atomic
def write_part(*, assessment, content, basis, basis_why, readers, number, by):
    """Save the next version of one's own part, which the worker and these `readers` (participants) may read.

    `content` is {section: text}; `number` that of the version after which it was written, 0 for none. The very same
    once more is no new version. Raises NotNow where another version came meanwhile, and for what can't be shared so.
    """
    assessment, participant = rooms.held_for_participant(by, assessment)
    rules.check_open(assessment)
    rules.check_participant_move(participant, ParticipantState.CONTRIBUTED)
    rules.check_content(by.agency, content)
    rules.check_basis(basis, basis_why)
    rules.check_chosen(readers, parts.possible_readers(assessment, participant))
    before = disclosure.standing(participant)
    had = set(before.readers.all()) if before else set()
    version, is_new = keep_version(
        participant,
        number=number,
        readers=readers,
        content=content,
        basis=basis,
        basis_why=basis_why,
        card=own_card(by, Phase.CONTRIBUTE),
        written_by=by,
    )
    if is_new:
        done(about=assessment, codes=[notices.PART_ASKED], to=[by])
        _tell(version, [one.membership for one in readers if one not in had], is_first=before is None)
    return version


@transaction.atomic
def withdraw_part(*, assessment, by):
    """Take back one's own part, with all its versions: from now on nobody but oneself reads it. Raises NotNow once the
    summary has been signed."""
    assessment, participant = rooms.held_for_participant(by, assessment)
    rules.check_open(assessment)
    rules.check_participant_move(participant, ParticipantState.WITHDRAWN)
    now = timezone.now()
    for version in participant.versions.filter(withdrawn_at=None):
        version.withdrawn_at = now
        version.save(update_fields=["withdrawn_at"])
    set_state(participant, ParticipantState.WITHDRAWN)


def keep_version(participant, *, number, content, readers=(), **columns):
    """(version, whether it is new) of the part of a participant who is held: the next one, or the one that counts where
    it says the very same for the same readers. Raises NotNow where another one came meanwhile."""
    latest = participant.versions.last()
    columns["content"] = json.dumps({section: text for section, text in content.items() if text}, ensure_ascii=False)
    if latest and _is_same(latest, readers, columns):
        return latest, False
    last = rules.number_of(latest)
    rules.check_version(number, last)
    version = PartVersion.objects.create(participant=participant, number=last + 1, **columns)
    version.readers.set(readers)
    set_state(participant, ParticipantState.CONTRIBUTED)
    return version, True


def _is_same(latest, readers, columns):
    same = all(getattr(latest, name) == value for name, value in columns.items())
    return same and latest.withdrawn_at is None and set(latest.readers.all()) == set(readers)


def set_state(participant, state):
    """Where a part stands from now on, in an assessment that the caller holds: answered, or ended."""
    moment = "ended_at" if state == ParticipantState.ENDED else "answered_at"
    participant.state = state
    setattr(participant, moment, timezone.now())
    participant.save(update_fields=["state", moment])


def tell_worker(assessment, *, dedupe, by=None):
    """Tell the worker that somebody has written, or has nothing to add."""
    tell(
        notices.PART_WRITTEN,
        to=audience([assessment.worker], "assess", assessment.young_person),
        about=assessment,
        link=assessment.get_absolute_url(),
        dedupe=dedupe,
        except_for=by,
    )


def _tell(version, added, *, is_first):
    """Tell the worker of each version, and whoever could not read the one before it; what goes to another agency stands
    in the disclosure log."""
    assessment, by = version.participant.assessment, version.written_by
    person = assessment.young_person
    news = {"about": assessment, "link": assessment.get_absolute_url(), "dedupe": version.public_id, "except_for": by}
    tell_worker(assessment, dedupe=version.public_id, by=by)
    tell(notices.PART_SHARED, to=audience(added, "contribute", person), **news)
    agencies = {one.agency_id: one.agency for one in added}
    if is_first:
        agencies[assessment.agency_id] = assessment.agency
    for agency in agencies.values():
        if agency.pk != by.agency_id:
            pass_on(young_person=assessment, by=by, agency=agency, what=["part"])
