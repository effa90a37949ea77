"""Filled-in forms: beginning one, asking the others, submitting it, and taking it over."""

from django.db import transaction
from django.utils import timezone

from coordination.agencies.constraints import keeping_constraints
from coordination.erasures.commands import note
from coordination.links.commands import end_links, erase_links, send_link
from coordination.outbox.commands import done, tell
from coordination.people import access
from coordination.people.erasing import erase_rows
from coordination.people.holding import hold
from pilots.questionnaires import notices, rules
from pilots.questionnaires.commands import counting
from pilots.questionnaires.models import Sheet, SheetPart
from pilots.questionnaires.queries import sheets
from pilots.questionnaires.states import PartState

FORM = sheets.FORM


@transaction.atomic
def begin(*, version, young_person, party, token, by):
    """Begin a form of this young person, with the part of `party` for oneself, or None where others fill in all of it;
    the same `token` again gives back the first one. Raises NotNow for whoever doesn't know them by their own
    permission, and for a form not in use."""
    if sent_before := Sheet.objects.filter(token=token, owner=by).first():
        return sent_before
    # Held first: whoever erases or joins the young person meanwhile is found to have done so.
    hold(young_person)
    if not access.works_with(by, young_person):
        raise rules.not_yours()
    rules.check_can_begin(version, by.area)
    with keeping_constraints():
        sheet = Sheet.objects.create(version=version, young_person=young_person, area=by.area, owner=by, token=token)
    if party:
        _add(sheet, party, token, membership=by)
    access.give_ground(young_person=young_person, kind=FORM, source=sheet.public_id, membership=by)
    counting.keep_begun(sheet)
    return sheet


@transaction.atomic
def ask(*, sheet, party, membership, token, by):
    """Ask a professional to fill in the part of `party`, and let them into this form alone; the same `token` again
    gives back the first part. Raises NotNow for whoever can't be asked, where somebody fills it in already, and once
    the form has been submitted."""
    held = sheets.held_for_owner(by, sheet)
    if sent_before := held.parts.filter(token=token).first():
        return sent_before
    rules.check_under_way(held)
    rules.check_can_use(held, membership)
    part = _add(held, party, token, membership=membership)
    let_in(held, membership, by=by, what=["identity", "form_asked"], notice=notices.FORM_ASKED, dedupe=part.public_id)
    return part


@transaction.atomic
def ask_outside(*, sheet, party, name, language, token, by):
    """Write down who fills in the part of `party` without an account here. Nothing is sent yet; the same `token` again
    gives back the first part. Raises NotNow as `ask` does, and for a guardian of somebody who is of age."""
    held = sheets.held_for_owner(by, sheet)
    if sent_before := held.parts.filter(token=token).first():
        return sent_before
    rules.check_under_way(held)
    rules.check_say(party.kind, held.young_person)
    return _add(held, party, token, name=name, language=language)


def _add(sheet, party, token, **who):
    rules.check_party(sheet, party, membership=who.get("membership"))
    with keeping_constraints():
        return SheetPart.objects.create(sheet=sheet, party=party, token=token, **who)


def let_in(sheet, membership, *, by, what, notice, dedupe):
    """Let a professional see this form, and tell them; what they are told of the young person stands in the disclosure
    log."""
    person = sheet.young_person
    access.give_ground(young_person=person, kind=FORM, source=sheet.public_id, membership=membership)
    access.pass_on(young_person=person, by=by, agency=membership.agency, what=what)
    to = access.audience([membership], "use_form", person)
    tell(notice, to=to, about=sheet, link=sheet.get_absolute_url(), dedupe=dedupe, except_for=by)


@transaction.atomic
def send_part_link(*, part, email, by):
    """Send somebody without an account a link to their part, and give back (link, code), the code to be told by another
    way. An earlier link of theirs ends. Raises NotNow once the form has been submitted, and where nothing may be
    sent."""
    held, part = sheets.held_for_part(by, part)
    rules.check_under_way(held)
    if part.membership_id:
        raise rules.not_yours()
    rules.check_link(part.party.kind, held.young_person)
    sent = send_link(
        about=part.public_id,
        young_person=held.young_person,
        content={},
        email=email,
        language=part.language,
        back=held.get_absolute_url(),
        by=by,
        page="questionnaires:guest",
    )
    if to := rules.PASSED_TO.get(part.party.kind):
        access.pass_on(young_person=held.young_person, by=by, to=to, what=["form_asked"])
    return sent


