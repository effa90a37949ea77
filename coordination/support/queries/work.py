"""Page-ready reads of the work: one support for the adult, and all of an adult's own."""

from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef

from coordination.agencies.rules import shown_adult
from coordination.clocks.rules import today
from coordination.follow_ups.directory import choosable
from coordination.people import access
from coordination.people.models import Ground
from coordination.people.rules import age_on
from coordination.services.queries import unmet_in
from coordination.services.rules import page_beside, shown_service
from coordination.support import rules
from coordination.support.models import OwnRequest, Substitution, Support
from coordination.support.queries.standing import is_asked, last_period
from coordination.support.states import MATTER_MOVES, MatterState, SupportState
from coordination.templatetags.ui import soon

LATEST = 15
ON_THE_DESK = 40


@dataclass
class Desk:
    """An adult's own supports in the order of the desk: in `due` the young person asks to be rung, nothing has been
    heard for long, or the next step is this week."""

    due: list = field(default_factory=list)
    others: list = field(default_factory=list)
    standing_in: list = field(default_factory=list)
    more: bool = False

    @property
    def rows(self):
        """All of them."""
        return [*self.due, *self.others, *self.standing_in]


def mine(membership):
    """The supports in which this membership is the one adult or stands in, each with `silent`, `asks_where` (it should
    be said where the young person is), what was asked on their own page (`asks_call`, `took_back`) and, where somebody
    else is the adult, `stands_in_until`. One statement, however many they are."""
    grounds = access.grounds_for(membership, "support").filter(kind=Ground.Kind.SUPPORT).values("source")
    standing_in = Substitution.objects.filter(support=OuterRef("pk"), membership=membership, ended_at=None)
    asked = OwnRequest.objects.filter(support=OuterRef("pk"), handled_at=None)
    found = list(
        Support.objects.filter(state=SupportState.ACTIVE, public_id__in=grounds)
        .select_related("young_person", "area")
        .annotate(stands_in_until=standing_in.values("until")[:1], last_period=last_period())
        .annotate(asks_call=Exists(asked.filter(kind="call_me")), took_back=Exists(asked.filter(kind="taken_back")))
        .order_by(F("next_step_on").asc(nulls_last=True), "heard_on", "pk")[: ON_THE_DESK + 1]
    )
    desk, last_day = Desk(more=len(found) > ON_THE_DESK), soon()
    for support in found[:ON_THE_DESK]:
        support.silent, support.asks_where = rules.is_silent(support), is_asked(support)
        if support.adult_id != membership.pk:
            desk.standing_in.append(support)
        elif _is_due(support, last_day):
            desk.due.append(support)
        else:
            desk.others.append(support)
    # Of two that are due, whoever asks to be rung comes first, and then silence.
    desk.due.sort(key=lambda one: (not (one.asks_call or one.took_back), not one.silent))
    return desk


def _is_due(support, last_day):
    has_step = support.next_step_on and support.next_step_on <= last_day
    return support.asks_call or support.took_back or support.silent or has_step


def work_of(support, viewer):
    """What has been written down in a support, as the adult or who stands in reads it."""
    contacts = list(support.contacts.select_related("by__user", "by__agency__area")[: LATEST + 1])
    for contact in contacts:
        contact.who = _who(contact.by, viewer, support)
        contact.can_be_taken_back = _can_be_taken_back(contact, viewer)
    matters = list(support.matters.all())
    for matter in matters:
        matter.moves = [state for state in MatterState if state in MATTER_MOVES[matter.state]]
    accompanied = list(
        support.accompanied.select_related("service__service_class", "service__owner__area", "by__user")[: LATEST + 1]
    )
    for one in accompanied:
        # Whoever went along knows where; for another who stands in a sensitive agency's service has no name.
        own = one.by_id == viewer.pk
        one.name = shown_service(one.service, viewer, about=support.young_person, coordinates=own)
        one.page = page_beside(one.service, viewer, about=support.young_person)
        one.can_be_taken_back = _can_be_taken_back(one, viewer)
    return {
        "contacts": contacts[:LATEST],
        "more_contacts": len(contacts) > LATEST,
        "matters": [one for one in matters if one.state != MatterState.SOLVED],
        "solved": [one for one in matters if one.state == MatterState.SOLVED],
        "accompanied": accompanied[:LATEST],
        "unmet": unmet_in(support.public_id),
        "age": age_on(support.young_person.birth_date, today()),
    }


def directory_of(support):
    """The services and needs to choose from for this young person."""
    return choosable(support.young_person, support.area)


def _can_be_taken_back(row, viewer):
    """Whether the reader wrote it down today."""
    return row.by_id == viewer.pk and rules.written_today(row)


def _who(membership, viewer, support):
    """Who wrote it down, where it wasn't the reader."""
    if membership.pk == viewer.pk:
        return ""
    adult = shown_adult(membership, viewer, about=support.young_person)
    return adult.name or adult.agency
