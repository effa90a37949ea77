"""Whose action is due."""

from datetime import timedelta

from pilots.service_map.coverage_rules import DAYS_BEFORE
from pilots.service_map.coverage_states import FindingState
from pilots.service_map.models import Finding


def to_remind_of(day):
    """Decided findings whose action is due within seven days, or is late, on this day."""
    rows = Finding.objects.filter(state=FindingState.DECIDED, due_on__lte=day + timedelta(days=DAYS_BEFORE))
    return rows.order_by("pk")
