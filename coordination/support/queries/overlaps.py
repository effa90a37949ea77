"""Of which agencies the young person is a client, as each reader may know it, and what two of them do."""

from dataclasses import dataclass, field
from itertools import chain

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils.text import capfirst

from coordination.agencies.models import Agency, Membership
from coordination.agencies.rules import is_hidden, shown_name
from coordination.follow_ups.directory import excluded_agencies
from coordination.follow_ups.models import AskedAdult
from coordination.follow_ups.queries import seen_follow_up
from coordination.people import access
from coordination.people.exclusions import kept_away
from coordination.people.models import Ground
from coordination.support import rules
from coordination.support.models import ClientRelationship, OverlapProposal
from coordination.support.queries.doors import support_or_404
from coordination.support.queries.knowing import knows_adult, reaches
from coordination.support.queries.permissions import acts_in, holding, taking_part, words_for
from coordination.support.states import OVERLAP_OPEN, OverlapState, SupportState

# By these somebody stands beside the young person without being the one adult.
BESIDE = [Ground.Kind.PARTICIPATION, Ground.Kind.TALK]


@dataclass
class Counted:
    """Agencies and adults around the young person at the naming and now, and what closing doubles has freed."""

    agencies_then: int = 0
    agencies_now: int = 0
    adults_then: int = 0
    adults_now: int = 0
    doubles: int = 0
    closed: int = 0
    hours_freed: int = 0


@dataclass
class Around:
    """The list of one support as one viewer may read it: `open` and `double` are relationships with their `shown`
    agency, `double` by what two do; `proposals` the questions about them."""

    open: list = field(default_factory=list)
    double: list = field(default_factory=list)
    proposals: list = field(default_factory=list)
    counted: Counted = field(default_factory=Counted)


def relationships(support, viewer, *, coordinates=False):
    """All relationships of the support, ended ones too, of agencies that the viewer may know, each with `shown`: the
    agency's name as it may show. Of an agency hidden from the viewer there is no row and no count."""
    found = support.relationships.select_related("agency__area")
    person = support.young_person
    rows = [one for one in found if not is_hidden(one.agency, viewer, about=person, coordinates=coordinates)]
    names = named_apart([one.agency for one in rows], viewer, support, coordinates=coordinates)
    for one in rows:
        one.shown, one.does = names[one.agency_id], capfirst(one.get_task_display())
    return rows


def counted(support, viewer, *, coordinates=False):
    """The numbers alone, of what the viewer may know."""
    rows = relationships(support, viewer, coordinates=coordinates)
    return _counted(rows, list(support.proposals.all()))


def around(support, viewer):
    """What the adult, or who stands in, reads of the agencies, the doubles and the questions."""
    rows = relationships(support, viewer)
    known = {one.pk: one for one in rows}
    proposals = []
    shown = support.proposals.exclude(state=OverlapState.WITHDRAWN)
    for proposal in shown.select_related("asked__user", "asked__agency__area"):
        if proposal.closing_id in known and proposal.stays_id in known:
            proposal.closing, proposal.stays = known[proposal.closing_id], known[proposal.stays_id]
            proposal.asked_shown = words_for(proposal.asked, support, viewer, coordinates=False)
            proposals.append(proposal)
    open_ones = [one for one in rows if one.ended_at is None]
    asked = {pk for one in proposals if one.state in OVERLAP_OPEN for pk in (one.closing_id, one.stays_id)}
    double = list(chain.from_iterable(rules.double_tasks(open_ones).values()))
    for one in double:
        one.in_question = one.pk in asked
    return Around(open_ones, double, proposals, _counted(rows, proposals))


def _counted(rows, proposals):
    known = {one.pk for one in rows}
    closed = [one for one in proposals if one.state == OverlapState.CLOSED and one.closing_id in known]
    now = [one for one in rows if one.ended_at is None]
    agencies_then, adults_then = rules.around([one for one in rows if one.at_naming])
    agencies_now, adults_now = rules.around(now)
    return Counted(
        agencies_then=agencies_then,
        agencies_now=agencies_now,
        adults_then=adults_then,
        adults_now=adults_now,
        doubles=len(rules.double_tasks(now)),
        closed=len(closed),
        hours_freed=sum(one.hours_freed for one in closed),
    )


def named_apart(agencies, viewer, support, *, coordinates=False):
    """The agencies' names as the viewer may see them beside the young person, by key. Under non-disclosure several of
    a kind read the same, so each has a number."""
    person = support.young_person
    shown = {one.pk: shown_name(one, viewer, about=person, coordinates=coordinates) for one in agencies}
    taken = [*shown.values()]
    alike = {name: [pk for pk in sorted(shown) if shown[pk] == name] for name in taken if taken.count(name) > 1}
    for name, keys in alike.items():
        shown |= {pk: f"{name} {number}" for number, pk in enumerate(keys, start=1)}
    return shown


def open_of(support):
    """The relationships that go on."""
    return support.relationships.filter(ended_at=None)


def choosable(support, viewer):
    """The agencies that the viewer can put on the list: the area's, but those that must not learn of the young person
    and those hidden from the viewer. It is the same whatever the young person's non-disclosure hides."""
    person, out = support.young_person, excluded_agencies(support.young_person)
    found = Agency.objects.filter(area=support.area_id).exclude(pk__in=out).select_related("area")
    # The list is the area's own, so it is about nobody.
    rows = [(one, shown_name(one, viewer, about=None)) for one in found if not is_hidden(one, viewer, about=person)]
    return sorted(rows, key=lambda row: (row[1].casefold(), row[0].pk))


def near(support, viewer):
    """The agencies of those beside the young person whom the viewer knows of: most likely they are on the list."""
    members = Membership.objects.open().filter(_known_beside(support, viewer))
    return set(members.values_list("agency", flat=True))


