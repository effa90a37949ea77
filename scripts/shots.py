"""Pictures of every page that each of the demo's people comes to, in three languages at two widths.

    python -m scripts.shots [ACCOUNT ...]     for example: python -m scripts.shots tiina kaisa

Starts the demo on a data folder of its own, walks it as a reader would, from link to link, one page of each kind, and
never presses anything but the language. Writes data/shots/pictures/NAME/WIDTH-LANGUAGE-PAGE.png and one contact sheet
for each person.
"""

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
HERE = f"http://localhost:{PORT}"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTHS = (1280, 375)
LANGUAGES = ("fi", "sv", "en")
# Leaving ends the walk, and these answer with a file.
NOT_PAGES = ("account_logout", "set_language", "favicon", "admin:jsi18n", "admin:logout")
MOST_PAGES = 80


def start_demo() -> subprocess.Popen:
    """The demo, once its first page answers; raises RuntimeError when it doesn't come up."""
    environment = os.environ | {"DATA_DIR": str(FOLDER), "PORT": str(PORT)}
    demo = subprocess.Popen([sys.executable, "manage.py", "run"], cwd=ROOT, env=environment)
    for _second in range(300):
        try:
            urllib.request.urlopen(f"{HERE}/account/login/", timeout=5).close()
            return demo
        except (urllib.error.URLError, ConnectionError):
            if demo.poll() is not None:
                break
            time.sleep(1)
    demo.send_signal(signal.SIGTERM)
    raise RuntimeError("The demo did not come up.")


def page_kind(address: str) -> str | None:
    """The name of this address in the URLconf; None for what is no page of ours."""
    from django.urls import Resolver404, resolve

    parts = urlsplit(address)
    if f"{parts.scheme}://{parts.netloc}" != HERE:
        return None
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return None
    return None if name in NOT_PAGES else name


def walk(page) -> dict[str, str]:
    """One address of each kind of page that can be reached by links from the desk."""
    found, ahead = {}, [f"{HERE}/"]
    while ahead and len(found) < MOST_PAGES:
        address = ahead.pop(0)
        kind = page_kind(address)
        if kind is None or kind in found:
            continue
        answer = page.goto(address)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        found[kind] = address
        ahead += page.eval_on_selector_all("a[href]", "links => links.map(link => link.href.split('#')[0])")
    return found


def take(page, pages: dict[str, str], folder: Path) -> list[Path]:
    """A picture of each page in each language at each width."""
    taken = []
    for language in LANGUAGES:
        page.goto(f"{HERE}/")
        page.locator(f"button[name=language][value={language}]").click()
        for kind, address in pages.items():
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(address)
                path = folder / f"{width}-{language}-{kind.replace(':', '_')}.png"
                page.screenshot(path=path, full_page=True)
                taken.append(path)
    return taken


def contact_sheet(page, name: str, pictures: list[Path]) -> None:
    """All pictures of one person, small, side by side."""
    figures = "".join(
        f"<figure><img src='{escape(path.as_uri())}' width='300'><figcaption>{escape(path.stem)}</figcaption></figure>"
        for path in sorted(pictures)
    )
    style = "body{display:flex;flex-wrap:wrap;gap:8px;font:12px sans-serif}figure{margin:0}img{border:1px solid #999}"
    sheet = PICTURES / f"{name}.html"
    sheet.write_text(f"<!doctype html><meta charset='utf-8'><style>{style}</style>{figures}", encoding="utf-8")
    page.set_viewport_size({"width": 1900, "height": 1000})
    page.goto(sheet.as_uri())
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def main(names: list[str]) -> int:
    import django
    from playwright.sync_api import sync_playwright

    os.environ["DATA_DIR"] = str(FOLDER)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    from config.demo import ACCOUNTS

    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not program:
        print("Chromium is not installed (apt-get install chromium)")
        return 1
    shutil.rmtree(PICTURES, ignore_errors=True)
    demo = start_demo()
    try:
        with sync_playwright() as playwright:
            arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = playwright.chromium.launch(executable_path=program, args=arguments)
            for account in ACCOUNTS:
                name = account["email"].partition("@")[0]
                if names and name not in names:
                    continue
                folder = PICTURES / name
                folder.mkdir(parents=True)
                page = browser.new_page()
                page.goto(f"{HERE}/account/login/")
                page.locator("[name=login]").fill(account["email"])
                page.locator("[name=password]").fill(account["password"])
                page.locator("[name=password]").press("Enter")
                page.wait_for_url(lambda url: "/login" not in url)
                pictures = take(page, walk(page), folder)
                contact_sheet(page, name, pictures)
                page.context.close()
                print(f"{name}: {len(pictures)} pictures", flush=True)
            browser.close()
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait()
    print(f"The pictures are in {PICTURES}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
