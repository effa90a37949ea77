"""auditlog sees only saves of single rows: bulk writes of audited models would change without a trace.

A line that must write in bulk says why: `# unaudited: the reason`.
"""

import ast

from auditlog.registry import auditlog

from tests.house.source import calls, named, python_files

BULK = {"bulk_create", "bulk_update", "update"}
QUERYSET_WORDS = {"objects", "filter", "exclude", "all", "order_by", "select_for_update", "get_queryset", "using"}


def test_no_unaudited_writes():
    audited = {model.__name__ for model in auditlog.get_models()}
    found = [
        f"{named(path)}:{call.lineno}"
        for path in python_files()
        for call, lines in calls(path)
        if _is_bulk_write(call, audited) and not any("# unaudited: " in line for line in lines)
    ]
    assert found == []


def _is_bulk_write(call: ast.Call, audited: set[str]) -> bool:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in BULK:
        return False
    words = _chain(call.func.value)
    if call.func.attr == "update" and not QUERYSET_WORDS & set(words):
        return False  # a dict's or a digest's
    classes = [word for word in words if word[:1].isupper()]
    # Where no model is named (a queryset's own method, a variable), it may be an audited one.
    return not classes or bool(audited & set(classes))


def _chain(node: ast.AST) -> list[str]:
    """Names along `Flag.objects.filter(…)`."""
    words = []
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            words.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Name):
            return [*words, node.id]
        else:
            return words
