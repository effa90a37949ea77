"""Asking a running server for pages, over one connection that stays open, and how long each takes."""

import contextlib
import http.client
import re
import subprocess
import sys
import time
from statistics import median
from urllib.parse import urlencode

from scripts.bench import database
from tests.conftest import free_port

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@contextlib.contextmanager
def serving(name):
    """The product and the floor on the database of this name, as `make run` serves them: the port."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "3", "--log-level", "warning", "scripts.bench.server:application"),
    ]
    server = subprocess.Popen(command, env=database.environment(name))
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(port, server):
    for _ in range(300):
        with contextlib.suppress(OSError):
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/account/login/")
            line.getresponse().read()
            return
        if server.poll() is not None:
            raise RuntimeError("The measured server did not start.")
        time.sleep(0.1)
    raise RuntimeError("The measured server does not answer.")


def signed_in(membership):
    """Cookies of a session of this membership's, made as signing in makes them."""
    from django.test import Client

    client = Client()
    client.force_login(membership.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["membership"] = str(membership.public_id)
    session.save()
    return {name: morsel.value for name, morsel in client.cookies.items()}


class Visitor:
    """One browser: cookies and a connection."""

    def __init__(self, port, cookies):
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = dict(cookies)
        self.token = ""

    def get(self, path):
        """Seconds until the last byte."""
        return self._ask("GET", path)

    def post(self, path, **data):
        """Seconds until the last byte of the answer to a form from the page that was read last."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **data})
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def post_for_redirect(self, path, **data):
        """Where the answer to the form leads on; empty where it shows the form again."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **data})
        self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"}, wanted=(200, 302))
        return self.location

    def _ask(self, method, path, body=None, headers=None, wanted=(200,)):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        before = time.perf_counter()
        self.line.request(method, path, body, {"Cookie": cookies, "Host": "localhost", **(headers or {})})
        response = self.line.getresponse()
        self.text = response.read().decode()
        seconds = time.perf_counter() - before
        self.location = response.headers.get("Location", "")
        if response.status not in wanted:
            raise RuntimeError(f"{method} {path} answered {response.status}.")
        for header in response.headers.get_all("Set-Cookie") or []:
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        if found := _TOKEN.search(self.text):
            self.token = found[1]
        return seconds


def interleaved(visits, *, rounds):
    """The median seconds of each visit (functions by name); one of each a round, so that what else the machine does
    meets all of them alike."""
    taken = {name: [] for name in visits}
    for visit in visits.values():
        visit()
    for _ in range(rounds):
        for name, visit in visits.items():
            taken[name].append(visit())
    return {name: median(seconds) for name, seconds in taken.items()}
