import io
import logging
import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from coordination.use_log import commands, heads, queries, rules
from coordination.use_log.models import Look, Seal

pytestmark = pytest.mark.django_db(transaction=True)


def in_thread(work):
    """Runs `work` in a thread with a database connection of its own."""

    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def sealed_ids():
    return [id for seal in Seal.objects.order_by("number") for id, _digest in rules.unpack(seal.rows)]


def test_nothing_new_is_not_sealed(look):
    assert commands.seal() is None
    look()
    assert commands.seal().number == 1
    assert commands.seal() is None
    assert Seal.objects.count() == 1


def test_each_seal_follows_the_one_before(sealed):
    one, two, three = Seal.objects.order_by("number")
    assert [seal.number for seal in (one, two, three)] == [1, 2, 3]
    assert [one.previous_head, two.previous_head, three.previous_head] == [rules.NO_HEAD, one.head, two.head]
    assert sealed_ids() == [id for ids in sealed.values() for id in ids]
    assert (two.first_id, two.last_id, two.count) == (sealed[2][0], sealed[2][-1], 3)


def test_seals_of_an_earlier_version_verify_beside_later_ones(look, monkeypatch, verify):
    with monkeypatch.context() as earlier:
        earlier.setattr(rules, "VERSION", 1)
        look()
        commands.seal()
    look()
    commands.seal()
    assert [seal.version for seal in Seal.objects.order_by("number")] == [1, 2]
    assert verify().status == 0


def test_many_rows_are_sealed_in_batches(look, monkeypatch, verify):
    monkeypatch.setattr(commands, "BATCH", 4)
    ids = [look().id for _ in range(10)]
    assert commands.seal().number == 3
    assert [seal.count for seal in Seal.objects.order_by("number")] == [4, 4, 2]
    assert sealed_ids() == ids
    assert verify().status == 0


def test_it_refuses_to_run_in_a_transaction():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        commands.seal()


def test_a_row_still_on_its_way_is_neither_missed_nor_called_slipped_in(look, verify, caplog):
    """An earlier id committed after a later one: by max(id) alone it would never be sealed."""
    written, go_on = threading.Event(), threading.Event()

    def slow_page():
        with transaction.atomic():
            look(page="slow")
            written.set()
            go_on.wait(10)

    slow = in_thread(slow_page)
    assert written.wait(10)
    late = look(page="fast")
    started = time.monotonic()
    with caplog.at_level(logging.WARNING):
        assert commands.seal() is None
    # Pages wait behind the sealer only for a moment, and somebody is told.
    assert time.monotonic() - started < 2
    assert "busy" in caplog.text
    assert queries.oldest_unsealed_age() > timedelta(0)
    go_on.set()
    slow.join()
    assert commands.seal().count == 2
    assert sealed_ids() == [Look.objects.get(page="slow").id, late.id]
    assert verify().status == 0


def test_writers_and_sealers_at_once_miss_and_double_nothing(look, verify):
    failed, done = [], threading.Event()

    def write():
        try:
            for i in range(60):
                with transaction.atomic():
                    look()
                    # Commits in another order than ids were drawn.
                    time.sleep(0.004 if i % 3 else 0)
        except Exception as error:
            failed.append(error)

    def seal():
        try:
            while not done.is_set():
                commands.seal()
        except Exception as error:
            failed.append(error)

    sealers = [in_thread(seal) for _ in range(2)]
    writers = [in_thread(write) for _ in range(4)]
    for thread in writers:
        thread.join()
    done.set()
    for thread in sealers:
        thread.join()
    while queries.unsealed().exists():
        commands.seal()
    assert failed == []
    assert Seal.objects.count() > 1
    assert sealed_ids() == list(Look.objects.order_by("id").values_list("id", flat=True))
    assert Look.objects.count() == 240
    result = verify()
    assert (result.status, result.findings) == (0, [])


def test_a_second_sealer_leaves_it_to_the_first(look):
    look()
    held, go_on = threading.Event(), threading.Event()

    def first():
        with heads.sealing_lock(wait=False) as got:
            assert got
            held.set()
            go_on.wait(10)

    thread = in_thread(first)
    assert held.wait(10)
    assert commands.seal() is None
    go_on.set()
    thread.join()
    assert commands.seal().number == 1


def test_the_lock_is_given_back_when_sealing_fails(look, monkeypatch):
    look()

    def full(path, text):
        raise OSError("the disk is full")

    monkeypatch.setattr(heads.lasting, "append", full)
    with pytest.raises(OSError, match="full"):
        commands.seal()
    got = []

    def other():
        with heads.sealing_lock(wait=False) as mine:
            got.append(mine)

    in_thread(other).join()
    assert got == [True]


