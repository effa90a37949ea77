"""Project package and top floor. The Celery app is loaded here so that a web process can wake tasks by name."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
