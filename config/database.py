"""How every process connects to PostgreSQL."""

import dj_database_url


def connection_to(url: str, **parameters) -> dict:
    """Return the entry of DATABASES for `url`, with PostgreSQL's just-in-time compilation off.

    Where the server can compile (Debian's can), it does so with every statement whose estimated cost is high. Ours ask
    for a few rows under many conditions: the sweep for those who left took 8.5 s of compiling to run for 7 ms.
    """
    settings = dj_database_url.parse(url, **parameters)
    options = settings.setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} -c jit=off".strip()
    return settings
