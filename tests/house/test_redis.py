"""With REDIS_URL set, Redis carries the wake-ups and the limits that all processes share."""

import os
import subprocess
import sys

import pytest
from kombu import Connection

from tests.house.source import ROOT

pytestmark = pytest.mark.redis

SETTINGS = """
from config.settings import base
from config.celery import app
print(app.conf.broker_url, base.CACHES["default"]["BACKEND"].rsplit(".", 1)[-1], base.CACHES["default"]["LOCATION"])
app.send_task("coordination.send_mails", expires=60)
"""


def test_a_wake_up_goes_through_redis(redis_url, tmp_path):
    environment = {**os.environ, "REDIS_URL": redis_url, "DATA_DIR": str(tmp_path)}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings.base"}
    environment.pop("DATABASE_URL", None)
    said = subprocess.run(
        [sys.executable, "-c", SETTINGS], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert said.split() == [redis_url, "RedisCache", redis_url]
    with Connection(redis_url) as connection:
        message = connection.SimpleQueue("celery").get(timeout=10)
        assert message.headers["task"] == "coordination.send_mails"
        message.ack()


def test_limits_are_shared(redis_url, settings):
    from django.core.cache import caches

    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {name: {"BACKEND": backend, "LOCATION": redis_url} for name in ("default", "other")}
    caches["default"].set("tries", 1)
    assert caches["other"].incr("tries") == 2