def test_every_head_is_written_outside_once(sealed, heads_file):
    assert heads_file.read_text() == "".join(f"{heads.line_of(seal)}\n" for seal in Seal.objects.order_by("number"))
    assert heads_file.stat().st_mode & 0o777 == 0o600
    commands.seal()
    assert len(heads_file.read_text().splitlines()) == 3


def test_a_head_missing_outside_is_named_then_written_late_and_still_told(sealed, heads_file, verify, look):
    """The process died between the commit and the file."""
    lines = heads_file.read_text().splitlines(keepends=True)
    heads_file.write_text("".join(lines[:2]))
    assert verify().findings == ["seal 3 is missing from the file outside"]
    look()
    commands.seal()
    again = heads_file.read_text().splitlines()
    assert again[2] == lines[2].rstrip() + "\tlate"
    assert not again[3].endswith("late")
    result = verify()
    assert result.status == 0
    assert "Heads written outside later than their sealing: 1." in result.said


def test_a_missing_head_is_written_even_when_nothing_is_new(sealed, heads_file):
    lines = heads_file.read_text().splitlines(keepends=True)
    heads_file.write_text("".join(lines[:2]))
    assert commands.seal() is None
    assert len(heads_file.read_text().splitlines()) == 3


@pytest.mark.parametrize("left", [1, 30, -1])
def test_a_line_torn_by_a_power_cut_is_completed(sealed, heads_file, verify, left):
    whole = heads_file.read_bytes()
    last = whole.splitlines(keepends=True)[-1]
    heads_file.write_bytes(whole.removesuffix(last) + last[:left])
    commands.seal()
    assert [line.removesuffix(b"\tlate") for line in heads_file.read_bytes().splitlines()] == whole.splitlines()
    assert verify().status == 0


def test_a_torn_line_of_something_else_is_left_and_named(sealed, heads_file, verify, look):
    with heads_file.open("a") as file:
        file.write("what is this")
    look()
    commands.seal()
    assert heads_file.read_text().splitlines()[3] == "what is this"
    result = verify()
    assert (result.status, result.findings) == (1, ["line 4 of the file outside can't be read"])


def test_a_file_of_many_lines_is_continued_from_its_end(look, heads_file, monkeypatch, verify):
    monkeypatch.setattr(commands, "BATCH", 1)
    monkeypatch.setattr(heads, "LINES_AT_ONCE", 7)
    for _ in range(30):
        look()
    commands.seal()
    assert heads_file.stat().st_size > heads.TAIL_BYTES
    look()
    commands.seal()
    assert len(heads_file.read_text().splitlines()) == 31
    assert verify().status == 0


def test_a_file_that_knows_another_history_is_left_as_it_is(sealed, heads_file, as_owner, look, caplog):
    before = heads_file.read_text()
    with as_owner() as sql:
        sql("DELETE FROM coordination_seal WHERE number = 3")
        sql("DELETE FROM coordination_look WHERE id = ANY(%s)", [sealed[3]])
    for _ in range(2):
        look()
        caplog.clear()
        assert commands.seal()
        assert "differs from its heads file" in caplog.text
    assert heads_file.read_text() == before


def test_the_first_head_of_each_hour_is_mailed(look, settings, mailoutbox):
    settings.USE_LOG_HEADS_MAIL = "log@example.org"
    hour = timezone.now().replace(minute=1, second=0, microsecond=0)
    made = []
    for minutes in (0, 1, 58, 60):
        with time_machine.travel(hour + timedelta(minutes=minutes), tick=False):
            look()
            made.append(commands.seal())
    assert [mail.subject for mail in mailoutbox] == ["Use log, seal 1", "Use log, seal 4"]
    assert mailoutbox[1].to == ["log@example.org"]
    assert mailoutbox[1].body == f"{heads.line_of(made[3])}\n"


def test_no_mail_unless_configured(look, mailoutbox):
    look()
    commands.seal()
    assert mailoutbox == []


def test_a_mail_that_fails_is_told_in_the_log_and_stops_nothing(look, settings, heads_file, caplog):
    settings.USE_LOG_HEADS_MAIL = ["log@example.org"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    look()
    assert commands.seal().number == 1
    assert "could not be mailed" in caplog.text
    assert heads_file.exists()


def test_the_command_says_what_it_did(look):
    def run():
        out = io.StringIO()
        call_command("seal_use_log", stdout=out)
        return out.getvalue()

    assert run() == "Nothing was sealed.\n"
    row = look()
    head = run()
    assert head == f"Seal 1 ends at row {row.id}. Head: {Seal.objects.get().head}\n"
