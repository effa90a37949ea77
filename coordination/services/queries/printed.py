"""The lists to print: all that is offered to one audience, kind by kind."""

from itertools import groupby

from django.http import Http404

from coordination.services.models import TargetGroup
from coordination.services.queries.entries import entry

# A town has some hundred; more would be a book.
MOST = 500


def groups(lists):
    """The audiences to print a list for."""
    return lists[TargetGroup]


def group_or_404(code):
    """One audience."""
    found = TargetGroup.objects.filter(code=code, is_active=True).first()
    if found is None:
        raise Http404
    return found


def chapters(services, group):
    """[(kind, its entries)] of what of these services is meant for the audience, both by name; and whether there are
    more than are printed."""
    found = services.filter(target_groups=group).select_related("service_class", "owner__area", "area")
    rows = list(found[: MOST + 1])
    shown = sorted(rows[:MOST], key=lambda one: (one.service_class.name.casefold(), one.name.casefold(), one.pk))
    by_kind = groupby(shown, key=lambda one: one.service_class.name)
    return [{"kind": kind, "entries": [entry(one, None) for one in its]} for kind, its in by_kind], len(rows) > MOST
