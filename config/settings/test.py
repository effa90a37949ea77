"""For tests: as the demo, with its own folder, whatever the shell has set.

DATABASE_URL alone is heard: it runs the same tests on a PostgreSQL of your own (the role needs CREATEDB). Otherwise
tests/conftest.py starts the embedded one; this module only works out where it will be.
"""

import os
from pathlib import Path

from config.database import connection_to

_ROOT = Path(__file__).resolve().parent.parent.parent
_shell = {name: os.environ.pop(name, None) for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DEMO_MODE")}
_data_dir = os.environ.get("DATA_DIR")
os.environ["DATA_DIR"] = str(Path(_data_dir or _ROOT / "data") / "test")
try:
    from config.settings.base import *  # noqa: F403
    from config.settings.base import DATABASES, STORAGES
finally:
    # Put back as it was: parallel test processes inherit this environment and read it anew.
    os.environ.pop("DATA_DIR")
    os.environ.update({name: value for name, value in {**_shell, "DATA_DIR": _data_dir}.items() if value is not None})

EMBEDDED = not _shell["DATABASE_URL"]
if not EMBEDDED:
    DATABASES = {"default": connection_to(_shell["DATABASE_URL"])}
DATABASES["default"] |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}

# Argon2 is slow by design; tests sign in hundreds of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# send_task goes nowhere: tests call the tasks they mean.
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
WHITENOISE_AUTOREFRESH = True
# Sentences are compared as they stand in the code; whoever signs in still reads in their own language.
LANGUAGE_CODE = "en"
