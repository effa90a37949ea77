"""Short ways to what changes a support: a successor who said yes, dates as a page's three boxes, what was told."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from coordination.support.commands.naming import accept
from coordination.support.queries import rounds
from tests.coordination.support.namings import named


def ready(support, adult, *, by):
    """This professional was asked to go on with the young person, and has said yes."""
    return accept(support=named(support.young_person, adult, by=by, predecessor=support), by=adult)


def at(name, support):
    return reverse(f"support:{name}", args=[support.public_id])


def boxes(name, day):
    """A date as the page's three boxes post it."""
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def in_days(days):
    return today() + timedelta(days=days)


def later(time_machine, **time):
    """So much later than now."""
    time_machine.move_to(timezone.now() + timedelta(**time))


def told(membership, code, *, waiting=False):
    """How many notices of this code the membership has, or has still waiting."""
    found = Notification.objects.filter(membership=membership, code=code)
    return found.waiting().count() if waiting else found.count()


def alone(coordinator):
    """The supports on this coordinator's desk as without an adult."""
    return [one.pk for one in rounds.without_adult(coordinator)]
