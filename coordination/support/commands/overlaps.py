"""The list of agencies around the young person, and the closing of what two of them do: asked, answered, closed."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coordination.activity.commands import record
from coordination.activity.models import Event
from coordination.agencies.constraints import keeping_constraints
from coordination.agencies.models import Membership
from coordination.interface.each import each
from coordination.outbox.commands import done, forget, tell
from coordination.people import access
from coordination.people.exclusions import kept_away
from coordination.support import notices, rules
from coordination.support.commands.rows import held
from coordination.support.models import ClientRelationship, OverlapProposal
from coordination.support.queries import overlaps as queries
from coordination.support.queries.knowing import knows_adult
from coordination.support.queries.rounds import working_in
from coordination.support.states import OVERLAP_OPEN, OverlapState


@transaction.atomic
def keep_list(*, support, added, gone, same_adult, at_naming, by):
    """Write down what was newly ticked (`added`) and end what was no longer (`gone`): pairs of an agency's key and a
    task. What stands there already, or stands there no more, is left as it is, so two lists kept at once don't undo
    each other. `same_adult` says of agencies (keys) whether one adult does all of it.

    Raises NotNow once the support has ended, for an agency that can't be chosen, and for what somebody is asked about.
    """
    support = held(support)
    rules.check_goes_on(support)
    rows = {(one.agency_id, one.task): one for one in queries.open_of(support)}
    new = sorted(set(added) - rows.keys())
    rules.check_can_be_listed(
        {agency for agency, _task in new}, {agency.pk for agency, _name in queries.choosable(support, by)}
    )
    ending = [rows[pair] for pair in sorted(set(gone) & rows.keys())]
    rules.check_nobody_asked(queries.of_closing(ending).exists())
    for relationship in ending:
        _end(relationship, by=by)
    for agency, task in new:
        with keeping_constraints():
            ClientRelationship.objects.create(
                support=support, agency_id=agency, task=task, at_naming=at_naming, recorded_by=by
            )
    for relationship in queries.open_of(support):
        same = same_adult.get(relationship.agency_id, relationship.same_adult)
        if same != relationship.same_adult:
            relationship.same_adult = same
            relationship.save(update_fields=["same_adult"])


def _end(relationship, *, by):
    """What is taken away on the day on which it was ticked was ticked by mistake: no count remembers it."""
    relationship.ended_at, relationship.ended_by = timezone.now(), by
    if timezone.localdate(relationship.recorded_at) == timezone.localdate():
        relationship.at_naming = False
    relationship.save(update_fields=["ended_at", "ended_by", "at_naming"])


@transaction.atomic
def propose_closing(*, closing, stays, asked, said_how, by):
    """Ask this professional whether their agency closes what another goes on with. The young person has said yes to
    the asking (`said_how`), since it tells of the other agency. The same press again gives back what it made.

    Raises NotNow once the support has ended, where the two no longer do the same, where somebody is asked about either
    already, and for a professional who doesn't see the young person.
    """
    support = held(closing.support)
    rules.check_goes_on(support)
    rows = {one.pk: one for one in queries.open_of(support).select_related("agency__area")}
    closing, stays = rows.get(closing.pk), rows.get(stays.pk)
    rules.check_double(closing, stays)
    asked_about = list(queries.of_closing([closing, stays]))
    for one in asked_about:
        if (one.closing_id, one.stays_id, one.asked_id) == (closing.pk, stays.pk, asked.pk):
            return one
    rules.check_one_goes_on(_leaves_nobody(closing, stays, asked_about))
    can = any(one.pk == asked.pk for one, _text in queries.could_be_asked(closing, by))
    rules.check_can_be_asked(can and knows_adult(support, asked))
    with keeping_constraints():
        proposal = OverlapProposal.objects.create(
            support=support, closing=closing, stays=stays, asked=asked, said_how=said_how, proposed_by=by
        )
    access.pass_on(young_person=support.young_person, by=by, agency=asked.agency, what=["other_agency"])
    _record(Event.Kind.OVERLAP_ASKED, proposal, by=by)
    tell(
        notices.OVERLAP_ASKED,
        to=access.audience([asked], "view_network", support.young_person),
        about=proposal,
        link=_link(proposal),
        dedupe=proposal.public_id,
        except_for=by,
    )
    return proposal


def _leaves_nobody(closing, stays, asked_about):
    """Whether what is to close is in another question, or what is to stay is to be closed by one."""
    return any(closing.pk in (one.closing_id, one.stays_id) or one.closing_id == stays.pk for one in asked_about)


@transaction.atomic
def answer(*, proposal, agrees, by, hours=None):
    """The professional who is asked agrees, and says how many hours a month it takes them; or both go on. The same
    answer twice is one. Raises NotNow once the support has ended, and where it was answered otherwise or taken back."""
    proposal = _held(proposal)
    to = OverlapState.AGREED if agrees else OverlapState.DECLINED
    if proposal.state == to:
        return proposal
    rules.check_goes_on(proposal.support)
    rules.check_overlap_move(proposal, to)
    proposal.state, proposal.answered_at = to, timezone.now()
    proposal.save(update_fields=["state", "answered_at"])
    if agrees:
        proposal.closing.hours_a_month = hours
        proposal.closing.save(update_fields=["hours_a_month"])
    done(about=proposal.public_id)
    _tell_the_adult(notices.OVERLAP_ANSWERED, proposal, except_for=by)
    return proposal


@transaction.atomic
def close_overlap(*, proposal, by):
    """What was agreed to has been closed: the relationship ends, by whom and when, and its hours are freed. The same
    press again is none. Raises NotNow before anybody has agreed, once the support has ended, and where it was taken
    back."""
    proposal = _held(proposal)
    if proposal.state == OverlapState.CLOSED:
        return proposal
    rules.check_goes_on(proposal.support)
    rules.check_overlap_move(proposal, OverlapState.CLOSED)
    at, closing = timezone.now(), proposal.closing
    closing.ended_at, closing.ended_by = at, by
    closing.save(update_fields=["ended_at", "ended_by"])
    proposal.state, proposal.closed_at, proposal.closed_by = OverlapState.CLOSED, at, by
    proposal.hours_freed = closing.hours_a_month or 0
    proposal.save(update_fields=["state", "closed_at", "closed_by", "hours_freed"])
    done(about=proposal.public_id)
    _record(Event.Kind.OVERLAP_CLOSED, proposal, by=by)
    person = proposal.support.young_person
    _tell_the_adult(notices.OVERLAP_CLOSED, proposal, except_for=by)
    tell(
        notices.OVERLAP_CLOSED,
        # To whom the adult doesn't show any more the question doesn't open.
        to=access.audience(
            [proposal.asked] if knows_adult(proposal.support, proposal.asked) else [], "view_network", person
        ),
        about=proposal,
        link=_link(proposal),
        dedupe=proposal.public_id,
        except_for=by,
    )
    return proposal


@transaction.atomic
def withdraw(*, proposal, by=None):
    """Ask no more, before or after a yes; both go on. Whoever was asked is told as long as they see the young person;
    from anybody else every trace of the question goes. `by` is None where it was overtaken."""
    proposal = _held(proposal)
    if proposal.state == OverlapState.WITHDRAWN:
        return proposal
    rules.check_overlap_move(proposal, OverlapState.WITHDRAWN)
    proposal.state = OverlapState.WITHDRAWN
    proposal.save(update_fields=["state"])
    person, asked = proposal.support.young_person, proposal.asked
    done(about=proposal.public_id)
    # The page of the question opens no more, so no notice leads there.
    same_user = asked.user_id in kept_away(person)
    forget(about=[proposal.public_id], to=Membership.objects.filter(user=asked.user_id) if same_user else [asked])
    tell(
        notices.OVERLAP_TAKEN_BACK,
        to=access.audience([asked], "view_network", person),
        about=proposal,
        link=reverse("pages:desk"),
        dedupe=proposal.public_id,
        except_for=by,
    )
    return proposal


@transaction.atomic
def withdraw_all(*, support, by=None):
    """Nobody is asked any more in a support that ends; the caller holds it."""
    for proposal in support.proposals.filter(state__in=OVERLAP_OPEN):
        withdraw(proposal=proposal, by=by)


def leave_overlaps(*, leaver):
    """Somebody who is asked has left their work: nobody waits for them; the adult asks another."""
    for proposal in queries.asked_of(leaver).order_by("pk"):
        withdraw(proposal=proposal)


@transaction.atomic
def let_go_of(*, support, asked):
    """Take back what this professional was asked in the support, where they see the young person no more."""
    for proposal in queries.overtaken().filter(support=support, asked=asked):
        withdraw(proposal=proposal)


def end_overtaken():
    """Take back every question whose professional sees the young person no more, by whatever way, or is not to know any
    more who their adult is."""
    each(
        [*queries.overtaken(), *queries.told_too_much()],
        lambda proposal: withdraw(proposal=proposal),
        otherwise="question %s to close a double could not be taken back",
    )


def _held(proposal):
    """The question as it is now, with everybody else who would change it waiting; the support is held first."""
    held(proposal.support)
    rows = OverlapProposal.objects.select_related(
        "closing__agency", "support__young_person", "support__adult__user", "asked__user", "asked__agency__area"
    )
    return rows.get(pk=proposal.pk)


def _link(proposal):
    return reverse("support:overlap", args=[proposal.public_id])


def _record(kind, proposal, *, by):
    """The coordinators and the one adult read what it is about, never which agencies; and whoever is asked. For them it
    names nobody: what they have read stays, and the young person may come to keep them apart from the adult."""
    support, data = proposal.support, {"task": proposal.closing.task}
    what = {"young_person_id": support.young_person_id, "about": support.public_id, "data": data}
    record(kind, audience=Event.Audience.EVERYONE, by=by, **what)
    record(kind, to=proposal.asked, by=None, **what)


def _tell_the_adult(notice, proposal, *, except_for):
    """The one adult, and who stands in for them."""
    support = proposal.support
    tell(
        notice,
        to=access.audience(working_in(support), "support", support.young_person),
        about=proposal,
        link=reverse("support:overlaps", args=[support.public_id]),
        dedupe=proposal.public_id,
        except_for=except_for,
    )
