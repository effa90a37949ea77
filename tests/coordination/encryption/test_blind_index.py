import hashlib
import hmac

import pytest
from django.core.exceptions import ImproperlyConfigured

from coordination.encryption.index import blind_index


def test_equal_values_have_equal_indexes_of_32_bytes():
    assert blind_index("131052-308T", purpose="hetu") == blind_index("131052-308T", purpose="hetu")
    assert len(blind_index("131052-308T", purpose="hetu")) == 32
    assert blind_index("131052-308T", purpose="hetu") != blind_index("131052-308U", purpose="hetu")


def test_one_value_looks_different_for_each_purpose():
    assert blind_index("0401234567", purpose="phone") != blind_index("0401234567", purpose="guardian_phone")


def test_purpose_and_value_do_not_run_together():
    assert blind_index("bc", purpose="a") != blind_index("c", purpose="ab")


def test_it_stays_the_same_from_release_to_release(settings):
    # Every stored index would be lost if this changed.
    settings.BLIND_INDEX_KEY = b"k" * 32
    settings.ENCRYPTION_KEYS = {1: b"f" * 32}
    expected = hmac.new(b"k" * 32, b"\x00\x04hetu131052-308T", hashlib.sha256).digest()
    assert blind_index("131052-308T", purpose="hetu") == expected


def test_another_key_gives_another_index(settings):
    settings.ENCRYPTION_KEYS = {1: b"f" * 32}
    settings.BLIND_INDEX_KEY = b"1" * 32
    first = blind_index("131052-308T", purpose="hetu")
    settings.BLIND_INDEX_KEY = b"2" * 32
    assert blind_index("131052-308T", purpose="hetu") != first


@pytest.mark.parametrize(("value", "purpose"), [("", "hetu"), ("131052-308T", "")])
def test_nothing_has_no_index(value, purpose):
    with pytest.raises(ValueError, match="needs a value and a purpose"):
        blind_index(value, purpose=purpose)


@pytest.mark.parametrize("key", [b"short", "k" * 32, None])
def test_a_key_of_the_wrong_kind_is_refused(settings, key):
    settings.BLIND_INDEX_KEY = key
    with pytest.raises(ImproperlyConfigured, match="BLIND_INDEX_KEY"):
        blind_index("131052-308T", purpose="hetu")


def test_a_field_key_is_refused_as_index_key(settings):
    settings.ENCRYPTION_KEYS = {1: b"f" * 32}
    settings.BLIND_INDEX_KEY = b"f" * 32
    with pytest.raises(ImproperlyConfigured, match="must differ"):
        blind_index("131052-308T", purpose="hetu")
