"""The map has every county, is free of style and script, and leads where its table leads."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.template.loader import render_to_string

from coordination.agencies.reference import COUNTIES, _read
from coordination.interface import finland

WORDS = {"title": "Pilots <by> county", "desc": "Most in Southwest Finland"}


def map_of(**numbers):
    counties = {code: (f"county {code}", number, f"/x/?county={code}") for code, number in numbers.items()}
    return finland.drawn(counties=counties, **WORDS)


def codes():
    return {row["code"] for row in _read(COUNTIES)}


def test_every_county_has_borders_within_the_map():
    outlines = finland.drawn(counties={code: ("", 0, "") for code in codes()}, **WORDS).counties
    assert len(outlines) == 23
    for county in outlines:
        starts = [tuple(map(int, found)) for found in re.findall(r"M(\d+) (\d+)", county.path)]
        assert starts
        assert all(0 <= x <= finland.WIDTH and 0 <= y <= finland.HEIGHT for x, y in starts)


def test_neighbours_meet():
    """Both tell the border between them by the same points."""
    southwest_finland, satakunta = (
        finland.drawn(counties={code: ("", 0, "")}, **WORDS).counties[0].path for code in ("05", "06")
    )
    assert len(_points(southwest_finland) & _points(satakunta)) > 10


def _points(path):
    found = set()
    for ring in re.findall(r"M([^z]+)z", path):
        start, _l, rest = ring.partition("l")
        x, y = map(int, start.split())
        steps = list(map(int, rest.split()))
        found.add((x, y))
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            found.add((x, y))
    return found


@pytest.mark.parametrize(("number", "shade"), [(0, 0), (1, 1), (3, 2), (4, 2), (5, 3), (8, 4)])
def test_the_more_the_darker_and_none_is_white(number, shade):
    assert next(one.shade for one in map_of(**{"02": number, "04": 8}).counties if one.name == "county 02") == shade


def test_the_drawing_has_words_and_links_and_no_style():
    html = render_to_string("components/county_map.html", {"map": map_of(**{"02": 3, "04": 0})})
    page = ET.fromstring(html)
    assert "style=" not in html
    assert {link.get("href") for link in page.iter("a")} == {"/x/?county=02", "/x/?county=04"}
    # The table beside it is what a keyboard and a screen reader go through.
    assert all(link.get("tabindex") == "-1" for link in page.iter("a"))
    assert page.find("svg").get("aria-hidden") == "true"
    assert "county 02: 3" in html
    assert "CC BY 4.0" in html
