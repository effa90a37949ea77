"""The instruments that come with the portal, from the files beside this module; without the wording of their scales."""

import tomllib
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from coordination.agencies.reference import bring_up_to_date
from pilots.measures.models import Instrument
from pilots.registry.models.programmes import LANGUAGES

_DATA = Path(__file__).resolve().parent / "data"
_FACTS = ("kind", "when", "respondents", "youngest_age", "oldest_age")
_TEXTS = ("name", "licence_note")


@transaction.atomic
def load():
    """Bring the portal's own instruments up to date; a second run writes nothing. Areas' own are left alone.

    How many scales one has never changes: what was answered counts on it. Others of that kind get a code of their own.
    Returns (added, changed).
    """
    found = {one.code: one for one in Instrument.objects.filter(area=None).prefetch_related("cutoffs")}
    added = changed = 0
    for said in written():
        one = found.get(said["code"])
        if one is None:
            one = Instrument.objects.create(code=said["code"], **_columns(said))
            for number in range(1, said["scales"] + 1):
                one.scales.create(number=number)
            _set_cutoffs(one, said["cutoffs"])
            added += 1
        else:
            is_changed = bring_up_to_date(one, _columns(said))
            changed += _set_cutoffs(one, said["cutoffs"]) or is_changed
    return added, changed


def written():
    """What the files say."""
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_DATA.glob("*.toml"))]
    return [one for file in files for one in file["instruments"]]


def _columns(said):
    drop = said.get("alert_drop")
    return (
        {name: said.get(name) for name in _FACTS}
        | {f"{name}_{code}": said[name][code] for name in _TEXTS for code in LANGUAGES}
        | {"reliable_change": Decimal(said["reliable_change"]), "alert_drop": drop and Decimal(drop)}
        | {"licence_holder": said["licence_holder"], "version": said["version"]}
    )


def _set_cutoffs(instrument, said):
    """Make these the only cut-offs; says whether there were others before."""
    wanted = {(one["respondent"], one["from_age"], one.get("to_age"), Decimal(one["value"])) for one in said}
    rows = {(one.respondent, one.from_age, one.to_age, one.value): one for one in instrument.cutoffs.all()}
    for key in rows.keys() - wanted:
        rows[key].delete()
    for respondent, from_age, to_age, value in sorted(wanted - rows.keys(), key=str):
        instrument.cutoffs.create(respondent=respondent, from_age=from_age, to_age=to_age, value=value)
    return rows.keys() != wanted
