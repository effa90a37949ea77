"""With REDIS_URL set, Redis carries the wake-ups and the limits that all processes share."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from kombu import Connection

from tests.house.source import ROOT

SETTINGS = """
from config.settings import base
from config.celery import app
print(app.conf.broker_url, base.CACHES["default"]["BACKEND"].rsplit(".", 1)[-1], base.CACHES["default"]["LOCATION"])
app.send_task("coordination.send_mails", expires=60)
"""


A_TRY = """
import django
django.setup()
from django.core.cache import cache
cache.add("tries", 0)
print(cache.incr("tries"))
"""


def in_a_process(script, redis_url, folder):
    """What this script prints in a process of its own, with the product's settings and this Redis."""
    environment = {**os.environ, "REDIS_URL": redis_url, "DATA_DIR": str(folder)}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings.base"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.redis
def test_a_wake_up_goes_through_redis(redis_url, tmp_path):
    said = in_a_process(SETTINGS, redis_url, tmp_path)
    assert said.split() == [redis_url, "RedisCache", redis_url]
    with Connection(redis_url) as connection:
        message = connection.SimpleQueue("celery").get(timeout=10)
        assert message.headers["task"] == "coordination.send_mails"
        message.ack()


@pytest.mark.redis
def test_limits_are_shared_by_all_processes(redis_url, tmp_path):
    assert [in_a_process(A_TRY, redis_url, tmp_path).strip() for _process in range(2)] == ["1", "2"]


def test_without_redis_they_live_in_the_database():
    assert settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
