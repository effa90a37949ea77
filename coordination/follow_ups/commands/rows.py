"""A follow-up as it is now, held while it changes."""

from coordination.follow_ups.models import FollowUp
from coordination.people.holding import hold


def locked(follow_up):
    """The follow-up as it is now, with everybody else who would change it waiting.

    The young person is held first, then the follow-up: every command holds them in this order, so that two can't wait
    for each other.
    """
    hold(FollowUp.objects.select_related("young_person").get(pk=follow_up.pk).young_person)
    return (
        FollowUp.objects.select_for_update(no_key=True, of=["self"])
        .select_related("young_person", "area", "owner__user", "owner__agency__area")
        .get(pk=follow_up.pk)
    )


def save(follow_up, *fields):
    """Save these fields, and let every open copy of the sheet know that it is no longer the newest."""
    follow_up.version += 1
    if fields:
        follow_up.save(update_fields=[*fields, "version"])
    else:
        FollowUp.objects.filter(pk=follow_up.pk).update(version=follow_up.version)  # unaudited: what changed is
