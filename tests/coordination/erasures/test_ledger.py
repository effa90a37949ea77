"""What was erased or revoked stands outside the database: written after the commit, never lost, naming nobody."""

import json
import os
import stat
from uuid import uuid4

import pytest
from django.db import transaction

from coordination.erasures import commands, queries
from coordination.erasures.commands import note, write_ledger
from coordination.erasures.models import LedgerLine, Tally
from coordination.people import access
from tests.cast import Cast
from tests.flags.together import together


@pytest.fixture(autouse=True)
def file(settings, tmp_path):
    settings.ERASURE_LEDGER_FILE = tmp_path / "outside" / "erasures.jsonl"
    return settings.ERASURE_LEDGER_FILE


def whats():
    return [entry.what for entry in queries.entries()]


@pytest.mark.django_db
def test_lines_come_in_their_order_and_leave_the_database(file):
    ids = [uuid4() for _ in range(3)]
    for number, one in enumerate(ids):
        note(f"what{number}", person=one, nothing=None)
    assert write_ledger() == 3
    assert [entry.ids for entry in queries.entries()] == [{"person": str(one)} for one in ids]
    assert whats() == ["what0", "what1", "what2"]
    assert not LedgerLine.objects.exists()
    assert write_ledger() == 0


@pytest.mark.django_db
def test_readable_by_its_owner_alone(file):
    note("person", person=uuid4())
    write_ledger()
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_never_written(file):
    with transaction.atomic():
        note("person", person=uuid4())
        transaction.set_rollback(True)
    assert write_ledger() == 0
    assert not file.exists()


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_dies_after_writing_writes_twice_and_loses_nothing(file, monkeypatch):
    note("person", person=uuid4())

    def die(text):
        append(text)
        raise KeyboardInterrupt

    append = commands._append
    monkeypatch.setattr(commands, "_append", die)
    with pytest.raises(KeyboardInterrupt):
        write_ledger()
    monkeypatch.undo()
    assert LedgerLine.objects.count() == 1
    write_ledger()
    assert whats() == ["person", "person"]


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_write_each_line_once(file):
    for _ in range(20):
        note("person", person=uuid4())
    together(*[write_ledger] * 3)
    write_ledger()
    assert len({json.dumps(entry.ids) for entry in queries.entries()}) == len(whats()) == 20


@pytest.mark.django_db
def test_where_the_file_can_not_be_written_the_lines_wait(file, caplog):
    file.mkdir(parents=True)
    note("person", person=uuid4())
    assert write_ledger() == 0
    assert LedgerLine.objects.count() == 1
    assert "could not be written" in caplog.text


@pytest.mark.django_db
def test_a_torn_line_is_passed_over_and_written_again(file):
    note("first", person=uuid4())
    write_ledger()
    with file.open("a") as ledger:
        ledger.write('{"at": "2026-11-2')
    note("second", person=uuid4())
    write_ledger()
    assert whats() == ["first", "second"]


@pytest.mark.django_db
def test_a_damaged_line_is_not_passed_over(file):
    note("first", person=uuid4())
    write_ledger()
    with file.open("a") as ledger:
        ledger.write('{"what": "no time"}\n')
    with pytest.raises(queries.DamagedLedger, match="line 2"):
        whats()


@pytest.mark.django_db
def test_from_a_moment_on(file, time_machine):
    time_machine.move_to("2026-11-18T10:00:00+00:00", tick=False)
    note("before", person=uuid4())
    time_machine.move_to("2026-11-18T11:00:00+00:00", tick=False)
    note("after", person=uuid4())
    write_ledger()
    moment = next(entry.at for entry in queries.entries() if entry.what == "after")
    assert [entry.what for entry in queries.entries(since=moment)] == ["after"]


@pytest.mark.django_db
def test_ended_sight_is_a_line_and_nothing_ended_is_none():
    cast = Cast()
    follow_up = cast.match()
    LedgerLine.objects.all().delete()
    for _ in range(2):
        access.end_grounds(young_person=follow_up.young_person, source=follow_up.public_id)
    line = LedgerLine.objects.get()
    assert (line.what, line.ids) == ("sight", {"source": str(follow_up.public_id)})


@pytest.mark.django_db
def test_equal_things_are_counted_together(time_machine):
    time_machine.move_to("2026-11-30T21:59:00+00:00", tick=False)  # a minute to midnight in Helsinki
    from django.utils import timezone

    cast = Cast()
    for _ in range(3):
        commands.count("flag", area=cast.mikkeli, at=timezone.now(), origin="matched")
    time_machine.move_to("2026-11-30T22:00:00+00:00", tick=False)
    commands.count("flag", area=cast.mikkeli, at=timezone.now(), origin="matched")
    assert [(f"{row.month}", row.count) for row in Tally.objects.order_by("month")] == [
        ("2026-11-01", 3),
        ("2026-12-01", 1),
    ]
