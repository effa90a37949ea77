"""What a monitor learns, who may learn more, and that it costs next to nothing."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.utils import timezone

from config.health import queries
from config.tasks import beat
from coordination.outbox.models import Mail
from coordination.use_log.models import Look


@pytest.fixture
def well(db):
    """A timetable that beats; the test's transaction takes the beat along when it ends."""
    beat()


def test_health_asks_nothing_of_the_database(client):
    """Without the mark, any query would fail the test."""
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_all_is_well(client, well):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["ready"] is True
    assert set(answer.json()["checks"]) == {"database", "migrations", "cache", "timetable", "mail", "use_log"}


def test_a_heart_that_was_never_heard(client, db):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["timetable"] == {"ok": False, "seconds": None}


@pytest.mark.usefixtures("well")
class TestBehind:
    def names(self, client):
        answer = client.get("/readyz")
        assert answer.status_code == (503 if not answer.json()["ready"] else 200)
        return [name for name, one in answer.json()["checks"].items() if not one["ok"]]

    def test_a_heart_that_stopped(self, client):
        cache.set(queries.HEARTBEAT, (timezone.now() - timedelta(minutes=5)).isoformat())
        assert self.names(client) == ["timetable"]

    def test_a_mail_that_nobody_sends(self, client, cast):
        row = Mail.objects.create(user=cast.teacher.user, kind=Mail.Kind.DAILY)
        assert self.names(client) == []
        Mail.objects.filter(pk=row.pk).update(next_try_at=timezone.now() - timedelta(minutes=16))
        assert self.names(client) == ["mail"]

    def test_a_mail_that_the_server_put_off_is_not_late(self, client, cast):
        long_ago, soon = timezone.now() - timedelta(hours=3), timezone.now() + timedelta(hours=1)
        Mail.objects.create(user=cast.teacher.user, kind=Mail.Kind.DAILY, made_at=long_ago, next_try_at=soon)
        assert self.names(client) == []

    def test_a_look_that_nobody_seals(self, client, cast):
        a_while_ago = timezone.now() - timedelta(minutes=16)
        Look.objects.create(at=a_while_ago, user_id=1, membership_id=1, agency_id=1)
        assert self.names(client) == ["use_log"]

    def test_a_migration_that_has_not_run(self, client, monkeypatch):
        monkeypatch.setattr(queries, "_last_migrations", lambda: {("coordination", "9999_of_tomorrow")})
        assert self.names(client) == ["migrations"]

    def test_a_database_that_is_away(self, client, monkeypatch):
        def away():
            raise DatabaseError("connection to server at 10.1.2.3 failed: FATAL: password for user secret")

        monkeypatch.setattr(queries, "_answers", away)
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json() == {"ready": False, "checks": {"database": {"ok": False}}}

    def test_a_redis_that_is_away(self, client, settings):
        """Nobody listens there. The queues are told of as ever; whether the heart beats can't be known."""
        nowhere = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
        settings.CACHES = {"default": nowhere}
        assert self.names(client) == ["cache"]
        checks = client.get("/readyz").json()["checks"]
        assert set(checks) == {"database", "migrations", "cache", "mail", "use_log"}


class TestWhoMayKnowMore:
    @pytest.mark.parametrize("asked", [{"REMOTE_ADDR": "10.0.0.9"}, {"HTTP_X_FORWARDED_FOR": "10.0.0.9"}])
    def test_elsewhere_only_whether(self, client, well, asked):
        assert client.get("/readyz", **asked).json() == {"ready": True}

    def test_with_the_monitor_s_token(self, client, well, settings):
        settings.MONITOR_TOKEN = "a-long-token"
        elsewhere = {"REMOTE_ADDR": "10.0.0.9"}
        for said, more in [("Bearer a-long-token", True), ("Bearer wrong", False), ("a-long-token", False)]:
            answer = client.get("/readyz", HTTP_AUTHORIZATION=said, **elsewhere).json()
            assert ("checks" in answer) is more

    def test_no_token_is_no_way_in(self, client, well, settings):
        settings.MONITOR_TOKEN = ""
        answer = client.get("/readyz", REMOTE_ADDR="10.0.0.9", HTTP_AUTHORIZATION="Bearer ")
        assert answer.json() == {"ready": True}


def test_it_is_cheap_and_leaves_nothing_behind(client, well, django_assert_max_num_queries):
    queries._last_migrations()
    with django_assert_max_num_queries(7) as counted:
        answer = client.get("/readyz")
    assert not any(one["sql"].startswith(("INSERT", "UPDATE", "DELETE")) for one in counted.captured_queries)
    assert not answer.cookies
    assert not Look.objects.exists()


def test_a_monitor_is_not_sent_to_https(client, settings, well):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/readyz").status_code == 200
    assert client.get("/readyz/nothing").status_code == 301
