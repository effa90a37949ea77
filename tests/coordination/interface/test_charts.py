"""Charts are numbers in attributes: nothing inline, nothing outside the drawing, nothing told by colour alone."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.interface import charts
from coordination.interface.charts import Series

LABELS = [("January", "1"), ("February", "2"), ("March", "3")]
WORDS = {"id": "x", "title": "Matches <by> month", "desc": "January 5, February <5"}


def drawn(chart, **more):
    with translation.override("fi"):
        return render_to_string("components/chart.html", {"chart": chart, **more})


def kinds(values=(12, None, 30), second=(9, 8, 1250)):
    two = [Series("2026", values), Series("2025", second)]
    return {
        "months": charts.months(labels=LABELS, series=two, gap="<5", **WORDS),
        "stacked": charts.months(labels=LABELS, series=two, stacked=True, most=100, unit=" %", **WORDS),
        "rows": charts.rows(labels=[label for label, _short in LABELS], series=two, gap="<5", **WORDS),
        "line": charts.line(labels=LABELS, series=two, **WORDS),
        "curve": charts.curve(name="2026", points=[(0, 100), (30, 80), (1825, 12)], unit="days", **WORDS),
    }


@pytest.mark.parametrize("kind", ["months", "stacked", "rows", "line", "curve"])
def test_a_chart_is_named_described_and_free_of_style(kind):
    html = drawn(kinds()[kind])
    page = ET.fromstring(f"<x>{html}</x>")
    images = [svg for svg in page.iter("svg") if svg.get("role") == "img"]
    assert len(images) == 2
    for svg in images:
        named, described = svg.get("aria-labelledby").split()
        words = {node.get("id"): node.text for node in svg if node.get("id")}
        assert words == {named: WORDS["title"], described: WORDS["desc"]}
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert "style=" not in html
    assert not re.search(r'="[^"]*\d,\d+"', re.sub(r'points="[^"]*"', "", html)), "a number written the Finnish way"


@pytest.mark.parametrize("kind", ["months", "rows", "line"])
def test_series_differ_without_colour(kind):
    """The first is full, the second hollow or dashed."""
    html = drawn(kinds()[kind])
    shapes = ET.fromstring(f"<x>{html}</x>").iter()
    fills = {(node.get("class") or "")[-1]: node.get("fill") for node in shapes if "--" in (node.get("class") or "")}
    assert fills["1"] != fills["2"]
    assert kind != "line" or "stroke-dasharray" in html


def test_a_hidden_value_is_a_gap_with_its_sign():
    html = drawn(kinds()["months"])
    assert "&lt;5" in html
    line = charts.line(labels=LABELS, series=[Series("2026", [3, None, 5])], **WORDS)
    assert all(drawing.paths == [] for drawing in line.drawings)
    assert all(len(drawing.marks) == 2 for drawing in line.drawings)


def test_on_paper_there_is_one_drawing():
    assert drawn(kinds()["months"], paper=True).count('role="img"') == 1


@settings(max_examples=60, derandomize=True, database=None, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 10**7)), min_size=1, max_size=12), st.booleans())
def test_nothing_leaves_the_drawing(values, stacked):
    labels = [(f"month {n}", str(n)) for n in range(len(values))]
    series = [Series("a", values), Series("b", values)]
    for chart in (
        charts.months(labels=labels, series=series, stacked=stacked, **WORDS),
        charts.rows(labels=[long for long, _short in labels], series=series, **WORDS),
        charts.line(labels=labels, series=series, **WORDS),
    ):
        for drawing in chart.drawings:
            for bar in drawing.bars:
                assert 0 <= bar["x"] <= bar["x"] + bar["width"] <= drawing.width
                assert 0 <= bar["y"] <= bar["y"] + bar["height"] <= drawing.height
            for mark in drawing.marks:
                assert 0 <= mark["x"] <= drawing.width
                assert 0 <= mark["y"] <= drawing.height


def test_the_scale_is_round_and_reaches_the_highest():
    assert [charts._scale(highest) for highest in (0, 1, 5, 9, 14, 100, 1250)] == [
        (1, 1),
        (1, 1),
        (5, 1),
        (10, 2),
        (15, 5),
        (100, 20),
        (1500, 500),
    ]
