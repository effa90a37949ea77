"""What the catalogue says, as columns of Service in one area; values as `forms.values` has them for JSON."""

import csv
from functools import cache
from pathlib import Path
from textwrap import shorten

from coordination.agencies.models import Agency, Municipality
from coordination.services.catalogue.reading import LANGUAGES
from coordination.services.models import Need, Service, ServiceClass, TargetGroup

_DATA = Path(__file__).resolve().parent / "data"
_LONGEST_NAME, _LONGEST_DESCRIPTION, _LONGEST_CONTACT = 200, 1000, 300
_MOST_LIFE_EVENTS = 20
# What is kept beside the service, where nobody here changes it: no column.
LIFE_EVENTS = "life_events"
# What the kinds of channels are here; a form to print is no way to be served.
_CHANNELS = {"ServiceLocation": "visit", "Phone": "phone", "EChannel": "online", "WebPage": "online"}
_COST = {True: Service.Cost.FREE, False: Service.Cost.FEE, None: Service.Cost.UNKNOWN}
# Keys of rows, by the columns that the commands write.
_KEYS = {"owner": "owner_id", "service_class": "service_class_id"}


class Lists:
    """The lists of one area, as the catalogue's codes point into them."""

    def __init__(self, area):
        classes = ServiceClass.objects.filter(is_active=True)
        own, rows = {one.code: one.pk for one in classes}, _rows("service-classes.csv")
        needs, groups = _by_code(Need), _by_code(TargetGroup)
        known = {row["code"]: own[row["service_class"]] for row in rows if row["service_class"] in own}
        self._classes = known | {one.ptv_code: one.pk for one in classes if one.ptv_code}
        self._needs = {row["code"]: _keys(row["needs"], needs) for row in rows}
        self._groups = {row["code"]: _keys(row["target_groups"], groups) for row in _rows("target-groups.csv")}
        towns = Municipality.objects.filter(area=area).select_related("county")
        self._towns = {town.code: town.pk for town in towns}
        self._counties = {town.county.code for town in towns}
        agencies = Agency.objects.filter(area=area)
        self._agencies = {
            name.casefold(): one.pk for one in agencies for name in (one.name_fi, one.name_sv, one.name_en) if name
        }

    def class_of(self, codes):
        """The service class that stands for one of these: for the one that is known most exactly; None for none."""
        found = [code for code in (_nearest(code, self._classes) for code in codes) if code]
        return self._classes[max(found, key=lambda code: code.count("."))] if found else None

    def groups_of(self, codes):
        """The target groups that these stand for."""
        return _all_of(codes, self._groups)

    def is_here(self, entry):
        """Whether it is offered in this area; without limits it is."""
        said = entry.municipalities or entry.counties
        return not said or bool(self._towns.keys() & entry.municipalities or self._counties & set(entry.counties))

    def columns(self, entry, channels):
        """What is taken over of an entry whose `channels` these are."""
        names = {f"name_{language}": _name(entry.names, language) for language in LANGUAGES}
        told = {f"description_{one}": _description(entry.descriptions.get(one, "")) for one in LANGUAGES}
        towns = sorted(self._towns[code] for code in entry.municipalities if code in self._towns)
        return {
            **names,
            **told,
            **self._provider(entry.providers[0]),
            "service_class": self.class_of(entry.classes),
            "needs": _all_of(entry.classes, self._needs),
            "target_groups": self.groups_of(entry.target_groups),
            "municipalities": [] if len(towns) == len(self._towns) else towns,
            "languages": sorted(set(entry.languages) & set(Service.Language.values)),
            "channels": sorted({_CHANNELS[one.kind] for one in channels if one.kind in _CHANNELS}),
            "cost": str(_COST[entry.is_free]),
            "contact": _contact(channels),
            "website": next((one.website for one in channels if one.website), ""),
            "is_active": True,
            LIFE_EVENTS: _life_events(entry.life_events),
        }

    def _provider(self, name):
        """The agency here that has this name, or else the name. A sensitive agency is found, too: so its name stands
        nowhere in the open."""
        owner = self._agencies.get(name.casefold())
        return {"owner": owner, "provider_name": "" if owner else shorten(name, _LONGEST_NAME, placeholder=" …")}


def as_written(columns):
    """The same for the commands that write services, without what stands beside them."""
    return {_KEYS.get(name, name): value for name, value in columns.items() if name != LIFE_EVENTS}


@cache
def _rows(name):
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _by_code(model):
    return dict(model.objects.filter(is_active=True).values_list("code", "pk"))


def _keys(codes, known):
    return [known[code] for code in codes.split("|") if code in known]


def _nearest(code, known):
    """The code, or the nearest above it (P3 is above P3.6), that is known; None for none."""
    parts = code.split(".")
    above = (".".join(parts[:number]) for number in range(len(parts), 0, -1))
    return next((one for one in above if one in known), None)


def _all_of(codes, known):
    found = filter(None, (_nearest(code, known) for code in codes))
    return sorted({key for code in found for key in known[code]})


def _name(names, language):
    """Finnish there must be: in its place stands what there is."""
    said = names.get(language, "")
    if not said and language == LANGUAGES[0]:
        said = next(iter(names.values()))
    return shorten(said, _LONGEST_NAME, placeholder=" …")


def _life_events(found):
    """[{"code", "fi", "sv", "en"}], each language with what there is."""
    return [
        {"code": code[:_LONGEST_NAME]} | {one: _name(names, one) or _name(names, "fi") for one in LANGUAGES}
        for code, names in list(found.items())[:_MOST_LIFE_EVENTS]
    ]


def _description(text):
    if len(text) <= _LONGEST_DESCRIPTION:
        return text
    return shorten(text, _LONGEST_DESCRIPTION, placeholder=" …")


def _contact(channels):
    """Addresses and telephones, as many as there is room for."""
    addresses = [one.addresses.get("fi") or next(iter(one.addresses.values()), "") for one in channels]
    said = ""
    for part in dict.fromkeys([*addresses, *(phone for one in channels for phone in one.phones)]):
        longer = f"{said}; {part}" if said else part
        if part and len(longer) <= _LONGEST_CONTACT:
            said = longer
    return said
