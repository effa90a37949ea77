"""A file has one subject, and a name that says which."""

from tests.house.source import named, python_files, templates

LONGEST = 300
# Such modules become junk drawers: nobody knows what is in them, so everything is.
JUNK_DRAWERS = {"utils", "helpers", "common", "signals", "services", "misc"}
# Not a layer but a subject: the services that help young people.
OF_THE_FIELD = {"coordination/services"}


def test_no_file_is_too_long():
    files = [*python_files("config", "coordination", "flags", "pilots", "scripts", "tests"), *templates()]
    assert [named(path) for path in files if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST] == []


def test_no_junk_drawers():
    found = [path for path in python_files() if {path.stem, path.parent.name} & JUNK_DRAWERS]
    assert [named(path) for path in found if named(path.parent) not in OF_THE_FIELD] == []
