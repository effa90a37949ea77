"""Where a naming stands, for whoever coordinates and for whoever was asked."""

from coordination.people.exclusions import kept_away
from coordination.support.models import Support
from coordination.support.states import COMING, SupportState


def standing(young_person):
    """The support that goes on and the naming that waits, each None where there is none."""
    found = {
        one.state in COMING: one
        for one in Support.objects.filter(
            young_person=young_person, state__in=[*COMING, SupportState.ACTIVE]
        ).select_related("adult__user", "adult__agency__area")
    }
    return found.get(False), found.get(True)


def answered(membership, public_id):
    """The naming that this membership has answered already, for a button pressed twice; None for anybody else's, and
    for whoever must not learn of the young person."""
    found = Support.objects.filter(
        public_id=public_id,
        adult=membership,
        state__in=[SupportState.READY, SupportState.ACTIVE, SupportState.DECLINED],
    ).first()
    if found and membership.user_id in kept_away(found.young_person):
        return None
    return found


def taken_back(public_id):
    """The naming that was taken back already, for a button pressed twice; the caller asks the door."""
    return (
        Support.objects.filter(public_id=public_id, state=SupportState.WITHDRAWN).select_related("young_person").first()
    )


def waiting_for(leaver):
    """The namings in which this membership was asked or is about to begin."""
    return Support.objects.filter(adult=leaver, state__in=COMING).select_related("young_person").order_by("pk")


def declined_before(young_person):
    """The public ids of namings that were declined."""
    return Support.objects.filter(young_person=young_person, state=SupportState.DECLINED).values_list(
        "public_id", flat=True
    )
