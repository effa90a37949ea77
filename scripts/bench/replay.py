"""The statements of a command, recorded once and then run again as raw SQL for other people.

So a command is compared with what the database must do for it, whatever the command will be tomorrow: nobody has to
keep a copy of its statements.

A recording is made in a database where every id is unique over all tables (`spread_ids`), so that a value met again
says where it came from: given in (names, a key), made here (a random UUID), or answered by an earlier statement. A
command that goes different ways is recorded once for each; which way it goes shows in how many rows come back.
"""

import json
import re
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from psycopg import Binary
from psycopg.types.json import Jsonb

SPREAD = 1_000_000
_KNOWN_BY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}|\d{4}-\d\d-\d\d|\d{7,}|\w*[Zz]{3}\w*")
_SAVEPOINT = re.compile(r'"s\d+_x\d+"')
TRIES = 20


class Unforeseen(Exception):
    """The database answered in a way that no recording shows."""


@dataclass
class Step:
    """One statement, what it was given, and what it answered."""

    sql: str
    parameters: list | dict
    rows: list
    in_transaction: bool
    commits: bool = False


@dataclass
class Way:
    """The statements of one run of a command."""

    steps: list = field(default_factory=list)
    given: dict = field(default_factory=dict)
    needed: set = field(default_factory=set)

    def number_of(self, table):
        """Which statement inserts into this table."""
        return next(number for number, step in enumerate(self.steps) if step.sql.startswith(f'INSERT INTO "{table}"'))


def spread_ids():
    """Let each table count from a million of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid::regclass::text FROM pg_class WHERE relkind = 'S' ORDER BY 1")
        for number, (sequence,) in enumerate(cursor.fetchall(), start=1):
            cursor.execute("SELECT setval(%s::regclass, %s)", [sequence, number * SPREAD + 1])


@contextmanager
def recorded(**given):
    """Record what runs inside, on Django's connection. `given` names the values that each later run gets anew; texts
    among them must hold three z in a row."""
    way = Way(given={_as_text(value): name for name, value in given.items()})
    commit = connection._commit

    def committed():
        commit()
        if way.steps:
            way.steps[-1].commits = True

    def record(execute, sql, parameters, many, context):
        result = execute(sql, parameters, many, context)
        cursor = context["cursor"].cursor
        rows = []
        if cursor.description:
            rows = cursor.fetchall()
            if rows:
                cursor.scroll(0, mode="absolute")
        text = _SAVEPOINT.sub('"inner"', sql)
        passed = dict(parameters) if isinstance(parameters, dict) else list(parameters or ())
        way.steps.append(Step(text, passed, rows, connection.in_atomic_block))
        return result

    connection._commit = committed
    try:
        with connection.execute_wrapper(record):
            yield way
    finally:
        del connection._commit
    _find_origins(way)


def _as_text(value):
    return value.hex() if isinstance(value, bytes | memoryview) else str(value)


def _find_origins(way):
    """Put into each parameter, for what it was made of, where that comes from on another run."""
    origins = {text: ("given", name) for text, name in way.given.items()}
    for number, step in enumerate(way.steps):
        step.parameters = _template(step.parameters, origins, way.needed)
        for row_number, row in enumerate(step.rows):
            for column, value in enumerate(row):
                if isinstance(value, int | uuid.UUID | bytes | memoryview) and not isinstance(value, bool):
                    text = _as_text(value)
                    # Rather from rows read in an order than from those before: a command that works through both flags
                    # on somebody means the first and the second, not the one it began with.
                    known, ordered = origins.get(text), "ORDER BY" in step.sql
                    if _KNOWN_BY.fullmatch(text) and (not known or ordered and known[0] != "made"):
                        origins[text] = ("answer", number, row_number, column)


def _template(value, origins, needed):
    """A function of the values of a run that gives this parameter. `needed` collects the statements it waits for."""
    if isinstance(value, Jsonb):
        inner = _template(json.dumps(value.obj), origins, needed)
        return lambda values: Jsonb(json.loads(inner(values)))
    if isinstance(value, dict):
        named = {name: _template(part, origins, needed) for name, part in value.items()}
        return lambda values: {name: part(values) for name, part in named.items()}
    if isinstance(value, list | tuple):
        parts = [_template(part, origins, needed) for part in value]
        return lambda values: [part(values) for part in parts]
    if isinstance(value, Binary):
        value = bytes(value.obj)
    if isinstance(value, uuid.UUID):
        origins.setdefault(str(value), ("made", str(value)))
    if isinstance(value, str):
        return _template_of_text(value, origins, needed)
    origin = None if isinstance(value, bool) else origins.get(_as_text(value))
    if origin is None:
        return lambda values: value
    _note(origin, needed)
    return lambda values: values.of(origin)


def _template_of_text(text, origins, needed):
    found = {match: origins[match] for match in _KNOWN_BY.findall(text) if match in origins}
    for origin in found.values():
        _note(origin, needed)
    if not found:
        return lambda values: text
    pattern = re.compile("|".join(re.escape(match) for match in found))
    return lambda values: pattern.sub(lambda match: _as_text(values.of(found[match[0]])), text)


def _note(origin, needed):
    if origin[0] == "answer":
        needed.add(origin[1])


class _Values:
    def __init__(self, given):
        self.given, self.made, self.answers = given, {}, []

    def of(self, origin):
        kind, *where = origin
        if kind == "given":
            return self.given[where[0]]
        if kind == "made":
            return self.made.setdefault(where[0], uuid.uuid4())
        number, row, column = where
        return self.answers[number][row][column]


def replay(line, ways, **given):
    """Run one of the ways again on this plain connection (autocommit on), with these values. Gives the way it went and
    what each statement answered."""
    try:
        return _replay(line, list(ways), _Values(given))
    except Exception:
        line.rollback()
        raise


def _replay(line, ways, values):
    open_transaction, number = False, 0
    while number < len(ways[0].steps):
        step = ways[0].steps[number]
        if step.in_transaction and not open_transaction:
            line.execute("BEGIN")
            open_transaction = True
        rows, ways = _ask(line, step, ways, number, values)
        values.answers.append(rows)
        if step.commits:
            line.execute("COMMIT")
            open_transaction = False
        number += 1
    return ways[0], values.answers


def _ask(line, step, ways, number, values):
    """The rows, and the ways in which there were as many, or at least some, or at least none was needed."""
    parameters = step.parameters(values)
    for _ in range(TRIES):
        cursor = line.execute(step.sql, parameters or None)
        rows = cursor.fetchall() if cursor.description else []
        alike = [way for way in ways if len(way.steps[number].rows) == len(rows)]
        alike = alike or [way for way in ways if bool(way.steps[number].rows) == bool(rows)]
        alike = alike or [way for way in ways if number not in way.needed]
        if alike:
            return rows, alike
    raise Unforeseen(f"{len(rows)} rows instead of {[len(way.steps[number].rows) for way in ways]}: {step.sql[:200]}")
