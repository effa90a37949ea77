"""Settings of the processes that are killed: as the tests, with a real broker, a real mail server and short waits.

PROOF_DATABASE_URL, PROOF_REDIS_URL and PROOF_SMTP_PORT say where these are.
"""

import os

from config.database import connection_to
from config.settings.test import *  # noqa: F403

DATABASES = {"default": connection_to(os.environ["PROOF_DATABASE_URL"])}
CELERY_BROKER_URL = os.environ["PROOF_REDIS_URL"]
EMAIL_BACKEND = "coordination.outbox.smtp.Backend"
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = "127.0.0.1", int(os.environ["PROOF_SMTP_PORT"]), 10
SWEEP_SECONDS = 1
WHITENOISE_AUTOREFRESH = False
