"""Charts drawn on the server: whole numbers for the attributes of an SVG, which `components/chart.html` writes out.

Nothing is inline style or script. Series differ in shape, not in colour alone: the first is full, the second hollow,
its line dashed. Each chart is drawn twice, for a screen's width and for a telephone's, because letters inside a drawing
shrink with it. The same numbers always stand in a table beside it; a number that is hidden is a gap with its sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

WIDE, NARROW = 720, 340
_LETTER = 9  # the width of a letter or figure of the drawing, generously
_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Series:
    """One thing shown, of at most two: its name and a value for each label; None where it is hidden. `signs` say what
    stands there in a chart of `months`, where that is not everywhere the same."""

    name: str
    values: Sequence[int | None]
    signs: Sequence[str] = ()


@dataclass(frozen=True)
class Level:
    """A line to compare with, such as a limit: its name and its height at each label; None where there is none."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Drawing:
    """One size of a chart: everything to draw, in units of its `width` and `height`."""

    size: str
    width: int
    height: int
    lines: list = field(default_factory=list)
    texts: list = field(default_factory=list)
    bars: list = field(default_factory=list)
    paths: list = field(default_factory=list)
    marks: list = field(default_factory=list)
    levels: list = field(default_factory=list)

    def line(self, x1, y1, x2, y2):
        """A thin line of the frame."""
        self.lines.append({"x1": round(x1), "y1": round(y1), "x2": round(x2), "y2": round(y2)})

    def text(self, x, y, text, anchor="middle"):
        """A label; `anchor` says which end of it stands at x."""
        self.texts.append({"x": round(x), "y": round(y), "text": str(text), "anchor": anchor})

    def bar(self, x, y, width, height, number):
        """A bar of the series with this number, 1 or 2; the second's outline stays within its measure."""
        inset = 1 if number == 2 else 0
        box = {"x": round(x) + inset, "y": round(y) + inset, "width": round(width) - 2 * inset}
        box["height"] = round(height) - 2 * inset
        if box["width"] > 0 and box["height"] > 0:
            self.bars.append({**box, "series": number})


@dataclass(frozen=True)
class Chart:
    """A chart with its words: `title` names it, `desc` says in a sentence what it shows; `id` is one of its page."""

    id: str
    title: str
    desc: str
    names: list[str]
    drawings: list[Drawing]
    levels: list[str] = field(default_factory=list)


def months(
    *, id: str, title: str, desc: str, labels: Sequence[tuple[str, str]], series: Sequence[Series], stacked=False,
    most: int | None = None, unit: str = "", gap: str = "",
) -> Chart:  # fmt: skip
    """Standing bars, a group for each label (its long and its short text), side by side or `stacked`.

    `most` is the value at the top where it is fixed, such as 100 per cent; `gap` marks a hidden value.
    """
    sums = [sum(values) if stacked else max(values) for values in _columns(series)]
    top, step = _scale(most or max(sums, default=0))
    drawings = []
    for size, width in (("wide", WIDE), ("narrow", NARROW)):
        drawing, x0, y0, plot = _frame(size, width, top, step, unit)
        room = (width - x0) / max(len(labels), 1)
        thick = room * 0.7 / (1 if stacked else len(series))
        for place, label in enumerate(labels):
            left, under = x0 + place * room + room * 0.15, y0
            drawing.text(x0 + (place + 0.5) * room, y0 + 22, label[0 if size == "wide" else 1])
            for number, one in enumerate(series, 1):
                value = one.values[place]
                x = left if stacked else left + (number - 1) * thick
                if value is None:
                    if not stacked or number == 1:
                        drawing.text(x + thick / 2, y0 - 6, one.signs[place] if one.signs else gap)
                    continue
                height = plot * value / top
                drawing.bar(x, (under if stacked else y0) - height, thick - (0 if stacked else 2), height, number)
                under -= height
        drawings.append(drawing)
    return Chart(id, title, desc, [one.name for one in series], drawings)


def rows(*, id: str, title: str, desc: str, labels: Sequence[str], series: Sequence[Series], gap: str = "") -> Chart:
    """Lying bars with the label above each: for categories with long names."""
    top, _step = _scale(max((max(values) for values in _columns(series)), default=0))
    drawings = []
    for size, width in (("wide", WIDE), ("narrow", NARROW)):
        thick, room = 18, 30 + 20 * len(series)
        drawing = Drawing(size, width, room * len(labels) + 4)
        for place, label in enumerate(labels):
            y = place * room
            drawing.text(0, y + 20, label, "start")
            for number, one in enumerate(series, 1):
                value, beside = one.values[place], y + 28 + (number - 1) * 20
                length = (width - 4 * _LETTER) * (value or 0) / top
                drawing.bar(0, beside, length, thick, number)
                drawing.text(length + 6, beside + 14, gap if value is None else value, "start")
        drawings.append(drawing)
    return Chart(id, title, desc, [one.name for one in series], drawings)


