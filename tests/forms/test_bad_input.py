"""P15: whatever is sent to whatever form, the answer is a page, nothing typed is lost and nothing half-written."""

from functools import cache
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import resolve
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordination.people.models import YoungPerson
from tests.access.browser import address_of, ask, path_of, readable, undone
from tests.access.table import lines
from tests.cast import born
from tests.forms.page_forms import form_to, forms_of

pytestmark = pytest.mark.django_db

ROLES = ["flagger", "coordinator", "administrator", "anonymous"]
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
CAREFUL = settings(
    max_examples=2,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@cache
def _counting():
    tables = sorted({model._meta.db_table for model in apps.get_models()} - NOT_COUNTED)
    return " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables)


def rows():
    """How many rows each table of the domain has."""
    with connection.cursor() as cursor:
        cursor.execute(_counting())
        return dict(cursor.fetchall())


@pytest.fixture(scope="module")
def forms(world):
    """Every different form on every page, each under one role that can open it."""
    found, met = {}, set()
    for role in ROLES:
        found[role] = []
        for line in readable(role):
            path = address_of(line, world)
            for form in forms_of(ask(world.client(role), "GET", path), path):
                same = (resolve(form.action.split("?")[0]).view_name, tuple(sorted(form.fields)))
                if same not in met:
                    met.add(same)
                    found[role].append(form)
    return found


def bad_data(form):
    """What may arrive in place of what the form would send."""
    values = st.one_of(st.sampled_from(NASTY), st.lists(st.sampled_from(NASTY), min_size=2, max_size=3))
    wrong = {name: st.one_of(st.just(form.fields[name]), st.none(), values) for name in form.fields}
    return st.fixed_dictionaries(wrong).map(lambda data: {k: v for k, v in data.items() if v is not None})


def check(world, role, form, data):
    """Post, and hold what is promised of the answer."""
    with undone():
        before = rows()
        response = world.client(role).post(form.action, data)
        said = f"{form.action} {[(name, str(value)[:30]) for name, value in data.items()]}"
        assert response.status_code < 500, f"{response.status_code}: {said}"
        if response.status_code in (301, 302):
            return response
        if rows() != before:
            # The call sheet's buttons do their deed and show the call that is being typed again; they alone may.
            assert resolve(form.action.split("?")[0]).view_name.startswith("follow_ups:"), f"written and back: {said}"
            assert "govuk-error-summary" not in response.content.decode(), f"written, but refused: {said}"
            return response
    if response.status_code == 200 and not form.action.startswith(("/admin/", "/account/")):
        text = response.content.decode()
        for name in form.typable():
            value = data.get(name)
            if isinstance(value, str) and "\0" not in value and "\r" not in value and value.strip():
                assert escape(value) in text, f"{name} is lost: {said}"
    return response


@pytest.mark.parametrize("role", ROLES)
def test_no_form_fails(world, forms, role):
    assert forms[role]
    for form in forms[role]:
        _try(world, role, form)


def _try(world, role, form):
    @CAREFUL
    @given(data=bad_data(form))
    def run(data):
        check(world, role, form, data)

    run()


@pytest.mark.parametrize("role", ROLES)
def test_nothing_everything_and_a_megabyte(world, forms, role):
    for form in forms[role]:
        check(world, role, form, {})
        check(world, role, form, {name: "\0" for name in form.fields})
        check(world, role, form, {name: ["1", "2"] for name in form.fields})
        if big := (form.typable() or list(form.fields))[:1]:
            check(world, role, form, form.data(**{big[0]: MEGABYTE}))


def test_every_address_that_takes_a_post_was_tried(forms):
    """Each POST line of the table is reached by one of the forms above."""
    tried = {resolve(form.action.split("?")[0]).view_name for role in ROLES for form in forms[role]}
    stated = {line.name for line in lines() if line.method == "POST" and "405" not in line.answers.values()}
    # A follow-up that is taken up offers no second taking up, one's own is not taken over, and signing up is closed.
    elsewhere = {"follow_ups:take_up", "follow_ups:take_over", "account_signup"}
    # No town's sign-in is configured in the world, and nobody's second factor is being reset.
    elsewhere |= {"openid_connect_login", "staffing:invitation_with", "stop_factor_reset", "signing_in:withdraw"}
    # Nothing can be undone any more, nobody is under non-disclosure, no other area is asked, the guardian must not
    # learn, nothing is ticked for going live, and nobody has a second session.
    elsewhere |= {"flagging:undo", "follow_ups:undo_decision", "follow_ups:end_non_disclosure", "pages:reveal"}
    elsewhere |= {"follow_ups:withdraw_asking", "follow_ups:tell_guardian", "usersessions_list"}
    elsewhere |= {"going_live:take_back", "going_live:take_back_signature"}
    # A script sends it, without a form.
    elsewhere |= {"drafts:pulse"}
    assert stated - tried <= elsewhere, stated - tried - elsewhere


def test_addresses_that_no_form_leads_to(world):
    other = world.other_follow_up.public_id
    for path in (f"/follow-ups/{other}/take-up/", f"/follow-ups/{other}/take-over/"):
        for value in [*NASTY, MEGABYTE]:
            response = ask(world.client("other_coordinator"), "POST", path, {"version": value, "seen": value})
            assert response.status_code < 500, path


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


FLAG = {"first_name": "Uusi", "last_name": "Nuorikko", "told_and_allowed": "on", "phone": "040 765 4321"}
BAD_FLAGS = {
    "impossible date": {"birth_date_day": "31", "birth_date_month": "2"},
    "future date": {"birth_date_year": "2090"},
    "letters for a date": {"birth_date_day": "kaksi"},
    "no day": {"birth_date_day": ""},
    "wrong check character": {"hetu": "010108A901X"},
    "not a code": {"hetu": "010108Q9011"},
    "emoji": {"first_name": "🙂"},
    "right to left": {"last_name": "Nuo\u202erikko"},
    "digits": {"first_name": "4ino"},
    "a name of a megabyte": {"last_name": MEGABYTE},
    "no telephone": {"phone": "soita"},
    "no such town": {"municipality": "Mordor"},
    "a forged ground": {"legal_ground": "999999999999999999999999"},
    "until yesterday": {"until_year": "2001"},
    "until much later": {"until_year": "2099"},
    "a mangled token": {"token": "x"},
    "no token": {"token": ""},
}


@pytest.mark.parametrize("what", BAD_FLAGS)
def test_a_refused_flag_says_why_and_keeps_what_was_typed(world, what):
    world.cast.mikkeli.hetu_allowed = True
    world.cast.mikkeli.save()
    client, day = world.client("flagger"), born(19)
    form = form_to(client.get("/flags/new/"), "/flags/new/", "/flags/new/")
    typed = FLAG | {"birth_date_day": day.day, "birth_date_month": day.month, "birth_date_year": day.year}
    bad = BAD_FLAGS[what]
    before, people = rows(), YoungPerson.objects.count()
    response = client.post("/flags/new/", form.data(**typed | bad))
    assert response.status_code == 200, response.status_code
    text = response.content.decode()
    assert "govuk-error-summary" in text
    kept = {name: value for name, value in (typed | bad).items() if name not in ("token", "legal_ground")}
    for name, value in kept.items():
        if name != "told_and_allowed":
            assert escape(str(value)) in text, f"{name} is lost"
    assert rows() == before
    assert YoungPerson.objects.count() == people


def test_the_invitation_s_form(world):
    path = path_of("staffing:invitation", world.objects()["secret"])
    form = form_to(Client().get(path), path, path)
    assert {"first_name", "password", "password_again"} <= set(form.fields)
    for value in [*NASTY, MEGABYTE, ["a", "b"]]:
        check(world, "anonymous", form, form.data(first_name=value, last_name=value, password=value))
