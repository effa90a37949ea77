"""What every answer carries: nothing is kept, framed or run from elsewhere, and addresses name nobody."""

import pytest

from tests.access.browser import ask, each_role, undone
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db

STRICT = {
    "default-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
INLINE = (" style=", "<style", " onclick=", " onsubmit=", " onload=", "javascript:", 'src="data:')


def directives(response):
    """The content security policy as a dictionary."""
    policy = response.headers["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())


@each_role()
def test_every_answer_carries_the_headers(walk, role):
    wrong = []
    expected = {"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
    expected |= {"Cross-Origin-Opener-Policy": "same-origin"}
    if role != "anonymous":
        expected["Cache-Control"] = "no-store"
    for step in walk(role).steps:
        headers = step.response.headers
        signs_out = step.line.name == "account_logout" and step.line.method == "POST"
        for name, value in expected.items():
            if headers.get(name) != value and not (signs_out and name == "Cache-Control"):
                wrong.append(f"{step.line.method} {step.line.name}: {name} is {headers.get(name)}")
        if len(headers["X-Request-ID"]) != 36:
            wrong.append(f"{step.line.name}: no request id")
    assert not wrong, "\n".join(sorted(set(wrong)))


@each_role()
def test_the_policy_of_content_is_strict(walk, role):
    wrong = []
    for step in walk(role).pages:
        if directives(step.response) != STRICT:
            wrong.append(f"{step.line.name}: {directives(step.response)}")
        text = step.response.content.decode()
        wrong += [f"{step.line.name} has {inline}" for inline in INLINE if inline in text]
    assert not wrong, "\n".join(wrong)


@each_role(["flagger", "participant", "coordinator"])
def test_no_address_names_anybody(walk, role):
    for step in walk(role).pages:
        text = step.response.content.decode()
        for attribute in ("href", "action", "src"):
            for address in text.split(f'{attribute}="')[1:]:
                assert "Kuutamo" not in address.split('"')[0], step.line


def test_a_page_that_never_was_carries_them_too(world):
    headers = ask(world.client("flagger"), "GET", "/no/such/page/").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_cookies_are_out_of_reach_of_scripts(world):
    client = world.client("anonymous")
    with undone():
        client.get("/account/login/")
        client.post("/account/login/", {"login": world.cast.teacher.user.email, "password": PASSWORD})
        client.post("/language/", {"language": "sv", "next": "/"})
    assert {"csrftoken", "sessionid", "django_language"} <= set(client.cookies)
    for name in ("csrftoken", "sessionid", "django_language"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name
