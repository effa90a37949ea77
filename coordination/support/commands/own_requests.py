"""What becomes of that which a young person asked for on their own page once the support has ended: nothing of it is
lost without somebody knowing."""

from django.db import transaction

from coordination.outbox.commands import done, tell
from coordination.people import access
from coordination.support.commands.own_page import NOTICES, handle
from coordination.support.models import OwnRequest
from coordination.support.queries.rounds import overview_link, working_in


@transaction.atomic
def settle_requests(*, support, kinds=tuple(OwnRequest.Kind)):
    """What was asked for in this support waits no more."""
    for request in _open(support).filter(kind__in=kinds):
        handle(request=request, by=None)


@transaction.atomic
def pass_on_requests(*, support, to):
    """The young person still waits to be rung: by the adult of that support which begins or goes on (`to`), who is
    told. Where they wait for the same there already, once is enough."""
    for request in _open(support):
        if to.own_requests.filter(handled_at=None, kind=request.kind).exists():
            handle(request=request, by=None)
            continue
        request.support = to
        request.save(update_fields=["support"])
        adults = access.audience(working_in(to), "support", to.young_person)
        _tell(request, to=adults, link=to.get_absolute_url())


@transaction.atomic
def leave_requests(*, support):
    """The young person still waits to be rung, and nobody follows the adult: the coordinators ring, and are told."""
    for request in _open(support):
        _tell(request, to=access.coordinators(support.area, support.young_person), link=overview_link(support))


def _open(support):
    return support.own_requests.select_for_update(of=["self"]).filter(handled_at=None)


def _tell(request, *, to, link):
    """It waits for the former adult no more. Whoever was told before is told again, of another support."""
    done(about=request.public_id)
    dedupe = f"{request.public_id}:{request.support.public_id}:on"
    tell(NOTICES[request.kind], to=to, about=request, link=link, dedupe=dedupe)
