"""Lists are fetched one row longer than a page; counting all rows costs more than the page itself."""

import ast

from tests.house.source import named, python_files


def test_no_counting_pagination():
    found = [
        named(path)
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "django.core.paginator"
    ]
    assert found == []


def test_every_model_that_is_listed_has_an_order():
    """An unordered list shows a row twice, or never, when somebody turns the page."""
    from django.contrib import admin

    unordered = [
        model._meta.label
        for model, page in admin.site._registry.items()
        if model._meta.app_label in {"coordination", "flags", "pilots"} and not (page.ordering or model._meta.ordering)
    ]
    assert unordered == []
