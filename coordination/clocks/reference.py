"""The product's own deadline rules, from the file beside this module."""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from coordination.agencies.reference import bring_up_to_date
from coordination.clocks.days import all_of_them
from coordination.clocks.models import DeadlineRule
from coordination.clocks.rules import ONE_DAY, today

RULES = Path(__file__).resolve().parent / "data" / "deadlines.csv"
_KEY = ("what", "scope", "valid_from")


@transaction.atomic
def load():
    """Bring the product's own rules up to date; a second run writes nothing. Areas' own rules are left alone.

    A rule is found by what, scope and first day. One that the file no longer has ends with yesterday, since deadlines
    may have been shown by it; one that hasn't begun goes. Returns (added, changed).
    """
    added = changed = 0
    found = {_key(rule): rule for rule in DeadlineRule.objects.filter(area=None)}
    with RULES.open(encoding="utf-8", newline="") as file:
        wanted = [_read(row) for row in csv.DictReader(file)]
    for values in wanted:
        rule = found.pop(tuple(values[name] for name in _KEY), None)
        if rule is None:
            DeadlineRule.objects.create(**values)
            added += 1
        else:
            changed += bring_up_to_date(rule, values)
    return added, changed + sum(_end(rule) for rule in found.values())


def _key(rule):
    return tuple(getattr(rule, name) for name in _KEY)


def _read(row):
    return row | {
        "number": int(row["number"]) if row["number"] else None,
        "counts_from_next_day": row["counts_from_next_day"] == "yes",
        "not_working": all_of_them() if row["not_working"] == "all" else row["not_working"].split(),
        "rolls_to_working_day": row["rolls_to_working_day"] == "yes",
        "valid_from": date.fromisoformat(row["valid_from"]),
        "valid_until": date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
    }


def _end(rule):
    if rule.valid_from > today():
        rule.delete()
        return True
    last = max(rule.valid_from, today() - ONE_DAY)
    ended = rule.valid_until is not None and rule.valid_until <= last
    return not ended and bring_up_to_date(rule, {"valid_until": last})
