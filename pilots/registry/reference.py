"""The programmes and pilots that come with the portal, from the files beside this module: one for each programme."""

import tomllib
from pathlib import Path

from django.db import transaction

from coordination.agencies.models import County, Municipality
from coordination.agencies.reference import bring_up_to_date
from pilots.registry import rules
from pilots.registry.models import Pilot, PilotText, Programme
from pilots.registry.models.programmes import LANGUAGES

_DATA = Path(__file__).resolve().parent / "data"
_FACTS = ("state", "method_version", "youngest_age", "oldest_age", "starts_on", "ends_on", "contact")
_TEXT = ("name", "aim", "target_group", "method", "lead", "in_place", "learned")
_EMPTY = {"method_version": "", "contact": ""}
_ROWS = ("texts", "sites", "partners", "milestones", "decisions")


@transaction.atomic
def load():
    """Bring the portal's own programmes and pilots up to date; a second run writes nothing. Areas' own are left alone.

    Both are found by their code; one that the files no longer have stays, since others may have spread from it. Returns
    (added, changed).
    """
    return _Loading().load(written())


def written():
    """What the files say."""
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_DATA.glob("*.toml"))]


class _Loading:
    """One run: what is there, read in as many statements however much it is, and what has come of it."""

    def __init__(self):
        self.added, self.changed = set(), set()
        self.counties = {county.code: county for county in County.objects.all()}
        self.municipalities = dict(Municipality.objects.values_list("code", "pk"))
        own = {"area": None}
        self.programmes = {one.code: one for one in Programme.objects.filter(**own).prefetch_related("counties")}
        self.pilots = {one.code: one for one in Pilot.objects.filter(**own).prefetch_related("counties", *_ROWS)}

    def load(self, files):
        for said in files:
            programme = self._kept(Programme, self.programmes, said, _programme(said))
            for one in said.get("pilots", []):
                pilot = self._kept(Pilot, self.pilots, one, _pilot(one) | {"programme_id": programme.pk})
                for name, rows in self._rows(one).items():
                    self._note(pilot, _set_rows(getattr(pilot, name), rows))
        # A pilot may have spread from one of a later file.
        for one in (one for said in files for one in said.get("pilots", [])):
            pilot, parent = self.pilots[one["code"]], one.get("spread_from")
            parent_id = self.pilots[parent].pk if parent else None
            self._note(pilot, bring_up_to_date(pilot, {"spread_from_id": parent_id}))
        return len(self.added), len(self.changed)

    def _kept(self, model, found, said, columns):
        """The row of this code, with these columns and its counties."""
        code, wanted = said["code"], [self.counties[one] for one in said.get("counties", [])]
        if code not in found:
            found[code] = model.objects.create(code=code, **columns)
            self.added.add(found[code])
        row = found[code]
        self._note(row, bring_up_to_date(row, columns))
        if set(row.counties.all()) != set(wanted):
            row.counties.set(wanted)
            self._note(row, True)
        return row

    def _note(self, row, is_changed):
        if is_changed and row not in self.added:
            self.changed.add(row)

    def _rows(self, said):
        """The columns of each row that belongs to a pilot, by the name under which it has them."""
        texts = [{"language": code} | _text(said[code]) for code in LANGUAGES if code in said]
        rules.check_points_alike([PilotText(**text) for text in texts])
        return {
            "texts": texts,
            "sites": [_names(one) | self._municipality(one) for one in said.get("sites", [])],
            "partners": [_names(one) | {"kind": one["kind"]} for one in said.get("partners", [])],
            "milestones": [_milestone(one) for one in said.get("milestones", [])],
            "decisions": [_decision(one) for one in said.get("decisions", [])],
        }

    def _municipality(self, said):
        return {"municipality_id": self.municipalities[said["municipality"]] if "municipality" in said else None}


def _set_rows(rows, wanted):
    """Make these the only rows, in this order; says whether there were others before."""
    before = sorted(rows.all(), key=lambda row: row.pk)
    if len(before) == len(wanted) and all(map(_is_as_wanted, before, wanted)):
        return False
    for row in before:
        row.delete()
    for columns in wanted:
        rows.create(**columns)
    return True


def _is_as_wanted(row, columns):
    return all(getattr(row, name) == value for name, value in columns.items())


def _in_each_language(name, said):
    """Columns such as name_fi, of {language: text}."""
    return {f"{name}_{code}": said.get(code, "") for code in LANGUAGES}


def _names(said):
    return _in_each_language("name", said)


def _programme(said):
    columns = {"from_year": said["from_year"], "until_year": said.get("until_year")}
    for name in ("name", "funder", "origin"):
        columns |= _in_each_language(name, {code: said.get(code, {}).get(name, "") for code in LANGUAGES})
    return columns


def _pilot(said):
    return {name: said.get(name, _EMPTY.get(name)) for name in _FACTS}


def _text(said):
    return {name: "\n".join(said.get(name, [])) if name == "in_place" else said.get(name, "") for name in _TEXT}


def _milestone(said):
    return _names(said) | {"due_on": said["due_on"], "done_on": said.get("done_on")}


def _decision(said):
    by = said["decided_by"]
    columns = {name: said[name] for name in ("state", "evidence", "decided_on")}
    columns |= _in_each_language("reason", said["reason"])
    # The name of a body may be the same in every language.
    return columns | _in_each_language("decided_by", {"fi": by} if isinstance(by, str) else by)
