"""Waking: after commit only, with an end, and never in the way of the page."""

import logging
import uuid

import pytest
from celery import current_app
from django.db import transaction

from coordination.interface.wake import wake

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    tasks = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **options: tasks.append((name, options)))
    return tasks


def test_a_task_is_woken_after_commit_with_a_hint_that_expires(sent, django_capture_on_commit_callbacks):
    key = uuid.uuid4()
    with django_capture_on_commit_callbacks(execute=True):
        wake("flags.match", 7, key)
        assert sent == []
    [(name, options)] = sent
    assert name == "flags.match"
    assert options["args"] == (7, key)
    assert options["expires"] > 0


def test_a_rolled_back_command_wakes_nobody(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        wake("flags.match", 7)
        transaction.set_rollback(True)
    assert sent == []


def test_a_broker_that_is_away_is_only_logged(monkeypatch, caplog, django_capture_on_commit_callbacks):
    def fail(*args, **kwargs):
        raise OSError("no broker")

    monkeypatch.setattr(current_app, "send_task", fail)
    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        wake("flags.match", 7)
    assert "flags.match" in caplog.text
