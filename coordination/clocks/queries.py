"""Which rule holds."""

from django.db.models import Case, F, Q, Value, When

from coordination.clocks.models import DeadlineRule


def rule_for(what, *, area, scope, on):
    """The DeadlineRule by which this is counted for what was received on the date `on`; None without any.

    The area's own goes before the product's, then the scope's own before everyone's, then the one that began last: a
    rule for a time goes before the one that it interrupts, which holds again afterwards.
    """
    exactly = Case(When(scope=scope, then=Value(0)), default=Value(1))
    return (
        DeadlineRule.objects.filter(
            Q(area=area) | Q(area=None),
            Q(valid_until=None) | Q(valid_until__gte=on),
            what=what,
            scope__in=[scope, DeadlineRule.Scope.EVERYONE],
            valid_from__lte=on,
        )
        .order_by(F("area_id").asc(nulls_last=True), exactly, "-valid_from")
        .first()
    )
