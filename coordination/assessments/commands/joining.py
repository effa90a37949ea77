"""Two rows turned out to be one young person."""

from coordination.assessments.models import Assessment, PlanAction
from coordination.people import access
from coordination.people.exclusions import kept_away
from coordination.people.models import Ground


def move_assessments(*, gone, kept):
    """Let the assessments and what is left of joint plans go along, and whoever comes into those assessments come into
    them still, but for whoever by either row's exclusions must not learn of the young person. The caller holds both
    rows and joins them afterwards."""
    away = kept_away(kept) | kept_away(gone)
    for model in (Assessment, PlanAction):
        for row in model.objects.filter(young_person=gone):
            row.young_person = kept
            row.save(update_fields=["young_person"])
    _end_for(away, kept)
    open_ones = gone.grounds.open().filter(kind__in=Ground.STATUTORY).select_related("membership")
    for ground in open_ones.exclude(membership__user__in=away).order_by("pk"):
        known = {name: getattr(ground, name) for name in ("kind", "source", "membership", "until")}
        access.give_ground(young_person=kept, **known)


def _end_for(users, young_person):
    """The sight of these users (ids) in the young person's assessments ends."""
    held = young_person.grounds.open().filter(kind__in=Ground.STATUTORY, membership__user__in=users)
    for ground in held.select_related("membership").order_by("pk"):
        access.end_grounds(young_person=young_person, source=ground.source, membership=ground.membership)
