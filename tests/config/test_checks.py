"""What keeps a house from opening is said in a sentence, before it opens."""

from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from config import checks
from coordination.encryption import rotation
from coordination.people.models import YoungPerson
from coordination.signing_in.factors import EncryptedFactors
from tests.cast import Cast

REAL = {
    "DEMO_MODE": False,
    "PUBLIC_URL": "https://rinnalla.example.fi",
    "ALLOWED_HOSTS": ["rinnalla.example.fi"],
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_HOST": "mail.example.fi",
    "EMAIL_USE_TLS": True,
    "EMAIL_USE_SSL": False,
    "BACKUP_KEY": b"b" * 32,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "BLIND_INDEX_KEY_NEXT": None,
}


@pytest.fixture
def real(settings, tmp_path):
    """Settings of a real installation in which everything is right."""
    for name, value in REAL.items():
        setattr(settings, name, value)
    settings.DATA_DIR = tmp_path / "data"
    settings.USE_LOG_HEADS_FILE = tmp_path / "outside" / "heads.txt"
    settings.ERASURE_LEDGER_FILE = tmp_path / "outside" / "erasures.jsonl"
    return settings


def ids(*found):
    return [one.id.removeprefix("rinnalla.") for messages in found for one in messages]


def test_nothing_is_said_where_everything_is_right(real, db):
    found = [check(None) for check in (checks.keys_open, checks.installation, checks.clock, checks.files_outside)]
    assert ids(*found, checks.database(None, databases=["default"])) == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PUBLIC_URL", "http://rinnalla.example.fi", ["E002"]),
        ("PUBLIC_URL", "https://another.example.fi", ["E003"]),
        ("ALLOWED_HOSTS", ["*"], ["E004"]),
        ("REDIS_URL", "", ["W001"]),
        ("EMAIL_USE_TLS", False, ["W002"]),
        ("BACKUP_KEY", None, ["W003"]),
        ("SECURE_PROXY_SSL_HEADER", None, ["W004"]),
        ("BLIND_INDEX_KEY_NEXT", b"n" * 32, ["W005"]),
    ],
)
def test_a_setting_that_is_wrong(real, name, value, said):
    setattr(real, name, value)
    assert ids(checks.installation(None)) == said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENCRYPTION_KEYS", {}),
        ("ENCRYPTION_KEYS", {1: b"short"}),
        ("BLIND_INDEX_KEYS", [b"short"]),
        ("BLIND_INDEX_KEYS", []),
    ],
)
def test_keys_that_are_none(settings, name, value):
    setattr(settings, name, value)
    assert ids(checks.keys_open(None)) == ["E001"]


def test_heads_beside_the_database_are_worth_little(real):
    real.USE_LOG_HEADS_FILE = real.DATA_DIR / "heads.txt"
    assert ids(checks.files_outside(None)) == ["W006"]


def test_a_file_outside_that_nobody_can_write(real, monkeypatch):
    monkeypatch.setattr(checks.os, "access", lambda path, mode: False)
    assert ids(checks.files_outside(None)) == ["E006", "E006"]


class TestDatabase:
    def asked(self):
        return ids(checks.database(None, databases=["default"]))

    def test_it_is_asked_only_where_it_may_be(self):
        """Without the mark, any query would fail the test."""
        assert checks.database(None) == []

    def test_one_that_is_too_old(self, db, monkeypatch):
        monkeypatch.setattr(
            checks, "connections", {"default": SimpleNamespace(ensure_connection=bool, pg_version=140_011)}
        )
        assert self.asked() == ["E008"]

    def test_one_that_is_away(self, db, monkeypatch):
        def away():
            raise checks.DatabaseError

        monkeypatch.setattr(checks, "connections", {"default": SimpleNamespace(ensure_connection=away)})
        assert self.asked() == ["E007"]

    def test_migrations_that_have_not_run(self, db, monkeypatch):
        monkeypatch.setattr(checks, "unapplied_migrations", lambda: ["coordination"])
        assert self.asked() == ["E009"]

    def test_a_clock_that_is_wrong(self, db):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        import time_machine

        with time_machine.travel("2020-01-01"):
            assert self.asked() == ["W007"]

    def test_keys_that_stored_values_lack(self, db, settings):
        cast = Cast()
        cast.flag(cast.teacher, phone="+358401111111", settle=False)
        settings.ENCRYPTION_KEYS = {2: b"2" * 32}
        assert "E010" in self.asked()

    def test_a_key_that_another_machine_writes_with_already(self, db, settings, monkeypatch):
        monkeypatch.setattr(rotation, "LOOKED_AT", 2)
        cast, old = Cast(), settings.ENCRYPTION_KEYS
        for phone in ("+358401111111", "+358402222222"):
            cast.flag(cast.teacher, first_name=f"Aino{phone[-1]}", phone=phone, settle=False)
        assert self.asked() == []
        settings.ENCRYPTION_KEYS = {**old, max(old) + 1: b"n" * 32}
        cast.flag(cast.teacher, first_name="Aino", phone="+358403333333", settle=False)
        settings.ENCRYPTION_KEYS = old
        assert self.asked() == ["E010"]

    def test_keys_that_secrets_of_second_factors_lack(self, db, settings):
        secret = {"secret": EncryptedFactors().encrypt("JBSWY3DPEHPK3PXP")}
        Authenticator.objects.create(user=Cast().teacher.user, type=Authenticator.Type.TOTP, data=secret)
        assert self.asked() == []
        settings.ENCRYPTION_KEYS = {max(settings.ENCRYPTION_KEYS) + 1: b"n" * 32}
        said = checks.database(None, databases=["default"])
        assert [one.msg for one in said if "mfa.Authenticator" in one.msg]

    def test_an_index_key_too_early(self, db, settings):
        cast = Cast()
        cast.flag(cast.teacher, settle=False)
        assert YoungPerson.objects.exists()
        settings.BLIND_INDEX_KEYS = [*settings.BLIND_INDEX_KEYS, b"n" * 32]
        assert set(self.asked()) == {"E011"}
