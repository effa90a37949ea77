"""P13 and P19 under kill -9: whatever of web, worker, broker and database is killed, at whatever step of a flag's way,
each pair of flags makes one match, and every mail is in the sink once or on the list for a human.

Everything runs as in a town: a web server, a worker with its timetable, Redis, a mail server, and a PostgreSQL of the
same version as the tests' own. PROOF_KILLS sets how often each is killed at each step (default 20).
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from http.client import HTTPException
from urllib.parse import urlencode
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from scripts.bench.flaggers import young_people
from scripts.bench.table import tell
from scripts.bench.visits import Visitor
from tests.house.source import ROOT
from tests.proof.killable import Installation, programs_of, wait_until

KILLS = int(os.environ.get("PROOF_KILLS", "20"))
PAIRS_A_ROUND = 2
UNTIL_SEEN = 10
_TOKEN = re.compile(r'name="token" value="([^"]+)"')

# What the database shows at each step of a flag's way, since this moment.
STEPS = {
    "while flags are posted": None,
    "a flag waits to be settled": "SELECT 1 FROM flags_flag WHERE settled_at IS NULL AND made_at > %s",
    "a match is being written": "SELECT 1 FROM pg_stat_activity WHERE query ~ 'ground' AND backend_xid IS NOT NULL"
    " AND xact_start > %s",
    "a mail waits": "SELECT 1 FROM coordination_mail WHERE state = 'waiting' AND made_at > %s",
    "a mail is being sent": "SELECT 1 FROM coordination_mail WHERE state = 'sending' AND claimed_at > %s",
    "a mail has been sent": "SELECT 1 FROM coordination_mail WHERE sent_at > %s",
}
VICTIMS = ("web", "worker", "broker", "database")


@pytest.fixture(scope="module")
def installation(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        version = connection.cursor().connection.info.server_version // 10_000
    # Not a temporary folder of pytest's: PostgreSQL's own user must be able to enter.
    folder = settings.DATA_DIR / "town"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o711, parents=True)
    town = Installation(folder, programs_of(version))
    # Whoever ends the proof early finds nothing of it running afterwards.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        town.start()
        yield town
    finally:
        town.stop()


def ask(installation, *arguments):
    command = [sys.executable, "-m", "tests.proof.town_to_flag", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, env=installation.environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def post_until_it_stands(installation, cookies, typed):
    """Fill in the form and send it, again and again as a person would, until the answer is the flag's own page."""
    born, until = typed["birth_date"], time.localtime(time.time() + 60 * 86400)
    values = {
        **{name: typed[name] for name in ("first_name", "last_name")},
        **{f"birth_date_{part}": getattr(born, part) for part in ("day", "month", "year")},
        **{"until_day": until.tm_mday, "until_month": until.tm_mon, "until_year": until.tm_year},
        "told_and_allowed": "on",
        "guardian_allowed": "on",
    }
    token, visitor, deadline = "", Visitor(installation.web_port, cookies), time.monotonic() + 180
    while time.monotonic() < deadline:
        try:
            visitor.get("/flags/new/")
            token = token or _TOKEN.search(visitor.text)[1]  # of the page that was sent first, as when it is sent again
            answer = visitor.post_for_redirect("/flags/new/", token=token, **values)
            if answer:
                return UUID(answer.rstrip("/").rsplit("/", 1)[-1])
        except (OSError, HTTPException, RuntimeError):
            visitor = Visitor(installation.web_port, cookies)
        time.sleep(0.1)
    raise AssertionError(f"no answer to {urlencode(values)}: {visitor.text[:500]}")


def wait_for_step(url, query, done):
    """Until the step is seen in the database, or all posting is done and it won't be; whether it was seen."""
    began, deadline = datetime.now(UTC), time.monotonic() + UNTIL_SEEN
    with psycopg.connect(url, autocommit=True) as line:
        while time.monotonic() < deadline:
            if line.execute(query, [began]).fetchone():
                return True
            time.sleep(0.001 if done.is_set() else 0.003)
    return False


def one_round(installation, pairs, people, victim, query, number):
    """Post, kill, start again, and wait until everything has come to rest; whether the step was met."""
    done, answers = threading.Event(), []

    def post_all():
        try:
            for cookies, typed in zip(pairs, people, strict=True):
                answers.extend(post_until_it_stands(installation, one, typed) for one in cookies)
        except AssertionError as problem:
            answers.append(problem)
        finally:
            done.set()

    poster = threading.Thread(target=post_all)
    poster.start()
    if query:
        met = wait_for_step(installation.database.url, query, done)
    else:
        time.sleep(0.05 + number % 7 * 0.03)
        met = True
    if victim == "database" and number % 2:
        installation.database.kill_one()
    else:
        process = getattr(installation, victim)
        process.kill()
        process.start()
    poster.join()
    assert not [one for one in answers if isinstance(one, AssertionError)], answers
    wait_until(lambda: at_rest(installation), "flags or mails are left", seconds=120)
    return met, answers


AT_REST = """SELECT NOT EXISTS (SELECT 1 FROM flags_flag WHERE settled_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM coordination_mail WHERE state = 'waiting')
    AND NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE backend_xid IS NOT NULL)"""


def at_rest(installation):
    try:
        with psycopg.connect(installation.database.url) as line:
            return line.execute(AT_REST).fetchone()[0]
    except psycopg.Error:
        return False  # still recovering


def test_kill_nine_of_each_at_each_step(installation, prove):
    rounds = [(victim, step) for victim in VICTIMS for step in STEPS for _ in range(KILLS)]
    pairs = ask(installation, "make", len(rounds) * PAIRS_A_ROUND)
    people = young_people(len(pairs))
    met, flags = Counter(), []
    for number, (victim, step) in enumerate(rounds):
        mine = slice(number * PAIRS_A_ROUND, (number + 1) * PAIRS_A_ROUND)
        seen, answers = one_round(installation, pairs[mine], people[mine], victim, STEPS[step], number)
        met[victim, step] += seen
        flags += answers
        if number % KILLS == KILLS - 1:
            tell(f"{victim}, {step}: {KILLS} kills, {met[victim, step]} of them just then")
    found = ask(installation, "final")
    lines = installation.arrived.read_text().splitlines()
    sink = Counter(re.search(r"<([^@]+)@", line)[1] for line in lines)
    mails, human = set(found["mails"]), set(found["human"])
    prove("kill -9 of web, worker, broker, database at each step, times", len(rounds), least=len(VICTIMS) * len(STEPS))
    rarest = min(met[victim, step] for victim in VICTIMS for step in STEPS)
    prove(f"… of each {KILLS}, at the very step, where that was rarest", rarest, least=KILLS // 4)
    prove("… of all, for comparison (the others a moment before or after)", sum(met.values()))
    prove("Flags that were answered for and are not there", len(set(flags)) - found["flags"], most=0)
    prove("… flags doubled or not settled", found["flags"] - len(set(flags)) + found["flags_unsettled"], most=0)
    prove("Pairs of flags without a match", found["matches_missing"] + len(pairs) - found["people"], most=0)
    prove("… with two", found["matches_doubled"], most=0)
    prove("Mails neither in the sink nor with a human", len(mails - sink.keys() - human) + found["mails_left"], most=0)
    prove("… doubled in the sink", sum(number > 1 for number in sink.values()), most=0)
    prove("… of all mails, for comparison", len(mails))
    prove("… with a human, for comparison", len(human))
    assert found["matched_flags"] == 2 * len(pairs)
    assert len(mails) == 2 * len(pairs), "each match tells two coordinators"
    assert found["notices_without_mail"] == 0
