"""Our own source, as the house tests read it."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("config", "coordination", "flags", "pilots")


def python_files(*tops: str) -> list[Path]:
    tops = tops or PACKAGES
    return sorted(p for top in tops for p in (ROOT / top).rglob("*.py") if "migrations" not in p.parts)


def templates() -> list[Path]:
    return sorted(p for p in (ROOT / "templates").rglob("*") if p.suffix in {".html", ".txt", ".svg"})


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> list[tuple[ast.Call, list[str]]]:
    """Each call of the file with its own lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    tree = ast.parse("\n".join(lines))
    return [
        (node, lines[max(node.lineno - 2, 0) : node.end_lineno])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    ]
