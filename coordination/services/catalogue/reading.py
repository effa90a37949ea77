"""What a record of the Finnish Service Catalogue (PTV, open API version 11) says, in the words of our directory.

Only what stands here is taken over. E-mail addresses, names in notes beside a telephone number and every other detail
that could be a person's are never read: a town's directory has offices in it, not people.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from uuid import UUID

from django.utils.translation import gettext as _

from coordination.interface.addresses import is_safe

LANGUAGES = ("fi", "sv", "en")
_TAGS = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_LONGEST_ADDRESS = 300
_FREE, _PAID = ("FreeOfCharge", "Free"), ("Chargeable", "Charged")


class BrokenRecord(Exception):
    """A record that can't be taken over, with the sentence that says why, and its id and name where it has them."""

    def __init__(self, sentence, id="", name=""):
        self.sentence, self.id, self.name = sentence, id, name
        super().__init__(sentence)


@dataclass(frozen=True)
class Channel:
    """One way to a service: its kind as the catalogue names it, and how to reach it, in each language."""

    id: str
    kind: str
    phones: tuple[str, ...] = ()
    addresses: dict[str, str] = field(default_factory=dict)
    website: str = ""


@dataclass(frozen=True)
class Entry:
    """One service of the catalogue. Texts are {language: text}, codes those of the catalogue; `municipalities` and
    `counties` are empty for a service without limits of area. `life_events` are {code: names}."""

    id: str
    names: dict[str, str]
    descriptions: dict[str, str]
    providers: tuple[str, ...]
    classes: tuple[str, ...]
    target_groups: tuple[str, ...]
    languages: tuple[str, ...]
    municipalities: tuple[str, ...]
    counties: tuple[str, ...]
    channels: tuple[str, ...]
    life_events: dict[str, dict[str, str]]
    is_free: bool | None
    is_published: bool


@dataclass(frozen=True)
class General:
    """What many services say alike, and each leaves to its general description."""

    id: str
    descriptions: dict[str, str]
    is_free: bool | None


# Of a service that leaves nothing to one, or to one that isn't at hand.
_NOTHING_GENERAL = General("", {}, None)


def entry_of(record, generals=None):
    """The record of a service; `generals` are general descriptions by their id. Raises BrokenRecord for one without an
    id, a name, a provider or a service class."""
    _check(record)
    names = _texts(record.get("serviceNames"), kinds=("Name", None))
    general = (generals or {}).get(_text(record.get("generalDescriptionId")), _NOTHING_GENERAL)
    is_free = _is_free(_text(record.get("serviceChargeType")))
    found = Entry(
        id=_id(record),
        names=names,
        descriptions=general.descriptions | _descriptions(record.get("serviceDescriptions")),
        providers=tuple(_providers(record)),
        classes=_codes(record.get("serviceClasses")),
        target_groups=_codes(record.get("targetGroups")),
        languages=tuple(one for one in _list(record.get("languages")) if isinstance(one, str)),
        municipalities=tuple(_municipalities(record.get("areas"))),
        counties=tuple(_counties(record.get("areas"))),
        channels=tuple(_channels(record.get("serviceChannels"))),
        life_events=_life_events(record.get("lifeEvents")),
        is_free=is_free if general.is_free is None else general.is_free,
        is_published=record.get("publishingStatus") in (None, "Published"),
    )
    if not names:
        raise BrokenRecord(_("It has no name."), found.id)
    if not found.providers:
        raise BrokenRecord(_("It doesn't say who provides it."), found.id, next(iter(names.values())))
    if not found.classes:
        raise BrokenRecord(_("It has no service class."), found.id, next(iter(names.values())))
    return found


def general_of(record):
    """The record of a general description. Raises BrokenRecord for one without an id."""
    _check(record)
    return General(
        id=_id(record),
        descriptions=_descriptions(record.get("descriptions")),
        is_free=_is_free(_text(record.get("serviceChargeType"))),
    )


def channel_of(record):
    """The record of a service channel. Raises BrokenRecord for one without an id."""
    _check(record)
    numbers = [*_rows(record.get("phoneNumbers")), *_rows(record.get("supportPhones"))]
    return Channel(
        id=_id(record),
        kind=_text(record.get("serviceChannelType")),
        phones=tuple(dict.fromkeys(filter(None, map(_phone, numbers)))),
        addresses=_addresses(record.get("addresses")),
        website=next(filter(None, map(_website, _rows(record.get("webPages")))), ""),
    )


