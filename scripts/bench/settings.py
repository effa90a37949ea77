"""Settings of the measurements: as the demo, on a database of their own whose name is in BENCH_DATABASE.

Like the tests they run on the embedded PostgreSQL, or on the server of DATABASE_URL; unlike the tests, connections
stay open and static files are not looked up anew at each request, as in real use.
"""

import os

from config.settings.test import *  # noqa: F403
from config.settings.test import DATABASES

LANGUAGE_CODE = "fi"
WHITENOISE_AUTOREFRESH = False
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
SERVER_DATABASE = DATABASES["default"]["NAME"]
if name := os.environ.get("BENCH_DATABASE"):
    DATABASES["default"]["NAME"] = name
