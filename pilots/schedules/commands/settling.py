"""What is done without a press, because it was written elsewhere."""

from coordination.outbox.commands import done
from pilots.schedules.queries.steps import done_elsewhere


def settle(enrolment):
    """Write down what was done in forms and measures, for a schedule that the caller holds."""
    found = done_elsewhere().filter(enrolment=enrolment).select_related("sheet__submitted_by")
    for one in found:
        one.done_on = one.elsewhere
        one.done_by = one.sheet.submitted_by if one.sheet and one.sheet.submitted_by else enrolment.owner
        one.save(update_fields=["done_on", "done_by"])
        done(about=one.public_id)
