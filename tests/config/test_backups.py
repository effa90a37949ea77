"""P14: what was backed up can be restored, is whole, forgets what was erased since, and sends nothing twice."""

import contextlib
import json
import re
import resource
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from config.backups import making, restoring
from config.backups.archive import PIECE, Reader, Unreadable, Writer
from coordination.outbox import commands as outbox
from coordination.outbox.models import Mail, Notification
from coordination.people.models import YoungPerson
from coordination.support.models import OwnPage
from coordination.use_log import commands as use_log
from coordination.use_log import heads
from coordination.use_log.models import Look, Seal
from tests.cast import PASSWORD, Cast
from tests.coordination.support.own_pages import opened
from tests.coordination.support.working import supported

KEY = b"b" * 32
SECRET_NAME = "Tuulikkinen"


class TestArchive:
    def write(self, path, key, **parts):
        with Writer(path, key) as archive:
            for name, content in parts.items():
                archive.add(name, content)
            archive.finish({})
        return path

    @pytest.mark.parametrize("key", [KEY, None])
    @pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
    def test_what_goes_in_comes_out(self, tmp_path, key, size):
        content = b"x" * size
        path = self.write(tmp_path / "b", key, part=[content[:7], content[7:]])
        reader = Reader(path, key)
        reader.check()
        assert b"".join(reader.pieces("part")) == content

    def test_nothing_is_readable_without_the_key(self, tmp_path):
        path = self.write(tmp_path / "b", KEY, part=[SECRET_NAME.encode()])
        assert SECRET_NAME.encode() not in path.read_bytes()
        with pytest.raises(Unreadable, match="set BACKUP_KEY"):
            Reader(path, None)
        with pytest.raises(Unreadable, match="doesn't open"):
            Reader(path, b"c" * 32)

    @pytest.mark.parametrize("key", [KEY, None])
    def test_a_changed_byte_is_found(self, tmp_path, key):
        path = self.write(tmp_path / "b", key, part=[b"x" * 3 * PIECE])
        spoiled = bytearray(path.read_bytes())
        spoiled[PIECE] ^= 1
        path.write_bytes(spoiled)
        with pytest.raises(Unreadable):
            Reader(path, key).check()

    def test_what_was_cut_off_is_found(self, tmp_path):
        path = self.write(tmp_path / "b", KEY, part=[b"x" * 3 * PIECE])
        path.write_bytes(path.read_bytes()[:-100])
        with pytest.raises(Unreadable, match="can't be read"):
            Reader(path, KEY)

    def test_an_error_on_the_way_leaves_no_file(self, tmp_path):
        def pieces():
            yield b"half"
            raise RuntimeError

        with pytest.raises(RuntimeError), Writer(tmp_path / "b", KEY) as archive:
            archive.add("part", pieces())
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("room", [100 * 1024, 200 * 1024 + 40], ids=["in a part", "when it is closed"])
    def test_a_full_disk_leaves_no_file(self, tmp_path, room):
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
        try:
            with pytest.raises(OSError, match="too large"):
                self.write(tmp_path / "b", None, part=[b"x" * 200 * 1024])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert list(tmp_path.iterdir()) == []

    def test_another_format_is_not_read(self, tmp_path):
        with Writer(tmp_path / "b", KEY) as archive:
            archive.finish({"format": 2})
        with pytest.raises(Unreadable, match="format 2"):
            Reader(tmp_path / "b", KEY)

    def test_whatever_byte_is_damaged_there_is_a_sentence(self, tmp_path):
        """In clear, where no key proves anything; each byte turned over, and each left out with all that follow."""
        whole = self.write(tmp_path / "b", None, part=[b"content"]).read_bytes()
        damaged = tmp_path / "damaged"
        for at in range(len(whole)):
            for content in (whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :], whole[:at]):
                damaged.write_bytes(content)
                with contextlib.suppress(Unreadable):
                    reader = Reader(damaged, None)
                    reader.check()
                    assert b"".join(reader.pieces("part")) == b"content"

    def test_nobody_else_may_read_it(self, tmp_path):
        assert self.write(tmp_path / "b", KEY, part=[]).stat().st_mode & 0o077 == 0


