"""What the portal knows already, as whoever fills in a form may know it."""

from coordination.agencies.rules import shown_adult
from coordination.clocks.rules import today
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.states import OPEN_STATES
from coordination.people import access
from coordination.people.models import LegalGuardian
from coordination.people.queries import contact_details
from coordination.people.rules import age_on
from coordination.support.models import Support
from coordination.support.states import SupportState
from coordination.templatetags.ui import finnish_date, phone
from pilots.questionnaires.models import Question

Prefill = Question.Prefill


def known(questions, young_person, membership):
    """What stands in these questions from the beginning, {the question's key: text or day}, for a professional; what
    they may not know is left empty. Whoever fills in a form without knowing the young person by their own permission
    gets the name and the age alone."""
    wanted = {question.prefill for question in questions} - {""}
    found = _of_person(young_person) | _own(membership, young_person)
    if wanted - found.keys() and access.works_with(membership, young_person):
        found |= _by_permission(young_person, membership)
    return {str(one.pk): found[one.prefill] for one in questions if found.get(one.prefill)}


def _of_person(person):
    return {
        Prefill.NAME: person.name,
        Prefill.BIRTH_DATE: person.birth_date,
        Prefill.AGE: str(age_on(person.birth_date, today())) if person.birth_date else "",
        Prefill.TODAY: today(),
    }


def _own(membership, person):
    shown = _as_everybody(membership, person)
    return {
        Prefill.OWN_NAME: shown.name,
        Prefill.OWN_AGENCY: shown.agency if shown.name else "",
        Prefill.OWN_PHONE: phone(shown.phone),
    }


def _by_permission(person, membership):
    coordinates = membership.is_coordinator and access.may(membership, "coordinate", person)
    contact = contact_details(person, membership, coordinates=coordinates)
    adult = Support.objects.filter(young_person=person, state=SupportState.ACTIVE)
    coordinator = FollowUp.objects.filter(young_person=person, state__in=OPEN_STATES, owner__isnull=False)
    adult = adult.select_related("adult__user", "adult__agency__area").first()
    coordinator = coordinator.select_related("owner__user", "owner__agency__area").first()
    return {
        Prefill.MUNICIPALITY: contact.municipality,
        Prefill.PHONE: phone(contact.phone),
        # Guardians are written down for coordinators alone.
        Prefill.GUARDIANS: _guardians(person) if coordinates else "",
        Prefill.ONE_ADULT: adult and _adult(adult.adult, person),
        Prefill.COORDINATOR: coordinator and _adult(coordinator.owner, person),
    }


def _guardians(person):
    knowing = [LegalGuardian.Knows.TOLD, LegalGuardian.Knows.ALLOWED]
    return ", ".join(one.name for one in person.legal_guardians.filter(knows__in=knowing))


def _adult(adult, person):
    shown = _as_everybody(adult, person)
    return ", ".join([shown.name, shown.agency]) if shown.name else ""


def _as_everybody(adult, person):
    """A professional as somebody without an account may know them: what stands in a form is read by all who get it."""
    return shown_adult(adult, None, about=person)


def as_text(value):
    """A prefilled value for a short text: a day the Finnish way."""
    return value if isinstance(value, str) else finnish_date(value)
