"""The five goals of the survey, from the file beside this module."""

import csv
from pathlib import Path

from django.db import transaction

from coordination.agencies.reference import bring_up_to_date
from pilots.service_map.models import SurveyGoal

GOALS = Path(__file__).resolve().parent / "data" / "goals.csv"


@transaction.atomic
def load():
    """Bring the goals up to date; a second run writes nothing. Returns (added, changed)."""
    found = {one.code: one for one in SurveyGoal.objects.all()}
    added = changed = 0
    with GOALS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            columns = {name: row[name] for name in ("name_fi", "name_sv", "name_en")} | {"order": int(row["order"])}
            if row["code"] in found:
                changed += bring_up_to_date(found[row["code"]], columns)
            else:
                SurveyGoal.objects.create(code=row["code"], **columns)
                added += 1
    return added, changed
