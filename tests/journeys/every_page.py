"""The pages of the access table, for a browser to walk: a new page is walked as soon as it has its line there."""

from django.conf import settings
from playwright.sync_api import Error

from tests.access.browser import address_of, readable

# Each page is walked as the first of these who may read it.
ROLES = ["coordinator", "participant", "flagger", "administrator", "anonymous"]
WIDER = "document.documentElement.scrollWidth > window.innerWidth"


def pages(world):
    """(role, address) of whatever answers with 200: each line of the table once."""
    seen = set()
    for role in ROLES:
        for line in readable(role):
            # The administration is Django's; what it can't do stands in the accessibility statement.
            if (line.name, line.object) in seen or line.name.startswith("admin:") or "/" in line.name:
                continue
            seen.add((line.name, line.object))
            yield role, address_of(line, world)


def is_shown(page, address):
    """Go to the address; False for a file, which is no page."""
    try:
        return page.goto(address).headers["content-type"].startswith("text/html")
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return False


def windows_of(world, open_context, live_server, **options):
    """An open browser window for each role."""
    windows = {}
    for role in ROLES:
        page = windows[role] = open_context(**options)
        cookies = [{"name": one.key, "value": one.value} for one in world.client(role).cookies.values()]
        wanted = [one | {"url": live_server.url} for one in cookies if one["name"] == settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(wanted)
    return windows
