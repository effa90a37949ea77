"""A support held for a change."""

from coordination.people.holding import hold
from coordination.support.models import Support


def held(support):
    """The support as it is now, with everybody else who would change it waiting; the young person is held first."""
    hold(support.young_person)
    return (
        Support.objects.select_for_update(of=["self"])
        .select_related("young_person", "area", "adult__user", "adult__agency__area")
        .get(pk=support.pk)
    )
