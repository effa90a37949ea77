"""P3 and P4: reading writes nothing but the look, and nobody is shown without a look."""

import re

import pytest

from coordination.people import access
from coordination.use_log.rules import DISCLOSURE
from tests import acts
from tests.access.browser import Step, ask, each_role, undone
from tests.access.names import person_names
from tests.access.table import ROLES, Line
from tests.access.world import AINO

pytestmark = pytest.mark.django_db

# The use log is what reading writes; the session and the shared cache belong to signing in, not to the domain.
MAY_BE_WRITTEN = {"coordination_look", "django_session", "cache"}
_WRITE = re.compile(r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE|MERGE\s+INTO)\s+\"?(\w+)\"?", re.IGNORECASE)
_LOCK = re.compile(r"\bFOR\s+(?:NO KEY\s+)?UPDATE\b(?:\s+OF\s+\S+)?(?:\s+SKIP LOCKED)?", re.IGNORECASE)
SIGNED_IN = [role for role in ROLES if role not in ("anonymous", "none", "ended")]
# Where each role must come across somebody's name: the tests below would prove nothing if pages showed nobody.
OWN_FLAGS = {"flagging:mine", "flagging:flag", "flagging:renew"}
WORKING = {"pages:desk", "pages:person", "people:mine"}
COORDINATING = WORKING | {"pages:looks", "pages:erase", "pages:preview", "follow_ups:list", "follow_ups:sheet"}
MEETING = {f"follow_ups:{word}_meeting" for word in ("plan", "change", "hold")}
SHOWING = {
    "flagger": OWN_FLAGS,
    "participant": WORKING | {"flagging:mine", "meetings:meeting"},
    "excluded": OWN_FLAGS,
    "coordinator": COORDINATING | MEETING | {"pages:doubles", "pages:double", "meetings:meeting"},
    "other_coordinator": COORDINATING,
    "stranger": OWN_FLAGS,
    "administrator": set(),
}
# The same of answers to a POST: the refused forms of the call sheet, among them.
PRESSED = ("add_adult", "add_guardian", "ask_area", "change_guardian", "close", "end_non_disclosure", "exclude")
PRESSED += ("refuse", "sheet", "tell_guardian")
SHOWING_ANSWERS = dict.fromkeys(SHOWING, set()) | {
    **dict.fromkeys(("flagger", "excluded", "stranger"), {"flagging:renew"}),
    "participant": {"people:mine", "pages:reveal"},
    "coordinator": {
        "people:mine",
        "pages:reveal",
        "pages:erase",
        *(f"follow_ups:{word}" for word in PRESSED),
        *MEETING,
    },
    "other_coordinator": {"people:mine", "pages:erase", "follow_ups:refuse", "follow_ups:sheet"},
}


def written(statements):
    """The tables that these statements write to."""
    return {table for sql in statements for table in _WRITE.findall(_LOCK.sub("", sql))}


def test_writing_is_noticed():
    found = written(['INSERT INTO "flags_flag" ("a") VALUES (1)', "with x as (delete from y) select 1"])
    assert found == {"flags_flag", "y"}
    assert written(["SELECT 1 FROM t FOR NO KEY UPDATE OF t", "SELECT 1 FROM t FOR UPDATE"]) == set()


@each_role()
def test_a_get_writes_no_domain_data(walk, role):
    wrong = []
    for step in walk(role).steps:
        if step.line.method == "GET" and (tables := written(step.statements) - MAY_BE_WRITTEN):
            wrong.append(f"{step.line.name} {step.line.object} writes to {sorted(tables)}")
    assert not wrong, "\n".join(wrong)


def shown_in(response, people):
    """Those of the people whose name the page shows."""
    text = response.content.decode()
    return [person for person in people if person.name in text]


def faults_of(step, member, people):
    """What is wrong with the looks of a page that shows people."""
    shown = shown_in(step.response, people)
    if not shown:
        return []
    page = step.line.name
    # What was passed on stands in the same log, beside the look.
    looks = [look for look in step.looks if look.purpose != DISCLOSURE]
    if len(looks) != 1:
        return [f"{page}: {len(looks)} looks"]
    look = looks[0]
    faults = []
    who = (look.user_id, look.membership_id, look.agency_id, look.role, look.page)
    if who != (member.user_id, member.pk, member.agency_id, member.role, page):
        faults.append(f"{page}: the look says {who}")
    if not look.purpose:
        faults.append(f"{page}: the look says no purpose")
    if look.request_id != step.response.headers["X-Request-ID"]:
        faults.append(f"{page}: the look has another request's id")
    keys = set(look.person_keys)
    return faults + [f"{page}: shows {one.name} without a key in the look" for one in shown if not one.keys & keys]


def answered(world, walk, role):
    """Every page that the role gets, as the answer to a GET or to a POST."""
    yield from walk(role).pages
    yield from walk(role).posted
    client = world.client(role)
    yield Step(Line("POST", "people:mine", "-", {}), "/people/", {"name": AINO["last_name"][:6]}).go(client)
    if role in ("participant", "coordinator"):
        with undone():
            acts.protect(world.follow_up, by=world.cast.coordinator)
            reason = acts.reason_to_reveal(world.cast.mikkeli)
            path = f"/person/{world.person.public_id}/reveal/"
            yield Step(Line("POST", "pages:reveal", "person", {}), path, {"reason": reason.pk}).go(client)


@each_role(SIGNED_IN)
def test_whoever_a_page_shows_is_in_its_one_look(world, walk, role):
    people, member = person_names(), world.members[role]
    steps = list(answered(world, walk, role))
    faults = [fault for step in steps for fault in faults_of(step, member, people)]
    assert not faults, "\n".join(faults)
    showing = [step for step in steps if shown_in(step.response, people)]
    for method, expected in (("GET", SHOWING), ("POST", SHOWING_ANSWERS)):
        names = {step.line.name for step in showing if step.line.method == method}
        assert names >= expected[role], f"these pages showed nobody: {method} {sorted(expected[role] - names)}"
    if role == "administrator":
        assert not showing


@each_role([role for role in SIGNED_IN if role != "administrator"])
def test_without_the_look_there_is_no_page(world, walk, role, monkeypatch):
    people = person_names()
    showing = [step for step in answered(world, walk, role) if shown_in(step.response, people)]
    assert showing

    def fail(**look):
        raise OSError("the use log can't be written")

    monkeypatch.setattr(access, "write_look", fail)
    for step in showing:
        response = ask(world.client(role), step.line.method, step.path, step.data)
        assert response.status_code == 500, step.line
        assert not shown_in(response, people), step.line
