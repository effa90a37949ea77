"""P9: keys are changed while the site runs, nothing stays under an old one, and nobody is lost."""

import io
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models

from coordination.encryption import rotation
from coordination.encryption.rotation import advance_indexes, encrypted_columns, index_pairs, rewrite_encrypted
from coordination.people.commands import find_or_make
from coordination.people.models import YoungPerson
from flags.flagging.models import Flag, FlaggingCount
from tests.cast import Cast, born

HETU = "131052-900X"
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture
def keys(settings):
    """Sets what the environment would say: keys(fields=2, index=["a", "b"], following="c")."""

    def set_keys(*, fields=1, index=("a",), following=None):
        settings.ENCRYPTION_KEYS = {number: bytes([64 + number]) * 32 for number in range(1, fields + 1)}
        settings.BLIND_INDEX_KEYS = [letter.encode() * 32 for letter in index]
        settings.BLIND_INDEX_KEY_NEXT = following.encode() * 32 if following else None

    set_keys()
    return set_keys


@pytest.fixture
def everything(cast, keys):
    """A flag and its young person, each with a telephone number."""
    cast.flag(cast.teacher, phone="+358401111111", settle=False)
    person = YoungPerson.objects.get()
    person.phone = "+358402222222"
    person.save()
    return person


def stored(model, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} ORDER BY id")
        return [
            None if value is None else bytes(value) if isinstance(value, memoryview) else value for (value,) in cursor
        ]


def found(cast, **typed):
    who = {"first_name": "Aino", "last_name": "Virtanen", "birth_date": born(18), "area": cast.mikkeli}
    return find_or_make(**who | typed)


def rotate():
    call_command("rotate_keys", verbosity=0, stdout=io.StringIO())


def test_every_table_of_either_kind_is_found():
    places = {f"{model._meta.label}.{one.name}" for model, fields in encrypted_columns() for one in fields}
    assert {"coordination.YoungPerson.hetu", "flags.Flag.phone", "coordination.Mail.letter"} <= places
    assert (YoungPerson, "hetu_index") in index_pairs()
    assert (FlaggingCount, "identity_key") in index_pairs()


def test_rows_are_walked_by_a_number_or_a_random_key():
    tables = {model for model, _what in [*encrypted_columns(), *index_pairs()]}
    known = (models.AutoField, models.UUIDField)
    assert [model for model in tables if not isinstance(model._meta.pk, known)] == []


class TestFields:
    def test_everything_goes_under_the_newest_key(self, everything, keys):
        keys(fields=2)
        rotate()
        assert all(value.startswith("v2:") for value in stored(Flag, "phone") if value)
        assert all(value.startswith("v2:") for value in stored(YoungPerson, "phone") if value)
        everything.refresh_from_db()
        assert everything.phone == "+358402222222"

    def test_an_old_key_may_go_afterwards(self, everything, keys, settings):
        keys(fields=2)
        rotate()
        del settings.ENCRYPTION_KEYS[1]
        assert {flag.phone for flag in Flag.objects.all()} >= {"+358401111111"}

    def test_it_goes_on_where_it_was_killed(self, cast, keys, monkeypatch):
        for number in range(5):
            cast.flag(cast.teacher, first_name=f"Aino{chr(97 + number)}", phone="+358401111111", settle=False)
        keys(fields=2)
        monkeypatch.setattr(rotation, "BATCH", 2)
        model, fields = next(pair for pair in encrypted_columns() if pair[0] is Flag)

        def killed(what, rows):
            if rows == 4:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            rewrite_encrypted(model, fields, progress=killed)
        assert [value[:2] for value in stored(Flag, "phone")] == ["v2", "v2", "v2", "v2", "v1"]
        assert rewrite_encrypted(model, fields).rewritten == 1
        assert {value[:2] for value in stored(Flag, "phone")} == {"v2"}

    def test_what_does_not_open_is_named_and_stays(self, everything, keys, capsys):
        Flag.objects.filter(pk=Flag.objects.first().pk).update(phone="+358403333333")
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE flags_flag SET phone = 'v1:AAAA' WHERE id = %s", [Flag.objects.only("pk").first().pk]
            )
        keys(fields=2)
        with pytest.raises(CommandError, match="1 rows"):
            call_command("rotate_keys")
        said = capsys.readouterr().out
        assert "flags.Flag" in said
        assert "was changed" in said
        assert "v1:AAAA" not in said

    def test_the_check_tells_which_versions_are_needed(self, everything, keys, capsys):
        keys(fields=2)
        call_command("rotate_keys", check=True)
        assert "flags.Flag.phone: version 1: 1" in capsys.readouterr().out


