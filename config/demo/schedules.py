"""Schedules in Mikkeli: its own Sisukas, adapted, in the middle of which Helka is with the school nurse; and Leevi's
health check after a placement, which Kaisa hasn't booked in time."""

from datetime import timedelta
from uuid import uuid4

from coordination.clocks.rules import today
from pilots.registry.models import Pilot
from pilots.schedules.commands.adapting import adapt
from pilots.schedules.commands.enrolments import begin
from pilots.schedules.commands.steps import mark_done
from pilots.schedules.models import DueStep, Schedule, ScheduleStep

CHECK, SISUKAS = "sijoitetun-lapsen-terveystarkastus", "sisukas"
# What Mikkeli added to Sisukas, so many days after the first one.
OWN_STEP, OWN_DAYS = "Välikeskustelu nuoren ja koulun kanssa", 45


def stories(stage):
    """In no order, like the towns' own."""
    yield _helka(stage)
    yield _leevi(stage)


def _helka(stage):
    """Baseline and plan are done, and the talk that Mikkeli added comes in some days."""
    yield 40
    niina = stage.cast["Niina"]
    own = adapt(schedule=Schedule.objects.get(code=SISUKAS), by=stage.cast["Anna"])
    own.name_fi = own.name_sv = own.name_en = "Sisukas Mikkelissä"
    own.save()
    ScheduleStep.objects.create(
        schedule=own,
        order=own.steps.count() + 1,
        name_fi=OWN_STEP,
        name_sv="Samtal med den unga och skolan",
        name_en="Talk with the young person and the school",
        after_days=OWN_DAYS,
    )
    known = {"young_person": stage.person("Helka"), "first_day": today(), "token": uuid4(), "by": niina}
    pilot = Pilot.objects.get(area=niina.area, spread_from__code="sisukas-keski-suomi")
    enrolment = begin(schedule=own, pilot=pilot, **known)
    baseline, plan, *_later = DueStep.objects.filter(enrolment=enrolment).order_by("step__order")
    for ago, due in ((29, baseline), (12, plan)):
        yield ago
        mark_done(due=due, on=today(), by=niina)


def _leevi(stage):
    yield 2
    begin(
        schedule=Schedule.objects.get(code=CHECK),
        young_person=stage.person("Leevi"),
        first_day=stage.today - timedelta(days=12),
        token=uuid4(),
        by=stage.cast["Kaisa"],
    )