def line(
    *, id: str, title: str, desc: str, labels: Sequence[tuple[str, str]], series: Sequence[Series]
) -> Chart:  # fmt: skip
    """Lines over labels (long and short), broken where a value is hidden; each value is a mark of the series' shape."""
    top, step = _scale(max((max(values) for values in _columns(series)), default=0))
    drawings = []
    for size, width in (("wide", WIDE), ("narrow", NARROW)):
        drawing, x0, y0, plot = _frame(size, width, top, step, "")
        room = (width - x0) / max(len(labels), 1)
        for place, label in enumerate(labels):
            drawing.text(x0 + (place + 0.5) * room, y0 + 22, label[0 if size == "wide" else 1])
        for number, one in enumerate(series, 1):
            points = [
                None if value is None else (round(x0 + (place + 0.5) * room), round(y0 - plot * value / top))
                for place, value in enumerate(one.values)
            ]
            drawing.paths.extend({"points": path, "series": number} for path in _unbroken(points))
            drawing.marks.extend({"x": point[0], "y": point[1], "series": number} for point in points if point)
        drawings.append(drawing)
    return Chart(id, title, desc, [one.name for one in series], drawings)


def scores(
    *, id: str, title: str, desc: str, name: str, labels: Sequence[tuple[str, str]], values: Sequence[float | None],
    levels: Sequence[Level], most: int, unit: str = "", signs: Sequence[str] = (),
) -> Chart:  # fmt: skip
    """One line over labels (long and short), up to `most`, with at most two levels that it is compared with. Where
    there is no value it is broken, and the one of the `signs` for that label stands there.

    A level goes straight across the room of each label, and up or down between two where it changes. Labels that would
    run into the one before are left out below; the table beside the chart has them all.
    """
    top, step = _scale(most)
    drawings = []
    for size, width in (("wide", WIDE), ("narrow", NARROW)):
        drawing, x0, y0, plot = _frame(size, width, top, step, unit)
        room, free = (width - x0) / max(len(labels), 1), x0
        for place, label in enumerate(labels):
            text, x = label[0 if size == "wide" else 1], x0 + (place + 0.5) * room
            half = _LETTER * len(text) / 2
            if x - half >= free or place == 0:
                drawing.text(x, y0 + 22, text)
                free = x + half + _LETTER
        for number, level in enumerate(levels, 1):
            edges = [
                None if value is None else (round(x0 + edge * room), round(y0 - plot * float(value) / top))
                for place, value in enumerate(level.values)
                for edge in (place, place + 1)
            ]
            drawing.levels.extend({"points": path, "number": number} for path in _unbroken(edges))
        for place, sign in enumerate(signs):
            if sign:
                drawing.text(x0 + (place + 0.5) * room, y0 - 6, sign)
        points = [
            None if value is None else (round(x0 + (place + 0.5) * room), round(y0 - plot * float(value) / top))
            for place, value in enumerate(values)
        ]
        drawing.paths.extend({"points": path, "series": 1} for path in _unbroken(points))
        drawing.marks.extend({"x": point[0], "y": point[1], "series": 1} for point in points if point)
        drawings.append(drawing)
    return Chart(id, title, desc, [name], drawings, [level.name for level in levels])


def curve(*, id: str, title: str, desc: str, name: str, points: Sequence[tuple[int, int]], unit: str) -> Chart:
    """A line over numbers: (x, per cent), joined from point to point, with the numbers below them in this `unit`.

    A number that would run into the one before it is left out below; the table beside the chart has them all.
    """
    drawings, far = [], max(points[-1][0], 1)
    for size, width in (("wide", WIDE), ("narrow", NARROW)):
        drawing, x0, y0, plot = _frame(size, width, 100, 20, " %")
        reach, free = width - x0 - 3 * _LETTER, x0
        placed = [(round(x0 + reach * x / far), round(y0 - plot * y / 100)) for x, y in points]
        for (x, _y), (number, _per_cent) in zip(placed, points, strict=True):
            half = _LETTER * len(str(number)) / 2
            if x - half >= free or number == 0:
                drawing.text(x, y0 + 22, number)
                free = x + half + _LETTER
        drawing.text(width, y0 + 40, unit, "end")
        drawing.paths.append({"points": " ".join(f"{x},{y}" for x, y in placed), "series": 1})
        drawing.marks.extend({"x": x, "y": y, "series": 1} for x, y in placed)
        drawings.append(replace(drawing, height=drawing.height + 8))
    return Chart(id, title, desc, [name], drawings)


def _columns(series: Sequence[Series]) -> list[list[int]]:
    """The values of each label, hidden ones as nought."""
    return [[value or 0 for value in column] for column in zip(*(one.values for one in series), strict=True)]


def _scale(highest: int) -> tuple[int, int]:
    """The value at the top and the step of the lines below it: round numbers, at most five steps."""
    step = next(
        round_one * 10**power for power in range(12) for round_one in _STEPS if round_one * 10**power * 5 >= highest
    )
    return max(-(-highest // step), 1) * step, step


def _frame(size: str, width: int, top: int, step: int, unit: str) -> tuple[Drawing, int, int, int]:
    """An empty drawing with its lines across; the left edge and the foot of what is drawn in it, and its height."""
    drawing = Drawing(size, width, 300)
    x0, y0, plot = _LETTER * len(f"{top}{unit}") + 10, 264, 248
    for value in range(0, top + 1, step):
        y = y0 - plot * value / top
        drawing.line(x0, y, width, y)
        drawing.text(x0 - 8, y + 5, f"{value}{unit}", "end")
    return drawing, x0, y0, plot


def _unbroken(points: Sequence[tuple[int, int] | None]) -> list[str]:
    """The stretches of a line between gaps, as an SVG writes points; a point alone is a mark only."""
    stretches, running = [], []
    for point in [*points, None]:
        if point:
            running.append(f"{point[0]},{point[1]}")
            continue
        if len(running) > 1:
            stretches.append(" ".join(running))
        running = []
    return stretches
