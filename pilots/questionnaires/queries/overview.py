"""The page of a form: who fills in what, who received it, and what can be done next."""

from dataclasses import dataclass

from coordination.links.queries import latest_about
from coordination.links.rules import state_of
from coordination.people import access
from coordination.people.exclusions import kept_away
from coordination.support.queries import candidates
from pilots.questionnaires import rules
from pilots.questionnaires.models import SheetPart
from pilots.questionnaires.queries import reading, sheets
from pilots.questionnaires.states import PartState

_COLOURS = {PartState.READY: "green", PartState.BEGUN: "yellow", PartState.ASKED: "yellow", PartState.ENDED: "grey"}


@dataclass
class Row:
    """A part for the page, and what the reader can do with it."""

    part: SheetPart
    who: str
    state: str
    colour: str
    is_own: bool = False
    may_fill: bool = False
    is_guest: bool = False
    link: object = None
    link_state: str = ""
    no_link: str = ""


def of(opened):
    """What `sheet.html` shows."""
    sheet = opened.sheet
    parts = reading.parts_of(sheet)
    links = latest_about([part.public_id for part in parts]) if opened.is_owner else {}
    rows = [_row(part, opened, links.get(part.public_id)) for part in parts]
    shown = rows if opened.is_owner else [row for row in rows if row.part.ended_at is None]
    has_owner = opened.is_owner or sheets.has_owner(sheet)
    return {
        "opened": opened,
        "sheet": sheet,
        "young_person": opened.young_person,
        "rows": shown,
        "pair": [row for row in shown if row.part.party.in_pair and row.part.ended_at is None],
        "missing": _missing(sheet, parts) if opened.is_owner and not sheet.submitted_at else [],
        "chapters": reading.for_opened(opened),
        "recipients": _recipients(opened) if sheet.submitted_at and opened.is_owner else [],
        "may_submit": opened.is_owner and not sheet.submitted_at and _is_ready(parts),
        "owner": sheet.owner and opened.named(sheet.owner),
        "has_owner": has_owner,
        "may_take_over": not has_owner and _may_take_over(opened),
    }


def _may_take_over(opened):
    return bool(opened.parts) and access.works_with(opened.membership, opened.young_person)


def _row(part, opened, link):
    part.sheet = opened.sheet
    may_fill = sheets.may_fill(opened, part) and not opened.sheet.submitted_at
    is_guest = part.membership_id is None
    knows = opened.is_owner or opened.sheet.submitted_at is not None
    return Row(
        part=part,
        who=reading.who_fills(part, opened, knows_names=knows),
        state=part.get_state_display(),
        colour=_COLOURS[part.state],
        is_own=part in opened.parts,
        may_fill=may_fill,
        is_guest=is_guest,
        link=link,
        link_state=state_of(link).label if link else "",
        no_link=rules.why_no_link(part.party.kind, opened.young_person) if is_guest and opened.is_owner else "",
    )


def _missing(sheet, parts):
    """The parties whose part nobody fills in yet."""
    there = {part.party_id for part in parts if part.ended_at is None}
    return [party for party in sheet.version.parties.all() if party.pk not in there]


def _is_ready(parts):
    states = {part.state for part in parts} - {PartState.ENDED}
    return states == {PartState.READY}


def _recipients(opened):
    found = opened.sheet.recipients.select_related("membership__user", "membership__agency__area")
    links = latest_about([one.public_id for one in found])
    rows = []
    for one in found:
        link = links.get(one.public_id)
        name = opened.named(one.membership) if one.membership_id else one.name
        no_link = "" if one.membership_id else rules.why_no_link(one.kind, opened.young_person)
        rows.append({"recipient": one, "name": name, "link_state": link and state_of(link).label, "no_link": no_link})
    return rows


def found_by_name(opened, *, search, chosen):
    """Who could be asked, as `candidates.found_by_name` says it."""
    who = {"viewer": opened.membership, "young_person": opened.young_person, "search": search, "chosen": chosen}
    who |= {"not_these": kept_away(opened.young_person), "coordinates": opened.coordinates}
    return candidates.found_by_name(opened.sheet.area, **who)
