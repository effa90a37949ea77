"""Where and with whom a pilot is done, by when, and what could go wrong: rows that come, are done with, or go.

The same `token` again gives back the row that it made. A row that has gone is removed once: the second time raises
NotNow.
"""

from django.db import transaction

from coordination.agencies.constraints import keeping_constraints
from coordination.clocks.rules import today
from pilots.registry import rules
from pilots.registry.models import Milestone, Partner, Risk, Site
from pilots.registry.queries.editing import held_by


@transaction.atomic
def add_site(*, pilot, name_fi, token, by, name_sv="", name_en="", municipality=None, agency=None):
    """Where the pilot is done, too. Raises NotNow for an agency of another area."""
    pilot = held_by(by, pilot)
    rules.check_agency(agency, pilot.area)
    names = {"name_fi": name_fi, "name_sv": name_sv, "name_en": name_en}
    site = _add(Site, pilot, token, **names, municipality=municipality, agency=agency)
    put_on_map(site)
    return site


def put_on_map(site):
    """Let the county in which a site is be one of its pilot's, which is held: facts that were read before don't count
    any more."""
    pilot, municipality = site.pilot, site.municipality
    if municipality and not pilot.counties.filter(pk=municipality.county_id).exists():
        pilot.counties.add(municipality.county_id)
        pilot.number += 1
        pilot.save(update_fields=["number"])


@transaction.atomic
def add_partner(*, pilot, kind, name_fi, token, by, name_sv="", name_en=""):
    """With whom the pilot is done, too."""
    names = {"name_fi": name_fi, "name_sv": name_sv, "name_en": name_en}
    return _add(Partner, held_by(by, pilot), token, **names, kind=kind)


@transaction.atomic
def add_milestone(*, pilot, name_fi, due_on, token, by, name_sv="", name_en=""):
    """What is to be done by when."""
    names = {"name_fi": name_fi, "name_sv": name_sv, "name_en": name_en}
    return _add(Milestone, held_by(by, pilot), token, **names, due_on=due_on)


@transaction.atomic
def add_risk(*, pilot, words, likelihood, impact, answer, token, by):
    """What could go wrong, and what is done about it; likelihood and impact from 1 to 3."""
    said = {"words": words, "likelihood": likelihood, "impact": impact, "answer": answer}
    return _add(Risk, held_by(by, pilot), token, **said)


def _add(model, pilot, token, **columns):
    if made := model.objects.filter(pilot=pilot, token=token).first():
        return made
    rules.check_name(columns.get("name_fi") or columns.get("words", ""))
    with keeping_constraints():
        return model.objects.create(pilot=pilot, token=token, **columns)


@transaction.atomic
def remove(*, part, by):
    """Take a site, a partner, a milestone or a risk away."""
    _held(part, by).delete()


@transaction.atomic
def complete(*, milestone, done_on, by):
    """The milestone was done on this day. Raises NotNow the second time, and for a day to come."""
    milestone = _held(milestone, by)
    rules.check_not_done(milestone)
    rules.check_past(done_on)
    milestone.done_on = done_on
    milestone.save(update_fields=["done_on"])
    return milestone


@transaction.atomic
def reopen(*, milestone, by):
    """The milestone hasn't been done after all. Raises NotNow the second time."""
    milestone = _held(milestone, by)
    rules.check_is_done(milestone)
    milestone.done_on = None
    milestone.save(update_fields=["done_on"])
    return milestone


@transaction.atomic
def close_risk(*, risk, by):
    """The risk is over from today. Raises NotNow the second time."""
    risk = _held(risk, by)
    rules.check_open(risk)
    risk.closed_on = today()
    risk.save(update_fields=["closed_on"])
    return risk


def _held(part, by):
    """The row as it stands, with its pilot held."""
    pilot = held_by(by, part.pilot)
    found = type(part).objects.filter(pk=part.pk, pilot=pilot).first()
    rules.check_there(found)
    return found
