"""Asking whoever keeps old entries whether they are still true."""

from django.db import transaction
from django.urls import reverse

from coordination.clocks.rules import today
from coordination.outbox.commands import tell
from coordination.services import notices
from coordination.services.models import Service
from coordination.services.queries.reminders import askers, to_ask_about


@transaction.atomic
def remind():
    """Ask about each old entry once, and again after thirty days: one notice for each person, however many entries."""
    keys = list(to_ask_about().order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
    services = Service.objects.filter(pk__in=keys)
    for membership in askers(services) if keys else []:
        tell(
            notices.SERVICES_STALE,
            to=[membership],
            link=f"{reverse('services:list')}?stale=on",
            about=membership,
            dedupe=today(),
        )
    services.update(asked_on=today())  # unaudited: says only when somebody was asked
    return len(keys)
