"""Asking every address of the table as one role."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from coordination.use_log.models import Look
from tests.access.table import ROLES, Line, lines

# The administration sends whoever is not signed in on to the one page where one signs in.
SIGN_IN = ("/account/login/", "/admin/login/?")
# What differs between any two answers and tells nothing: the random ids of a page's forms.
_RANDOM = [
    (re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+'), rb"\1"),
    (re.compile(rb'(name="token"[^>]*? value=")[^"]+'), rb"\1"),
    # Seconds until the session locks.
    (re.compile(rb'(data-(?:left|ends)=")[^"]+'), rb"\1"),
]


def each_role(roles=ROLES):
    """Run a test as each role; all tests of a role in one process, which walks once."""
    marked = [pytest.param(role, marks=pytest.mark.xdist_group(f"access of {role}")) for role in roles]
    return pytest.mark.parametrize("role", marked)


def address_of(line, world):
    """The address of a line of the table."""
    return path_of(line.name, world.objects.get(line.object, {}))


def path_of(name, kwargs):
    """The path of a name with these arguments; patterns without a name are told by their route."""
    if "/" in name:
        path = name.replace("<path:object_id>", str(kwargs.get("object_id", ""))).replace("(?P<url>.*)$", "nowhere/x")
        return f"/{path}"
    return reverse(name, kwargs=kwargs)


def readable(role):
    """The lines that answer this role with a page."""
    return [line for line in lines() if line.method == "GET" and line.answers[role] == "200"]


@contextmanager
def undone():
    """What is written inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client, method, path, data=None):
    """One request whose writes are undone."""
    with undone():
        return client.get(path) if method == "GET" else client.post(path, data or {})


def answer(response):
    """A response in the table's words."""
    if response.status_code in (301, 302):
        return "in" if response.headers["Location"].startswith(SIGN_IN) else "out"
    return str(response.status_code)


def shape(response):
    """All that somebody could compare between two answers."""
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    # The session notes now and then, by the clock alone, that its user is still there.
    cookies = sorted(set(response.cookies) - {settings.SESSION_COOKIE_NAME})
    return response.status_code, plain(response.content), headers, cookies


def plain(body):
    """The body without its random ids."""
    for pattern, mask in _RANDOM:
        body = pattern.sub(mask, body)
    return body


class Statements:
    """Collects the SQL that runs while it is open."""

    def __init__(self):
        self.found = []

    def __call__(self, execute, sql, params, many, context):
        self.found.append(sql)
        return execute(sql, params, many, context)

    def __enter__(self):
        self._open = connection.execute_wrapper(self)
        self._open.__enter__()
        return self

    def __exit__(self, *exception):
        self._open.__exit__(*exception)


@dataclass
class Step:
    """One request: its line of the table, the answer, the SQL it ran and the looks it left."""

    line: Line
    path: str
    data: dict = field(default_factory=dict)
    response: object = None
    statements: list = field(default_factory=list)
    looks: list = field(default_factory=list)

    def go(self, client):
        """Make the request, undoing what it wrote."""
        with undone():
            last = Look.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            with Statements() as statements:
                if self.line.method == "GET":
                    self.response = client.get(self.path)
                else:
                    self.response = client.post(self.path, self.data)
            self.looks = list(Look.objects.filter(pk__gt=last))
            self.statements = statements.found
        return self


class Walk:
    """One role's requests for every line of the table."""

    def __init__(self, world, role):
        self.world, self.role = world, role
        self.steps = [Step(line, address_of(line, world)).go(world.client(role)) for line in lines()]

    @property
    def pages(self):
        """What was read and answered with a page; files that are saved are none."""
        return [step for step in self.steps if step.line.method == "GET" and _is_page(step.response)]

    @cached_property
    def posted(self):
        """What was posted, with nothing that a form needs, and answered with a page: refused forms, and whatever
        answers a POST as it does a GET."""
        steps = [step for step in self.steps if step.line.method == "POST"]
        stated = {(step.line.name, step.line.object) for step in steps}
        for line in (step.line for step in self.steps):
            if line.answers[self.role] == "200" and (line.name, line.object) not in stated:
                step = Step(replace(line, method="POST"), address_of(line, self.world))
                steps.append(step.go(self.world.client(self.role)))
        return [step for step in steps if _is_page(step.response)]


def _is_page(response):
    return response.status_code == 200 and response["Content-Type"].startswith("text/html")
