"""Filling a table from a SELECT: what the statement doesn't name gets the model's own default."""

import uuid
from datetime import date, datetime

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED


def insert(model, source, /, **columns):
    """INSERT INTO the model's table: `columns` are SQL expressions by field name over `source`, a FROM clause.

    A field that isn't named gets its default, empty text or NULL; a UUID gets one of its own on each row. So a column
    that is added to a model later doesn't need to be known here. Returns how many rows were made.
    """
    fields = {field.name: field for field in model._meta.local_concrete_fields}
    if unknown := columns.keys() - fields.keys():
        raise ValueError(f"{model.__name__} has no field {sorted(unknown)}.")
    named = {}
    parameters = []
    for name, field in fields.items():
        if name in columns:
            named[field.column] = columns[name].replace("%", "%%")
        elif not field.primary_key and not field.null and field.db_default is NOT_PROVIDED:
            named[field.column], parameter = _default(field)
            parameters += parameter
    quoted = ", ".join(f'"{column}"' for column in named)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({quoted}) SELECT {", ".join(named.values())} '
            f"FROM {source.replace('%', '%%')}",
            parameters,
        )
        return cursor.rowcount


def _default(field):
    if isinstance(field, models.UUIDField):
        return "gen_random_uuid()", []
    value = field.get_default() if field.has_default() else ""
    if isinstance(value, (datetime, date)):
        return "now()", []
    if isinstance(value, uuid.UUID):
        return "gen_random_uuid()", []
    return f"%s::{field.rel_db_type(connection) or field.db_type(connection)}", [
        field.get_db_prep_save(value, connection)
    ]
