"""What somebody without an account does behind their link: writing their part, or saying that they have none."""

import json

from django.db import transaction

from coordination.assessments import rules
from coordination.assessments.commands.taking_part import answered
from coordination.assessments.models import Assessment, PartVersion, Section
from coordination.assessments.queries.guests import guest_of, words_of
from coordination.assessments.states import ParticipantState
from coordination.links.queries import by_secret
from coordination.links.rules import does_not_open, is_device, works


@transaction.atomic
def write_as_guest(*, secret, device, words, number):
    """Keep what somebody writes in their own words as a new version of their part, and tell the worker.

    `number` is that of the version on which it was based. The same words again are no new version. Raises NotNow where
    the link isn't open on this device, once the assessment has been signed, and where another version was saved
    meanwhile: both stay.
    """
    assessment, participant = _guest(secret, device)
    rules.check_open(assessment)
    now = words_of(participant)
    if now.text == words and participant.state == ParticipantState.CONTRIBUTED:
        return participant.versions.last()
    rules.check_version(number, now.number)
    version = PartVersion.objects.create(
        participant=participant,
        number=now.number + 1,
        content=json.dumps({Section.OWN_WORDS: words}, ensure_ascii=False),
        basis=PartVersion.Basis.OWN,
    )
    answered(participant, assessment, ParticipantState.CONTRIBUTED)
    return version


@transaction.atomic
def nothing_as_guest(*, secret, device):
    """Somebody without an account has nothing to add. Raises NotNow as `write_as_guest` does, and where they have
    written already."""
    assessment, participant = _guest(secret, device)
    rules.check_open(assessment)
    return answered(participant, assessment, ParticipantState.NOTHING_TO_ADD)


def _guest(secret, device):
    """(assessment, participant) of a link that is open on this device, with everybody else waiting who would change
    either. Raises NotNow for any other."""
    link = by_secret(secret)
    participant = link and guest_of(link)
    if not participant:
        raise does_not_open()
    # First the assessment, as for everybody who works on it: a part that is ended meanwhile is found ended.
    assessments = Assessment.objects.select_related("young_person", "worker__user", "worker__agency__area")
    assessment = assessments.select_for_update(of=["self"], no_key=True).get(pk=participant.assessment_id)
    link = by_secret(secret, lock=True)
    participant = link and is_device(link, device) and works(link) and guest_of(link)
    if not participant:
        raise does_not_open()
    return assessment, participant
