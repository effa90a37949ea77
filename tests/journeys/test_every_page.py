"""Every page of ours in a real browser: narrow, with large text, in forced colours, by keyboard alone, on paper.

What axe finds on them in three languages at two widths is looked at by tests/proof/test_pages.py.
"""

import pytest

from tests.access.world import World
from tests.journeys.every_page import WIDER, is_shown, pages, windows_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What presses nothing has no place on paper.
NOT_ON_PAPER = ".govuk-button, .site-header__tools, .languages, .site-footer, .govuk-back-link"
WATCH = """() => {
  window.walked = [];
  const shows = style => style.outlineStyle !== "none" || style.boxShadow !== "none";
  document.addEventListener("focusin", ({target}) => {
    const parts = [getComputedStyle(target), getComputedStyle(target, "::before")];
    if (target.labels?.length) parts.push(getComputedStyle(target.labels[0], "::before"));
    window.walked.push({target, seen: parts.some(shows)});
  });
}"""
TO_REACH = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter(one => !one.disabled && one.type !== "hidden" && one.tabIndex >= 0
    && one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length)"""
MISSED = f"""() => {{
  const walked = window.walked.map(one => one.target);
  const reached = one => walked.includes(one)
    || (one.type === "radio" && walked.some(other => other.type === "radio" && other.name === one.name));
  const words = one => one.outerHTML.slice(0, 120);
  return [...({TO_REACH})().filter(one => !reached(one)).map(one => "not reached: " + words(one)),
    ...window.walked.filter(one => !one.seen).map(one => "no focus to be seen: " + words(one.target))];
}}"""
BORDERLESS = """() => [...document.querySelectorAll(".govuk-button, .govuk-input, .govuk-select, .govuk-tag")]
  .filter(one => one.checkVisibility() && getComputedStyle(one).borderTopStyle === "none")
  .map(one => one.outerHTML.slice(0, 120))"""


def test_every_page_can_be_used(open_context, live_server):
    world, wrong, walked = World(), [], 0
    windows = windows_of(world, open_context, live_server, width=320)
    for role, address in pages(world):
        page = windows[role]
        if not is_shown(page, address):
            continue
        walked += 1
        faults = [*by_keyboard(page), *with_large_text(page), *in_forced_colours(page), *on_paper(page)]
        wrong += [f"{role} {address}: {fault}" for fault in faults]
    assert not wrong, "\n".join(wrong)
    assert walked > 50


def by_keyboard(page):
    """At 320 px: nothing is wider than the window, and Tab reaches all that can be pressed and shows where it is."""
    if page.evaluate(WIDER):
        yield "wider than 320 px"
    page.evaluate(WATCH)
    for _press in range(page.evaluate(f"({TO_REACH})().length") + 1):
        page.keyboard.press("Tab")
    yield from page.evaluate(MISSED)


def with_large_text(page):
    """Text of 200 % widens nothing beyond the window."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if page.evaluate(WIDER):
        yield "wider than the window with text of 200 %"
    page.evaluate("document.documentElement.style.fontSize = ''")


def in_forced_colours(page):
    """Where backgrounds are taken away, buttons, boxes and tags keep an edge."""
    page.emulate_media(forced_colors="active")
    yield from (f"no edge in forced colours: {one}" for one in page.evaluate(BORDERLESS))
    page.emulate_media(forced_colors="none")


def on_paper(page):
    """A sheet of paper shows the page without anything to press."""
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    if page.evaluate(f"[...document.querySelectorAll({NOT_ON_PAPER!r})].some(one => one.getClientRects().length)"):
        yield "something to press on paper"
    if page.evaluate(WIDER):
        yield "wider than paper"
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 320, "height": 900})
