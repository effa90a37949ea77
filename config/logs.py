"""Log lines as JSON without names, identifiers or query strings.

An exception's text can carry what somebody typed (PostgreSQL quotes the offending row), so a line tells the
exception's type and the places it passed, never its text.
"""

import logging
import re
import traceback

from pythonjsonlogger.json import JsonFormatter

# Addresses that carry a secret; Django names the address of a page that isn't there.
SECRET_LINKS = re.compile(
    r"(/invitations/|/password/reset/key/|/[mho]/|/part/|/forms/read/|/trainings/(?:join|place)/|/survey/\w\w/)[^/\s]+"
)
PUBLIC_IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
FIELDS = ("asctime", "levelname", "name", "message", "request_id")


class PlainJson(JsonFormatter):
    def __init__(self, **kwargs):
        super().__init__(
            list(FIELDS), rename_fields={"asctime": "time", "levelname": "level", "name": "logger"}, **kwargs
        )

    def format(self, record: logging.LogRecord) -> str:
        task = getattr(record, "data", None)
        if record.name == "celery.app.trace" and isinstance(task, dict) and "exc" in task:
            record = logging.makeLogRecord(record.__dict__)
            record.msg, record.args = f"Task {task.get('name')} {task.get('description')}", ()
        return super().format(record)

    def add_fields(self, log_data, record, message_dict) -> None:
        """Drops whatever else hangs on the record: Django hangs the request there, query string and all."""
        super().add_fields(log_data, record, message_dict)
        kept = {"time", "level", "logger", "message", "request_id", "exc_info"}
        for key in set(log_data) - kept:
            del log_data[key]
        message = _without_what_was_asked(record, str(log_data.get("message", "")))
        message = SECRET_LINKS.sub(r"\1…", message)
        log_data["message"] = PUBLIC_IDS.sub("…", message)

    def formatException(self, ei) -> list[str]:
        kind, _, trace = ei
        frames = traceback.extract_tb(trace)
        return [kind.__name__, *(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)]


def _without_what_was_asked(record: logging.LogRecord, message: str) -> str:
    """Whatever somebody typed after our address is replaced by the address's own pattern, or nothing.

    Django tells the path of a request that failed, and of a suspicious one what was suspicious about it.
    """
    if record.name.startswith("django.security."):
        return record.name.rpartition(".")[2]
    request = getattr(record, "request", None)
    path = getattr(request, "path", "")
    if len(path) < 2:
        return message
    match = getattr(request, "resolver_match", None)
    shown = f"/{match.route}" if match else "…"
    # Django writes whatever isn't ASCII as escapes in what it tells of a request: ä as \xe4.
    for spelling in (path, path.encode("unicode_escape").decode("ascii")):
        message = message.replace(spelling, shown)
    return message
