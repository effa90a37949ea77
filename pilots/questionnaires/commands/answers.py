"""Filling in a part: a draft as often as one likes, and ready."""

import json

from django.db import transaction
from django.utils import timezone

from coordination.links.queries import by_secret
from coordination.links.rules import does_not_open, is_device, works
from coordination.outbox.commands import done, tell
from coordination.people.access import audience
from pilots.questionnaires import notices, rules
from pilots.questionnaires.queries import guests, sheets
from pilots.questionnaires.states import PartState


@transaction.atomic
def save_answers(*, part, answers, number, ready, by):
    """Keep what was answered, {the question's key: answer}, as a draft or as `ready`.

    `number` is the state on which it was based. The same again is no change. Raises NotNow once the form has been
    submitted, where something else was saved meanwhile, and for whoever doesn't fill in this part (any more)."""
    sheet, held = sheets.held_for_part(by, part)
    return _keep(sheet, held, answers=answers, number=number, ready=ready, by=by)


@transaction.atomic
def save_as_guest(*, secret, device, answers, number, ready):
    """The same, behind the link of somebody without an account. Raises NotNow also where the link isn't open on this
    device."""
    found = _guest(secret, device)
    sheet = sheets.held(found.sheet_id)
    # Read again now that nobody else changes the form: a link that has ended meanwhile opens nothing.
    held = sheet and _guest(secret, device)
    if not held:
        raise does_not_open()
    return _keep(sheet, held, answers=answers, number=number, ready=ready, by=None)


def _guest(secret, device):
    link = by_secret(secret)
    part = link and is_device(link, device) and works(link) and guests.part_of(link)
    if not part:
        raise does_not_open()
    return part


def _keep(sheet, part, *, answers, number, ready, by):
    rules.check_under_way(sheet)
    state = PartState.READY if ready else PartState.BEGUN
    rules.check_move(part, state)
    content = json.dumps(answers, ensure_ascii=False)
    if part.number and part.answers == content and part.state == state:
        return part
    rules.check_number(part, number)
    was_ready = part.state == PartState.READY
    part.answers, part.number, part.state = content, part.number + 1, state
    part.written_by, part.answered_at = by, timezone.now()
    part.save(update_fields=["answers", "number", "state", "written_by", "answered_at"])
    if ready and part.membership_id and not any_waiting(sheet, part.membership_id):
        done(about=sheet.public_id, codes=[notices.FORM_ASKED.code], to=[part.membership])
    if ready and not was_ready and sheet.owner:
        to = audience([sheet.owner], "use_form", sheet.young_person)
        dedupe = f"{part.public_id}:{part.number}"
        url = sheet.get_absolute_url()
        tell(notices.FORM_PART_READY, to=to, about=sheet, link=url, dedupe=dedupe, except_for=by)
    return part


def any_waiting(sheet, membership_id):
    """Whether something of this membership's is not ready."""
    return sheet.parts.filter(membership=membership_id, state__in=rules.WAITING).exists()
