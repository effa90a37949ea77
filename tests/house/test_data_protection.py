"""docs/data-protection.md tells of everything that is stored."""

import re

from django.apps import apps

from tests.house.source import PACKAGES, ROOT

PAPER = (ROOT / "docs" / "data-protection.md").read_text(encoding="utf-8")


def models_told():
    """The names in the second column, *Where*, of the table of what is stored."""
    table = PAPER.partition("\n## What is stored where\n")[2].partition("\n## ")[0]
    return {
        name
        for cell in re.findall(r"^\|[^|]*\|([^|]*)\|", table, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", cell)
    }


def test_every_model_stands_in_the_table_of_what_is_stored():
    ours = {model.__name__ for model in apps.get_models() if model.__module__.partition(".")[0] in PACKAGES}
    assert ours - models_told() == set()


def test_the_table_names_no_model_that_is_gone():
    assert models_told() - {model.__name__ for model in apps.get_models()} == set()
