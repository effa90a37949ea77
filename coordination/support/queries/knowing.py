"""Who learns who a young person's one adult is."""

from coordination.follow_ups import queries as follow_ups
from coordination.follow_ups.models import AskedAdult
from coordination.people import access
from coordination.people.models import Ground
from coordination.people.queries import sights
from coordination.support.queries.permissions import own_permission

Kind = Ground.Kind


def shows(support, viewer, *, sees, coordinates, follow_up, adults, talk):
    """Whether the viewer sees who the adult is. `sees` are the kinds of their grounds, `follow_up` and `adults` what
    they see of the follow-up, `talk` their own permission; `support.apart` says whether the young person keeps the
    adult apart there."""
    if coordinates or Kind.SUPPORT in sees or (talk and talk.support_id == support.pk):
        return True
    if Kind.PARTICIPATION not in sees or follow_up is None:
        return False
    is_apart = support.apart or any(one.apart for one in adults if one.membership_id == viewer.pk)
    return reaches(follow_up, support) and not is_apart


def reaches(follow_up, support):
    """Whether those who take part in the follow-up learn of the support: of nothing that began after it was closed,
    unless it came from it."""
    if follow_up.closed_at is None or support.source == follow_up.public_id:
        return True
    return support.began_at <= follow_up.closed_at


def kept_apart(follow_up, **which):
    """Those who take part in this follow-up and whom the young person keeps apart from the others."""
    return AskedAdult.objects.filter(
        follow_up=follow_up, apart=True, left_at=None, takes_part=AskedAdult.TakesPart.YES, **which
    )


def knows_adult(support, viewer):
    """What `shows` says, for a viewer of whom nothing has been read yet."""
    person = support.young_person
    coordinates = viewer.is_coordinator and access.may(viewer, "coordinate", person)
    follow_up = follow_ups.seen_follow_up(person, viewer, coordinates=coordinates)
    support.apart = kept_apart(follow_up, membership=support.adult_id).exists()
    return shows(
        support,
        viewer,
        sees=sights(viewer, person),
        coordinates=coordinates,
        follow_up=follow_up,
        adults=follow_ups.shown_adults(follow_up, viewer, coordinates=coordinates) if follow_up else [],
        talk=own_permission(viewer, person),
    )
