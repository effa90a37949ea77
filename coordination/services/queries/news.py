"""What has come into the directory lately."""

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from coordination.services.models import Service
from coordination.services.queries.sight import in_area, offered_now, public


def added_between(area, begins, ends):
    """The services of this area that are public and offered now, and came into the directory between these moments."""
    of_services = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Service), action=LogEntry.Action.CREATE
    )
    added = of_services.filter(timestamp__gte=begins, timestamp__lt=ends).values("object_id")
    return public(offered_now(in_area(area))).filter(pk__in=added).order_by("name_fi", "pk")
