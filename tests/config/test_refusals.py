"""P22: what must not come together is refused at start, in a sentence that names the variable."""

import runpy

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings import installation
from tests.house.source import ROOT


def start(name):
    """This part of the settings, read anew."""
    return runpy.run_path(str(ROOT / "config" / "settings" / f"{name}.py"))


def test_the_demo_takes_no_external_database(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@db.example.test/town")
    monkeypatch.setenv("DEMO_MODE", "yes")
    with pytest.raises(ImproperlyConfigured, match="unset DATABASE_URL or DEMO_MODE"):
        start("installation")


def test_an_external_database_is_never_the_demo(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@db.example.test/town")
    monkeypatch.delenv("DEMO_MODE", raising=False)
    assert start("installation")["DEMO_MODE"] is False


def test_the_demo_takes_no_real_mail_server(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://mail.example.test:587")
    with pytest.raises(ImproperlyConfigured, match="The demo sends no real mail"):
        start("base")


def test_a_real_installation_takes_no_optional_second_factor(monkeypatch):
    monkeypatch.setattr(installation, "DEMO_MODE", False)
    monkeypatch.setenv("SECOND_FACTOR", "optional")
    with pytest.raises(ImproperlyConfigured, match="SECOND_FACTOR can be optional in the demo only"):
        start("signing_in")
