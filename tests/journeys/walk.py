"""Somebody on their way through the portal, on a phone: what they press, type and read is counted.

With JOURNEY_PACE (seconds a key, such as 0.2; a press takes five times as long) they go at a person's pace, and what is
counted is printed with the seconds it took: JOURNEY_PACE=0.2 python -m pytest tests/journeys/test_on_a_phone.py -n0 -s
"""

import os
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.cast import PASSWORD
from tests.journeys.axe import assert_accessible

PHONE = 375
PACE = float(os.environ.get("JOURNEY_PACE", "0"))
# What stands on the screen to be filled in: each group once, a date's three boxes together.
_GROUPS = """form => [...form.querySelectorAll(".govuk-form-group")].filter(
    group => group.checkVisibility() && !group.parentElement.closest(".govuk-form-group")).length"""


@dataclass
class Count:
    """Presses (of buttons, links, choices and ticks), boxes typed into, and pages that came."""

    presses: int = 0
    typed: int = 0
    pages: int = 0
    _checking: float = field(default=0, repr=False)


class Walk:
    """A page of the browser, and what was done on it. Every page of ours that comes is checked for accessibility; the
    administration's own pages are the framework's, and are only walked through."""

    def __init__(self, page):
        self.page = page
        self.count = Count()

    @contextmanager
    def counted(self, what):
        """Count anew what is done inside."""
        self.count, before = Count(), time.monotonic()
        yield self.count
        if PACE:
            print(f"\n{what}: {self.count}, {time.monotonic() - before - self.count._checking:.1f} s")

    def sign_in(self, membership):
        """Sign in with address and password."""
        self.page.goto("/account/login/")
        self.check()
        self.page.locator("[name=login]").fill(membership.user.email)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("main form button[type=submit]").last.click()
        self.page.wait_for_url(lambda url: "/account/" not in url)
        self.check()

    def check(self):
        """The page is accessible and fits its window, and says nothing of an error."""
        before = time.monotonic()
        if "/admin/" not in self.page.url:
            assert_accessible(self.page)
        assert self.page.locator(".govuk-error-summary, .errornote").count() == 0, self.page.inner_text("body")
        self.count._checking += time.monotonic() - before

    def open(self, address):
        """A bookmark: gives the status of the answer, whose page is checked."""
        answer = self.page.goto(address)
        self.check()
        return answer.status

    def tick(self, selector):
        """Press a choice or a tick."""
        self._count_press()
        self.page.locator(selector).check()

    def unfold(self, text):
        """Press what unfolds on this page."""
        self._count_press()
        self.page.locator("summary").filter(has_text=text).click()

    def _count_press(self):
        self.count.presses += 1
        if PACE:
            self.page.wait_for_timeout(5000 * PACE)

    def type(self, name, text):
        """Type into a box."""
        box = self.page.locator(f"[name={name}]")
        box.fill("")
        box.press_sequentially(str(text), delay=1000 * PACE) if PACE else box.fill(str(text))
        self.count.typed += 1

    def date(self, name, day):
        """Type a date."""
        for part in ("day", "month", "year"):
            self.type(f"{name}_{part}", getattr(day, part))

    def choose(self, name, value):
        """Choose from a list."""
        self._count_press()
        self.page.locator(f"[name={name}]").select_option(value)

    def press(self, selector, *, to):
        """Press what leads to another page, whose address looks like this."""
        self._count_press()
        with self.page.expect_navigation(url=to):
            self.page.locator(selector).first.click()
        self.count.pages += 1
        self.check()

    def groups(self, selector="main form"):
        """How many things to fill in are to be seen."""
        return self.page.locator(selector).first.evaluate(_GROUPS)

    @property
    def text(self):
        """What the page says."""
        return self.page.inner_text("main")
