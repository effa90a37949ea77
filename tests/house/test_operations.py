"""docs/operations.md tells all that an installation needs: every variable, task and command; README tells the parts."""

import ast
import re
import tomllib

from config.celery import timetable
from tests.house.source import ROOT

READERS = {f"env.{name}" for name in ("text", "required", "names", "flag", "whole")}
PAPER = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def part(title):
    return PAPER.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def first_cells(text):
    return set(re.findall(r"^\| `([^` ]+)", text, re.MULTILINE))


def variables_read():
    """Whatever the settings read from the environment by its name."""
    for path in (ROOT / "config" / "settings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in READERS:
                yield node.args[0].value


def test_every_variable_is_in_the_table_and_no_other():
    assert first_cells(part("Configuration")) == set(variables_read())


def test_every_variable_of_the_example_exists():
    example = (ROOT / "deploy" / "rinnalla.env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) <= set(variables_read())


def test_every_task_of_the_timetable_is_told():
    told = set(re.findall(r"^\| .* \| `([a-z_.]+)` \|", part("Timetable"), re.MULTILINE))
    assert told == set(timetable())


def test_every_command_is_told():
    folders = [ROOT / top / "management" / "commands" for top in ("config", "coordination")]
    ours = {path.stem for folder in folders for path in folder.glob("[!_]*.py")}
    assert first_cells(part("Commands")) == ours


def test_the_release_that_is_installed():
    """While changes wait for a release it is the coming one, for which the paper is written; otherwise the last."""
    [cloned] = re.findall(r"git clone --branch v(\S+)", part("A new machine"))
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    last = re.search(r"^## (\d\S*)", changes, re.MULTILINE)[1]
    if "\n## Unreleased\n" in changes:
        assert numbers(cloned) > numbers(last)
    else:
        assert cloned == last


def numbers(version):
    return [int(number) for number in version.split(".")]


def test_the_readme_tells_every_step():
    """In the order in which they may import one another."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    contracts = tools["importlinter"]["contracts"]
    [steps] = [one["layers"] for one in contracts if one.get("containers") == ["coordination"]]
    layout = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## Layout\n")[2]
    told = re.search(r"^coordination/(.*?)^\w", layout, re.MULTILINE | re.DOTALL)[1]
    assert re.findall(r"\w+", told) == steps
