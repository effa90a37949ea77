"""Charts are numbers in attributes: nothing inline, nothing outside the drawing, nothing told by colour alone."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.interface import charts
from coordination.interface.charts import Level, Series

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
    signed = Series("2026", [None, None, 5], ["↓", "<5", "5"])
    for drawing in charts.months(labels=LABELS, series=[signed], **WORDS).drawings:
        beside = [one["text"] for one in drawing.texts if one["anchor"] == "middle"]
        assert [text for text in beside if text in signed.signs] == ["↓", "<5"]
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


def test_scores_stand_beside_their_levels_which_go_up_and_down_between_labels():
    levels = [Level("limit", [28, 28, 25]), Level("first", [10, None, 10])]
    labels = [("5.1.", "1"), ("12.1.", "2"), ("19.1.", "3")]
    words = {"id": "c", "title": "t", "desc": "d", "name": "score"}
    chart = charts.scores(labels=labels, values=[10, 20, 40], levels=levels, most=40, **words)
    assert chart.levels == ["limit", "first"]
    for drawing in chart.drawings:
        limit, *first = [level["points"].split() for level in drawing.levels]
        heights = [int(point.split(",")[1]) for point in limit]
        # Flat over a label, and lower on the drawing where the limit is lower.
        assert heights[0] == heights[1] == heights[2] == heights[3] < heights[4] == heights[5]
        assert len(first) == 2
        assert [mark["y"] for mark in drawing.marks] == sorted((m["y"] for m in drawing.marks), reverse=True)
        assert drawing.marks[-1]["y"] == drawing.lines[-1]["y1"]


@settings(max_examples=40, derandomize=True, database=None, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=200))
def test_no_score_leaves_the_drawing_and_no_label_runs_into_another(values):
    labels = [("23.11.", str(n)) for n in range(len(values))]
    words = {"id": "c", "title": "t", "desc": "d", "name": "score"}
    chart = charts.scores(labels=labels, values=values, levels=[Level("limit", values)], most=40, **words)
    for drawing in chart.drawings:
        assert all(0 <= mark["x"] <= drawing.width and 0 <= mark["y"] <= drawing.height for mark in drawing.marks)
        below = [text["x"] for text in drawing.texts if text["anchor"] == "middle"]
        assert all(later - earlier >= 18 for earlier, later in zip(below, below[1:], strict=False))


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
