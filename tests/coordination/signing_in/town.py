"""The town's sign-in as a running process, and a browser's way through it."""

import contextlib
import re
import subprocess
import sys
import time
import urllib.request

import pytest

from config.settings.providers import complete
from tests.conftest import free_port
from tests.house.source import ROOT
from tests.oidc_provider.people import ISSUER_PATH, configuration

WITH_TOWN = "Mikkeli sign-in"
# Any page of ours.
HERE = re.compile(r"^http://localhost:")


@pytest.fixture(scope="session")
def town_url(live_server, tmp_path_factory):
    """Where the provider answers; it runs until the end of the tests."""
    port = free_port()
    back_to = f"{live_server.url}/account/with/town/back/"
    command = [sys.executable, "-m", "tests.oidc_provider", str(port), str(tmp_path_factory.mktemp("town")), back_to]
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    for _ in range(300):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{url}{ISSUER_PATH}/.well-known/openid-configuration", timeout=5).close()
            break
        assert process.poll() is None, "the provider has ended"
        time.sleep(0.2)
    yield url
    process.terminate()
    process.wait(10)


@pytest.fixture
def town(settings, live_server, town_url, monkeypatch):
    """The provider, configured here."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    settings.PUBLIC_URL = live_server.url
    settings.OIDC_PROVIDERS = [complete(configuration(town_url))]
    return settings.OIDC_PROVIDERS[0]


def as_whom(page, who):
    """At the provider: say who one is."""
    page.wait_for_url("http://127.0.0.1:*/login/**")
    page.get_by_role("button", name=who, exact=True).click()


def sign_in_with_town(page, who, following=""):
    """From our sign-in page to the provider and back."""
    page.goto(f"/account/login/{following}")
    page.get_by_role("button", name=f"Sign in with {WITH_TOWN}").click()
    as_whom(page, who)
    page.wait_for_url(HERE)
