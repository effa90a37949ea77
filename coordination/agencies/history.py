"""The history of changes (auditlog) names no professional: what it keeps, it keeps for good."""

from auditlog.context import auditlog_value
from auditlog.models import LogEntry, LogEntryManager
from django.contrib.auth import get_user_model
from django.db.models.signals import pre_save


class NamelessManager(LogEntryManager):
    """Writes a row that tells who somebody is as "user 12" (such a model says so by its `nameless`), and who did it
    as a key to the user, without the e-mail address."""

    def log_create(self, instance, force_log=False, **kwargs):
        """As the library's own, with what stands for people instead of what they are called."""
        if hasattr(instance, "nameless"):
            kwargs.setdefault("object_repr", instance.nameless)
        context = auditlog_value.get({})
        actor = context.get("actor")
        # The library leaves the last request's context behind; only its receiver goes with the request.
        is_asked_for = any(key[0] == context.get("signal_duid") for key, *_ in pre_save.receivers)
        if isinstance(actor, get_user_model()) and is_asked_for:
            # The library adds the address only where it adds the actor itself.
            kwargs.setdefault("actor", actor)
        return super().log_create(instance, force_log=force_log, **kwargs)


def begin():
    """Take the place of the library's manager; called once, when the app is ready."""
    LogEntry.add_to_class("objects", NamelessManager())
