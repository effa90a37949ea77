"""What somebody without an account does behind their link: writing their part, or saying that they have none."""

from django.db import transaction

from coordination.assessments import rules
from coordination.assessments.commands.parts import keep_version, tell_worker
from coordination.assessments.commands.taking_part import have_nothing
from coordination.assessments.models import PartVersion, Section
from coordination.assessments.queries import rooms
from coordination.assessments.queries.guests import guest_of
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
    content = {Section.OWN_WORDS: words}
    version, is_new = keep_version(participant, number=number, content=content, basis=PartVersion.Basis.OWN)
    if is_new:
        tell_worker(assessment, dedupe=version.public_id)
    return version


@transaction.atomic
def nothing_as_guest(*, secret, device):
    """Somebody without an account has nothing to add. Raises NotNow as `write_as_guest` does, and where they have
    written already."""
    assessment, participant = _guest(secret, device)
    rules.check_open(assessment)
    return have_nothing(participant, assessment)


def _guest(secret, device):
    """(assessment, participant) of a link that is open on this device, with everybody else waiting who would change
    either. Raises NotNow for any other."""
    link = by_secret(secret)
    participant = link and guest_of(link)
    if not participant:
        raise does_not_open()
    # First the assessment, as for everybody who works on it: a part that is ended meanwhile is found ended.
    assessment = rooms.held(participant.assessment_id)
    link = by_secret(secret, lock=True)
    participant = link and is_device(link, device) and works(link) and guest_of(link)
    if not participant:
        raise does_not_open()
    return assessment, participant
