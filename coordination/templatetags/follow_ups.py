"""What pages of the lower steps show of follow-ups."""

from django import template

from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.states import FollowUpState

register = template.Library()


@register.simple_tag
def untaken(grounds):
    """The ids of those grounds whose follow-up nobody has taken up yet: until then a first name must do."""
    waiting = set(
        FollowUp.objects.filter(
            public_id__in=[ground.source for ground in grounds], state=FollowUpState.WAITING
        ).values_list("public_id", flat=True)
    )
    return {ground.pk for ground in grounds if ground.source in waiting}
