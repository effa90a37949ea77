"""P18: nothing inline, no data: addresses, in what every page is made of."""

import re

import pytest
from django.conf import settings

ROOT = settings.STATICFILES_DIRS[0]
TEMPLATES = settings.TEMPLATES[0]["DIRS"][0]


def test_style_sheets_fetch_only_files_that_are_here():
    for sheet in ROOT.rglob("*.css"):
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet.read_text(encoding="utf-8")):
            assert (sheet.parent / address).is_file(), (sheet.name, address)


@pytest.mark.parametrize(
    "pattern", [r"<style", r"\sstyle=", r"\son[a-z]+=", r"<script(?![^>]*\ssrc=)", r"javascript:", r"data:"]
)
def test_templates_hold_nothing_inline(pattern):
    pages = [page for page in TEMPLATES.rglob("*.html") if "emails" not in page.parts]
    assert [page.name for page in pages if re.search(pattern, page.read_text(encoding="utf-8"))] == []


def test_what_was_vendored_has_its_licences():
    names = {path.name for path in (ROOT / "vendor").iterdir()}
    assert {"govuk-frontend.LICENCE.txt", "source-sans-3.LICENCE.txt"} <= names
