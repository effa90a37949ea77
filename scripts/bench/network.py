"""Many adults around one young person, who come to take part as they do in the portal: by its own commands."""

from django.db import transaction

from coordination.agencies.models import Membership
from coordination.follow_ups.commands import Asked, Decision, ask_also
from coordination.follow_ups.commands.parts import decide
from coordination.follow_ups.models import AskedAdult, FollowUp
from coordination.follow_ups.states import FollowUpState
from coordination.people.models import Ground


@transaction.atomic
def network(viewer, *sizes):
    """Young people of this viewer with an open follow-up, so many adults around each, the viewer among them."""
    own = Ground.objects.filter(membership=viewer, kind=Ground.Kind.PARTICIPATION).values("source")
    found = FollowUp.objects.filter(public_id__in=own, state=FollowUpState.TAKEN_UP).order_by("pk")[: len(sizes)]
    others = Membership.objects.filter(role=Membership.Role.PROFESSIONAL).exclude(pk=viewer.pk).order_by("pk")
    for follow_up, size in zip(found, sizes, strict=True):
        there = follow_up.asked.filter(takes_part=AskedAdult.TakesPart.YES).count()
        for member in others[100 : 100 + size - there]:
            adult = ask_also(follow_up=follow_up, asked=Asked(member), by=follow_up.owner)
            said = Decision(adult, AskedAdult.TakesPart.YES, AskedAdult.MayKnow.YES, AskedAdult.SaidBy.YOUNG_PERSON)
            decide(follow_up, said, by=follow_up.owner)
    return [follow_up.young_person for follow_up in found]
