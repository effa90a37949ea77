"""P15: whatever is sent to whatever form, the answer is a page, nothing typed is lost and nothing half-written."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.access.browser import address_of, ask, path_of, readable, undone
from tests.access.table import lines
from tests.forms.circumstances import CIRCUMSTANCES, FORMLESS
from tests.forms.page_forms import form_to, forms_of
from tests.forms.trying import MEGABYTE, NASTY, VALUES, Turns, check, faults, rows

pytestmark = pytest.mark.django_db

ROLES = ["flagger", "participant", "coordinator", "administrator", "anonymous"]


@pytest.fixture(scope="module")
def forms(world):
    """Every different form on every page, each under one role that can open it."""
    found, met = {}, set()
    for role in ROLES:
        found[role] = []
        for line in readable(role):
            path = address_of(line, world)
            for form in forms_of(ask(world.client(role), "GET", path), path):
                same = (form.name, tuple(sorted(form.fields)))
                if same not in met:
                    met.add(same)
                    found[role].append(form)
    return found


@pytest.mark.parametrize("role", ROLES)
def test_no_form_fails(world, forms, role):
    assert forms[role]
    turns = Turns(after=ROLES.index(role))
    before = rows()
    wrong = [fault for form in forms[role] for fault in faults(world, role, form, turns.of(form), before=before)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ROLES)
def test_nothing_everything_and_a_megabyte(world, forms, role):
    before = rows()
    for form in forms[role]:
        check(world, role, form, {}, before=before)
        check(world, role, form, {name: ["1", "2"] for name in form.fields}, before=before)
        if big := (form.typable() or list(form.fields))[:1]:
            check(world, role, form, form.data(**{big[0]: MEGABYTE}), before=before)


def test_a_typed_call_stays_whatever_is_pressed(world, forms):
    """Done, refused or not now: the call that was being typed stands in the answer."""
    pressed = [form for form in forms["coordinator"] if form.staying()]
    assert len(pressed) > 10
    for form in pressed:
        assert check(world, "coordinator", form, _with_a_typed_call(form)).status_code == 200, form.action


def _with_a_typed_call(form):
    return form.data(**{name: f"typed {number}" for number, name in enumerate(form.staying())})


@pytest.mark.parametrize("address", sorted(CIRCUMSTANCES))
def test_no_form_fails_that_stands_in_other_circumstances(world, address):
    """What the world's own pages don't offer is offered after something else has happened."""
    role, happen = CIRCUMSTANCES[address]
    with undone():
        path = happen(world)
        response = ask(world.client(role), "GET", path)
        [form, *_same] = [form for form in forms_of(response, path) if form.name == address]
        assert check(world, role, form, form.data()).status_code in (200, 302)
        turns = Turns(after=sorted(CIRCUMSTANCES).index(address))
        wrong = faults(world, role, form, [*turns.of(form), {}], before=rows())
        assert not wrong, "\n".join(wrong)
        if form.staying():
            assert check(world, role, form, _with_a_typed_call(form)).status_code == 200


def test_every_address_that_takes_a_post_was_tried(forms):
    """Each POST line of the table is reached by one of the forms above, and what has no form is tried below."""
    tried = {form.name for role in ROLES for form in forms[role]}
    stated = {line.name for line in lines() if line.method == "POST" and "405" not in line.answers.values()}
    assert stated - tried == set(CIRCUMSTANCES) | set(FORMLESS)


@pytest.mark.parametrize("address", sorted(FORMLESS))
def test_addresses_that_no_form_leads_to(world, address):
    role, fields = FORMLESS[address]
    [path] = {address_of(line, world) for line in lines() if (line.method, line.name) == ("POST", address)}
    for value in [*VALUES, MEGABYTE]:
        data = {} if value is None else dict.fromkeys(fields, value)
        assert ask(world.client(role), "POST", path, data).status_code < 500, (path, value)


@pytest.mark.parametrize("role", ["flagger", "coordinator", "administrator"])
def test_without_the_csrf_token_nothing_happens(world, forms, role):
    for form in forms[role]:
        client = world.client(role)
        client.handler.enforce_csrf_checks = True
        with undone():
            before = rows()
            assert client.post(form.action, form.data()).status_code == 403, form.action
            assert rows() == before


@pytest.mark.parametrize("role", ["flagger", "coordinator", "administrator"])
def test_no_query_string_fails(world, role):
    for line in readable(role):
        if line.name.endswith("_changelist"):
            names = ("q", "o", "p", "_changelist_filters", "id__exact")
        elif line.name.startswith("admin") or line.object != "-":
            continue
        else:
            names = ("page", "next", "to")
        for value in ("\0", "9" * 30, "//[", "-1"):
            response = ask(
                world.client(role), "GET", f"{address_of(line, world)}?{urlencode(dict.fromkeys(names, value))}"
            )
            assert response.status_code < 500, f"{line.name} with {value!r}"


@pytest.mark.parametrize("value", ["%00", "x" * 5000, "%F0%9F%99%82", "%E2%80%AE", "9" * 40, "-1", "..%2F..", "a%0Ab"])
def test_no_address_fails(world, value):
    for role in ("flagger", "administrator", "anonymous"):
        for path in (
            f"/invitations/{value}/",
            f"/person/{value}/",
            f"/flags/{value}/",
            f"/account/password/reset/key/{value}-{value}/",
            f"/account/confirm-email/{value}/",
            f"/admin/coordination/area/{value}/change/",
            f"/admin/coordination/user/{value}/history/",
            f"/admin/{value}/",
            f"/{value}/",
        ):
            assert ask(world.client(role), "GET", path).status_code < 500, path


def test_the_invitation_s_form(world):
    path = path_of("staffing:invitation", world.objects["secret"])
    form = form_to(Client().get(path), path, path)
    assert {"first_name", "password", "password_again"} <= set(form.fields)
    for value in [*NASTY, MEGABYTE, ["a", "b"]]:
        check(world, "anonymous", form, form.data(first_name=value, last_name=value, password=value))
