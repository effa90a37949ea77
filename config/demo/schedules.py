"""Schedules in Mikkeli: its own Sisukas, adapted, in the middle of which Helka is with the school nurse; Leevi's health
check after a placement, which Kaisa hasn't booked in time; and when measures are taken in the pilot of measures, where
Samu's first session did the first step. The half-years of that pilot are invented."""

from datetime import timedelta
from uuid import uuid4

from config.demo.measures import NAME, SAMUS
from config.demo.pilot_facts import latest_halves, write_facts
from coordination.clocks.rules import today
from pilots.measures.models import Instrument
from pilots.registry.models import Pilot
from pilots.schedules.commands.adapting import adapt
from pilots.schedules.commands.counting import count_half, count_halves
from pilots.schedules.commands.enrolments import begin
from pilots.schedules.commands.steps import mark_done
from pilots.schedules.models import DueStep, Schedule, ScheduleFact, ScheduleStep

CHECK, SISUKAS = "sijoitetun-lapsen-terveystarkastus", "sisukas"
# What Mikkeli added to Sisukas, so many days after the first one.
OWN_STEP, OWN_DAYS = "Välikeskustelu nuoren ja koulun kanssa", 45
# When measures are taken: so many days after the first one, the step in three languages.
MEASURES = [
    (14, "ORS alussa", "ORS i början", "ORS at the beginning"),
    (90, "ORS puolivälissä", "ORS halvvägs", "ORS halfway"),
    (180, "ORS lopussa", "ORS i slutet", "ORS at the end"),
]
# Of each agency, in each of the two latest half-years: came along, young people with something done in time, late and
# left out; steps done in time and late.
HALVES = {
    "Kouluterveydenhuolto": [(6, 6, 2, 1, 11, 2), (5, 9, 3, 1, 24, 4)],
    "Nuorten Aalto ry": [(5, 5, 1, 0, 9, 1), (4, 8, 3, 1, 20, 4)],
    "Opiskeluhuolto": [(4, 4, 1, 1, 7, 1), (4, 7, 2, 1, 17, 3)],
}
What = ScheduleFact.What


def stories(stage):
    """In no order, like the towns' own."""
    yield _helka(stage)
    yield _leevi(stage)
    yield _samu(stage)


def _helka(stage):
    """Baseline and plan are done, and the talk that Mikkeli added comes in some days."""
    yield 40
    niina = stage.cast["Niina"]
    own = adapt(schedule=Schedule.objects.get(code=SISUKAS), by=stage.cast["Anna"])
    own.name_fi, own.name_sv, own.name_en = "Sisukas Mikkelissä", "Sisukas i S:t Michel", "Sisukas in Mikkeli"
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


def _samu(stage):
    yield 1
    jussi = stage.cast["Jussi"]
    names = {
        "name_fi": "Mittaukset alussa, puolivälissä ja lopussa",
        "name_sv": "Mätningar i början, halvvägs och i slutet",
    }
    names["name_en"] = "Measures at the beginning, halfway and at the end"
    pilot = Pilot.objects.get(texts__name=NAME)
    schedule = Schedule.objects.create(area=pilot.area, pilot=pilot, begins_with=Schedule.Begins.ENROLMENT, **names)
    for order, (after, *name) in enumerate(MEASURES, start=1):
        ScheduleStep.objects.create(
            schedule=schedule,
            order=order,
            **dict(zip(("name_fi", "name_sv", "name_en"), name, strict=True)),
            kind=ScheduleStep.Kind.MEASURE,
            instrument=Instrument.objects.get(code="ors"),
            after_days=after,
        )
    first = stage.today - timedelta(days=SAMUS[0][0])
    begin(schedule=schedule, young_person=stage.person("Samu"), first_day=first, pilot=pilot, token=uuid4(), by=jussi)


def count_earlier_halves():
    """The invented half-years of the pilot of measures that can be shown; then whatever else can be closed."""
    pilot = Pilot.objects.select_related("area").get(texts__name=NAME)
    for place, half in enumerate(latest_halves(2)):
        for name, numbers in HALVES.items():
            came, in_time, late, left_out, steps_in_time, steps_late = numbers[place]
            facts = [
                (What.BEGUN, 0, came, came),
                (What.IN_TIME, 0, in_time, in_time),
                (What.LATE, 0, late, late),
                (What.LEFT_OUT, 0, left_out, left_out),
                (What.DONE, 1, in_time, steps_in_time),
                (What.DONE, 0, 0, steps_late),
            ]
            write_facts(ScheduleFact, pilot, half, name, [fact for fact in facts if fact[-1]])
        count_half(area=pilot.area, half=half)
    count_halves()
