"""The house rule of notices: each constant has its sentence, and no two share a code."""

import importlib
from collections import Counter

import pytest
from django.template.loader import get_template
from django.utils import translation

from coordination.outbox import queries
from coordination.outbox.models import Notification
from coordination.outbox.notices import Notice
from tests.house.source import ROOT, python_files


def all_notices():
    found = []
    for path in python_files():
        if path.stem == "notices":
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            found += [value for value in vars(module).values() if isinstance(value, Notice)]
    return found


def test_every_notice_has_its_one_sentence():
    for notice in all_notices():
        sentence = get_template(f"emails/{notice.code}/sentence.txt").render().strip()
        assert sentence
        assert "\n" not in sentence


def test_no_two_notices_share_a_code():
    assert [code for code, times in Counter(notice.code for notice in all_notices()).items() if times > 1] == []


@pytest.mark.parametrize("code", ["", "Follow", "a b", "a/../b", "x" * 41])
def test_a_code_is_a_plain_word(code):
    with pytest.raises(ValueError, match="code"):
        Notice(code=code, kind=Notice.FYI)


@pytest.mark.parametrize("kind", Notification.Kind)
def test_a_row_of_a_code_that_is_gone_still_has_a_sentence(kind):
    with translation.override("en"):
        (row,) = queries.with_sentences([Notification(code="long_gone", kind=kind)])
    assert row.sentence in ("Something waits for you.", "Something has changed.")