class TestIndexes:
    def test_one_person_through_the_whole_change(self, cast, keys):
        someone, coded = found(cast), found(cast, hetu=HETU)
        assert someone != coded

        def same():
            return [found(cast), found(cast, hetu=HETU)] == [someone, coded]

        keys(following="b")
        assert same()
        rotate()
        assert same()
        keys(index=["a", "b"])
        assert same()
        rotate()
        assert same()
        assert set(stored(YoungPerson, "identity_key")) == {None}
        keys(index=["a", "b"], following="c")
        rotate()
        keys(index=["a", "b", "c"])
        rotate()
        assert same()
        assert set(stored(YoungPerson, "identity_key_even")) == {None}

    def test_who_came_while_a_key_is_brought_in_is_found_before_and_after(self, cast, keys):
        keys(following="b")
        newcomer = found(cast, first_name="Eeva")
        keys()
        assert found(cast, first_name="Eeva") == newcomer
        keys(index=["a", "b"])
        assert found(cast, first_name="Eeva") == newcomer

    def test_old_and_new_processes_side_by_side_make_one_person(self, cast, keys):
        """While the processes are restarted one by one, some know both keys and some only the new ones."""
        keys(following="b")
        rotate()
        keys(index=["a", "b"])
        newcomer = found(cast, first_name="Eeva")
        keys(following="b")
        assert found(cast, first_name="Eeva") == newcomer

    def test_a_row_that_was_joined_to_another_is_found_by_its_old_spelling(self, cast, keys):
        from config.merging import join

        kept, gone = YoungPerson.objects.get(pk=found(cast)), YoungPerson.objects.get(pk=found(cast, first_name="Aina"))
        join(kept=kept, gone=gone, by=cast.coordinator)
        keys(following="b")
        rotate()
        keys(index=["a", "b"])
        rotate()
        assert found(cast, first_name="Aina") == kept.pk

    def test_a_flagger_s_own_open_flag_is_noticed(self, cast, keys):
        from coordination.agencies.rules import NotNow

        cast.flag(cast.teacher)
        keys(following="b")
        rotate()
        for now in ({"following": "b"}, {"index": ["a", "b"]}):
            keys(**now)
            with pytest.raises(NotNow, match="already flagged"):
                cast.flag(cast.teacher)

    def test_a_next_key_that_was_given_up_leaves_nothing_wrong_behind(self, cast, keys):
        someone = found(cast)
        keys(following="x")
        rotate()
        keys(following="b")
        rotate()
        keys(index=["a", "b"])
        assert found(cast) == someone

    def test_a_row_made_twice_is_named(self, cast, keys, capsys):
        found(cast)
        keys(index=["a", "b"])  # too early: nothing has been filled
        found(cast)
        with pytest.raises(CommandError):
            call_command("rotate_keys")
        assert "another row holds the same value" in capsys.readouterr().out

    def test_a_row_without_the_index_in_use_is_noticed(self, cast, keys):
        found(cast)
        assert not rotation.lacking_current_index(YoungPerson, "identity_key")
        keys(index=["a", "b"])
        assert rotation.lacking_current_index(YoungPerson, "identity_key")


@pytest.mark.django_db(transaction=True)
def test_flags_posted_while_rows_are_rewritten_find_the_same_people(keys, monkeypatch):
    cast = Cast()
    monkeypatch.setattr(rotation, "BATCH", 3)
    names = [f"Aino{chr(97 + number)}" for number in range(20)]
    before = {name: found(cast, first_name=name) for name in names}
    keys(following="b", fields=2)
    posted, failed = {}, []

    def post():
        try:
            for name in reversed(names):
                posted[name] = cast.flag(
                    cast.nurse, first_name=name, phone="+358401111111", settle=False
                ).young_person_id
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    flagger = threading.Thread(target=post)
    flagger.start()
    monkeypatch.setattr("flags.flagging.rules.check_not_searching", lambda *who: None)
    for model, name in index_pairs():
        assert advance_indexes(model, name).problems == []
    flagger.join(30)
    rotate()
    assert (failed, posted) == ([], before)
    keys(index=["a", "b"], fields=2)
    assert {name: found(cast, first_name=name) for name in names} == before
