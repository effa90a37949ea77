"""Deleting rows so that nothing in the database names them any more."""

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Q
from django.db.models.deletion import Collector
from django.utils import timezone

from coordination.erasures.commands import note
from coordination.outbox.commands import forget_about
from coordination.people.holding import hold
from coordination.people.models import Ground, LikelyDouble
from coordination.people.permissions import recompute

# Kinds of sight that stay when a young person asks to be erased.
_KEPT = [Ground.Kind.FLAG, *Ground.STATUTORY]


def erase_rows(*rows):
    """Delete these rows and every row that goes with them, what the change log holds of each, and the notices about
    each; returns the public ids of all of them, by which others may still speak of them.

    The rows come as Django's own deletion collects them, so a later step's rows go along without being named here.
    Raises ProtectedError where a row must not go.
    """
    collector = Collector(using=DEFAULT_DB_ALIAS)
    for row in rows:
        collector.collect([row])
    traces, public_ids = _traces(collector)
    collector.delete()
    for model, keys in traces.items():
        kind = ContentType.objects.get_for_model(model)
        LogEntry.objects.filter(content_type=kind, object_pk__in=[str(key) for key in keys]).delete()
    forget_about(public_ids)
    return public_ids


@transaction.atomic
def end_all_sight(young_person, *, given_by=None):
    """End everybody's sight of a young person, but that of one's own flag, which shows what was typed there, and of
    statutory matters, which run their own course.

    `given_by`: only what was given until that moment. Says how many grounds ended.
    """
    hold(young_person)
    grounds = Ground.objects.filter(young_person=young_person, ended_at=None).exclude(kind__in=_KEPT)
    if given_by:
        grounds = grounds.filter(from_at__lte=given_by)
    ended = grounds.update(ended_at=timezone.now())
    recompute(young_person)
    return ended


def erase_around(young_person):
    """Erase what is known of a young person beyond the flags that keep the row here: how to reach them, guardians,
    doubles, the history of who could look. Non-disclosure, exclusions and refusals stay, since they protect; so does
    the sight of statutory matters that are under way."""
    for guardian in young_person.legal_guardians.all():
        note("guardian", guardian=guardian.public_id)
    rows = [young_person.legal_guardians, young_person.non_disclosure_changes]
    doubles = LikelyDouble.objects.filter(Q(first=young_person) | Q(second=young_person))
    erase_rows(*(row for manager in rows for row in manager.all()), *doubles)
    young_person.grounds.exclude(kind__in=_KEPT).delete()
    for name in ("phone", "safe_hours"):
        setattr(young_person, name, "")
    young_person.no_voicemail = young_person.say_only_youth_services = young_person.contact_shared = False
    young_person.hetu = young_person.hetu_index = young_person.hetu_index_even = None
    young_person.municipality = young_person.erase_asked_at = None
    young_person.save()
    LogEntry.objects.get_for_object(young_person).delete()


def _traces(collector):
    """The keys of everything that is about to go, by model, and the public ids among it."""
    traces, public_ids = {}, set()
    for model, rows in collector.data.items():
        traces.setdefault(model, set()).update(row.pk for row in rows)
        public_ids.update(row.public_id for row in rows if hasattr(row, "public_id"))
    for queryset in collector.fast_deletes:
        names = {field.name for field in queryset.model._meta.fields}
        for row in queryset.only(*names & {"id", "public_id"}):
            traces.setdefault(queryset.model, set()).add(row.pk)
            if "public_id" in names:
                public_ids.add(row.public_id)
    return traces, public_ids
