"""Deadline rules for tests."""

from datetime import date, datetime

from coordination.clocks.models import DeadlineRule
from coordination.clocks.rules import HELSINKI

WORDS = {"name_fi": "sääntö", "name_sv": "regel", "name_en": "rule"}


def rule(unit, number=None, **fields):
    """A rule that isn't saved: the beginning of an assessment, for everyone, since the law is in force."""
    fields = WORDS | {"what": "start", "law": "SHL 36 §", "valid_from": date(2015, 4, 1)} | fields
    return DeadlineRule(unit=unit, number=number, **fields)


def kept(unit, number=None, **fields):
    """The same, saved."""
    made = rule(unit, number, **fields)
    made.save()
    return made


def here(text):
    """The moment "2026-11-17 12:00" by the clock in Finland."""
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)