# --- Parts of a record ------------------------------------------------------------------------------------------------


def _check(record):
    if not isinstance(record, dict):
        raise BrokenRecord(_("It is not a record of the service catalogue."))


def _id(record):
    try:
        return str(UUID(_text(record.get("id"))))
    except ValueError:
        raise BrokenRecord(_("It has no id.")) from None


def _descriptions(rows):
    """The summaries; in a language without one the whole description, and where the service says neither what its
    general description says."""
    told = {}
    for kinds in (("GD_Description",), ("GD_Summary",), ("Description",), ("Summary", "ShortDescription")):
        told |= _texts(rows, kinds=kinds)
    return told


def _texts(rows, *, kinds):
    """{language: text} of those rows of these kinds that say something; the first of each language."""
    found = {}
    for row in _rows(rows):
        text = _text(row.get("value"))
        if text and row.get("type") in kinds and row.get("language") in LANGUAGES:
            found.setdefault(row["language"], text)
    return found


def _providers(record):
    """Whoever answers for the service first, then whoever makes it; each once."""
    rows = sorted(_rows(record.get("organizations")), key=lambda row: row.get("roleType") != "Responsible")
    for row in rows:
        organization = row.get("organization")
        name = _text(organization.get("name")) if isinstance(organization, dict) else ""
        name = name or next(iter(_texts(row.get("additionalInformation"), kinds=(None,)).values()), "")
        if name:
            yield name


def _municipalities(areas):
    """Those that are named one by one, and those of a region that is."""
    for area in _rows(areas):
        yield from _codes(area.get("municipalities"))


def _counties(areas):
    for area in _rows(areas):
        if area.get("type") == "WellbeingServicesCounty":
            yield _text(area.get("code"))


def _life_events(rows):
    """{code: names} of the situations of life in which it is looked for."""
    named = {_text(row.get("code")): _texts(row.get("name"), kinds=(None,)) for row in _rows(rows)}
    return {code: names for code, names in named.items() if code and names}


def _channels(rows):
    for row in _rows(rows):
        channel = row.get("serviceChannel")
        if isinstance(channel, dict) and (found := _text(channel.get("id"))):
            yield found


def _phone(row):
    """A number as it is dialled; what is said beside it can be a person's name, and stays away."""
    prefix, number = _text(row.get("prefixNumber")), _text(row.get("number"))
    return f"{prefix} {number}".strip() if number and row.get("type") in (None, "Phone") else ""


def _addresses(rows):
    """The first street address, in each language: "Porrassalmenkatu 21, 50100 Mikkeli"."""
    for row in _rows(rows):
        street = row.get("streetAddress")
        if isinstance(street, dict):
            names = _texts(street.get("street"), kinds=(None,))
            towns = _texts(street.get("postOffice"), kinds=(None,))
            number, code = _text(street.get("streetNumber")), _text(street.get("postalCode"))
            return {
                language: f"{name} {number}".strip() + f", {code} {towns.get(language, '')}".rstrip(" ,")
                for language, name in names.items()
            }
    return {}


def _website(row):
    url = _text(row.get("url"))
    return url if is_safe(url) and len(url) <= _LONGEST_ADDRESS else ""


def _is_free(kind):
    """True for free of charge, False for a charge; None where the catalogue says neither."""
    return {**dict.fromkeys(_FREE, True), **dict.fromkeys(_PAID, False)}.get(kind)


def _codes(rows):
    return tuple(dict.fromkeys(filter(None, (_text(row.get("code")) for row in _rows(rows)))))


def _rows(value):
    return [row for row in _list(value) if isinstance(row, dict)]


def _list(value):
    return value if isinstance(value, list) else []


def _text(value):
    """What a text says, without markup, in lines without needless spaces, and without what is no letter at all."""
    if not isinstance(value, str):
        return ""
    whole = unescape(_TAGS.sub(" ", value)).replace("\0", "").encode(errors="ignore").decode()
    plain = _SPACES.sub(" ", whole)
    return "\n".join(line.strip() for line in plain.split("\n")).strip()
