"""What may arrive in place of what a form would send, and what is promised of the answer (P15)."""

import os
from functools import cache

from django.apps import apps
from django.db import connection
from django.utils.html import escape

from tests.access.browser import undone

# `make values` tries each value in each field of each form; otherwise each field has its turn.
FULL = bool(os.environ.get("EVERY_VALUE"))
MEGABYTE = "x" * 1_000_000
NASTY = [
    "\0",
    "Ai\0no",
    "🙂🙂",
    "\u202eoniA",
    "Ai\u200fno",
    "\u0301",
    "-1",
    "0",
    "32",
    "2999",
    "9" * 40,
    "1e999",
    "NaN",
    "2100-13-45",
    "00000000-0000-4000-8000-000000000000",
    "not-a-uuid",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ 7 }}{% now %}",
    "../../etc/passwd",
    "//evil.example/[",
    "\r\nX-Header: 1",
    "ä" * 300,
    "\ufeff \t ",
]
# Besides: nothing at all, and the field sent twice and three times.
VALUES = [*NASTY, None, ["🙂", "-1"], ["", "\0", "0"]]
# Counted by themselves, or written by reading and signing in.
NOT_COUNTED = {
    "coordination_look",
    "coordination_seal",
    "django_session",
    "cache",
    "flags_flaggingcount",
    "auditlog_logentry",
    "django_content_type",
}
# Buttons of the call sheet that do their deed and show the call that is being typed again. They alone may write and
# answer with a page; telling a guardian shows the code once, and so do the links to somebody's own part and to a form.
DEEDS = (
    {f"questionnaires:{name}" for name in ("part_link", "give_outside", "send_again")}
    | {"assessments:part_link"}
    | {
        f"follow_ups:{name}"
        for name in (
            *(
                "add_adult",
                "add_guardian",
                "ask_area",
                "change_guardian",
                "end_exclusion",
                "end_non_disclosure",
                "exclude",
            ),
            *(
                "let_learn",
                "lift_refusal",
                "refuse",
                "remove_guardian",
                "remove_referral",
                "remove_unmet",
                "take_over",
                "take_up",
            ),
            *("tell_guardian", "undo_decision", "withdraw_asking"),
        )
    }
)


@cache
def _counting():
    tables = sorted({model._meta.db_table for model in apps.get_models()} - NOT_COUNTED)
    # Who wrote a row last is in it, so that a changed row differs though there are as many as before.
    return " UNION ALL ".join(f"SELECT '{table}', count(*), sum(xmin::text::bigint) FROM {table}" for table in tables)


def rows():
    """How many rows each table of the domain has, and a sum that differs once one of them was written anew."""
    with connection.cursor() as cursor:
        cursor.execute(_counting())
        return {table: (count, last) for table, count, last in cursor.fetchall()}


class Turns:
    """Gives each field its turn of the values, going on `after` so many fields: each value meets as many fields."""

    def __init__(self, *, after):
        self.turn = after

    def of(self, form):
        """What to send instead of the form as it is: one field at a time with each value, when all is tried.

        Otherwise all fields at once, each with its own next value, and one of them alone: two requests in which each
        field still meets a value.
        """
        names = list(form.fields)
        if FULL:
            yield from (_with(form, {name: value}) for name in names for value in VALUES)
        elif names:
            yield _with(form, {name: self._next() for name in names})
            yield _with(form, {names[self.turn % len(names)]: self._next()})

    def _next(self):
        self.turn += 1
        return VALUES[self.turn % len(VALUES)]


def _with(form, values):
    """The form as it is but for these values; None: without that field."""
    data = form.data(**values)
    return {name: value for name, value in data.items() if value is not None}


def faults(world, role, form, tries, *, before=None):
    """What is wrong with the answers to these."""
    found = []
    for data in tries:
        try:
            check(world, role, form, data, before=before)
        except AssertionError as fault:
            found.append(str(fault).splitlines()[0])
    return found


def check(world, role, form, data, *, before=None):
    """Post, and hold what is promised of the answer. `before`: what rows() are, where they were counted already."""
    said = f"{form.action} {[(name, str(value)[:30]) for name, value in data.items()]}"
    with undone():
        before = before or rows()
        response = world.client(role).post(form.action, data)
        assert response.status_code < 500, f"{response.status_code}: {said}"
        if response.status_code in (301, 302):
            return response
        written = {table for table, now in rows().items() if now != before[table]}
    text = response.content.decode() if response.status_code == 200 else ""
    if written:
        assert form.name in DEEDS, f"written and back, {written}: {said}"
        assert "govuk-error-summary" not in text, f"written, but refused, {written}: {said}"
        assert "banner--warning" not in text, f"written, but warned of, {written}: {said}"
    if text and not form.action.startswith(("/admin/", "/account/")):
        for name in (*form.staying(), *(() if written else form.typable())):
            value = data.get(name)
            if isinstance(value, str) and "\0" not in value and "\r" not in value and value.strip():
                assert _is_shown(name, value, text), f"{name} is lost: {said}"
    return response


def _is_shown(name, value, text):
    # A whole date that was pasted into the day's box stands in all three.
    boxes = value.split("-") if name.endswith("_day") else []
    return escape(value) in text or len(boxes) == 3 and all(f'value="{box}"' in text for box in boxes)
