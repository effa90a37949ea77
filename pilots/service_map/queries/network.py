"""Who is in the network of professionals, and whom the monthly letter reaches."""

from coordination.agencies.models import Membership
from coordination.agencies.rules import shown_adult
from pilots.service_map.models import NetworkContact


def own_contact(membership):
    """This membership's open row in the network, or None."""
    return in_network(membership).first()


def in_network(membership):
    """The open rows of this membership (a row, or a reference to one)."""
    return NetworkContact.objects.filter(membership=membership, ended_at=None)


def contacts_of(area_id, viewer):
    """Who is in the area's network, each {"contact", "shown"} as this membership may see them; whoever they may not see
    by name isn't listed."""
    found = NetworkContact.objects.filter(ended_at=None, membership__agency__area=area_id)
    found = found.filter(membership__in=Membership.objects.open())
    found = found.select_related("membership__user", "membership__agency__area")
    found = found.order_by("membership__user__last_name", "membership__user__first_name", "pk")
    listed = [{"contact": one, "shown": shown_adult(one.membership, viewer, about=None)} for one in found]
    return [one for one in listed if one["shown"].name]


def waiting_for_letter(month):
    """Those who get the letter of this month (its first day) and haven't yet: they joined before it was over."""
    found = NetworkContact.objects.filter(ended_at=None, gets_letter=True).exclude(mailed_for__gte=month)
    found = found.filter(membership__in=Membership.objects.open())
    return found.select_related("membership__user", "membership__agency__area").order_by("pk")
