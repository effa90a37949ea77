"""The coordinators' page of a support."""

from django.db import transaction
from django.shortcuts import render

from coordination.agencies.door import acting
from coordination.agencies.models import Membership
from coordination.support.queries.doors import support_or_404
from coordination.support.queries.overview import overview as read

coordinating = acting(Membership.Role.COORDINATOR)


@coordinating
@transaction.atomic
def overview(request, public_id):
    """Where it stands, who was it before, and what can be done."""
    support = support_or_404(request, public_id, to="coordinate")
    return render(request, "coordination/support/overview.html", read(support, request.membership))
