"""What the portal counts of a pilot's trainings: adults in their work, plainly, and no earlier than all figures."""

from datetime import date, timedelta

from django.utils import timezone

from coordination.clocks.half_years import counted_on
from pilots.results.queries.following import results_of
from pilots.trainings.commands.signing_up import forget_person
from pilots.trainings.models import Certificate, SignUp
from tests.pilots.registry.piloting import in_state
from tests.pilots.results.following import JANUARY, counted, texts
from tests.pilots.trainings.training import held, joined, made, signed_up


def of_pilot(pilot, cast):
    """A training of the pilot, tomorrow."""
    training = made(cast.coordinator, kind="training")
    type(training).objects.filter(pk=training.pk).update(pilot=pilot)
    return training


def trained(pilot, cast, *came):
    """A training of the pilot in May, with a place for the teacher, and who came."""
    training = of_pilot(pilot, cast)
    signed_up(training, cast.teacher)
    return held(training, *came, days_ago=60)


def test_trainings_people_and_certificates_are_counted_each_once(cast, pilot):
    for source in ("trainings_held", "people_trained", "certificates"):
        counted(pilot, cast.coordinator, source)
    for _training in range(2):
        training = trained(pilot, cast, cast.teacher)
        teacher = training.sign_ups.get()
        Certificate.objects.create(number=f"R{training.pk}", sign_up=teacher, issued_on=date(2026, 5, 20))
    assert [one.values[0].text for one in results_of(pilot).followed] == ["2", "1", "2"]
    assert [one.values[0].starts_on for one in results_of(pilot).followed] == [JANUARY] * 3


def test_of_trainings_only_what_took_place_and_who_came_are_counted(cast, pilot):
    for source in ("trainings_held", "people_trained"):
        counted(pilot, cast.coordinator, source)
    called_off = trained(pilot, cast, cast.teacher)
    type(called_off).objects.filter(pk=called_off.pk).update(called_off_at=timezone.now())
    trained(pilot, cast, cast.teacher).occasions.update(called_off_at=timezone.now())
    trained(pilot, cast)
    assert [one.values[0].text for one in results_of(pilot).followed] == ["1", "0"]


def test_who_came_stays_counted_when_their_names_are_erased(cast, pilot):
    counted(pilot, cast.coordinator, "people_trained")
    training = of_pilot(pilot, cast)
    held(training, *[joined(training, f"{name}@example.test") for name in ("ulla", "anna")], days_ago=60)
    assert texts(pilot) == ["2"]
    for sign_up in SignUp.objects.all():
        forget_person(sign_up)
        sign_up.save()
    assert texts(pilot) == ["2"]


def test_trainings_of_a_half_year_show_as_late_as_all_figures(cast, pilot, time_machine):
    counted(pilot, cast.coordinator, "trainings_held")
    time_machine.move_to(counted_on(JANUARY) - timedelta(days=1))
    assert texts(pilot) == []
    time_machine.move_to(counted_on(JANUARY))
    assert texts(pilot) == ["0"]


def test_trainings_of_another_pilot_are_not_counted(cast, pilot):
    counted(pilot, cast.coordinator, "people_trained")
    trained(in_state("running", cast.coordinator), cast, cast.teacher)
    assert texts(pilot) == ["0"]
