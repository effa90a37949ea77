"""The matrix as a drawing: a square for each cell, with a sign beside its number, so that nothing hangs on colour."""

from dataclasses import dataclass

from pilots.service_map.coverage_rules import BANDS
from pilots.service_map.coverage_states import Coverage

# A sign of its own for each state, told apart in any colours.
SIGNS = {Coverage.NONE: "○", Coverage.THIN: "◔", Coverage.ENOUGH: "●", Coverage.DOUBLE: "◆"}
_NAMES, _ACROSS, _DOWN, _HEAD = 250, 78, 30, 34


@dataclass(frozen=True)
class Square:
    """One cell, where it stands."""

    x: int
    y: int
    state: Coverage
    text: str
    words: str


@dataclass(frozen=True)
class Heat:
    """Everything to draw, in units of `width` and `height`."""

    width: int
    height: int
    across: int
    down: int
    heads: list
    names: list
    squares: list[Square]


def drawn(rows):
    """The drawing of these rows."""
    heads = [{"x": _NAMES + place * _ACROSS + _ACROSS // 2, "text": band.name} for place, band in enumerate(BANDS)]
    names, squares = [], []
    for line, row in enumerate(rows):
        top = _HEAD + line * _DOWN
        names.append({"y": top + 20, "text": row.about.name})
        for place, cell in enumerate(row.cells):
            text = f"{SIGNS[cell.state]} {cell.number}"
            words = f"{row.about.name}, {cell.band.name}: {cell.number}, {cell.state.label}"
            squares.append(Square(_NAMES + place * _ACROSS, top, cell.state, text, words))
    width, height = _NAMES + len(BANDS) * _ACROSS, _HEAD + len(rows) * _DOWN + 2
    return Heat(width, height, _ACROSS - 3, _DOWN - 3, heads, names, squares)
