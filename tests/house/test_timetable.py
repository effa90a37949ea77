"""What the timetable wakes exists, and nothing that is woken piles up."""

from celery import current_app

from config.celery import app, timetable


def test_every_scheduled_task_exists():
    app.loader.import_default_modules()
    assert set(timetable()) <= set(current_app.tasks)


def test_every_scheduled_message_expires():
    assert [name for name, entry in timetable().items() if not entry["options"].get("expires")] == []
