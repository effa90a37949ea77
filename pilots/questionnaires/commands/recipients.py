"""Who receives a submitted form; each stands in the disclosure log."""

from django.db import transaction
from django.utils import timezone

from coordination.agencies.constraints import keeping_constraints
from coordination.links.commands import end_links, send_link
from coordination.outbox.commands import done
from coordination.people import access
from pilots.questionnaires import notices, rules
from pilots.questionnaires.commands.sheets import let_in
from pilots.questionnaires.models import SheetRecipient
from pilots.questionnaires.queries import sheets

Kind = SheetRecipient.Kind


@transaction.atomic
def give_to(*, sheet, membership, token, by):
    """Let a professional read the submitted form, and tell them; the same `token` again gives back the first. Raises
    NotNow before it has been submitted, for whoever has it already, and for whoever can't be let in."""
    held = sheets.held_for_owner(by, sheet)
    if sent_before := held.recipients.filter(token=token).first():
        return sent_before
    rules.check_submitted(held)
    rules.check_can_use(held, membership)
    recipient = _add(held, token, by, kind=Kind.PROFESSIONAL, membership=membership)
    dedupe = recipient.public_id
    let_in(held, membership, by=by, what=["identity", "form"], notice=notices.FORM_RECEIVED, dedupe=dedupe)
    return recipient


@transaction.atomic
def give_outside(*, sheet, kind, name, language, email, token, by):
    """Send the submitted form to somebody without an account by a one-time link, and give back (recipient, code); the
    code is told by another way, and None where the same `token` was sent before. Raises NotNow as `give_to` does, and
    where nothing may be sent."""
    held = sheets.held_for_owner(by, sheet)
    if sent_before := held.recipients.filter(token=token).first():
        return sent_before, None
    rules.check_submitted(held)
    rules.check_link(kind, held.young_person)
    recipient = _add(held, token, by, kind=kind, name=name, language=language)
    return recipient, _send(held, recipient, email, by)


@transaction.atomic
def send_again(*, recipient, email, by):
    """Send a new link to somebody who received the form by one, and give back the code; the earlier link ends."""
    held, recipient = _held(recipient, by)
    if recipient.membership_id or recipient.ended_at:
        raise rules.not_yours()
    rules.check_link(recipient.kind, held.young_person)
    return _send(held, recipient, email, by)


def _send(sheet, recipient, email, by):
    _link, code = send_link(
        about=recipient.public_id,
        young_person=sheet.young_person,
        content={},
        email=email,
        language=recipient.language,
        back=sheet.get_absolute_url(),
        by=by,
        page="questionnaires:received",
    )
    access.pass_on(young_person=sheet.young_person, by=by, to=rules.PASSED_TO[recipient.kind], what=["form"])
    return code


@transaction.atomic
def end_recipient(*, recipient, by):
    """Somebody reads the form no more: a professional's sight ends at once, a link opens nothing. What has been read
    has been read."""
    held, recipient = _held(recipient, by)
    if recipient.ended_at:
        return recipient
    recipient.ended_at = timezone.now()
    recipient.save(update_fields=["ended_at"])
    end_links(about=recipient.public_id)
    if recipient.membership_id and not held.parts.filter(membership=recipient.membership, ended_at=None).exists():
        access.end_grounds(young_person=held.young_person, source=held.public_id, membership=recipient.membership)
        done(about=held.public_id, to=[recipient.membership])
    return recipient


@transaction.atomic
def pass_on_paper(*, sheet, by):
    """Write down that the form left the portal as a PDF. Called where it does. Raises NotNow before it was
    submitted."""
    rules.check_submitted(sheet)
    access.pass_on(young_person=sheet.young_person, by=by, to="paper", what=["form"])


def _held(recipient, by):
    held = sheets.held_for_owner(by, recipient.sheet)
    return held, held.recipients.select_related("membership").get(pk=recipient.pk)


def _add(sheet, token, by, **who):
    with keeping_constraints():
        return SheetRecipient.objects.create(sheet=sheet, token=token, named_by=by, **who)
