"""An agency, a professional's telephone and a young person's contact details are shown in one way each.

`agencies.rules.shown_name` and `shown_adult`, and `people.queries.contact_details`, know sensitive agencies and
non-disclosure. Whatever else prints one of these stands here with the reason why no young person is hidden by it.
"""

import ast
import re

from tests.house.source import named, python_files, templates

OWN = "the reader's own"
NOBODY = "no young person is shown here"
TYPED = "what this flagger typed; it must not change by what others do"
WRITES = "writes, and shows nothing"

ALLOWED = {
    "coordination/agencies/forms.py": OWN,
    "coordination/agencies/rules.py": "the one way",
    "coordination/assessments/queries/reports.py": "who sends it says who they are, and the town is what they typed",
    "coordination/assessments/queries/record.py": "the area whose record it is; left out of a copy with non-disclosure",
    "coordination/follow_ups/commands/opening.py": WRITES,
    "coordination/follow_ups/commands/telling.py": "to a guardian; under non-disclosure nothing is written to anybody",
    "coordination/follow_ups/forms/call.py": "the field in which the coordinator types it; gone with non-disclosure",
    "coordination/follow_ups/views/takeovers.py": "the asking area; left out with non-disclosure",
    "coordination/management/commands/create_administrator.py": NOBODY,
    "coordination/meetings/commands.py": "the receiver's own address",
    "coordination/people/access.py": "the use log keeps it; looks are shown through shown_name",
    "coordination/people/commands.py": WRITES,
    "coordination/people/queries.py": "the one way",
    "coordination/rosters/queries.py": NOBODY,
    "coordination/signing_in/letters.py": OWN,
    "coordination/services/queries/open.py": NOBODY,
    "coordination/staffing/admin.py": NOBODY,
    "coordination/staffing/commands/addresses.py": WRITES,
    "coordination/staffing/commands/members.py": WRITES,
    "coordination/staffing/letters.py": NOBODY,
    "flags/matching/commands.py": WRITES,
    "pilots/service_map/commands/network.py": "the receiver's own address",
    "pilots/service_map/queries/areas.py": NOBODY,
    "pilots/service_map/queries/papers.py": NOBODY,
    "templates/account/base_reauthenticate.html": OWN,
    "templates/components/account_menu.html": OWN,
    "templates/components/municipalities.html": "all municipalities, to choose from",
    "templates/config/pages/figures.html": NOBODY,
    "templates/config/pages/leaving.html": NOBODY,
    "templates/config/pages/preview_young_person.html": "agencies that looked, as the young person would read them",
    "templates/coordination/follow_ups/_contact.html": "the field in which the coordinator types it",
    "templates/coordination/follow_ups/_side.html": "the area that is asked, never the young person's",
    "templates/coordination/outbox/preferences.html": OWN,
    "templates/coordination/rosters/preview.html": NOBODY,
    "templates/coordination/rosters/roster.html": NOBODY,
    "templates/coordination/signing_in/security.html": OWN,
    "templates/coordination/staffing/_invited_to.html": NOBODY,
    "templates/coordination/staffing/address.html": OWN,
    "templates/coordination/staffing/change.html": NOBODY,
    "templates/coordination/staffing/invitation_of_another.html": OWN,
    "templates/flags/flagging/_refused.html": "of the area that this flagger typed, or the reader's own",
    "templates/flags/flagging/flag.html": TYPED,
    "templates/flags/flagging/renew.html": OWN,
    "templates/flags/flagging/shown_to_young_person.html": OWN,
}

NAMES = {"name", "name_fi", "name_sv", "name_en"}
PLACES = {"agency", "municipality", "area", "to_area", "from_area"}
WAYS = {"phone", "email", "job_title"}
YOUNG = {"young_person", "person", "kept", "gone"}
OF_THE_YOUNG = {"phone", "municipality", "safe_hours", "hetu"}
PRINTED = re.compile(
    r"\b(agency|municipality|(to_|from_)?area)\.name\b"
    r"|\b(user|membership|owner)\.(phone|email|job_title)\b"
    r"|\b(young_person|person)\.(phone|municipality|safe_hours|hetu)\b"
    r"|\.(agency|municipality)\s*(\}\}|\||%\})"
)


def _reads(node):
    """Whether the expression reads, past the one way, what the one way decides on."""
    if not isinstance(node, ast.Attribute) or not isinstance(node.ctx, ast.Load):
        return False
    whose = getattr(node.value, "attr", getattr(node.value, "id", ""))
    return (
        whose in PLACES
        and node.attr in NAMES
        or whose in {"user", "membership"}
        and node.attr in WAYS
        or whose in YOUNG
        and node.attr in OF_THE_YOUNG
        or node.attr == "get_kind_display"
        and whose == "agency"
    )


def test_there_is_one_way_to_show_an_agency_and_a_contact_detail():
    found = {
        named(path)
        for path in python_files()
        if "demo" not in path.parts and any(map(_reads, ast.walk(ast.parse(path.read_text(encoding="utf-8")))))
    }
    of_rows = re.compile(r"\b(row|adult|account)\.agency\b")
    for path in templates():
        if PRINTED.search(of_rows.sub("", path.read_text(encoding="utf-8"))):
            found.add(named(path))
    assert found - set(ALLOWED) == set()


def test_beside_a_young_person_an_agency_is_shown_as_that_person_needs():
    """`shown_name` without `about` would forget non-disclosure."""
    forgotten = [
        f"{named(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in {"shown_name", "shown_adult"}
        and "about" not in {keyword.arg for keyword in node.keywords}
    ]
    assert forgotten == []


def test_a_meetings_place_is_shown_in_one_way():
    """`meetings.rules.shown_place` knows non-disclosure; the coordinator's form of it is for coordinators alone."""
    found = {
        named(path)
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and (getattr(node.value, "id", ""), node.attr) == ("meeting", "place")
        and isinstance(node.ctx, ast.Load)
    }
    found |= {named(path) for path in templates() if "meeting.place" in path.read_text(encoding="utf-8")}
    assert found == {"coordination/meetings/rules.py", "coordination/follow_ups/views/meetings.py"}


def test_non_disclosure_ends_in_one_place():
    """No import, merge or form clears it: only the command that asks for a written reason."""
    found = [
        named(path)
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "non_disclosure" and isinstance(node.ctx, ast.Store)
    ]
    assert set(found) <= {"coordination/follow_ups/commands/non_disclosure.py"}
