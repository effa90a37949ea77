"""A real Chromium for the journeys. Whatever the content security policy refuses fails the test that met it."""

import os
import shutil

import pytest
from django.conf import settings

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WATCH_POLICY = """
    document.addEventListener("securitypolicyviolation", event =>
        window.reportRefused(`${event.violatedDirective} ${event.blockedURI}`));
"""


@pytest.fixture(scope="session")
def browser():
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not program:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Chromium's sandbox does not work as root.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        # Playwright keeps an event loop in this thread, and Django would then refuse rows made by later tests.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        yield chromium
        chromium.close()


@pytest.fixture
def open_context(browser, live_server):
    """Opens browser contexts (each a person at a computer): open_context(user=…, width=…, language=…) -> page."""
    refused, contexts = [], []

    def open_one(*, user=None, width=1280, language="fi", **options):
        context = browser.new_context(
            base_url=live_server.url, locale=language, viewport={"width": width, "height": 900}, **options
        )
        # A lambda, because Playwright cannot mark a list's own method as its own.
        context.expose_function("reportRefused", lambda what: refused.append(what))
        context.add_init_script(WATCH_POLICY)
        context.set_default_timeout(10_000)
        if user:
            context.add_cookies([_session_cookie(user, live_server.url)])
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert refused == [], "the content security policy refused something"


@pytest.fixture
def page(open_context):
    """Somebody who has not signed in."""
    return open_context()


def _session_cookie(user, url) -> dict:
    """Signed in without walking the sign-in pages."""
    from django.test import Client

    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }
