"""What was measured beside its limit."""

import sys
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    """One line: what was measured, how much of it, and the most (or least) that is allowed; no limit for what is shown
    for comparison only."""

    what: str
    measured: float
    most: float | None = None
    least: float | None = None
    unit: str = ""

    @property
    def ok(self):
        """Whether the budget is kept."""
        return (self.most is None or self.measured <= self.most) and (self.least is None or self.measured >= self.least)

    def cells(self):
        """The line's four columns."""
        limit = [
            f"{sign} {_number(value)}" for sign, value in (("≤", self.most), ("≥", self.least)) if value is not None
        ]
        return [self.what, f"{_number(self.measured)} {self.unit}".strip(), ", ".join(limit), self._verdict(limit)]

    def _verdict(self, limit):
        if not limit:
            return ""
        return "ok" if self.ok else "MISSED"

    def as_json(self):
        """As it travels between processes."""
        return asdict(self)


def _number(value):
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def text(rows):
    """The table, in Markdown, so that it can be put into docs/performance.md as it is."""
    lines = [["What", "Measured", "Limit", ""], *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    padded = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([padded[0], rule, *padded[1:]])


def tell(text):
    """One line of progress, apart from what is measured."""
    print(text, file=sys.stderr, flush=True)
