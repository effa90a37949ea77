"""Reads of the young person's own page, and of what they asked for there."""

from django.db.models import Exists, Q
from django.http import Http404

from coordination.agencies.models import Membership
from coordination.clocks.rules import today
from coordination.links.rules import hash_of
from coordination.people import access
from coordination.support import opening
from coordination.support.models import OwnPage, OwnRequest
from coordination.support.queries.doors import support_or_404
from coordination.support.states import SupportState

Kind = OwnRequest.Kind
ON_THE_DESK = 25


def by_secret(secret, *, lock=False):
    """The own page of this secret that hasn't ended, or None."""
    found = OwnPage.objects.filter(
        secret_hash=hash_of(secret), ended_at=None, young_person__erase_asked_at=None
    ).select_related("young_person__area", "support__area", "support__adult__user", "support__adult__agency__area")
    return (found.select_for_update(of=["self"]) if lock else found).first()


def latest_of(support):
    """The latest link that was made in this support, with `state`; None where there has been none."""
    page = support.own_pages.order_by("made_at", "pk").last()
    if page:
        page.support, page.state = support, opening.state_of(page)
    return page


def asked_of_adult(support):
    """What the young person asked of their adult, and nobody has done yet."""
    return support.own_requests.filter(handled_at=None, kind__in=OwnRequest.OF_ADULT)


def waiting(support):
    """The kinds of what the young person asked for and nobody has done yet, with the moment of each."""
    return dict(support.own_requests.filter(handled_at=None).values_list("kind", "at"))


def working_in(support):
    """The adult, and who stands in."""
    standing_in = support.substitutions.filter(ended_at=None, until__gte=today())
    return [support.adult, *(one.membership for one in standing_in.select_related("membership__user"))]


def told_of_wish(support):
    """The coordinators who are told that the young person wishes for another adult: not the adult, nor who stands in,
    where they coordinate themselves, unless nobody else does. A wish that nobody hears would be worse."""
    coordinators = access.coordinators(support.area, support.young_person)
    users = {one.user_id for one in working_in(support)}
    return [one for one in coordinators if one.user_id not in users] or coordinators


def wishes_in(support, viewer):
    """The wish for another adult that waits in this support, for a coordinator who is told of it: one, or none."""
    found = list(support.own_requests.filter(handled_at=None, kind=Kind.CHANGE))
    return found if found and viewer.pk in {one.pk for one in told_of_wish(support)} else []


def wishes(membership):
    """The wishes for another adult of the young people whom this coordinator looks after, the oldest first."""
    seen = access.grounds_for(membership, "coordinate").filter(area=membership.agency.area_id)
    others = Membership.objects.coordinators(membership.agency.area_id).exclude(user=membership.user_id)
    own = Q(support__adult__user=membership.user_id) | Q(
        support__substitutions__membership__user=membership.user_id, support__substitutions__ended_at=None
    )
    return (
        OwnRequest.objects.filter(kind=Kind.CHANGE, handled_at=None, support__state=SupportState.ACTIVE)
        .filter(support__young_person__in=seen.values("young_person"))
        .exclude(Q(support__in=OwnRequest.objects.filter(own).values("support")) & Exists(others))
        .select_related("support__young_person")[:ON_THE_DESK]
    )


def request_or_404(request, public_id, request_id):
    """One request of this support, for whoever it is for: the adult and who stands in, or a coordinator who is told of
    a wish. Done ones too: saying it twice is no mistake. For everybody else there is none."""
    found = OwnRequest.objects.filter(public_id=request_id, support__public_id=public_id).first()
    if found is None:
        raise Http404
    if found.kind != Kind.CHANGE:
        support_or_404(request, public_id, to="support")
        return found
    support = support_or_404(request, public_id, to="coordinate")
    if request.membership.pk not in {one.pk for one in told_of_wish(support)}:
        raise Http404
    return found
