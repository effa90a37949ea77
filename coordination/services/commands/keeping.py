"""Keeping the directory: making an entry, changing it, and saying that it is still true."""

from django.db import transaction

from coordination.agencies.constraints import keeping_constraints
from coordination.agencies.models import Area
from coordination.clocks.rules import today
from coordination.outbox.commands import done
from coordination.services import notices, rules
from coordination.services.commands.words import rebuild_one
from coordination.services.models import Service
from coordination.services.queries.reminders import asked_about, without_old

_ROWS = ("needs", "target_groups", "municipalities", "also_in")


@transaction.atomic
def make_service(*, token, by, **said):
    """A new entry of the own area; the same `token` again gives back the one made. `said` are columns of Service and
    the rows that belong to it. Raises NotNow for whoever doesn't keep the area's directory."""
    area = Area.objects.select_for_update(no_key=True).get(pk=by.agency.area_id)
    rules.check_may_moderate(by, area.pk)
    if made := Service.objects.filter(token=token, area=area).first():
        return made
    service = Service(area=area, token=token)
    _write(service, said)
    return service


@transaction.atomic
def change_service(*, service, number, by, **said):
    """Change an entry; `said` as for `make_service`, and what isn't named stays.

    `number` is the entry's when the page was opened: raises NotNow where it has been changed since, and for whoever
    doesn't keep it.
    """
    service = held(service, by)
    rules.check_number(number, service)
    asked = asked_about(service)
    service.number += 1
    _write(service, said)
    tell_no_more(asked)
    return service


@transaction.atomic
def say_true(*, service, by):
    """Somebody who keeps the entry has looked: it is true today. Raises NotNow for everybody else."""
    service = held(service, by)
    service.checked_on = today()
    service.save(update_fields=["checked_on"])
    tell_no_more(asked_about(service))
    return service


def held(service, by):
    """The entry, with everybody else waiting who would change it. Raises NotNow for whoever doesn't keep it."""
    found = Service.objects.select_for_update(no_key=True, of=("self",)).select_related("area").get(pk=service.pk)
    rules.check_may_keep(by, found)
    return found


def leave_services(*, leaver):
    """What this ended membership kept is the administrators' now."""
    for service in Service.objects.filter(keeper=leaver):
        service.keeper = service.asked_on = None
        service.save(update_fields=["keeper", "asked_on"])


def tell_no_more(asked):
    """Of those who were asked about an entry nothing more is waited for, but for who has another old one."""
    for membership in without_old(asked):
        done(about=membership, codes=[notices.SERVICES_STALE], to=[membership])


def _write(service, said):
    """Whoever saves an entry has looked at it: it counts as true from today on."""
    rows = {name: said.pop(name) for name in _ROWS if name in said}
    for name, value in said.items():
        setattr(service, name, value)
    service.checked_on = today()
    with keeping_constraints():
        service.save()
    for name, chosen in rows.items():
        getattr(service, name).set(chosen)
    rebuild_one(service)