@pytest.fixture
def house(transactional_db, settings, tmp_path):
    """A town at work, its heads and ledger in a folder of their own, and another database to restore into."""
    settings.USE_LOG_HEADS_FILE = tmp_path / "outside" / "heads.txt"
    settings.ERASURE_LEDGER_FILE = tmp_path / "outside" / "erasures.jsonl"
    settings.BACKUP_KEY = KEY
    cast = Cast()
    cast.flag(cast.teacher, last_name=SECRET_NAME, phone="+358401111111", settle=False)
    look(cast)
    use_log.seal()
    cast.path = tmp_path / "one.backup"
    cast.copy = f"{connection.settings_dict['NAME']}_restored"
    yield cast
    restoring._on_the_server(f'DROP DATABASE IF EXISTS "{cast.copy}"')


def look(cast):
    who = cast.teacher
    Look.objects.create(user_id=who.user_id, membership_id=who.pk, agency_id=who.agency_id, user_name=str(who.user))


def inside(house):
    return restoring.pointed_at(house.copy)


def test_dump_and_restore(house, settings, capsys):
    """One story, as each restore takes seconds: a day at work, a backup, what happened since, and the restore."""
    waiting = Mail.objects.create(user=house.teacher.user, kind=Mail.Kind.DAILY)
    Notification.objects.create(membership=house.nurse, code="waits", kind="waits", link="/", dedupe_key="1")
    person = YoungPerson.objects.get()
    call_command("backup", str(house.path), check=True)
    assert "it is whole" in capsys.readouterr().out
    before = making.count_rows()

    look(house)
    use_log.seal()
    line = {"at": timezone.now().isoformat(), "what": "person", "person": str(person.public_id)}
    settings.ERASURE_LEDGER_FILE.write_text(f"{json.dumps(line)}\n")
    call_command("restore", str(house.path), into=house.copy)
    said = capsys.readouterr().out

    assert_nobody_can_read_it(house)
    assert "rows in" in said
    assert "Use log in order: 1 rows in 1 seals" in said
    with inside(house):
        assert_the_rest_is_there(before)
        assert_only_what_was_erased_is_gone(person)
        assert_nothing_is_sent_again(house, waiting)
        assert_nobody_is_signed_in_and_everybody_can_sign_in(house)
        assert_the_use_log_says_what_is_lost_and_goes_on(house, capsys)


def assert_nobody_can_read_it(house):
    content = house.path.read_bytes()
    assert SECRET_NAME.encode() not in content
    assert house.teacher.user.email.encode() not in content


def assert_the_rest_is_there(before):
    after = making.count_rows()
    gone = {name for name in before if after[name] < before[name]}
    # Reference data and the rights of roles may be more than this town had; of a person only these rows know.
    assert {name for name in gone if not name.startswith(("flags_", "coordination_"))} <= {"auditlog_logentry"}
    assert after["coordination_membership"] == before["coordination_membership"]


def assert_only_what_was_erased_is_gone(person):
    assert not YoungPerson.objects.filter(pk=person.pk).exists()
    assert Seal.objects.count() == 1


def assert_nothing_is_sent_again(house, waiting):
    assert outbox.send_waiting() == 0
    assert Mail.objects.get(pk=waiting.pk).state == "stuck"
    told = Notification.objects.get(membership=house.nurse)
    assert (told.mail.state, told.mail.user) == ("stuck", house.nurse.user)
    assert outbox.make_digests(now=timezone.now() + timedelta(days=7)) == 0


def assert_nobody_is_signed_in_and_everybody_can_sign_in(house):
    with connection.cursor() as cursor:
        for table in set(making.NOT_KEPT) & set(connection.introspection.table_names()):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
    data = {"login": house.teacher.user.email, "password": PASSWORD}
    assert Client().post("/account/login/", data).status_code == 302


def assert_the_use_log_says_what_is_lost_and_goes_on(house, capsys):
    call_command("verify_use_log")
    assert "sealed up to seal 2 of that time is not here" in capsys.readouterr().out
    look(house)
    use_log.seal()
    call_command("verify_use_log")
    [kept] = heads.path().parent.glob("*before-restore*")
    assert len(kept.read_text().splitlines()) == 2
    assert re.search("^restored\t.*\t2\t", heads.path().read_text(), re.MULTILINE)


