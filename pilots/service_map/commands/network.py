"""Joining and leaving the network of professionals, and its monthly letter."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from coordination.agencies.models import Membership
from coordination.agencies.rules import holds
from coordination.clocks.rules import months_after, today
from coordination.erasures.commands import note
from coordination.interface.each import each
from coordination.outbox.commands import queue_secret_mail
from pilots.registry.rules import check_there
from pilots.service_map.models import NetworkContact
from pilots.service_map.queries.network import in_network, own_contact, waiting_for_letter
from pilots.service_map.queries.news import news_of


@transaction.atomic
def join(*, asks_about, gets_letter, by):
    """Be found by the others of the area; joining again only changes what is said."""
    _held(by)
    contact = own_contact(by) or NetworkContact(membership=by)
    if gets_letter and not contact.gets_letter or contact.pk is None:
        # The first letter tells of what comes from now on.
        contact.mailed_for = months_after(today().replace(day=1), -1)
    contact.asks_about, contact.gets_letter = asks_about, gets_letter
    contact.save()
    return contact


@transaction.atomic
def leave(*, by):
    """Not be in the network any more. Raises NotNow the second time."""
    _held(by)
    found = own_contact(by)
    check_there(found)
    note("network", contact=found.public_id)
    _end(found)


def leave_again(contact):
    """In a restored backup, end a time in the network that had been ended; tells whether it hadn't."""
    if contact.ended_at is not None:
        return False
    _end(contact)
    return True


@transaction.atomic
def leave_network(*, leaver):
    """Somebody has left their work: they are in the network no more."""
    for contact in in_network(leaver):
        _end(contact)


def send_letters():
    """Send the letter of the last month to those who want it and haven't had it; nobody gets an empty one."""
    month = months_after(today().replace(day=1), -1)
    written = {}

    def send(contact):
        area, language = contact.membership.agency.area, contact.membership.user.language
        if (area.pk, language) not in written:
            written[area.pk, language] = _letter(area, language, month)
        if context := written[area.pk, language]:
            _send(contact, month, area, context)

    each(waiting_for_letter(month), send, otherwise="letter to member %s of the network could not be made")


@transaction.atomic
def _send(contact, month, area, context):
    """Queue the letter, and remember it in the same transaction: twice the same month sends once."""
    held = NetworkContact.objects.select_for_update(of=["self"]).select_related("membership__user")
    contact = held.get(pk=contact.pk)
    had_it = contact.mailed_for is not None and contact.mailed_for >= month
    if had_it or contact.ended_at or not contact.gets_letter or not holds(contact.membership):
        return
    user = contact.membership.user
    to, leave = {"to": user.email, "language": user.language}, context["own_page"]
    queue_secret_mail(**to, template="network_letter", context=context, area=area, unsubscribe=leave)
    contact.mailed_for = month
    contact.save(update_fields=["mailed_for"])


def _letter(area, language, month):
    """What the letter says, in this language; None where there is nothing to say."""
    with translation.override(language):
        parts = [
            {"heading": part.heading, "news": [[words, settings.PUBLIC_URL + link] for words, link in part.news]}
            for part in news_of(area, month)
        ]
        when = date_format(month, "F Y")
    own_page = settings.PUBLIC_URL + reverse("service_map:network")
    return {"area": str(area), "month": when, "parts": parts, "own_page": own_page} if parts else None


def _held(by):
    Membership.objects.select_for_update(no_key=True).get(pk=by.pk)


def _end(contact):
    contact.ended_at = timezone.now()
    contact.save(update_fields=["ended_at"])
