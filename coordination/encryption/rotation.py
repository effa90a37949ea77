"""Bringing stored values under the newest keys, while the site runs.

Every column is found by its class, so a new encrypted field is taken along without a line here. Work goes in batches,
each a transaction of its own over rows that nobody else holds; a row that is held comes in a later pass. What is
done stands in the rows themselves: whatever ended the work, starting it again goes on where it was.

Encrypted text is read and written again under the highest version. An index goes to the next version of its chain
(`index`) without its value being known: a row that was joined to another has none any more.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import UUIDField

from coordination.encryption import cipher, index, keys
from coordination.encryption.fields import BlindIndexField, EncryptedTextField

BATCH = 500
PASSES = 5
# How many values at each end of a column tell which keys it needs.
LOOKED_AT = 20
PAUSE_SECONDS = 1
Progress = Callable[[str, int], None]


@dataclass
class Result:
    """What came of it: rows rewritten, rows that stay as they are and why (sentences that name the row alone)."""

    rewritten: int = 0
    left: int = 0
    problems: list[str] = field(default_factory=list)


def encrypted_columns() -> list[tuple]:
    """(model, its encrypted fields) for every table that has any."""
    found = ((model, _of_kind(model, EncryptedTextField)) for model in _tables())
    return [(model, fields) for model, fields in found if fields]


def index_pairs() -> list[tuple]:
    """(model, name of the pair's first column) for every blind index."""
    return [
        (model, one.name)
        for model in _tables()
        for one in _of_kind(model, BlindIndexField)
        if not one.name.endswith("_even")
    ]


def _tables():
    return [
        model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy
    ]


def _of_kind(model, kind):
    return [one for one in model._meta.local_concrete_fields if isinstance(one, kind)]


def rewrite_encrypted(model, fields, *, progress: Progress = lambda what, rows: None) -> Result:
    """Put every value of these fields under the newest key version. Values that do not open are left and named."""
    version, _ = keys.newest()
    done, result = f"v{version}:%", Result()
    table, pk = model._meta.db_table, model._meta.pk.column
    columns = [one.column for one in fields]
    old = " OR ".join(f'("{column}" <> %s AND "{column}" NOT LIKE %s)' for column in columns)
    wanted = ", ".join(f'"{column}"' for column in columns)
    select = (
        f'SELECT "{pk}", {wanted} FROM "{table}" WHERE "{pk}" > %s AND ({old}) '
        f'ORDER BY "{pk}" LIMIT {BATCH} FOR NO KEY UPDATE SKIP LOCKED'
    )
    update = f'UPDATE "{table}" SET ' + ", ".join(f'"{column}" = %s' for column in columns) + f' WHERE "{pk}" = %s'
    values = ["", done] * len(columns)

    def batch(after):
        rows = _fetch(select, [after, *values])
        changed = []
        for number, *stored in rows:
            try:
                changed.append(
                    [*(_again(text, one.place, version) for text, one in zip(stored, fields, strict=True)), number]
                )
            except (cipher.Undecipherable, keys.KeyMissing) as error:
                result.problems.append(f"{model._meta.label} {number}: {error}")
        _run_many(update, changed)
        return rows, len(changed)

    _in_passes(model, batch, result, lambda: _count(table, old, values), model._meta.label, progress)
    return result


def _again(stored, place, version):
    if not stored or stored.startswith(f"v{version}:"):
        return stored
    return cipher.encrypt(cipher.decrypt(stored, place=place), place=place)


def advance_indexes(model, name, *, progress: Progress = lambda what, rows: None) -> Result:
    """Bring one pair of index columns to where the settings are in their change of keys.

    While a next key is being brought in: its column is filled. Without one: whatever still lacks the current version
    gets it, and the other column is emptied.
    """
    chain, following = index.chain()
    current = index.column_of(name, len(chain))
    other = index.column_of(name, len(chain) + 1)
    if following:
        return _fill(model, source=current, target=other, key=following, progress=progress)
    result = Result()
    if len(chain) > 1:
        result = _fill(model, source=other, target=current, key=chain[-1], progress=progress, only_empty=True)
    emptied = _empty(model, keep=current, drop=other, progress=progress)
    return Result(
        result.rewritten + emptied.rewritten, max(result.left, emptied.left), [*result.problems, *emptied.problems]
    )


def lacking_current_index(model, name) -> bool:
    """Whether any row would not be found, because it has no index of the version in use."""
    chain, _following = index.chain()
    current, other = index.column_of(name, len(chain)), index.column_of(name, len(chain) + 1)
    return model._base_manager.filter(**{f"{current}__isnull": True, f"{other}__isnull": False}).exists()


def _fill(model, *, source, target, key, progress, only_empty=False):
    """Every row is looked at, not only empty ones: a next key that was given up left values of its own behind."""
    table, pk, result = model._meta.db_table, model._meta.pk.column, Result()
    rule = f'"{source}" IS NOT NULL' + (f' AND "{target}" IS NULL' if only_empty else "")
    select = (
        f'SELECT "{pk}", "{source}", "{target}" FROM "{table}" '
        f'WHERE "{pk}" > %s AND {rule} ORDER BY "{pk}" LIMIT {BATCH}'
    )
    hold = f'SELECT "{pk}" FROM "{table}" WHERE "{pk}" = ANY(%s) FOR UPDATE SKIP LOCKED'
    update = f'UPDATE "{table}" SET "{target}" = %s WHERE "{pk}" = %s AND "{source}" = %s'
    skipped = 0

    def batch(after):
        nonlocal skipped
        rows = _fetch(select, [after])
        new = {number: index.advance(bytes(old), key) for number, old, _now in rows}
        wrong = [row for row in rows if row[2] is None or bytes(row[2]) != new[row[0]]]
        free = {number for (number,) in _fetch(hold, [[row[0] for row in wrong]])} if wrong else set()
        skipped += len(wrong) - len(free)
        changed = 0
        for number, old, _now in wrong:
            if number in free:
                changed += _set_one(update, [new[number], number, bytes(old)], model, result)
        return rows, changed

    def left():
        nonlocal skipped
        held, skipped = skipped, 0
        return held

    _in_passes(model, batch, result, left, f"{model._meta.label}.{target}", progress)
    return result


def _set_one(update, values, model, result):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(update, values)
            return cursor.rowcount
    except IntegrityError:
        # Made twice by a process that had only the new key before this was through: a human must join them.
        result.problems.append(f"{model._meta.label} {values[1]}: another row holds the same value already.")
        return 0


def _empty(model, *, keep, drop, progress):
    table, pk, result = model._meta.db_table, model._meta.pk.column, Result()
    rule = f'"{keep}" IS NOT NULL AND "{drop}" IS NOT NULL'
    update = (
        f'UPDATE "{table}" SET "{drop}" = NULL WHERE "{pk}" IN (SELECT "{pk}" FROM "{table}" '
        f'WHERE "{pk}" > %s AND {rule} ORDER BY "{pk}" LIMIT {BATCH} FOR UPDATE SKIP LOCKED) RETURNING "{pk}"'
    )

    def batch(after):
        rows = sorted(_fetch(update, [after]))
        return rows, len(rows)

    _in_passes(model, batch, result, lambda: _count(table, rule, []), f"{model._meta.label}.{drop}", progress)
    return result


def _in_passes(model, batch, result, left, what, progress):
    """Walk the table by its key, a number or a random one, until nothing is left, or only rows that stay held or do not
    open."""
    for number in range(PASSES):
        if number:
            time.sleep(PAUSE_SECONDS)
        result.problems.clear()
        after = UUID(int=0) if isinstance(model._meta.pk, UUIDField) else -1
        while True:
            with transaction.atomic():
                rows, changed = batch(after)
            result.rewritten += changed
            if not rows:
                break
            after = rows[-1][0]
            progress(what, result.rewritten)
        result.left = left()
        if result.left <= len(result.problems):
            return


def _fetch(sql: str, values: Iterable) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return cursor.fetchall()


def _run_many(sql, rows):
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def _count(table, rule, values):
    [(number,)] = _fetch(f'SELECT count(*) FROM "{table}" WHERE {rule}', values)
    return number


def missing_versions(model, fields) -> list[int]:
    """Key versions that stored values need and the settings don't have, of the oldest and newest values of each column.

    A few at each end are read, not all: an old key is taken away for all of them at once, and what another machine
    writes under a key that this one lacks is the newest. Where rows have random keys these are any of them.
    """
    table, pk, missing = model._meta.db_table, model._meta.pk.column, set()
    for one in fields:
        some = f'(SELECT "{one.column}" FROM "{table}" WHERE "{one.column}" <> %s ORDER BY "{pk}"'
        found = _fetch(f"{some} LIMIT {LOOKED_AT}) UNION ALL {some} DESC LIMIT {LOOKED_AT})", ["", ""])
        versions = {int(text[1:].partition(":")[0]) for (text,) in found if cipher.STORED.fullmatch(text)}
        missing |= versions - set(settings.ENCRYPTION_KEYS)
    return sorted(missing)


def versions_of(model, field) -> list[tuple[int, int]]:
    """(key version, rows) of one encrypted column, lowest version first."""
    column, table = field.column, model._meta.db_table
    version = f"""substring("{column}" from '^v([0-9]+):')::int"""
    return _fetch(f'SELECT {version}, count(*) FROM "{table}" WHERE "{column}" <> %s GROUP BY 1 ORDER BY 1', [""])
