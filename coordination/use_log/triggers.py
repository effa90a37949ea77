"""SQL that makes the use log append-only, for the migration that creates its tables.

UPDATE, DELETE and TRUNCATE are refused with ERRCODE restrict_violation, which Django raises as IntegrityError. The
owner of the tables can still switch a trigger off; that is what the seals are for.
"""

TABLES = ("coordination_look", "coordination_seal")

_FUNCTION = """
CREATE FUNCTION coordination_use_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'restrict_violation',
        MESSAGE = TG_TABLE_NAME || ' is append-only: ' || TG_OP || ' is refused';
END
$$;
"""

_ON_TABLE = """
CREATE TRIGGER {table}_keeps_rows BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION coordination_use_log_is_append_only();
CREATE TRIGGER {table}_keeps_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION coordination_use_log_is_append_only();
"""

_OFF_TABLE = """
DROP TRIGGER {table}_keeps_all ON {table};
DROP TRIGGER {table}_keeps_rows ON {table};
"""

FORWARD = _FUNCTION + "".join(_ON_TABLE.format(table=table) for table in TABLES)
BACKWARD = (
    "".join(_OFF_TABLE.format(table=table) for table in reversed(TABLES))
    + "DROP FUNCTION coordination_use_log_is_append_only();\n"
)
