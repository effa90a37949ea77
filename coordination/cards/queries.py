"""Page-ready reads of the action cards."""

from dataclasses import dataclass, field

from django.db.models import F, Q
from django.utils.translation import get_language

from coordination.cards.models import CardEvaluation, CardText, CardTrial, CardUse, CardVersion, Phase, Role
from coordination.cards.rules import CONCERNED, POINTS, SECTIONS, points, role_of
from coordination.interface.small_numbers import HIDDEN, Count, Told

_NAMES = {name: CardText._meta.get_field(name).verbose_name for name in SECTIONS}


@dataclass
class Card:
    """One card for a page: its version, and its sections in the reader's language."""

    version: CardVersion
    text: CardText
    sections: list = field(default_factory=list)
    checklist: list = field(default_factory=list)

    @property
    def role(self):
        return self.version.role

    @property
    def phase(self):
        return self.version.phase


def readable_in(area, *, drafts=False):
    """The published versions that this area's professionals may read, and with `drafts` the area's own drafts, too."""
    published = Q(published_at__isnull=False) & (Q(area=area) | Q(area=None))
    return CardVersion.objects.filter(published | Q(area=area) if drafts else published).prefetch_related("texts")


def versions_in_use(area):
    """The version of each card that is in use in this area, as {(role, phase): version}: the area's own latest
    published one, else the product's. One statement."""
    found = {}
    for version in _first_in_use(area):
        found.setdefault((version.role, version.phase), version)
    return found


def version_in_use(role, phase, area):
    """The version of one card that is in use in this area, or None."""
    return _first_in_use(area).filter(role=role, phase=phase).first()


def _first_in_use(area):
    """The published versions of every card: of each the one in use first."""
    published = CardVersion.objects.filter(Q(area=area) | Q(area=None), published_at__isnull=False)
    return published.order_by(F("area_id").asc(nulls_last=True), "-number")


def own_card(membership, phase):
    """The version of the reader's own card of a phase; None where no role is theirs, or none is in use."""
    role = role_of(membership.agency)
    return role and version_in_use(role, phase, membership.area)


def laid_out(version):
    """The card of this version in the reader's language."""
    texts = {text.language: text for text in version.texts.all()}
    text = texts.get((get_language() or "fi")[:2]) or texts.get("fi")
    card = Card(version, text)
    if text is None:
        return card
    card.checklist = points(text, "checklist")
    for name in SECTIONS:
        lines = points(text, name)
        card.sections.append({"name": _NAMES[name], "code": name, "lines": lines, "is_list": name in POINTS})
    return card


def library(area):
    """All cards by role, each {"role", "name", "trial", "cards": [{"phase", "name", "version"}]}."""
    versions, trials = versions_in_use(area), trials_of(area)
    return [
        {
            "role": role,
            "name": role.label,
            "trial": trials.get(role),
            "cards": [
                {"phase": phase, "name": phase.label, "version": versions[role, phase]}
                for phase in Phase
                if (role, phase) in CONCERNED and (role, phase) in versions
            ],
        }
        for role in Role
    ]


def trials_of(area):
    """What the area has decided of the cards of each role, as {role: trial}."""
    return {trial.role: trial for trial in CardTrial.objects.filter(area=area)}


def uses_of(membership, about):
    """The cards by which this professional works beside somebody, by (role, phase); the latest of each. `about` are the
    public ids of all that they see them by, of which one may have come later."""
    found = CardUse.objects.filter(membership=membership, about__in=about).select_related("version")
    return {(use.version.role, use.version.phase): use for use in found}


def said_in(area):
    """How many in the area said that the cards of each role helped, as {role: {answer: what may be told}}. By role
    alone: sums by phase beside it would let what is hidden be worked out."""
    numbers = {role: {answer: Count(0) for answer in CardEvaluation.Helped.values} for role in Role}
    said = CardEvaluation.objects.filter(agency__area=area).values_list("version__role", "helped", "agency")
    for role, answer, agency in said:
        numbers[role][answer] += Count(1, {str(agency): 1})
    return {role: {answer: _told(count) for answer, count in of_role.items()} for role, of_role in numbers.items()}


def _told(count):
    return Told(str(count.number), count.number) if count.is_shown else Told(HIDDEN)
