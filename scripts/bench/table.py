"""What was measured beside its limit."""

import sys
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    """One line: what was measured, how much of it, and the most (or least) that is allowed; no limit for what is shown
    for comparison only. `goal` is what it should come to where that is not reached yet and the limit only keeps it from
    growing worse (docs/decisions/0043)."""

    what: str
    measured: float
    most: float | None = None
    least: float | None = None
    unit: str = ""
    goal: float | None = None

    @property
    def ok(self):
        """Whether the budget is kept."""
        return (self.most is None or self.measured <= self.most) and (self.least is None or self.measured >= self.least)

    def cells(self):
        """The line's five columns."""
        limits = (("≤", self.most), ("≥", self.least))
        limit = ", ".join(f"{sign} {_number(value)}" for sign, value in limits if value is not None)
        goal = "" if self.goal is None else f"{'≥' if self.most is None else '≤'} {_number(self.goal)}"
        return [self.what, f"{_number(self.measured)} {self.unit}".strip(), limit, goal, self._verdict(limit)]

    def _verdict(self, limit):
        if not limit:
            return ""
        if not self.ok:
            return "MISSED"
        reached = self.goal is None or (self.measured >= self.goal if self.most is None else self.measured <= self.goal)
        return "ok" if reached else "held"

    def as_json(self):
        """As it travels between processes."""
        return asdict(self)


def _number(value):
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def text(rows):
    """The table, in Markdown, so that it can be put into docs/performance.md as it is."""
    lines = [["What", "Measured", "Limit", "Goal", ""], *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(5)]
    padded = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([padded[0], rule, *padded[1:]])


def tell(text):
    """One line of progress, apart from what is measured."""
    print(text, file=sys.stderr, flush=True)
