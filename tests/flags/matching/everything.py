"""Reading the whole database, to prove that something is nowhere in it."""

from django.db import connection

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
