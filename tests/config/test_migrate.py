"""A migration lets the pages of the running release through: it waits for a table only a moment."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from config.management.commands import migrate

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch):
    monkeypatch.setattr(migrate, "TRIES", 3)
    monkeypatch.setattr(migrate, "SECONDS_BETWEEN_TRIES", 0.05)


@pytest.fixture
def busy():
    """A transaction elsewhere that holds what every migration begins with; `busy()` ends it."""
    held, let_go = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
            held.set()
            let_go.wait(10)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    yield let_go.set
    let_go.set()
    holder.join(10)


def run():
    call_command("migrate", verbosity=0, lock_timeout="50ms")


def test_it_gives_up_and_says_so(busy):
    with pytest.raises(CommandError, match="in use all the time"):
        run()


def test_it_is_tried_again(busy, monkeypatch, capsys):
    monkeypatch.setattr(migrate.time, "sleep", lambda seconds: busy())
    run()
    assert "trying again" in capsys.readouterr().err


def test_nothing_of_it_stays_with_the_connection():
    run()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)
