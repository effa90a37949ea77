"""Adapting a schedule: an area's own begins as a copy."""

from django.db import transaction

from pilots.schedules.models import Schedule


@transaction.atomic
def adapt(*, schedule, by):
    """A copy of the schedule with its steps, of the own area's, to be changed there."""
    steps = list(schedule.steps.all())
    made = Schedule.objects.get(pk=schedule.pk)
    made.pk = made.code = None
    made._state.adding = True
    made.public_id, made.area = Schedule._meta.get_field("public_id").get_default(), by.agency.area
    made.save()
    for step in steps:
        step.pk, step.schedule = None, made
        step.save(force_insert=True)
    return made