def test_refusals(house, settings, monkeypatch):
    call_command("backup", str(house.path))
    name, heads_file = connection.settings_dict["NAME"], settings.USE_LOG_HEADS_FILE

    def refused(match, *, into=house.copy, **changed):
        with pytest.MonkeyPatch.context() as patch:
            for setting, value in changed.items():
                patch.setattr(django_settings, setting, value)
            with pytest.raises(CommandError, match=match):
                call_command("restore", str(house.path), into=into)

    refused("is not empty", into=None)
    refused("ENCRYPTION_KEYS lacks .* version 1", ENCRYPTION_KEYS={1: b"z" * 32})
    refused("BLIND_INDEX_KEY is not", BLIND_INDEX_KEYS=[b"z" * 32])
    refused("doesn't open", BACKUP_KEY=b"z" * 32)
    refused("set BACKUP_KEY", BACKUP_KEY=None)
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(house.path))

    def forget_a_row(reader, say, compare=restoring._compare):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM coordination_training WHERE id = (SELECT max(id) FROM coordination_training)")
        compare(reader, say)

    monkeypatch.setattr(restoring, "_compare", forget_a_row)
    refused("coordination_training 9 instead of 10")
    monkeypatch.setattr(Reader, "check", lambda self, say: self.manifest.update(migrations=[["coordination", "9999"]]))
    refused("newer release .*coordination 9999")
    # A restore that failed leaves this process where it was.
    assert (connection.settings_dict["NAME"], settings.USE_LOG_HEADS_FILE) == (name, heads_file)

    settings.BACKUP_KEY = None
    plain = house.path.with_name("plain.backup")
    with pytest.raises(CommandError, match="--plain"):
        call_command("backup", str(plain))
    call_command("backup", str(plain), plain=True)
    assert Reader(plain, None).manifest["tables"]["flags_flag"] == 1


def test_a_line_that_cannot_be_done_stops_no_other_step(house, settings, capsys):
    waiting = Mail.objects.create(user=house.teacher.user, kind=Mail.Kind.DAILY)
    person = YoungPerson.objects.get()
    opened(supported(house, young_person=person), "adult", "looks")
    call_command("backup", str(house.path))
    line = {"what": "must_not_learn", "guardian": str(uuid4()), "person": str(person.public_id)}
    settings.ERASURE_LEDGER_FILE.write_text(json.dumps({"at": timezone.now().isoformat()} | line) + "\n")
    look(house)
    use_log.seal()
    with pytest.raises(CommandError, match="nobody may be let in: 1 lines could not be done"):
        call_command("restore", str(house.path), into=house.copy)
    with inside(house):
        assert Mail.objects.get(pk=waiting.pk).state == "stuck"
        assert YoungPerson.objects.filter(pk=person.pk).exists()
        # What was unticked after the backup must not be listed again.
        assert OwnPage.objects.get().sections == []
    assert re.search("^restored\t.*\t2\t", heads.path().read_text(), re.MULTILINE)


def test_a_check_that_breaks_off_leaves_no_database_behind(house, monkeypatch):
    call_command("backup", str(house.path))
    scratch = f"{connection.settings_dict['NAME']}_check_%"
    reader = Reader(house.path, KEY)
    pieces = reader.pieces

    def half(name):
        yield next(pieces(name))[:-1000]
        with restoring.pointed_at("postgres"), connection.cursor() as cursor:
            for _try in range(100):  # until pg_restore has come as far as to keep the database busy
                cursor.execute("SELECT 1 FROM pg_stat_activity WHERE datname LIKE %s", [scratch])
                if cursor.fetchone():
                    break
                time.sleep(0.1)
        raise Unreadable("It breaks off.")

    monkeypatch.setattr(reader, "pieces", half)
    monkeypatch.setattr(restoring, "_opened", lambda *values: reader)
    with pytest.raises(CommandError, match="It breaks off"):
        call_command("restore", str(house.path), check=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [scratch])
        assert cursor.fetchall() == []
