"""Files of a pilot: added once they are what their name says, removed with their bytes."""

import hashlib

from django.conf import settings
from django.db import transaction

from coordination.agencies.constraints import keeping_constraints
from coordination.agencies.rules import NotNow
from coordination.erasures.commands import note
from coordination.interface.spreadsheets import Unreadable
from pilots.registry import file_kinds, rules
from pilots.registry.models import Attachment, AttachmentContent
from pilots.registry.queries.editing import held_by


@transaction.atomic
def attach(*, pilot, file, token, by, decision=None):
    """Keep a file (open for reading bytes, with a `name`) with a pilot, or with one of its decisions; the same `token`
    again gives back the attachment that it made.

    Raises NotNow, with the sentence that says why, for a file that is too large, of a kind that isn't taken, or not
    what its name says, and where the pilot has as many files as it can have.
    """
    pilot = held_by(by, pilot)
    if made := pilot.attachments.filter(token=token).first():
        return made
    rules.check_room_for_more(pilot.attachments.count())
    if decision is not None:
        rules.check_there(pilot.decisions.filter(pk=decision.pk).exists())
    try:
        taken = file_kinds.read(file, settings.ATTACHMENT_MEGABYTES)
    except Unreadable as refusal:
        raise NotNow(refusal.sentence) from refusal
    with keeping_constraints():
        attachment = Attachment.objects.create(
            pilot=pilot,
            decision=decision,
            token=token,
            name=taken.name,
            content_type=taken.content_type,
            size=len(taken.content),
            digest=hashlib.sha256(taken.content).hexdigest(),
            added_by=by,
        )
    AttachmentContent.objects.create(attachment=attachment, content=taken.content)
    return attachment


@transaction.atomic
def remove_attachment(*, attachment, by):
    """Remove a file with its bytes. Raises NotNow the second time."""
    pilot = held_by(by, attachment.pilot)
    found = pilot.attachments.filter(pk=attachment.pk).first()
    rules.check_there(found)
    erase_attachment(found)


def erase_attachment(attachment):
    """Erase a file with its bytes, as it was erased before where a backup has brought it back."""
    note("attachment", attachment=attachment.public_id)
    attachment.delete()
