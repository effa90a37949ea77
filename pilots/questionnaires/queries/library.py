"""Which forms there are, for whom."""

from django.db.models import Exists, OuterRef, Q

from coordination.clocks.rules import today
from pilots.questionnaires.models import QuestionnaireParty, QuestionnaireVersion


def in_use(area):
    """The version of each form that this area begins, in the order of their names."""
    approved = _latest_approved(Q(questionnaire__area=area))
    still = Q(questionnaire__closed_on=None) | Q(questionnaire__closed_on__gt=today())
    found = approved.filter(still).select_related("questionnaire__controller").prefetch_related("parties")
    return sorted(found, key=lambda version: (version.name, version.pk))


def in_use_of(area, questionnaire):
    """The versions that this area begins of this very questionnaire, or of those that are adapted from it."""
    keys = {questionnaire.pk, questionnaire.adapted_from_id} - {None}
    found = (
        version
        for version in in_use(area)
        if version.questionnaire_id in keys or version.questionnaire.adapted_from_id in keys
    )
    return list(found)


def bases(area):
    """From what a new form of this area can be made: the portal's templates and the area's own, the latest of each."""
    found = _latest_approved(Q(questionnaire__area=area) | Q(questionnaire__area=None))
    return sorted(found.select_related("questionnaire"), key=lambda version: (version.name, version.pk))


def _latest_approved(whose):
    approved = QuestionnaireVersion.objects.filter(whose, approved_at__isnull=False)
    later = approved.filter(questionnaire=OuterRef("questionnaire"), number__gt=OuterRef("number"))
    return approved.filter(~Exists(later))


def own_parties(version):
    """In whose place a professional can begin a form: the parties that are professionals."""
    kind = QuestionnaireParty.Kind.PROFESSIONAL
    return [party for party in version.parties.all() if party.kind == kind]


def readable_in(area):
    """The versions that whoever works with an area's forms may preview: its own, and the portal's templates."""
    return QuestionnaireVersion.objects.filter(Q(questionnaire__area=area) | Q(questionnaire__area=None))
