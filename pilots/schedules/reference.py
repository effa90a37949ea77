"""The schedules that come with the portal, from the files beside this module; their days are ours, to adapt."""

import tomllib
from pathlib import Path

from django.db import transaction

from coordination.agencies.reference import bring_up_to_date
from pilots.questionnaires.models import Questionnaire
from pilots.registry.models import Pilot
from pilots.registry.models.programmes import LANGUAGES
from pilots.schedules.models import Schedule, ScheduleStep

_DATA = Path(__file__).resolve().parent / "data"
_FACTS = ("youngest_age", "oldest_age")
_OF_STEP = ("after_days", "school_year", "month", "day", *_FACTS)
Kind, When = ScheduleStep.Kind, ScheduleStep.When


@transaction.atomic
def load():
    """Bring the portal's own schedules up to date; a second run writes nothing. Areas' own are left alone.

    A step is known by its place, and none goes: somebody may have it to do. A schedule with fewer gets a code of its
    own. Returns (added, changed).
    """
    found = {one.code: one for one in Schedule.objects.filter(area=None).prefetch_related("steps")}
    pilots = dict(Pilot.objects.filter(area=None).values_list("code", "pk"))
    forms = dict(Questionnaire.objects.filter(area=None).values_list("code", "pk"))
    added = changed = 0
    for said in written():
        columns = {name: said.get(name) for name in _FACTS} | _names(said) | {"begins_with": said["begins_with"]}
        columns["pilot_id"] = pilots[said["pilot"]]
        steps = {place: _step(one, forms) for place, one in enumerate(said["steps"], start=1)}
        one = found.get(said["code"])
        if one is None:
            one = Schedule.objects.create(code=said["code"], **columns)
            added += 1
            _set_steps(one, {}, steps)
        else:
            is_changed = bring_up_to_date(one, columns)
            changed += _set_steps(one, {step.order: step for step in one.steps.all()}, steps) or is_changed
    return added, changed


def written():
    """What the files say."""
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_DATA.glob("*.toml"))]


def _names(said):
    return {f"name_{code}": said["name"][code] for code in LANGUAGES}


def _step(said, forms):
    form = said.get("form")
    return (
        {name: said.get(name) for name in _OF_STEP}
        | _names(said)
        | {"kind": Kind.FORM if form else Kind.OTHER, "questionnaire_id": forms[form] if form else None}
        | {"when": When.AFTER if "after_days" in said else When.SCHOOL_YEAR, "days_before": said["days_before"]}
    )


def _set_steps(schedule, rows, steps):
    """Make the steps these; says whether any of them was different."""
    is_changed = False
    for order, columns in steps.items():
        if order in rows:
            is_changed |= bring_up_to_date(rows[order], columns)
        else:
            ScheduleStep.objects.create(schedule=schedule, order=order, **columns)
            is_changed = True
    return is_changed
