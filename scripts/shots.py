"""Pictures of every page that each of the demo's people comes to, in three languages at two widths.

    python -m scripts.shots [NAME ...] [--language fi] [--width 375] [--at http://localhost:8000]

NAME is the beginning of a demo account's address, for example kaisa, or "nobody" for whoever has not signed in; without
names everybody. Starts the demo on a data folder of its own (or looks at one that runs, with --at), walks it as readers
would, from link to link, one page of each kind, and presses nothing but what signs in, changes the language or must be
pressed to see a refusal. What answers with an error is told. Writes data/shots/pictures/NAME/WIDTH-LANGUAGE-PAGE.png
and a contact sheet for each person and language, data/shots/pictures/NAME-LANGUAGE.png.
"""

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "data" / "shots"
PICTURES = FOLDER / "pictures"
PORT = int(os.environ.get("PORT", "8099"))
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTHS = (1280, 375)
LANGUAGES = ("fi", "sv", "en")
NOBODY = "nobody"
# Leaving ends the walk, and these answer with a file or are the administration's own help.
NOT_PAGES = ("account_logout", "set_language", "favicon", "admin:jsi18n", "admin:logout", "links:open")
NOT_WALKED = ("_history", "_delete", "_permissions")
MOST_PAGES = 120
START_SECONDS = 600
# Where links lead; in a drawing, such as the map of counties, `href` of a link is no text.
ADDRESSES = "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href.split('#')[0])"
# The highest picture that Chromium draws in one piece.
MOST_PIXELS = 16_000
TOO_MANY_TRIES = 6


def main(arguments: list[str]) -> int:
    import django
    from playwright.sync_api import Error as PlaywrightError
    from playwright.sync_api import sync_playwright

    os.environ.setdefault("DATA_DIR", str(FOLDER))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    from config.demo import ACCOUNTS

    accounts = {NOBODY: None} | {account["email"].partition("@")[0]: account for account in ACCOUNTS}
    parser = argparse.ArgumentParser(prog="python -m scripts.shots")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="only this one (may be given twice)")
    parser.add_argument("--width", action="append", type=int, help="only this one (may be given twice)")
    parser.add_argument("--at", help="the address of a demo that runs already")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - accounts.keys():
        parser.error(f"Nobody is called {', '.join(sorted(unknown))}. There are: {', '.join(accounts)}")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not program:
        print("Chromium is not installed (apt-get install chromium)")
        return 1
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    began, refused = time.monotonic(), []
    with demo(asked.at) as here, sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=sandbox)
        for name in asked.names or accounts:
            with contextlib.closing(browser.new_context()) as context:
                photographer = Photographer(context, here, name, asked.language or LANGUAGES, asked.width or WIDTHS)
                try:
                    photographer.work(accounts[name])
                except PlaywrightError as error:  # The others still get their pictures.
                    photographer.refused.append(f"{name} at {photographer.page.url}: {error.message.splitlines()[0]}")
            refused += photographer.refused
            print(f"{name}: {photographer.taken} pictures, {time.monotonic() - began:.0f} s", flush=True)
        browser.close()
    for line in refused:
        print(line)
    print(f"The pictures are in {PICTURES}")
    return 1 if refused else 0


@contextlib.contextmanager
def demo(at):
    """The address of a demo: the one that runs `at` an address, else one of our own for as long as it is needed."""
    if at:
        yield at.rstrip("/")
        return
    here = f"http://localhost:{PORT}"
    environment = os.environ | {"DATA_DIR": str(FOLDER), "PORT": str(PORT)}
    ours = subprocess.Popen([sys.executable, "manage.py", "run"], cwd=ROOT, env=environment)
    try:
        _wait_for(here, ours)
        yield here
    finally:
        ours.send_signal(signal.SIGTERM)
        ours.wait()


def _wait_for(here, process):
    """Until the first page answers; raises RuntimeError when it doesn't."""
    for _second in range(START_SECONDS):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{here}/account/login/", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(1)
    raise RuntimeError("The demo did not come up.")


