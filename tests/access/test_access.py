"""P1 and P2: every address has a stated answer for every role, and nothing is open by accident."""

import pytest

from tests.access.browser import address_of, answer, ask, each_role, path_of, shape
from tests.access.table import OPEN_TO_ALL, lines
from tests.access.urlconf import names
from tests.access.world import missing

pytestmark = pytest.mark.django_db


def test_every_address_has_a_line_and_every_line_an_address():
    listed = {line.name for line in lines() if line.method == "GET"}
    assert names() - listed == set(), "addresses without a line"
    assert {line.name for line in lines()} - names() == set(), "lines without an address"


def test_what_is_open_without_signing_in_is_listed():
    opened = {line.name for line in lines() if line.answers["anonymous"] != "in"}
    assert opened <= OPEN_TO_ALL
    assert names() >= OPEN_TO_ALL


@each_role()
def test_answers(walk, role):
    wrong = []
    for step in walk(role).steps:
        line, got = step.line, answer(step.response)
        if got != line.answers[role]:
            wrong.append(f"{line.method} {line.name} {line.object}: {line.answers[role]} is stated, {got} came")
    assert not wrong, "\n".join(wrong)


@each_role()
def test_a_post_to_a_page_of_reading_answers_as_the_page(world, role):
    posted = {line.name for line in lines() if line.method == "POST"}
    wrong = []
    for line in lines():
        if line.name in posted or line.name.startswith("admin"):
            continue
        got = answer(ask(world.client(role), "POST", address_of(line, world)))
        if got != line.answers[role]:
            wrong.append(f"POST {line.name} {line.object}: {line.answers[role]} as for GET, {got} came")
    assert not wrong, "\n".join(wrong)


@each_role()
def test_a_foreign_object_and_none_at_all_are_one_answer(world, walk, role):
    """Status, body and headers, the request's id apart; and the page has nothing that repeats the address."""
    wrong = []
    for step in walk(role).steps:
        line, foreign = step.line, step.response
        if not world.objects.get(line.object) or foreign.status_code != 404:
            continue
        path = path_of(line.name, missing(world.objects[line.object]))
        if shape(foreign) != shape(ask(world.client(role), line.method, path)):
            wrong.append(f"{line.method} {line.name} {line.object}: the two answers differ")
        if b"<form" in foreign.content or b"next" in foreign.content:
            wrong.append(f"{line.method} {line.name} {line.object}: the 404 page has a form or `next`")
    assert not wrong, "\n".join(wrong)


@each_role(["flagger", "coordinator"])
def test_an_address_that_never_was_is_the_same_404_page(world, role):
    client = world.client(role)
    foreign = ask(client, "GET", f"/person/{world.other_person.public_id}/")
    assert foreign.status_code == 404
    assert shape(ask(client, "GET", "/no/such/page/")) == shape(foreign)


def test_what_is_not_listed_as_open_asks_to_sign_in(walk):
    for step in walk("anonymous").steps:
        if step.line.name not in OPEN_TO_ALL:
            assert answer(step.response) == "in", step.line
            assert step.response.content == b"", step.line
