import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.db.models import Q
from django.test.utils import isolate_apps

from coordination.encryption.cipher import Undecipherable
from coordination.encryption.fields import EncryptedTextField

HARD = ["Aino Åström", "131052-308T", "x" * 5000, "👧🏽", "nul \x00 byte", "v1:AAAA", " "]


@pytest.fixture
def Card(db):
    """A model with two encrypted fields, its table gone with the test's transaction."""
    with isolate_apps():

        class Card(models.Model):  # noqa: DJ008  never shown
            name = EncryptedTextField()
            phone = EncryptedTextField(null=True, blank=True)

            class Meta:
                app_label = "coordination"

        with connection.schema_editor() as editor:
            editor.create_model(Card)
        yield Card


def stored(column="name"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM coordination_card ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("text", HARD)
def test_what_goes_in_comes_out_and_the_table_does_not_hold_it(Card, text):
    Card.objects.create(name=text)
    assert Card.objects.get().name == text
    assert Card.objects.values_list("name", flat=True).get() == text
    assert stored()[0].startswith("v1:")
    assert len(text) < 4 or text not in stored()[0]


def test_every_way_of_writing_encrypts(Card):
    Card.objects.bulk_create([Card(name="first"), Card(name="second")])
    assert not {"first", "second"} & set(stored())
    Card.objects.update(name="updated")
    assert [card.name for card in Card.objects.all()] == ["updated"] * 2
    assert "updated" not in stored()
    card = Card.objects.first()
    card.name = "saved in bulk"
    Card.objects.bulk_update([card], ["name"])
    card.refresh_from_db()
    assert card.name == "saved in bulk"
    assert all(value.startswith("v1:") for value in stored())


def test_nothing_stays_nothing_and_can_be_asked_for(Card):
    Card.objects.create(name="", phone=None)
    Card.objects.create(name="Aino", phone="+358401234567")
    assert stored()[0] == ""
    assert stored("phone")[0] is None
    assert Card.objects.filter(name="").count() == 1
    assert Card.objects.exclude(name="").get().name == "Aino"
    assert Card.objects.filter(phone__isnull=True).count() == 1
    assert Card.objects.filter(phone=None).get().name == ""


@pytest.mark.parametrize(
    "search",
    [
        Q(name="Aino"),
        Q(name__in=["Aino"]),
        Q(name__iexact="aino"),
        Q(name__icontains="ai"),
        Q(name__startswith=""),
        Q(name__gt="A"),
        Q(name__regex="."),
        Q(name__length=4),
        Q(name=models.F("phone")),
    ],
    ids=str,
)
def test_a_search_is_refused_with_a_clear_error(Card, search):
    with pytest.raises(FieldError, match="name is encrypted and can't be searched"):
        list(Card.objects.filter(search))


def test_a_changed_value_is_refused_by_place_and_not_shown(Card):
    Card.objects.create(name="Aino")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE coordination_card SET name = left(name, 20) || 'AAAA' || substr(name, 25)")
    with pytest.raises(Undecipherable, match="coordination.card.name: the stored value was changed"):
        Card.objects.get()


def test_a_value_moved_to_another_column_is_refused(Card):
    Card.objects.create(name="Aino", phone="+358401234567")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE coordination_card SET phone = name")
    with pytest.raises(Undecipherable, match="coordination.card.phone"):
        Card.objects.get()


def test_plain_text_in_the_column_is_refused(Card):
    Card.objects.create(name="Aino")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE coordination_card SET name = 'Aino'")
    with pytest.raises(Undecipherable, match="not encrypted text"):
        Card.objects.get()


def test_a_migration_names_the_field_and_no_key():
    text, imports = MigrationWriter.serialize(EncryptedTextField(blank=True))
    assert text == "coordination.encryption.fields.EncryptedTextField(blank=True)"
    assert imports == {"import coordination.encryption.fields"}


@isolate_apps()
def test_it_can_not_be_unique_or_indexed():
    class Wrong(models.Model):  # noqa: DJ008  never shown
        unique = EncryptedTextField(unique=True)
        indexed = EncryptedTextField(db_index=True)
        right = EncryptedTextField()

        class Meta:
            app_label = "coordination"

    wrong = {error.obj.name for error in Wrong.check() if error.id == "coordination.E001"}
    assert wrong == {"unique", "indexed"}
