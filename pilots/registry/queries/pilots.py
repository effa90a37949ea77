"""One pilot for a page, in the reader's language."""

from dataclasses import dataclass, field

from django.shortcuts import get_object_or_404

from coordination.agencies.rules import NotNow, shown_adult, shown_name
from coordination.clocks.rules import today
from pilots.registry import rules
from pilots.registry.models import Attachment, AttachmentContent, Pilot, PilotText
from pilots.registry.queries.brief import period
from pilots.registry.queries.editing import may_edit, open_leads
from pilots.registry.queries.lineage import Lineage, lineage_of
from pilots.registry.queries.texts import text_of
from pilots.registry.states import MOVES, SPREADING, PilotState


@dataclass(frozen=True)
class Point:
    """One point of the checklist; `number` is what the pilot keeps of it."""

    number: int
    words: str
    is_in_place: bool


@dataclass(frozen=True)
class Move:
    """What can be decided next; `why_not` says what is missing, and is empty where nothing is."""

    state: PilotState
    why_not: str = ""


@dataclass
class ShownPilot:
    """One pilot for a page. `text` is in the reader's language, else in Finnish, else in any."""

    pilot: Pilot
    text: PilotText
    checklist: list = field(default_factory=list)
    sites: list = field(default_factory=list)
    counties: list = field(default_factory=list)
    partners: list = field(default_factory=list)
    milestones: list = field(default_factory=list)
    risks: list = field(default_factory=list)
    decisions: list = field(default_factory=list)
    attachments: list = field(default_factory=list)
    lineage: Lineage = field(default_factory=Lineage)
    may_edit: bool = False
    may_spread: bool = False
    moves: list = field(default_factory=list)

    @property
    def period(self):
        """When it is done, in few words."""
        return period(self.pilot)

    @property
    def missing(self):
        """How many points of the checklist are not in place."""
        return sum(not point.is_in_place for point in self.checklist)

    @property
    def late(self):
        """The milestones that should be done by now."""
        return [milestone for milestone in self.milestones if milestone.is_late]


def laid_out(pilot, membership):
    """The pilot as this membership sees it on its page."""
    shown = ShownPilot(pilot, text_of(pilot))
    shown.checklist = checklist_of(pilot, shown.text)
    shown.sites = list(pilot.sites.select_related("municipality", "agency__area"))
    shown.counties = list(pilot.counties.all())
    shown.partners = list(pilot.partners.all())
    shown.milestones = _milestones(pilot)
    shown.risks = sorted(pilot.risks.all(), key=lambda risk: (risk.closed_on is not None, -risk.seriousness))
    shown.decisions = list(pilot.decisions.prefetch_related("attachments"))
    shown.attachments = list(pilot.attachments.filter(decision=None))
    shown.lineage = lineage_of(pilot)
    shown.may_edit = may_edit(membership, pilot)
    shown.may_spread = pilot.state in SPREADING and rules.may_begin(membership)
    shown.moves = moves_of(pilot) if shown.may_edit else []
    for site in shown.sites:
        site.agency_name = shown_name(site.agency, membership, about=None) if site.agency and shown.may_edit else ""
    return shown


def checklist_of(pilot, text):
    """The points of the checklist in the words of this text."""
    return [Point(number, words, number in pilot.in_place) for number, words in enumerate(rules.points(text))]


def missing_points(pilot):
    """How many points of the checklist are not in place."""
    return sum(not point.is_in_place for point in checklist_of(pilot, text_of(pilot)))


def moves_of(pilot):
    """What can be decided of the pilot next, and what is still missing for it."""
    return [Move(state, _why_not(pilot, state)) for state in MOVES[pilot.state]]


def _why_not(pilot, state):
    try:
        rules.check_in_place(state, missing_points(pilot) if state == PilotState.RUNNING else 0)
    except NotNow as refusal:
        return refusal.sentence
    return ""


def _milestones(pilot):
    milestones = list(pilot.milestones.all())
    for milestone in milestones:
        milestone.is_late = milestone.done_on is None and milestone.due_on < today()
    return milestones


def leads_of(pilot, viewer):
    """Who leads the pilot in the portal, each {"lead", "shown"} as this membership may see them; for whoever may change
    it."""
    leads = open_leads(pilot).select_related("membership__user", "membership__agency__area")
    return [{"lead": lead, "shown": shown_adult(lead.membership, viewer, about=None)} for lead in leads]


def content_of(attachment):
    """The bytes of a file, or a 404 where it has been removed meanwhile."""
    return bytes(get_object_or_404(AttachmentContent, attachment=attachment).content)


def attachments_of(pilot):
    """All files of a pilot, those of its decisions, too."""
    return Attachment.objects.filter(pilot=pilot).select_related("decision")
