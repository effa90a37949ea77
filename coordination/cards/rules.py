"""Which cards there are, for whom, and what may be changed of them when."""

from django.utils.translation import gettext as _

from coordination.agencies.models import Agency
from coordination.agencies.rules import NotNow
from coordination.cards.models import Phase, Role
from coordination.cards.states import TRIAL_MOVES, TrialState

# The sections of a card in their order; of one paragraph, or of points.
PARAGRAPHS = ("purpose", "sign_off")
POINTS = ("before", "during", "after", "contribute", "share", "tell", "checklist")
SECTIONS = ("purpose", *POINTS, "sign_off")
# Child welfare answers a concern, others raise it.
NOT_CONCERNED = {(Role.CHILD_WELFARE, Phase.RAISE)}
CONCERNED = [(role, phase) for role in Role for phase in Phase if (role, phase) not in NOT_CONCERNED]
Kind = Agency.Kind
# Whose cards a professional of such an agency works by; others choose.
_ROLE_OF = {
    Kind.EARLY_EDUCATION: Role.EARLY_EDUCATION,
    Kind.SCHOOL: Role.SCHOOL,
    Kind.STUDENT_WELFARE: Role.SCHOOL,
    Kind.SOCIAL: Role.CHILD_WELFARE,
    Kind.CHILD_WELFARE: Role.CHILD_WELFARE,
    Kind.HEALTH: Role.HEALTH_CARE,
    Kind.MENTAL_HEALTH: Role.SUBSTANCE_MENTAL,
}


def role_of(agency):
    """Whose cards the professionals of this agency work by; None where no role is theirs."""
    return _ROLE_OF.get(agency.kind)


def check_is_draft(version):
    """Raise NotNow for a version that has been published: somebody may have worked by it."""
    if version.published_at:
        raise NotNow(_("What has been published is not changed. Make a new version."))


def check_complete(version):
    """Raise NotNow unless the version says everything in every language, with as many points in each: the ticks on a
    checklist are kept by their number."""
    texts = {text.language: text for text in version.texts.all()}
    missing = {"fi", "sv", "en"} - texts.keys()
    if missing or any(not getattr(text, name).strip() for text in texts.values() for name in SECTIONS):
        raise NotNow(_("A card is published when every section is written in all three languages."))
    if len({len(points(text, "checklist")) for text in texts.values()}) > 1:
        raise NotNow(_("The checklist needs as many points in each language."))


def points(text, section):
    """The points of one section: its lines."""
    return [line.strip() for line in getattr(text, section).splitlines() if line.strip()]


def check_move(state, new_state):
    """Raise NotNow for a move that a trial of cards doesn't know; staying where it is, is none. It begins (from None)
    with trying."""
    moves = TRIAL_MOVES[state] if state else [TrialState.TRIAL]
    if new_state != state and new_state not in moves:
        raise NotNow(_("Cards are tried first; then it is decided whether they are taken into use."))
