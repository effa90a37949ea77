"""What somebody has signed up for, leads, and has got."""

from dataclasses import dataclass

from pilots.trainings.models import Certificate
from pilots.trainings.queries.lists import Filters, listed


@dataclass(frozen=True)
class Own:
    """One's own trainings: to come, led, and certificates."""

    coming: list
    led: list
    certificates: list


def own_of(membership):
    """Everything of one's own."""
    coming, _more = listed(Filters(whose="own"), membership)
    led, _more = listed(Filters(whose="led"), membership)
    return Own(coming, led, list(certificates_of(membership.user)))


def certificates_of(user):
    """A person's certificates, for whichever agency they came."""
    found = Certificate.objects.filter(sign_up__membership__user=user) | Certificate.objects.filter(course__user=user)
    return found.select_related("sign_up__training", "course").order_by("-issued_on", "-pk")
