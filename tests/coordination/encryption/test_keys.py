import pytest
from django.core.exceptions import ImproperlyConfigured

from coordination.encryption import cipher, keys

OLD, NEW = b"o" * 32, b"n" * 32


def test_the_newest_key_encrypts_and_every_key_decrypts(settings):
    settings.ENCRYPTION_KEYS = {2: OLD}
    before = cipher.encrypt("Aino", place="a.b.c")
    settings.ENCRYPTION_KEYS = {2: OLD, 10: NEW}
    after = cipher.encrypt("Aino", place="a.b.c")
    assert before.startswith("v2:")
    assert after.startswith("v10:")
    assert [cipher.decrypt(stored, place="a.b.c") for stored in (before, after)] == ["Aino", "Aino"]


def test_a_missing_key_is_named(settings):
    settings.ENCRYPTION_KEYS = {1: OLD}
    stored = cipher.encrypt("Aino", place="a.b.c")
    settings.ENCRYPTION_KEYS = {2: NEW}
    with pytest.raises(keys.KeyMissing, match="no version 1"):
        cipher.decrypt(stored, place="a.b.c")


@pytest.mark.parametrize(
    "wrong", [{}, {1: b"short"}, {1: "a" * 32}, {0: OLD}, {"1": OLD}, {True: OLD}], ids=lambda wrong: str(list(wrong))
)
def test_keys_of_the_wrong_kind_are_refused(settings, wrong):
    settings.ENCRYPTION_KEYS = wrong
    with pytest.raises(ImproperlyConfigured, match="ENCRYPTION_KEYS"):
        cipher.encrypt("Aino", place="a.b.c")


def test_the_wrong_key_under_the_right_version_does_not_open(settings):
    settings.ENCRYPTION_KEYS = {1: OLD}
    stored = cipher.encrypt("Aino", place="a.b.c")
    settings.ENCRYPTION_KEYS = {1: NEW}
    with pytest.raises(cipher.Undecipherable):
        cipher.decrypt(stored, place="a.b.c")


def test_the_same_text_never_looks_the_same_twice():
    assert len({cipher.encrypt("Aino", place="a.b.c") for _ in range(100)}) == 100


def test_every_changed_character_is_noticed():
    stored = cipher.encrypt("Aino Åström", place="a.b.c")
    start = stored.index(":") + 1
    # Each character stands for bits of the nonce, the text or the tag; padding and unused last bits aside.
    for i in range(start, len(stored.rstrip("=")) - 1):
        changed = stored[:i] + ("A" if stored[i] != "A" else "B") + stored[i + 1 :]
        with pytest.raises(cipher.Undecipherable, match=r"a\.b\.c"):
            cipher.decrypt(changed, place="a.b.c")


@pytest.mark.parametrize("stored", ["Aino", "v1:", "v1:AA==", "v1:AAAAA", "v0:AAAA", "v1:AAAA\n", "v١:AAAA", "1:AAAA"])
def test_text_that_was_never_encrypted_is_refused_without_being_shown(stored):
    with pytest.raises(cipher.Undecipherable) as refused:
        cipher.decrypt(stored, place="a.b.c")
    assert "Aino" not in str(refused.value)
