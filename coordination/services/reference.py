"""The closed lists of needs, service classes and target groups, from the files beside this module."""

import csv
from pathlib import Path

from django.db import transaction

from coordination.agencies.reference import bring_up_to_date
from coordination.services.models import Need, ServiceClass, TargetGroup

_DATA = Path(__file__).resolve().parent / "data"
_NAMES = ("name_fi", "name_sv", "name_en")
LISTS = {
    Need: _DATA / "needs.csv",
    ServiceClass: _DATA / "service-classes.csv",
    TargetGroup: _DATA / "target-groups.csv",
}


@transaction.atomic
def load():
    """Bring the lists up to date; rows are found by their code, so a second run writes nothing.

    What a file no longer has goes out of use: services and marks may still belong to it. Returns (added, changed).
    """
    added = changed = 0
    for model, path in LISTS.items():
        found = {one.code: one for one in model.objects.all()}
        with path.open(encoding="utf-8", newline="") as file:
            wanted = {row["code"]: {name: row[name] for name in _NAMES} for row in csv.DictReader(file)}
        for code, names in wanted.items():
            if code not in found:
                model.objects.create(code=code, **names)
                added += 1
            else:
                changed += bring_up_to_date(found[code], names | {"is_active": True})
        changed += sum(bring_up_to_date(found[code], {"is_active": False}) for code in found.keys() - wanted.keys())
    return added, changed
