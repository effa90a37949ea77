"""How many trainings of a pilot were held, by half-year. They tell of adults in their work: nothing is hidden."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from coordination.clocks.half_years import counted_on
from coordination.clocks.rules import day_of, half_year_after, half_year_of, today
from pilots.trainings.models import Attendance, Certificate, Occasion


@dataclass
class Held:
    """One half-year: the trainings held in it, the people who came to one, and the certificates given, each once."""

    trainings: set = field(default_factory=set)
    people: set = field(default_factory=set)
    certificates: set = field(default_factory=set)


def held_of(pilot):
    """{first day: Held} of the half-years since the pilot began that are over as long as all figures wait."""
    occasions = Occasion.objects.filter(
        training__pilot=pilot, training__called_off_at=None, called_off_at=None, ends_at__lte=timezone.now()
    )
    came = Attendance.objects.filter(came=True, occasion__in=occasions)
    given = Certificate.objects.filter(sign_up__training__pilot=pilot)
    found = defaultdict(Held)
    for training, starts_at in occasions.values_list("training", "starts_at"):
        found[half_year_of(day_of(starts_at))].trainings.add(training)
    for starts_at, sign_up, user in came.values_list("occasion__starts_at", "sign_up", "sign_up__membership__user"):
        found[half_year_of(day_of(starts_at))].people.add(("user", user) if user else ("sign-up", sign_up))
    for pk, day in given.values_list("pk", "issued_on"):
        found[half_year_of(day)].certificates.add(pk)
    return {half: found[half] for half in _halves(pilot)}


def _halves(pilot):
    half = half_year_of(pilot.starts_on)
    while counted_on(half) <= today():
        yield half
        half = half_year_after(half)
