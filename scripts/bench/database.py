"""Databases to measure on: made, filled and dropped by the measurements themselves, never anybody else's."""

import contextlib
import os
import subprocess
import sys

import psycopg

PREFIX = "rinnalla_bench_"


@contextlib.contextmanager
def server():
    """A PostgreSQL to make databases on: the one of DATABASE_URL, else the embedded one, running meanwhile.

    Durable, as in real use: each commit waits for the disk.
    """
    from django.conf import settings

    if not settings.EMBEDDED:
        yield
        return
    from config import embedded

    folder = settings.DATA_DIR / "pg"
    embedded.stop(folder)  # it may still run as the tests start it, where no commit waits for the disk
    embedded.start(folder)
    try:
        yield
    finally:
        embedded.stop(folder)


def connect(database=None):
    """A plain connection, without Django, where each statement is committed by itself: to the database of this name,
    else to the server's first one. Values are put into the statements here, as Django does it."""
    from django.conf import settings
    from django.db import connection

    where = connection.get_connection_params()
    for name in ("cursor_factory", "context", "prepare_threshold"):
        where.pop(name, None)
    # Under the settings of the tests there is a database of this process's own to ask from.
    where["dbname"] = database or getattr(settings, "SERVER_DATABASE", where["dbname"])
    return psycopg.connect(**where, autocommit=True, cursor_factory=psycopg.ClientCursor)


def make(name):
    """An empty database of this name with all tables. Whatever was there under the name is dropped."""
    drop(name)
    with connect() as line:
        line.execute(f'CREATE DATABASE "{PREFIX}{name}"')
    run("manage.py", "migrate", "--verbosity", "0", name=name)
    run("manage.py", "createcachetable", name=name)
    run("manage.py", "load_reference_data", name=name)
    return PREFIX + name


def drop(name):
    """Drop the database of this name, if there is one."""
    with connect() as line:
        line.execute(f'DROP DATABASE IF EXISTS "{PREFIX}{name}" WITH (FORCE)')


def environment(name):
    """What a process needs to work on the database of this name."""
    return os.environ | {"DJANGO_SETTINGS_MODULE": "scripts.bench.settings", "BENCH_DATABASE": PREFIX + name}


def run(*arguments, name):
    """Run a Python program on the database of this name, to its end; gives back what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments], env=environment(name), stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def is_there(name):
    """Whether there is a database of this name, filled to the end."""
    with connect() as line:
        if not line.execute("SELECT 1 FROM pg_database WHERE datname = %s", [PREFIX + name]).fetchone():
            return False
    with connect(PREFIX + name) as line:
        return bool(line.execute("SELECT 1 FROM coordination_notification LIMIT 1").fetchone())
