"""What axe finds on a page as a browser shows it."""

from importlib.resources import files

SCRIPT = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page):
    """Each violated rule with the elements that violate it. Evaluated, since the page's policy refuses scripts."""
    page.evaluate(SCRIPT)
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


def assert_accessible(page):
    """No violation, and nothing wider than the window."""
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{page.url} scrolls sideways"
