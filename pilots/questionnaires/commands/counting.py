"""What a form leaves for the figures of the pilot that tries it, cut loose from it."""

from coordination.clocks import half_years
from coordination.clocks.rules import day_of, half_year_of
from pilots.questionnaires.models import FormFact, Sheet
from pilots.questionnaires.states import PartState
from pilots.registry.queries.figures import Fact

What = FormFact.What


def keep_begun(sheet):
    """The form was begun; last in its transaction."""
    _keep(sheet, "begun_at", What.BEGUN, {sheet.owner.agency_id})


def keep_submitted(sheet, parts):
    """The form was submitted with these parts; last in its transaction."""
    ready = {part.party_id for part in parts if part.state == PartState.READY}
    is_whole = ready == set(sheet.version.parties.values_list("pk", flat=True))
    known = {part.membership.agency_id for part in parts if part.membership}
    _keep(sheet, "submitted_at", What.SUBMITTED, known | {sheet.submitted_by.agency_id}, int(is_whole))


def _keep(sheet, column, what, agencies, value=0):
    """What the figures need of the moment in `column`; nothing where no pilot of the form's own area tries it.

    A young person of whom more than one form of the pilot was begun or submitted in the half-year is one, not several.
    """
    pilot = sheet.version.questionnaire.pilot
    if pilot is None or pilot.area_id != sheet.area_id:
        return
    half = half_year_of(day_of(getattr(sheet, column)))
    beside = Sheet.objects.filter(young_person=sheet.young_person_id, version__questionnaire__pilot=pilot)
    moments = beside.exclude(pk=sheet.pk).exclude(**{column: None}).values_list(column, flat=True)
    people = int(half not in {half_year_of(day_of(moment)) for moment in moments})
    fact = Fact(what, pilot.pk, tuple(sorted(agencies)), value)
    half_years.keep(FormFact, pilot.area, [(half, fact, people)])
