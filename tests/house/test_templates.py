"""Every template is used, and every template that is used exists."""

import re

from django.template.loader import get_template

from tests.house.source import ROOT, named, python_files, templates

NAMED = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
# Found by their place: Django's error pages, overridden templates of libraries.
BY_PLACE = re.compile(
    r"^(4[0-9]{2}|500)\.html$|^(403_csrf\.html|account/|allauth/|admin/|django/|mfa/|socialaccount/|usersessions/)"
)


def test_every_template_is_used():
    texts = [path.read_text(encoding="utf-8") for path in [*python_files(), *templates()]]
    unused = []
    for path in templates():
        name = path.relative_to(ROOT / "templates").as_posix()
        # A notice's mail is found by the notice's code, which stands in a notices.py.
        wanted = f'"{name.split("/")[1]}"' if name.startswith("emails/") and name.count("/") == 2 else name
        if not BY_PLACE.match(name) and not any(wanted in text for text in texts):
            unused.append(name)
    assert unused == []


def test_every_included_template_exists():
    wanted = {(named(path), name) for path in templates() for name in NAMED.findall(path.read_text(encoding="utf-8"))}
    for _, name in sorted(wanted):
        # Django's own form templates are known to the form renderer only.
        if not name.startswith("django/"):
            get_template(name)
