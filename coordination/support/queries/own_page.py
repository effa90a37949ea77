"""Reads of the young person's own page, and of what they asked for there."""

from itertools import islice

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from coordination.agencies.models import Membership
from coordination.clocks.rules import today
from coordination.links.rules import hash_of
from coordination.people import access
from coordination.people.models import Ground
from coordination.support import opening
from coordination.support.models import OwnPage, OwnRequest, Substitution
from coordination.support.queries.doors import support_or_404
from coordination.support.queries.rounds import working_in
from coordination.support.states import SupportState

Kind = OwnRequest.Kind
ON_THE_DESK = 25


def _giver_works():
    """Whether whoever gave the link sees the young person now as the adult or as who stands in. Else they may have
    opened it themselves, or told somebody the code."""
    sees = Ground.objects.open().filter(
        kind=Ground.Kind.SUPPORT,
        source=OuterRef("support__public_id"),
        membership=OuterRef("made_by"),
        membership__in=Membership.objects.open(),
    )
    return Exists(sees)


def by_secret(secret, *, lock=False):
    """The own page of this secret that hasn't ended, or None. While the support goes on, that ends in the moment in
    which whoever gave the link works no more with the young person; once the support has ended, the page says whom to
    ring, and nothing else."""
    found = OwnPage.objects.filter(
        ~Q(support__state=SupportState.ACTIVE) | Q(_giver_works()),
        secret_hash=hash_of(secret),
        ended_at=None,
        young_person__erase_asked_at=None,
    ).select_related("young_person__area", "support__area", "support__adult__user", "support__adult__agency__area")
    return (found.select_for_update(of=["self"]) if lock else found).first()


def without_giver():
    """The links of supports that go on, not ended yet though `by_secret` finds them no more."""
    found = OwnPage.objects.filter(
        ~_giver_works(), ended_at=None, support__state=SupportState.ACTIVE, young_person__erase_asked_at=None
    )
    return found.select_related("support__young_person").order_by("pk")


def latest_of(support):
    """The latest link that was made in this support, with `state` and `has_giver`; None where there has been none."""
    page = support.own_pages.annotate(has_giver=_giver_works()).order_by("made_at", "pk").last()
    if page:
        page.support = support
        page.state = opening.state_of(page) if page.has_giver else opening.Opening.GONE
    return page


def has_lost_page(support):
    """Whether the young person waits for a new link: whoever gave the latest one works no more with them, while the
    support goes on."""
    if support.state != SupportState.ACTIVE:
        return False
    page = latest_of(support)
    return page is not None and not page.has_giver


def asked_of_adult(support):
    """What the young person asked of their adult, and nobody has done yet. Once the support has ended, the former adult
    reads of none: others ring."""
    if support.state != SupportState.ACTIVE:
        return support.own_requests.none()
    return _asked_to_ring(support)


def left_in(support):
    """What the young person asked of an adult whom nobody follows, for the coordinators: it waits still."""
    return support.own_requests.none() if support.state == SupportState.ACTIVE else _asked_to_ring(support)


def _asked_to_ring(support):
    return support.own_requests.filter(handled_at=None, kind__in=OwnRequest.OF_ADULT)


def waiting(page):
    """The kinds of what the young person asked for and nobody has done yet, with the moment of each; a wish for another
    adult only on the page on which it was pressed."""
    called = page.support.own_requests.filter(handled_at=None, kind=Kind.CALL).first()
    return {Kind.CALL.value: called and called.at, Kind.CHANGE.value: page.wished_at}


def told_of_wish(support):
    """The coordinators who are told that the young person wishes for another adult: not the adult, nor who stands in,
    where they coordinate themselves, unless nobody else does. A wish that nobody hears would be worse."""
    coordinators = access.coordinators(support.area, support.young_person)
    users = {one.user_id for one in working_in(support)}
    return [one for one in coordinators if one.user_id not in users] or coordinators


def adult_hears_wish(support):
    """Whether a wish for another adult reaches who works with the young person, since nobody else coordinates."""
    users = {one.user_id for one in working_in(support)}
    return any(one.user_id in users for one in told_of_wish(support))


def wishes_in(support, viewer):
    """The wish for another adult that waits in this support, for a coordinator who is told of it: one, or none."""
    found = list(support.own_requests.filter(handled_at=None, kind=Kind.CHANGE))
    return found if found and viewer.pk in {one.pk for one in told_of_wish(support)} else []


def asked_of_coordinator(membership):
    """What young people asked for on their own pages and waits for this coordinator, the oldest first: the wishes for
    another adult of which they are told, and who is to be rung since nobody follows the adult."""
    stands_in = Substitution.objects.filter(
        support=OuterRef("support"), ended_at=None, until__gte=today(), membership__user=membership.user_id
    )
    wish = Q(kind=Kind.CHANGE, support__state=SupportState.ACTIVE)
    to_ring = Q(kind__in=OwnRequest.OF_ADULT, support__state=SupportState.ENDED)
    found = _seen_by(membership).filter(wish | to_ring).annotate(stands_in=Exists(stands_in))
    found = list(found.select_related("support__young_person", "support__area", "support__adult__user"))
    wishes = (one for one in found if one.kind == Kind.CHANGE)
    # Of others' young people every coordinator who looks after them is told, so that it is asked in one statement.
    mine = (one for one in wishes if not _is_own(one, membership) or wishes_in(one.support, membership))
    calls = [one for one in found if one.kind != Kind.CHANGE]
    return list(islice(mine, ON_THE_DESK)), calls[:ON_THE_DESK]


def _is_own(wish, membership):
    return wish.stands_in or wish.support.adult.user_id == membership.user_id


def _seen_by(membership):
    """What young people asked for, and nobody has done, in supports of this coordinator's area."""
    area = membership.agency.area_id
    seen = access.grounds_for(membership, "coordinate").filter(area=area)
    found = OwnRequest.objects.filter(handled_at=None, support__area=area)
    return found.filter(support__young_person__in=seen.values("young_person"))


def request_or_404(request, public_id, request_id):
    """One request of this support, for whoever it is for: the adult and who stands in, the coordinators where nobody
    follows the adult, or a coordinator who is told of a wish. Done ones too: saying it twice is no mistake. For
    everybody else there is none. Returns (request, whether the reader comes in as a coordinator)."""
    found = OwnRequest.objects.filter(public_id=request_id, support__public_id=public_id).select_related("support")
    found = found.first()
    if found is None:
        raise Http404
    is_wish = found.kind == Kind.CHANGE
    coordinates = is_wish or found.support.state != SupportState.ACTIVE
    support = support_or_404(request, public_id, to="coordinate" if coordinates else "support")
    if is_wish and request.membership.pk not in {one.pk for one in told_of_wish(support)}:
        raise Http404
    return found, coordinates
