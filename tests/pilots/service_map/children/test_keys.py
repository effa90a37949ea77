"""What children wrote is encrypted; its rows, whose keys are random, go along when the key is changed."""

from django.db import connection

from coordination.encryption import rotation
from coordination.encryption.rotation import encrypted_columns, missing_versions, rewrite_encrypted
from pilots.service_map.models import ChildWords
from tests.pilots.service_map.children.asking import answered


def stored():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT text FROM {ChildWords._meta.db_table}")
        return [text for (text,) in cursor]


def test_they_are_walked_through_batch_by_batch(there, settings, monkeypatch):
    said = {f"Toive {number}" for number in range(5)}
    for words in said:
        answered(there, 0, words=words)
    assert all("Toive" not in text for text in stored())
    newest = max(settings.ENCRYPTION_KEYS) + 1
    settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS | {newest: b"k" * 32}
    monkeypatch.setattr(rotation, "BATCH", 2)
    model, fields = next(pair for pair in encrypted_columns() if pair[0] is ChildWords)
    assert rewrite_encrypted(model, fields).rewritten == len(said)
    assert all(text.startswith(f"v{newest}:") for text in stored())
    settings.ENCRYPTION_KEYS = {newest: b"k" * 32}
    assert {one.text for one in ChildWords.objects.all()} == said
    assert missing_versions(model, fields) == []
