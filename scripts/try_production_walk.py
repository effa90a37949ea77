"""What is tried once everything runs: each step says what was seen, and ends the trial where it wasn't."""

import http.cookiejar
import json
import re
import socket
import ssl
import time
import urllib.request
from urllib.parse import urlencode, urlsplit

from aiosmtpd.controller import Controller

PASSWORD = "koeajo-rinnalla-2026"
PEOPLE = """
from datetime import date, timedelta
from uuid import uuid4
from django.utils import timezone
from coordination.agencies.commands import add_membership
from coordination.agencies.models import Agency, Area, CovenantParty, Membership, Training, User
area = Area.objects.get()
area.undo_minutes = 0
area.save()
def member(name, kind, role="professional"):
    agency, _ = Agency.objects.get_or_create(area=area, name_fi=kind, kind=kind)
    CovenantParty.objects.get_or_create(area=area, agency=agency, defaults={{"signed_on": date(2026, 1, 1)}})
    names = dict(first_name=name, last_name="Koe", rhythm="immediate")
    user = User.objects.create_user(f"{{name}}@example.fi", "{password}", **names)
    Training.objects.create(user=user, held_on=date(2026, 1, 1))
    return add_membership(user=user, agency=agency, role=role)
member("koordinaattori", "outreach", "coordinator")
from flags.flagging.commands import post_flag
for one in (member("opettaja", "school"), member("hoitaja", "health")):
    born = timezone.localdate().replace(day=1) - timedelta(days=365 * 18)
    until = timezone.localdate() + timedelta(days=60)
    who = dict(first_name="Keksitty", last_name="Nuori", birth_date=born)
    post_flag(by=one, token=uuid4(), until=until, told_and_allowed=True, **who)
"""
COUNTS = """
from coordination.follow_ups.models import FollowUp
from coordination.use_log.models import Seal
print(FollowUp.objects.count(), Seal.objects.count())
"""


class Sink:
    """A mail server that keeps everything."""

    def __init__(self):
        self.arrived = []

    async def handle_DATA(self, server, session, envelope):
        self.arrived.append((envelope.rcpt_tos, envelope.content.decode("utf-8", "replace")))
        return "250 OK"


class Browser:
    """Follows redirects and keeps cookies; the installation's host name leads to this machine."""

    def __init__(self, trial):
        context = ssl.create_default_context(cafile=str(trial.here("/etc/ssl/rinnalla/fullchain.pem")))
        self.cookies = http.cookiejar.CookieJar()
        handlers = [urllib.request.HTTPSHandler(context=context), urllib.request.HTTPCookieProcessor(self.cookies)]
        self._opener = urllib.request.build_opener(*handlers)

    def open(self, url, data=None):
        """The answer: (final address, text, headers)."""
        headers = {"Referer": url, "Accept-Language": "en"}
        request = urllib.request.Request(url, urlencode(data).encode() if data else None, headers)
        with self._opener.open(request, timeout=30) as answer:
            return answer.url, answer.read().decode(), answer.headers

    def token(self, text):
        return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]


def until(what, found, seconds=90):
    """Ask again and again until there is something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if seen := found():
            return seen
        time.sleep(0.5)
    raise SystemExit(f"Not seen within {seconds} s: {what}")


def seen(condition, what):
    if not condition:
        raise SystemExit(f"Not seen: {what}")


def everything(trial):
    """From the first page to a restored backup."""
    here, real = urlsplit(trial.link).hostname, socket.getaddrinfo
    socket.getaddrinfo = lambda host, *rest, **more: real("127.0.0.1" if host == here else host, *rest, **more)
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=trial.ports["mail"])
    controller.start()
    try:
        ready(trial)
        sign_in(trial)
        match_and_mail(trial, sink)
        logs(trial)
        backup_and_restore(trial)
    finally:
        controller.stop()


def ready(trial):
    def asked():
        request = urllib.request.Request(
            f"http://127.0.0.1:{trial.ports['web']}/readyz", headers={"Host": urlsplit(trial.link).hostname}
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return json.loads(answer.read())
        except OSError:
            return None

    until("/readyz says 200", asked, 150)
    trial.say("/readyz: database, migrations, timetable, mail and use log are well")


def sign_in(trial):
    browser, base = Browser(trial), trial.link.partition("/invitations/")[0]
    address, text, headers = browser.open(f"{base}/")
    seen(
        "/account/login/" in address and "notice-strip--warning" in text, "the page where one signs in, with its strip"
    )
    seen(len(headers.get_all("Strict-Transport-Security")) == 1, "HSTS once")
    _, text, _ = browser.open(trial.link)
    names = {"first_name": "Ensi", "last_name": "Pääkäyttäjä", "phone": "", "language": "en"}
    data = {**names, "password": PASSWORD, "password_again": PASSWORD, "csrfmiddlewaretoken": browser.token(text)}
    address, text, _ = browser.open(trial.link, data)
    seen("Ensi" in text, "the invited administrator, signed in")
    seen(all(cookie.secure for cookie in browser.cookies), "cookies for HTTPS alone")
    trial.say(f"Signed in over HTTPS by the first administrator's link, and led to {urlsplit(address).path}")


def match_and_mail(trial, sink):
    trial.shell(f"/opt/rinnalla/deploy/manage shell -c '{PEOPLE.format(password=PASSWORD)}'")
    trial.say("Two flags are posted; the rest is the worker's")
    arrived = until(
        "the coordinator's mail", lambda: [one for one in sink.arrived if one[0] == ["koordinaattori@example.fi"]]
    )
    seen("Nuori" not in arrived[0][1] and "Keksitty" not in arrived[0][1], "a mail that names nobody")
    [counts] = re.findall(
        r"^(\d+) (\d+)$", trial.shell(f"/opt/rinnalla/deploy/manage shell -c '{COUNTS}'"), re.MULTILINE
    )
    seen(counts[0] == "1", "one follow-up")
    trial.say("Matched, and told by one mail that names nobody")


def logs(trial):
    written = trial.here("/log").read_text() + trial.here("/var/log/nginx/rinnalla.access.log").read_text()
    for secret in (trial.link.rstrip("/").rpartition("/")[2], "Keksitty", PASSWORD, "csrfmiddlewaretoken"):
        seen(secret not in written, "logs without secrets and names")
    trial.say("Logs of nginx, web server, worker and timetable have no name, no secret")


def backup_and_restore(trial):
    sockets = trial.here("/var/run/postgresql")
    trial.shell("/opt/rinnalla/deploy/manage backup /var/lib/rinnalla/backups/one.backup")
    how = "--owner rinnalla --encoding UTF8 --locale C.UTF-8 --template template0"
    trial.shell(f"PGHOST={sockets} runuser -u postgres -- createdb {how} rinnalla_restored")
    said = trial.shell(
        "/opt/rinnalla/deploy/manage restore --into rinnalla_restored /var/lib/rinnalla/backups/one.backup"
    )
    seen("as the backup counted them" in said and "Use log in order" in said, "a whole restore")
    trial.say("Backed up, restored into another database, counted and verified")