def could_be_asked(closing, viewer):
    """The professionals of the closing agency whom the viewer knows of, who see the young person now, as
    [(membership, words)]. Nobody else would learn of the question without learning more; nor who take part where the
    support is none of their business: the question tells who the adult is."""
    support = closing.support
    person = support.young_person
    sees = Ground.objects.open().filter(young_person=person, membership=OuterRef("pk"), kind__in=BESIDE)
    members = (
        Membership.objects.open()
        .filter(_known_beside(support, viewer, asking=True), Exists(sees), agency=closing.agency_id)
        .exclude(user__in=kept_away(person))
        .select_related("user", "agency__area")
        .order_by("user__last_name", "user__first_name", "pk")
    )
    labelled = [(one, words_for(one, support, viewer, coordinates=False)) for one in members]
    return [(one, text) for one, text in labelled if text]


def _known_beside(support, viewer, *, asking=False):
    """Who may talk with the adult, and who takes part as far as the viewer knows; when `asking` only those who may know
    of the support."""
    talking = holding().filter(support=support).values("membership")
    follow_up = seen_follow_up(support.young_person, viewer, coordinates=False)
    if asking and follow_up and not reaches(follow_up, support):
        return Q(pk__in=talking)
    return Q(pk__in=talking) | Q(pk__in=taking_part(support, viewer, coordinates=False))


def relationship_or_404(support, public_id, viewer):
    """One relationship of this support that the viewer may know of, ended ones too: a stale page hears why not."""
    found = next((one for one in relationships(support, viewer) if one.public_id == public_id), None)
    if found is None:
        raise Http404
    found.support = support
    return found


def doubles_of(closing, viewer):
    """The other relationships that do what this one does, of other agencies."""
    rows = relationships(closing.support, viewer)
    return [
        one for one in rows if one.ended_at is None and one.task == closing.task and one.agency_id != closing.agency_id
    ]


def asked_or_404(request, public_id):
    """The question, for the professional who is asked, sees the young person and knows who their adult is; writes the
    look. What was taken back opens to nobody."""
    found = OverlapProposal.objects.filter(public_id=public_id, asked=request.membership)
    proposal = _with_all(found.exclude(state=OverlapState.WITHDRAWN)).first()
    if proposal is None or not knows_adult(proposal.support, request.membership):
        raise Http404
    access.hold_the_door(request, proposal.support.young_person, to="view_network")
    return proposal


def proposal_or_404(request, public_id):
    """The question, for the adult and who stands in, or for whoever is asked. Returns (question, whether the reader
    comes in as the adult)."""
    proposal = OverlapProposal.objects.filter(public_id=public_id).select_related("support").first()
    if proposal and acts_in(proposal.support, request.membership):
        return proposal_of_adult_or_404(request, public_id), True
    return asked_or_404(request, public_id), False


def proposal_of_adult_or_404(request, public_id):
    """The question, for the adult and who stands in; what was taken back too, for a button pressed twice."""
    proposal = _with_all(OverlapProposal.objects.filter(public_id=public_id)).first()
    if proposal is None:
        raise Http404
    support_or_404(request, proposal.support.public_id, to="support")
    return proposal


def _with_all(proposals):
    return proposals.select_related(
        "closing__agency__area",
        "stays__agency__area",
        "asked__user",
        "asked__agency__area",
        "support__area",
        "support__young_person",
        "support__adult__user",
        "support__adult__agency__area",
    )


def asked_of(membership):
    """The questions that this membership is asked and that are not settled."""
    return OverlapProposal.objects.filter(asked=membership, state__in=OVERLAP_OPEN)


def waiting_for(membership, young_person):
    """The questions about this young person that wait for this professional's answer, or for the closing."""
    found = asked_of(membership).filter(support__young_person=young_person, support__state=SupportState.ACTIVE)
    return found.order_by("proposed_at", "pk")


def overtaken():
    """The questions that still wait, though whoever was asked sees the young person no more, has left, or must not
    learn of them: by whatever way, nobody waits for their answer. What they agreed to is closed without them."""
    sees = Ground.objects.open().filter(
        young_person=OuterRef("support__young_person"), membership=OuterRef("asked"), kind__in=BESIDE
    )
    waiting = OverlapProposal.objects.filter(state=OverlapState.PROPOSED, support__young_person__erase_asked_at=None)
    return waiting.exclude(Exists(sees)).select_related("support__young_person").order_by("pk")


def told_too_much():
    """The questions that still wait of somebody whom the young person has come to keep apart from their adult, or
    their adult from them: the question names the adult. Most of those asked may talk with the adult anyway, and are
    known by one statement; the others are asked about one by one."""
    talks = holding().filter(support=OuterRef("support"), membership=OuterRef("asked"))
    apart = AskedAdult.objects.filter(
        Q(membership=OuterRef("asked")) | Q(membership=OuterRef("support__adult")),
        follow_up__young_person=OuterRef("support__young_person"),
        apart=True,
        left_at=None,
    )
    waiting = OverlapProposal.objects.filter(state=OverlapState.PROPOSED, support__young_person__erase_asked_at=None)
    found = _with_all(waiting.filter(~Exists(talks), Exists(apart))).order_by("pk")
    return [one for one in found if not knows_adult(one.support, one.asked)]


def of_closing(relationships):
    """The questions that are not settled about any of these relationships, as what closes or what stays."""
    found = OverlapProposal.objects.filter(state__in=OVERLAP_OPEN)
    return found.filter(Q(closing__in=relationships) | Q(stays__in=relationships))


def recorded(support):
    """Whether anything has been ticked yet."""
    return ClientRelationship.objects.filter(support=support).exists()
