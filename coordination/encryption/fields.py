"""A text field that is unreadable in the database.

What it promises: a dump, a backup or a reader of the tables without the keys learns of each value only whether there
is one, which key version wrote it and how long it is; a value that was changed, or moved from another column, is
refused on reading instead of being shown. What it does not promise: two rows of the same column can still have their
values exchanged (the row's number isn't known before it is written), `dumpdata` writes what it reads, and ordering by
such a column means nothing.

Whatever must be searched has an index beside it (`index.blind_indexes`).
"""

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact

from coordination.encryption import cipher
from coordination.encryption.index import KEY_BYTES


class ExactlyEmpty(Exact):
    """Equality with "" only: empty values are stored as they are, everything else looks different each time."""

    def get_prep_lookup(self):
        # None arrives here on its way to becoming isnull.
        if self.rhs is not None and not (isinstance(self.rhs, str) and self.rhs == ""):
            raise FieldError(_refusal(self.lhs.output_field))
        return super().get_prep_lookup()


def _refusal(field):
    return f"{field.name} is encrypted and can't be searched: use its blind index. Only isnull and '' can be asked."


class EncryptedTextField(models.TextField):
    """Text, encrypted on its way into the database and decrypted on its way out. None and "" pass as they are.

    Reading raises `cipher.Undecipherable` for a value that doesn't open and `keys.KeyMissing` when its key is gone.
    The associated data is "app.model.field": renaming any of them needs a data migration that reads under the old
    name and writes under the new one. New keys are taken up value by value, as each is saved.
    """

    description = "Encrypted text"

    @property
    def place(self):
        """Where values of this field belong, for example "coordination.youngperson.first_name"."""
        return f"{self.model._meta.label_lower}.{self.name}"

    def check(self, **kwargs):
        found = super().check(**kwargs)
        if self.unique or self.db_index:
            found.append(
                checks.Error(
                    "An encrypted field can't be unique or indexed: equal values are stored differently.",
                    hint="Put the constraint on a blind index beside it.",
                    obj=self,
                    id="coordination.E001",
                )
            )
        return found

    def get_db_prep_value(self, value, connection, prepared=False):
        value = super().get_db_prep_value(value, connection, prepared)
        return cipher.encrypt(value, place=self.place) if isinstance(value, str) and value else value

    def from_db_value(self, value, expression, connection):
        return cipher.decrypt(value, place=self.place) if value else value

    def get_lookup(self, lookup_name):
        if lookup_name == "exact":
            return ExactlyEmpty
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(_refusal(self))

    def get_transform(self, lookup_name):
        raise FieldError(_refusal(self))


class BlindIndexField(models.BinaryField):
    """One column of a pair that finds an encrypted value (`index.Indexes`): `name`, and beside it `name_even`.

    Both are there so that a new key can be brought in while the site runs; each may be empty, never both where there
    is a value. `rotation` finds the pairs by this class.
    """

    description = "Keyed hash of a value"

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("null", True)
        kwargs["max_length"] = KEY_BYTES
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def check(self, **kwargs):
        found = super().check(**kwargs)
        partner = self.name.removesuffix("_even") if self.name.endswith("_even") else f"{self.name}_even"
        if not any(field.name == partner and isinstance(field, BlindIndexField) for field in self.model._meta.fields):
            found.append(
                checks.Error(f"A blind index needs a second column, {partner}.", obj=self, id="coordination.E002")
            )
        return found


def at_least_one_of(name):
    """The condition for a constraint: one column of the pair `name` holds something."""
    return models.Q(**{f"{name}__isnull": False}) | models.Q(**{f"{name}_even__isnull": False})
