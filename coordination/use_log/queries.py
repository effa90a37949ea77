"""What is read from the use log outside its verification."""

from django.utils import timezone

from coordination.use_log.models import Look, Seal


def looks_of(person_keys):
    """The looks at the young person known by `person_keys` (UUIDs; several after a merge), newest first."""
    return Look.objects.about(person_keys).order_by("-id")


def looks_by(user_id, *, page, since):
    """The looks that this user has made on one page (its URL name) after a moment."""
    return Look.objects.filter(user_id=user_id, page=page, at__gt=since)


def has_looked(users, *, person_keys, since, not_for):
    """Whether one of these users (ids) has been shown the young person since that moment, purposes `not_for` apart."""
    looks = Look.objects.about(person_keys).filter(user_id__in=users, at__gte=since)
    return looks.exclude(purpose__in=not_for).exists()


def unsealed():
    """Looks that no seal answers for yet, oldest first."""
    last = Seal.objects.order_by("-number").values_list("last_id", flat=True).first()
    looks = Look.objects.order_by("id")
    return looks if last is None else looks.filter(id__gt=last)


def oldest_unsealed_age():
    """How long the oldest unsealed look has waited (timedelta); None when every look is sealed."""
    at = unsealed().values_list("at", flat=True).first()
    return None if at is None else timezone.now() - at
