"""Beginning a pilot and writing what it says: facts, texts, and what of its checklist is in place."""

from django.db import transaction

from coordination.agencies.constraints import keeping_constraints
from coordination.agencies.models import Area
from pilots.registry import rules
from pilots.registry.models import Pilot, PilotLead, PilotText
from pilots.registry.queries.editing import held_by


@transaction.atomic
def begin_pilot(*, texts, token, by, counties=(), **facts):
    """A new planned pilot in the own area, led by whoever begins it; the same `token` again gives back the one made.

    `texts` are {language: {column: text}} of PilotText; `facts` are columns of Pilot: programme, method_version,
    youngest_age, oldest_age, starts_on, ends_on and contact. Raises NotNow for whoever may not begin pilots.
    """
    rules.check_may_begin(by)
    area = held_area(by)
    if made := made_before(token, area):
        return made
    return make(area=area, texts=texts, counties=counties, token=token, by=by, **facts)


def held_area(by):
    """The own area, with everybody else waiting who would begin a pilot there: two equal posts see each other."""
    return Area.objects.select_for_update(no_key=True).get(pk=by.agency.area_id)


def made_before(token, area):
    """The pilot that a form with this token has made in this area already, or None."""
    return Pilot.objects.filter(token=token, area=area).first()


def make(*, area, texts, counties, token, by, **facts):
    """A new planned pilot of this area, with its first lead. The caller holds the area."""
    pilot = Pilot(area=area, token=token)
    _set_facts(pilot, facts)
    with keeping_constraints():
        pilot.save()
    pilot.counties.set(counties)
    _write(pilot, texts)
    PilotLead.objects.create(pilot=pilot, membership=by)
    return pilot


@transaction.atomic
def change_facts(*, pilot, number, by, counties=(), **facts):
    """Change what is said of a pilot beside its texts; `facts` as for `begin_pilot`.

    `number` is the pilot's when the page was opened: raises NotNow where it has been changed since.
    """
    pilot = held_by(by, pilot)
    rules.check_number(number, pilot)
    _set_facts(pilot, facts)
    pilot.number += 1
    with keeping_constraints():
        pilot.save(update_fields=[*facts, "number"])
    pilot.counties.set(counties)
    return pilot


def _set_facts(pilot, facts):
    for name, value in facts.items():
        setattr(pilot, name, value)
    rules.check_programme(pilot.programme, pilot.area)


@transaction.atomic
def save_texts(*, pilot, texts, number, by):
    """Write a pilot's texts, {language: {column: text}}: one language, or several at once where the number of points
    of the checklist changes. Columns that aren't named stay.

    Points that have changed are not in place any more. Raises NotNow where the pilot has been changed since the page
    was opened (`number`), where its checklist would change though it isn't planned any more, and where a language would
    have more points than another.
    """
    pilot = held_by(by, pilot)
    rules.check_number(number, pilot)
    before = _points(pilot)
    _write(pilot, texts)
    after = _points(pilot)
    known = {language: after[language] for language in before}
    if before and known != before:
        rules.check_planned(pilot)
        pilot.in_place = [number for number in pilot.in_place if _at(number, before) == _at(number, known)]
    pilot.number += 1
    pilot.save(update_fields=["in_place", "number"])
    return pilot


def _points(pilot):
    return {text.language: rules.points(text) for text in pilot.texts.all()}


def _at(number, points):
    """What the checklist says at this point, in each language."""
    return {language: lines[number : number + 1] for language, lines in points.items()}


def _write(pilot, texts):
    for language, columns in texts.items():
        text = pilot.texts.filter(language=language).first() or PilotText(pilot=pilot, language=language)
        for name, value in columns.items():
            setattr(text, name, value)
        text.save()
    every = list(pilot.texts.all())
    rules.check_named(every)
    rules.check_points_alike(every)


@transaction.atomic
def tick(*, pilot, in_place, number, by):
    """These points of the checklist, by their numbers from 0, are in place, and no others.

    Raises NotNow where the pilot has been changed since the page was opened (`number`).
    """
    pilot = held_by(by, pilot)
    rules.check_number(number, pilot)
    rules.check_ticks(in_place, max(map(len, _points(pilot).values()), default=0))
    pilot.in_place = sorted(set(in_place))
    pilot.number += 1
    pilot.save(update_fields=["in_place", "number"])
    return pilot
