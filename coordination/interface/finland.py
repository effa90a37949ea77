"""Finland's map by wellbeing services county, drawn on the server: an outline for each, whose shade says how much.

The same numbers always stand in a table beside it, with the same links, so that the map itself is for the eye and the
mouse alone. Borders: Statistics Finland, municipality-based statistical units (1:4.5 M), CC BY 4.0; `CREDIT` stands
below every map.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

CREDIT = _("Borders: Statistics Finland, CC BY 4.0.")
_BORDERS = Path(__file__).resolve().parent / "data" / "wellbeing-counties.geojson"
HEIGHT = 640
# At 65° N a degree of longitude is as long as 0.42 of a degree of latitude.
_WEST, _NORTH, _SOUTH, _ACROSS = 19.3, 70.2, 59.7, 0.4226
_SCALE = HEIGHT / (_NORTH - _SOUTH)
WIDTH = round((31.7 - _WEST) * _ACROSS * _SCALE)
_DARKEST = 4


@dataclass(frozen=True)
class Shown:
    """One county of a map: its outline, name and number, how dark it is (0 for none, up to 4), and where it leads."""

    path: str
    name: str
    number: int
    shade: int
    url: str


@dataclass(frozen=True)
class Map:
    """A map to draw, `title` and `desc` being its words."""

    title: str
    desc: str
    counties: list[Shown]
    width: int = WIDTH
    height: int = HEIGHT
    credit: str = CREDIT


def drawn(*, title: str, desc: str, counties: Mapping[str, tuple[str, int, str]]) -> Map:
    """The map of these counties, {code: (name, number, address)}. Raises KeyError for a code without borders."""
    most = max((number for _name, number, _url in counties.values()), default=0)
    outlines = _outlines()
    shown = [
        Shown(outlines[code], name, number, -(-_DARKEST * number // most) if number else 0, url)
        for code, (name, number, url) in counties.items()
    ]
    return Map(title, desc, shown)


@cache
def _outlines() -> dict[str, str]:
    """The outline of each county as an SVG path, by its code."""
    borders = json.loads(_BORDERS.read_text(encoding="utf-8"))
    return {one["properties"]["code"]: _path(one["geometry"]["coordinates"]) for one in borders["features"]}


def _path(polygons) -> str:
    return "".join(_ring(ring) for polygon in polygons for ring in polygon)


def _ring(ring) -> str:
    """From point to point, each told by how far it is from the last one: neighbours meet, and the path stays short."""
    points = [_placed(*point) for point in ring]
    (x, y), steps = points[0], []
    for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
        if (x1, y1) != (x2, y2):
            steps.append(f"{x2 - x1} {y2 - y1}")
    return f"M{x} {y}l{' '.join(steps)}z" if len(steps) > 2 else ""


def _placed(longitude, latitude) -> tuple[int, int]:
    return round((longitude - _WEST) * _ACROSS * _SCALE), round((_NORTH - latitude) * _SCALE)
