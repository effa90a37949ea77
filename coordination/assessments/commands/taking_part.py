"""Who takes part in an assessment: inviting, the link of whoever has no account, and ending a part."""

from django.db import transaction

from coordination.agencies.constraints import keeping_constraints
from coordination.assessments import notices, rules
from coordination.assessments.commands.parts import set_state, tell_worker
from coordination.assessments.models import DisclosureBan, Participant
from coordination.assessments.queries import rooms
from coordination.assessments.states import ParticipantState
from coordination.clocks.rules import today
from coordination.interface.each import each
from coordination.interface.names import normalise_name
from coordination.links.commands import end_links, send_link
from coordination.outbox.commands import done, tell
from coordination.people.access import audience, end_grounds, give_ground, pass_on
from coordination.people.models import Ground
from coordination.people.rules import OF_AGE, latest_birth_date

CONTRIBUTION = Ground.Kind.CONTRIBUTION
Kind = Participant.Kind
# To whom something is passed on that isn't the child, by the words of the disclosure log.
PASSED_TO = {Kind.GUARDIAN: "guardian", Kind.OUTSIDE: "elsewhere"}


@transaction.atomic
def invite(*, assessment, membership, asked, token, by):
    """Ask a professional for their part, and let them into this assessment alone; the same `token` again gives back the
    first one.

    Raises NotNow for whoever takes part already or can't (`rules.check_can_be_invited`), and once it has been signed.
    """
    held = rooms.held_for_worker(by, assessment)
    if sent_before := held.participants.filter(token=token).first():
        return sent_before
    rules.check_open(held)
    person = held.young_person
    rules.check_can_be_invited(held, membership)
    with keeping_constraints():
        participant = Participant.objects.create(
            assessment=held, kind=Kind.PROFESSIONAL, membership=membership, asked=asked, token=token, asked_by=by
        )
    give_ground(young_person=person, kind=CONTRIBUTION, source=held.public_id, membership=membership)
    pass_on(young_person=held, by=by, agency=membership.agency, what=["identity", "assessment"])
    tell(
        notices.PART_ASKED,
        to=audience([membership], "contribute", person),
        about=held,
        link=held.get_absolute_url(),
        dedupe=participant.public_id,
        except_for=by,
    )
    return participant


@transaction.atomic
def invite_outside(*, assessment, kind, name, language, asked, token, by):
    """Write down the child, a guardian or an agency outside the portal as somebody with a part of their own. Nothing is
    sent yet; the same `token` again gives back the first one.

    Raises NotNow once it has been signed, for a guardian of somebody who is of age, and for the child a second time.
    """
    held = rooms.held_for_worker(by, assessment)
    if sent_before := held.participants.filter(token=token).first():
        return sent_before
    rules.check_open(held)
    rules.check_can_stand_here(held, kind)
    said = {"name": name, "language": language, "asked": asked}
    made = Participant.objects.create(assessment=held, kind=kind, token=token, asked_by=by, **said)
    _ban_again(made)
    return made


def _ban_again(guardian):
    """What must not be told to a guardian stays so where the same name is written down once more: the widest of the
    bans that stand. The worker can end it."""
    bans = guardian.assessment.bans.filter(ended_at=None).select_related("guardian")
    same = [one for one in bans if normalise_name(one.guardian.name, "") == normalise_name(guardian.name, "")]
    if guardian.kind == Kind.GUARDIAN and same:
        widest = max(same, key=lambda one: one.covers == DisclosureBan.Covers.EVERYTHING)
        known = {name: getattr(widest, name) for name in ("assessment", "covers", "why", "made_by", "made_at")}
        DisclosureBan.objects.create(guardian=guardian, **known)


@transaction.atomic
def send_part_link(*, participant, email, by):
    """Send somebody without an account a link to their part, and give back (link, code), the code to be told by another
    way. An earlier link of theirs ends.

    Raises NotNow once it has been signed, and where nothing may be sent (`rules.check_link_may_be_sent`).
    """
    held, participant = rooms.held_with(by, participant)
    rules.check_open(held)
    rules.check_link_may_be_sent(participant)
    link, code = send_link(
        about=participant.public_id,
        young_person=held.young_person,
        content={},
        email=email,
        language=participant.language,
        back=held.get_absolute_url(),
        by=by,
        page="assessments:guest",
    )
    if to := PASSED_TO.get(participant.kind):
        pass_on(young_person=held, by=by, to=to, what=["assessment"])
    return link, code


@transaction.atomic
def end_part(*, participant, by):
    """Somebody takes part no more: a professional's sight ends at once, and whoever has no account finds their link
    useless. What they wrote stays for the worker."""
    held, participant = rooms.held_with(by, participant)
    _end(participant, held)
    return participant


@transaction.atomic
def nothing_to_add(*, assessment, by):
    """A professional who takes part has nothing to add; also who has taken their part back."""
    held, participant = rooms.held_for_participant(by, assessment)
    rules.check_open(held)
    return have_nothing(participant, held)


def have_nothing(participant, assessment):
    """This participant of a held assessment has nothing to add, and the worker is told. Raises NotNow for who has
    written."""
    rules.check_participant_move(participant, ParticipantState.NOTHING_TO_ADD)
    set_state(participant, ParticipantState.NOTHING_TO_ADD)
    if participant.membership_id:
        done(about=assessment.public_id, codes=[notices.PART_ASKED], to=[participant.membership])
    dedupe = f"{participant.public_id}:{participant.answered_at.timestamp()}"
    tell_worker(assessment, dedupe=dedupe, by=participant.membership)
    return participant


def end_guardians_of_age():
    """End the parts of the guardians of those who have come of age; the door has let none of them in since the
    birthday."""
    born_by = latest_birth_date(OF_AGE, today())
    guardians = Participant.objects.filter(kind=Kind.GUARDIAN, ended_at=None)
    found = guardians.filter(assessment__young_person__birth_date__lte=born_by)
    each(found.iterator(chunk_size=500), end_by_itself, otherwise="participant %s could not be ended")


@transaction.atomic
def end_by_itself(participant):
    """End somebody's part without the worker; gives back the assessment, None where it has ended already."""
    assessment = rooms.held(participant.assessment_id)
    participant = assessment.participants.select_related("membership__user").get(pk=participant.pk)
    if participant.ended_at:
        return None
    _end(participant, assessment)
    return assessment


def _end(participant, assessment):
    rules.check_participant_move(participant, ParticipantState.ENDED)
    set_state(participant, ParticipantState.ENDED)
    end_links(about=participant.public_id)
    if participant.membership_id:
        holder = {"kind": CONTRIBUTION, "membership": participant.membership}
        end_grounds(young_person=assessment.young_person, source=assessment.public_id, **holder)
        # What waits for them waits no more, unless they answer for the assessment.
        if participant.membership_id != assessment.worker_id:
            done(about=assessment, to=[participant.membership])
