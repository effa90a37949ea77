"""Draws docs/states.md from the steps' states.py (and *_states.py): the moves are data, the drawing only shows them.

Each of them may hold dicts named MOVES or SOMETHING_MOVES, of state -> the states it may become; the first key is
where a thing begins. With --check it only says whether the drawing is fresh.
"""

import importlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DRAWING = ROOT / "docs" / "states.md"
PACKAGES = ("coordination", "flags", "pilots")
INTRODUCTION = """# States

Drawn from each step's `states.py` by `make drawings`; not written by hand.
"""


def states_modules() -> list[str]:
    return [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for package in PACKAGES
        for path in sorted((ROOT / package).glob("*/*states.py"))
    ]


def drawing() -> str:
    parts = [INTRODUCTION]
    for module_name in states_modules():
        module = importlib.import_module(module_name)
        for name, moves in vars(module).items():
            if (name == "MOVES" or name.endswith("_MOVES")) and isinstance(moves, dict):
                parts.append(_one(module_name.removesuffix("states").rstrip("._"), name, moves))
    return "\n".join(parts)


def _one(step: str, name: str, moves: dict) -> str:
    what = name.removesuffix("MOVES").replace("_", " ").strip().lower()
    lines = [f"## {step}" + (f": {what}" if what else ""), "", "```mermaid", "stateDiagram-v2"]
    lines += [f"    [*] --> {_value(first)}" for first in list(moves)[:1]]
    for state, following in moves.items():
        lines += [f"    {_value(state)} --> {to}" for to in sorted(map(_value, following))]
        if not following:
            lines.append(f"    {_value(state)} --> [*]")
    return "\n".join([*lines, "```", ""])


def _value(state) -> str:
    """The stored value, the same in every language."""
    return str(getattr(state, "value", state))


def main() -> int:
    # A script's own path comes first otherwise, and the packages are not found.
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    if "--check" in sys.argv:
        if not DRAWING.exists() or DRAWING.read_text(encoding="utf-8") != drawing():
            print("docs/states.md no longer shows what states.py says: make drawings")
            return 1
        return 0
    DRAWING.parent.mkdir(exist_ok=True)
    DRAWING.write_text(drawing(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