class Photographer:
    """One person at a computer, who goes everywhere that links lead."""

    def __init__(self, context, here, name, languages, widths):
        self.page, self.here, self.name, self.languages, self.widths = context.new_page(), here, name, languages, widths
        self.folder, self.refused, self.taken = PICTURES / name, [], 0

    def work(self, account):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        if account:
            self.sign_in(account)
            pages = self.walk([f"{self.here}/"])
        else:
            pages = self.walk([f"{self.here}/account/login/", f"{self.here}/notices/demo-mails/"])
        for language in self.languages:
            self.page.goto(f"{self.here}/")
            with self.page.expect_navigation():
                self.page.locator(f"button[name=language][value={language}]").click()
            pictures = [picture for kind, address in pages.items() for picture in self.take(kind, address, language)]
            if not account:
                pictures += self.take_refusals(language)
            self.contact_sheet(language, pictures)
            self.taken += len(pictures)

    def sign_in(self, account):
        self.page.goto(f"{self.here}/account/login/")
        self.page.locator("[name=login]").fill(account["email"])
        self.page.locator("[name=password]").fill(account["password"])
        self.page.locator("[name=password]").press("Enter")
        self.page.wait_for_url(lambda url: "/login" not in url)

    def walk(self, ahead) -> dict[str, str]:
        """One address of each kind of page that can be reached by links."""
        found = {}
        while ahead and len(found) < MOST_PAGES:
            address = ahead.pop(0)
            kind = self.kind(address)
            if kind is None or kind in found:
                continue
            answer = self.go(address)
            if answer is None or (kind := self.kind(self.page.url)) is None or kind in found:
                continue
            found[kind] = self.page.url
            if kind == "outbox:demo_mails" and self.name != NOBODY:
                continue  # Others' mails lead to others' pages.
            ahead += self.page.eval_on_selector_all("a[href]", ADDRESSES)
        return found

    def kind(self, address) -> str | None:
        """The name of this address in the URLconf; None for what is no page of ours."""
        from django.urls import Resolver404, resolve

        parts = urlsplit(address)
        if f"{parts.scheme}://{parts.netloc}" != self.here:
            return None
        try:
            name = resolve(parts.path).view_name
        except Resolver404:
            return None
        return None if name in NOT_PAGES or name.endswith(NOT_WALKED) else name

    def go(self, address):
        """The answer where it is a page; a file is none, and an error is written down."""
        from playwright.sync_api import Error

        try:
            answer = self.page.goto(address)
        except Error as error:
            if "Download is starting" not in str(error):
                self.refused.append(f"{self.name} {address}: {str(error).splitlines()[0]}")
            return None
        if answer.status >= 400:
            self.refused.append(f"{self.name} {address}: {answer.status}")
        return answer if "text/html" in answer.headers.get("content-type", "") else None

    def take(self, kind, address, language) -> list[Path]:
        """A picture of one page at each width."""
        self.go(address)
        return self.take_shown(kind, language)

    def take_shown(self, kind, language) -> list[Path]:
        taken = []
        for width in self.widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.evaluate("document.fonts.ready")
            path = self.folder / f"{width}-{language}-{kind.replace(':', '_')}.png"
            height = self.page.evaluate("document.documentElement.scrollHeight")
            tall = {"clip": {"x": 0, "y": 0, "width": width, "height": MOST_PIXELS}} if height > MOST_PIXELS else {}
            self.page.screenshot(path=path, full_page=True, **tall)
            taken.append(path)
        return taken

    def take_refusals(self, language) -> list[Path]:
        """The pages that nobody asks for: a wrong and a grown-old address, too many tries, a fault of ours."""
        from django.test import RequestFactory
        from django.utils import translation

        from config.error_pages import server_error

        page, taken = self.page, []
        page.goto(f"{self.here}/no-such-page/")
        taken += self.take_shown("404", language)
        page.goto(f"{self.here}/m/no-such-link/")
        taken += self.take_shown("links_open", language)
        page.goto(f"{self.here}/invitations/no-such-invitation/")
        taken += self.take_shown("invitation_gone", language)
        # The form's own way of saying that something is missing.
        page.goto(f"{self.here}/account/login/")
        with page.expect_navigation():
            page.locator("[name=login]").press("Enter")
        taken += self.take_shown("account_login_errors", language)
        for number in range(TOO_MANY_TRIES):
            page.goto(f"{self.here}/account/password/reset/")
            page.locator("[name=email]").fill(f"nobody-{language}@mikkeli.example")
            with page.expect_navigation():
                page.locator("[name=email]").press("Enter")
            if number == 0:
                taken += self.take_shown("account_reset_password_done", language)
        taken += self.take_shown("429", language)
        with translation.override(language):
            broken = server_error(RequestFactory().get("/")).content.decode()
        page.route("**/broken/", lambda route: route.fulfill(status=500, content_type="text/html", body=broken))
        page.goto(f"{self.here}/broken/")
        page.unroute("**/broken/")
        return [*taken, *self.take_shown("500", language)]

    def contact_sheet(self, language, pictures) -> None:
        """The tops of all pictures of one person in one language, small, side by side."""
        figures = "".join(
            f"<figure><img src='{escape(path.as_uri())}' width='{_on_sheet(path)}'>"
            f"<figcaption>{escape(path.stem)}</figcaption></figure>"
            for path in pictures
        )
        style = (
            "body{display:flex;flex-wrap:wrap;gap:8px;font:12px sans-serif}figure{margin:0;width:min-content}"
            "img{border:1px solid #999;max-height:420px;object-fit:cover;object-position:top}"
            "figcaption{overflow-wrap:anywhere}"
        )
        sheet = PICTURES / f"{self.name}-{language}.html"
        sheet.write_text(f"<!doctype html><meta charset='utf-8'><style>{style}</style>{figures}", encoding="utf-8")
        self.page.set_viewport_size({"width": 1960, "height": 1000})
        self.page.goto(sheet.as_uri())
        self.page.wait_for_load_state("networkidle")
        self.page.screenshot(path=sheet.with_suffix(".png"), full_page=True)


def _on_sheet(picture) -> int:
    """How wide a picture is on the contact sheet: a quarter, a phone's a little more."""
    width = int(picture.stem.partition("-")[0])
    return width // 4 if width > 600 else width // 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