@transaction.atomic
def leave_out(*, part, by):
    """Somebody's part is left out: a professional's sight of the form ends at once, and whoever has no account finds
    their link useless. What they had written is forgotten."""
    held = sheets.held_for_owner(by, part.sheet)
    rules.check_under_way(held)
    part = held.parts.select_related("membership").get(pk=part.pk)
    end(part, held)
    return part


def end(part, sheet):
    """End this part of a held form, and forget what stands in it."""
    if part.state == PartState.ENDED:
        return
    part.state, part.ended_at, part.answers = PartState.ENDED, timezone.now(), ""
    part.save(update_fields=["state", "ended_at", "answers"])
    end_links(about=part.public_id)
    if part.membership_id and not _is_in(sheet, part.membership_id):
        access.end_grounds(young_person=sheet.young_person, source=sheet.public_id, membership=part.membership)
        done(about=sheet.public_id, to=[part.membership])


def _is_in(sheet, membership_id):
    """Whether this membership has something else in the form."""
    mine = {"membership": membership_id, "ended_at": None}
    others = sheet.parts.filter(**mine).exists() or sheet.recipients.filter(**mine).exists()
    return others or sheet.owner_id == membership_id


@transaction.atomic
def submit(*, sheet, by):
    """Submit the form: it is locked with its version, and the professionals who filled in a part read the whole of it.
    Links to its parts end. Submitting it again changes nothing. Raises NotNow while somebody is not ready."""
    held = sheets.held_for_owner(by, sheet)
    if held.submitted_at:
        return held
    parts = list(held.parts.select_related("membership__user", "membership__agency__area"))
    rules.check_can_submit(parts)
    held.submitted_at, held.submitted_by = timezone.now(), by
    held.save(update_fields=["submitted_at", "submitted_by"])
    for part in parts:
        end_links(about=part.public_id)
    done(about=held.public_id)
    others = {part.membership for part in parts if part.ended_at is None and part.membership_id} - {by}
    for membership in sorted(others, key=lambda one: one.pk):
        access.pass_on(young_person=held.young_person, by=by, agency=membership.agency, what=["form"])
    to = access.audience(list(others), "use_form", held.young_person)
    url, dedupe = held.get_absolute_url(), f"{held.public_id}:submitted"
    tell(notices.FORM_RECEIVED, to=to, about=held, link=url, dedupe=dedupe, except_for=by)
    counting.keep_submitted(held, parts)
    return held


@transaction.atomic
def take_over(*, sheet, by):
    """Answer for a form from now on that nobody answers for any more. Raises NotNow where somebody does, and for
    whoever doesn't fill in a part or doesn't know the young person by their own permission."""
    opened = sheets.opened_by(by, sheet.public_id, lock=True)
    if opened is None or not access.works_with(by, opened.young_person):
        raise rules.not_yours()
    rules.check_can_take_over(opened, has_owner=sheets.has_owner(opened.sheet))
    opened.sheet.owner = by
    opened.sheet.save(update_fields=["owner"])
    return opened.sheet


@transaction.atomic
def throw_away(*, sheet, by):
    """Erase a form that was begun by mistake, or that the young person doesn't want. Raises NotNow once it has been
    submitted."""
    held = sheets.held_for_owner(by, sheet)
    rules.check_under_way(held)
    erase_sheet(sheet=held)


@transaction.atomic
def erase_sheet(*, sheet):
    """Erase one form with everything that anybody wrote in it, and every sight that came from it. The caller holds the
    young person."""
    note("form", form=sheet.public_id)
    person, source = sheet.young_person, sheet.public_id
    access.erase_grounds(young_person=person, source=source)
    for row in (*sheet.parts.all(), *sheet.recipients.all()):
        erase_links(about=row.public_id)
    erase_rows(sheet)
    return True
