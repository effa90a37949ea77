"""Reading the whole database, to prove that something is nowhere in it."""

from django.apps import apps
from django.db import connection

from coordination.encryption.fields import EncryptedTextField

TEXTS = {"text", "character varying", "jsonb", "json", "uuid", "ARRAY", "character", "date", "bytea"}


def found_in(*values):
    """ "table.column" of every place in the public schema whose content has one of the values, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
        )
        columns = [(table, column) for table, column, kind in cursor.fetchall() if kind in TEXTS]
        places = set()
        for table, column in columns:
            for value in values:
                cursor.execute(
                    f'SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s LIMIT 1',  # names come from the catalogue
                    [f"%{value}%"],
                )
                if cursor.fetchone():
                    places.add(f"{table}.{column}")
    return places


def tables_with(*values):
    """Every table of which a row, written out as PostgreSQL does, has one of the values."""
    with connection.cursor() as cursor:
        tables = set()
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT 1 FROM "{table}" line WHERE line::text ILIKE ANY(%s) LIMIT 1', [_anywhere(values)])
            if cursor.fetchone():
                tables.add(table)
        return tables


def _anywhere(values):
    return [f"%{value}%" for value in values]


def deciphered_with(*values):
    """ "Model.field" of every encrypted column in which one of the values stands once it is deciphered."""
    places = set()
    for model in apps.get_models():
        names = [field.name for field in model._meta.local_fields if isinstance(field, EncryptedTextField)]
        for row in model.objects.all().values(*names) if names else ():
            for name in names:
                if any(str(value).casefold() in (row[name] or "").casefold() for value in values):
                    places.add(f"{model.__name__}.{name}")
    return places
