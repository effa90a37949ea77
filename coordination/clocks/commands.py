"""Saving a deadline rule of the own area."""

from django.db import transaction

from coordination.agencies.constraints import keeping_constraints
from coordination.agencies.models import Area
from coordination.clocks import changing
from coordination.clocks.models import DeadlineRule


@transaction.atomic
def save_rule(*, rule, by):
    """Save a rule of the own area: a new one, one that doesn't hold yet, or the last day of one that holds.

    Raises NotNow where deadlines that were counted would change, or where a constraint would be violated.
    """
    # So that no two rules of an area begin on the same day.
    area = Area.objects.select_for_update(no_key=True).get(pk=by.agency.area_id)
    if rule.pk:
        before = DeadlineRule.objects.get(pk=rule.pk)
        changing.check_own(before, area)
        changing.check_not_ended(before)
        if changing.has_begun(before):
            changing.check_only_ends(before, rule)
    else:
        before, rule.area = None, area
    if before is None or not changing.has_begun(before):
        changing.check_begins(rule.valid_from)
    changing.check_last_day(rule.valid_until)
    changing.check_receipt(rule)
    with keeping_constraints():
        rule.save()
    return rule
