"""Finland's municipalities and wellbeing services counties, from the files beside this module."""

import csv
from pathlib import Path

from django.db import transaction

from coordination.agencies.models import County, Municipality

_DATA = Path(__file__).resolve().parent / "data"
COUNTIES = _DATA / "wellbeing-counties-2026.csv"
MUNICIPALITIES = _DATA / "municipalities-2026.csv"
_NAMES = ("name_fi", "name_sv", "name_en")


@transaction.atomic
def load(*, progress=lambda done, total: None):
    """Bring counties and municipalities up to date; what an area has been given stays the area's.

    Rows are found by their code, so a second run writes nothing. `progress(done, total)` is called after each row.
    Returns (added, changed, codes of municipalities that the file no longer has): those are left alone, since people
    and areas may still belong to them.
    """
    county_rows, municipality_rows = _read(COUNTIES), _read(MUNICIPALITIES)
    total = len(county_rows) + len(municipality_rows)
    counties = {county.code: county for county in County.objects.all()}
    municipalities = {municipality.code: municipality for municipality in Municipality.objects.all()}
    added = changed = 0

    def keep(found, model, row, values, done):
        nonlocal added, changed
        one = found.get(row["code"])
        if one is None:
            found[row["code"]] = model.objects.create(code=row["code"], **values)
            added += 1
        else:
            changed += bring_up_to_date(one, values)
        progress(done, total)

    for done, row in enumerate(county_rows, start=1):
        keep(counties, County, row, {name: row[name] for name in _NAMES}, done)
    for done, row in enumerate(municipality_rows, start=len(county_rows) + 1):
        values = {name: row[name] for name in _NAMES} | {
            "county_id": counties[row["county_code"]].pk,
            "region_code": row["region_code"],
            "language_relation": int(row["language_relation"]),
        }
        keep(municipalities, Municipality, row, values, done)
    return added, changed, sorted(set(municipalities) - {row["code"] for row in municipality_rows})


def bring_up_to_date(row, values):
    """Save those of these values that the row doesn't have yet; says whether there were any."""
    different = [name for name, value in values.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, values[name])
    if different:
        row.save(update_fields=different)
    return bool(different)


def _read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
