import hashlib
import hmac
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured

from coordination.encryption.index import NOTHING, Indexes, blind_indexes, of_row


@pytest.fixture
def keys(settings):
    """Sets the chain of index keys by their first letters: keys("a", "b", following="c")."""
    settings.ENCRYPTION_KEYS = {1: b"f" * 32}

    def set_keys(*letters, following=None):
        settings.BLIND_INDEX_KEYS = [letter.encode() * 32 for letter in letters]
        settings.BLIND_INDEX_KEY_NEXT = following.encode() * 32 if following else None

    set_keys("k")
    return set_keys


def index(value, purpose="hetu"):
    return blind_indexes(value, purpose=purpose)


def hmac_of(letter, data):
    return hmac.new(letter.encode() * 32, data, hashlib.sha256).digest()


def test_equal_values_have_equal_indexes_of_32_bytes():
    assert index("131052-308T") == index("131052-308T")
    assert len(index("131052-308T").odd) == 32
    assert index("131052-308T") != index("131052-308U")


def test_one_value_looks_different_for_each_purpose():
    assert index("0401234567", "phone") != index("0401234567", "guardian_phone")


def test_purpose_and_value_do_not_run_together():
    assert index("bc", "a") != index("c", "ab")


def test_it_stays_the_same_from_release_to_release(keys):
    # Every stored index would be lost if this changed.
    first = hmac_of("k", b"\x00\x04hetu131052-308T")
    assert index("131052-308T") == (first, None)
    keys("k", following="n")
    assert index("131052-308T") == (first, hmac_of("n", first))
    keys("k", "n")
    assert index("131052-308T") == (None, hmac_of("n", first))
    keys("k", "n", following="o")
    assert index("131052-308T") == (hmac_of("o", hmac_of("n", first)), hmac_of("n", first))
    keys("k", "n", "o")
    assert index("131052-308T") == (hmac_of("o", hmac_of("n", first)), None)


def test_a_row_is_the_same_value_whichever_version_wrote_it(keys):
    before = index("131052-308T")
    keys("k", following="n")
    while_rotating = index("131052-308T")
    keys("k", "n")
    after = index("131052-308T")
    assert while_rotating.same_as(*before)
    assert while_rotating.same_as(*after)
    assert not after.same_as(*before)  # by then no row is left that has the old version alone
    assert not while_rotating.same_as(*index("131052-308U"))
    assert not NOTHING.same_as(None, None)


def test_a_rows_pair_is_read_from_its_columns():
    row = SimpleNamespace(hetu_index=memoryview(b"1"), hetu_index_even=None)
    assert of_row(row, "hetu_index") == Indexes(b"1", None)


def test_another_key_gives_another_index(keys):
    keys("1")
    first = index("131052-308T")
    keys("2")
    assert index("131052-308T") != first


@pytest.mark.parametrize(("value", "purpose"), [("", "hetu"), ("131052-308T", "")])
def test_nothing_has_no_index(value, purpose):
    with pytest.raises(ValueError, match="needs a value and a purpose"):
        index(value, purpose)


@pytest.mark.parametrize("wrong", [[b"short"], ["k" * 32], [None], []])
def test_a_key_of_the_wrong_kind_is_refused(settings, wrong):
    settings.BLIND_INDEX_KEYS = wrong
    with pytest.raises(ImproperlyConfigured, match="BLIND_INDEX_KEY"):
        index("131052-308T")


@pytest.mark.parametrize("letters", ["f", "kk"])
def test_a_key_serves_once(keys, letters):
    keys(*letters)
    with pytest.raises(ImproperlyConfigured, match="must differ"):
        index("131052-308T")
