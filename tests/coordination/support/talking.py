"""Short ways to permissions to talk, for tests."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from coordination.people import access
from coordination.support.commands.permissions import allow_talk
from tests.cast import sign_in


def let(support, member, *, days=30, matters=("housing", "money"), by=None):
    """The young person lets this member talk with the one adult."""
    said = {"matters": list(matters), "until": today() + timedelta(days=days), "said_how": "face"}
    return allow_talk(support=support, membership=member, by=by or support.adult, **said)


def sees(member, support):
    return access.may(member, "view_network", support.young_person)


def page_of(member, support):
    address = reverse("pages:person", args=[support.young_person.public_id])
    return sign_in(Client(), member).get(address)


def told(member, code):
    """How many notices of this code wait for the member."""
    return Notification.objects.filter(membership=member, code=code, done_at=None).count()
