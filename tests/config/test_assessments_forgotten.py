"""P10: an assessment leaves nothing here some days after the controller's own system received it."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.db.models.deletion import Collector
from django.test import Client
from django.utils import timezone

from config import erasing
from config.pages.queries import looks_at
from coordination.assessments.commands.handing import hand_over, release_looks
from coordination.assessments.models import Assessment, AssessmentFact, PlanAction, Report
from coordination.cards.models import CardUse
from coordination.clocks.rules import today
from coordination.erasures.commands import write_ledger
from coordination.links.models import OneTimeLink
from coordination.outbox.commands import send_waiting
from coordination.people import access
from coordination.people.models import Ground, YoungPerson
from flags.flagging.models import Flag
from tests.cast import sign_in
from tests.config.restored import replay
from tests.coordination.assessments.handing import WRITTEN, action, signed, whole
from tests.coordination.assessments.reporting import sent
from tests.coordination.assessments.rooming import begun
from tests.coordination.cards.writing import written
from tests.coordination.support.working import supported
from tests.flags.matching.acts import withdraw
from tests.flags.matching.everything import deciphered_with, tables_with

pytestmark = pytest.mark.usefixtures("outside")


def handed(cast, assessment, *, looks="hold"):
    """Signed, and received in the controller's own system today."""
    return hand_over(
        assessment=signed(assessment), on=today(), receipt="Kirjaamo", looks=looks, held_why="", by=assessment.worker
    )


def ids_of(assessment):
    """The public ids and tokens of everything that hangs on the assessment, on its reports and on its people."""
    collector = Collector(using="default")
    for row in (assessment, *assessment.actions.all(), *assessment.reports.all()):
        collector.collect([row])
    rows = [row for found in [*collector.data.values(), *collector.fast_deletes] for row in found]
    names = ("public_id", "token", "log_key")
    return {str(getattr(row, name)) for row in rows for name in names if hasattr(row, name)}


def names_of(person):
    """By what a report or a flag finds this young person."""
    return {name: getattr(person, name) for name in ("first_name", "last_name", "birth_date")}


def after(time_machine, **days):
    time_machine.move_to(timezone.now() + timedelta(**days), tick=False)
    erasing.erase_what_ended()


# --- All of it ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_some_days_after_it_was_received_nothing_in_the_database_tells_of_it(cast, time_machine, mailoutbox):
    before = tables_with("xenobia", "yxkukainen", "sanaton")
    assert before == set()
    assessment = whole(cast)
    person, link = assessment.young_person, OneTimeLink.objects.get()
    CardUse.objects.create(
        version=written(role="school", phase="meet"), membership=cast.nurse, about=assessment.public_id
    )
    for member in (cast.social_worker, cast.nurse):
        assert sign_in(Client(), member).get(assessment.get_absolute_url()).status_code == 200
    assert send_waiting() == len(mailoutbox)
    ids = ids_of(assessment) | {str(link.public_id), str(person.public_id)}
    words = ["xenobia", "yxkukainen", *assessment.words.values()]
    handed(cast, assessment)
    written_in = deciphered_with(*assessment.words.values())
    assert len(written_in) > 20, written_in
    assert len(tables_with(*ids)) > 12
    assert LogEntry.objects.filter(object_repr__icontains="assessment").exists()
    after(time_machine, days=89, hours=23)
    assert Assessment.objects.exists()
    after(time_machine, hours=2)
    write_ledger()
    assert not YoungPerson.objects.exists()
    assert tables_with(*words, *ids) == {"coordination_look"}
    assert tables_with(*words) == set()
    assert deciphered_with(*words) == set()
    ours = {model._meta.model_name for model in WRITTEN}
    assert not LogEntry.objects.filter(content_type__model__in=ours).exists()


@pytest.mark.parametrize(
    "goes",
    [
        lambda assessment: erasing.erase_assessment(assessment.pk),
        lambda assessment: erasing.erase_now(assessment.young_person_id),
    ],
)
def test_what_goes_before_its_half_year_is_counted_is_counted_then(cast, goes):
    goes(whole(cast))
    assert not Assessment.objects.exists()
    kept = AssessmentFact.objects.order_by("what").values_list("what", "people", "count")
    assert list(kept) == [("days_to_begin", 1, 1), ("heard", 1, 1)]


def test_what_was_not_received_is_kept_however_long(cast, time_machine):
    signed(whole(cast))
    after(time_machine, days=400)
    assert Assessment.objects.get().state == "signed"
    assert Report.objects.exists()


def test_the_areas_own_number_of_days(cast, time_machine):
    cast.mikkeli.days_kept_after_closing = 7
    cast.mikkeli.save()
    handed(cast, whole(cast))
    after(time_machine, days=8)
    assert not YoungPerson.objects.exists()


def test_of_one_child_only_what_was_handed_over_goes(cast, time_machine):
    first = whole(cast)
    second = whole(cast, worker=cast.youth_worker)
    assert first.young_person == second.young_person
    ids = ids_of(first)
    handed(cast, first)
    after(time_machine, days=91)
    write_ledger()
    assert Assessment.objects.get() == second
    assert tables_with(*ids) <= {"coordination_look"}
    assert OneTimeLink.objects.get().about in second.participants.values_list("public_id", flat=True)
    assert access.may(cast.youth_worker, "assess", second.young_person)
    assert not Ground.objects.filter(source=first.public_id).exists()
    assert second.child_views.exists()
    assert second.participants.count() == 5


def test_a_flagged_child_stays_and_the_flag_stays_what_it_was(cast, time_machine):
    flag = cast.flag(cast.teacher, until=today() + timedelta(days=150))
    assessment = begun(cast.social_worker, birth_date=flag.birth_date)
    assert assessment.young_person_id == flag.young_person_id
    handed(cast, assessment)
    after(time_machine, days=91)
    assert Flag.objects.get().young_person_id == flag.young_person_id


def test_a_flag_that_goes_leaves_the_child_to_the_assessment(cast):
    flag = cast.flag(cast.teacher)
    assessment = begun(cast.social_worker, birth_date=flag.birth_date)
    access.end_all_of(cast.social_worker)
    withdraw(Flag.objects.get())
    assert not Flag.objects.exists()
    assert Assessment.objects.get().young_person == assessment.young_person


# --- Who has looked -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("released", [True, False])
def test_only_looks_that_were_released_stay_the_young_persons(cast, time_machine, released):
    flag = cast.flag(cast.teacher, until=today() + timedelta(days=150))
    assessment = begun(cast.social_worker, birth_date=flag.birth_date)
    sign_in(Client(), cast.social_worker).get(assessment.get_absolute_url())
    if released:
        release_looks(assessment=assessment, by=cast.social_worker)
    handed(cast, assessment, looks="")
    after(time_machine, days=91)
    person = YoungPerson.objects.get()
    assert (assessment.log_key in person.log_keys) == released
    assert looks_at(person).filter(purpose="assessment").exists() == released


# --- What is still to be done ---------------------------------------------------------------------------------------


@pytest.fixture
def promised(cast):
    """An assessment of a young person whose one adult, the nurse, sees them by their own permission; and the actions of
    the nurse (one of them done), of the teacher, who sees nothing, and of the mother."""
    support = supported(cast)
    person = support.young_person
    assessment = whole(cast, **names_of(person))
    assert assessment.young_person == person
    PlanAction.objects.all().delete()
    goal = assessment.goals.get()
    done = {"done_at": timezone.now(), "done_by": cast.nurse}
    action(assessment, "Kesken", goal=goal, responsible=cast.nurse)
    action(assessment, "Tehty", responsible=cast.nurse, **done)
    action(assessment, "Opettajan", responsible=cast.teacher)
    action(assessment, "Äidin", responsible_name="Äiti")
    return handed(cast, assessment)


def left():
    """What is left of plans."""
    return [(one.what, one.assessment_id, one.goal_id) for one in PlanAction.objects.all()]


def test_only_an_open_action_of_somebody_whom_the_young_person_lets_see_stays(promised):
    erasing.erase_assessment(promised.pk)
    assert not Assessment.objects.exists()
    assert left() == [("Kesken", None, None)]
    kept = PlanAction.objects.get()
    assert not LogEntry.objects.get_for_object(kept).exists()


def test_it_goes_some_days_after_it_was_done(cast, promised, time_machine):
    after(time_machine, days=91)
    PlanAction.objects.update(done_at=timezone.now(), done_by=cast.nurse)
    after(time_machine, days=89)
    assert PlanAction.objects.exists()
    after(time_machine, days=2)
    assert not PlanAction.objects.exists()
    assert YoungPerson.objects.exists()


def test_it_goes_with_the_sight_of_whoever_was_to_do_it(cast, promised, time_machine):
    after(time_machine, days=91)
    support = promised.young_person.grounds.get(kind="support", ended_at=None)
    access.end_grounds(young_person=promised.young_person, source=support.source, kind="support")
    after(time_machine, hours=1)
    assert not PlanAction.objects.exists()


def test_it_goes_when_the_young_person_asks(cast, promised, time_machine):
    after(time_machine, days=91)
    erasing.ask_to_erase(young_person=promised.young_person, by=cast.coordinator)
    erasing.erase_asked()
    assert not YoungPerson.objects.exists()
    assert not PlanAction.objects.exists()


# --- Asking to be erased --------------------------------------------------------------------------------------------


def test_an_assessment_runs_its_own_course(cast, time_machine):
    support = supported(cast)
    person, names = support.young_person, names_of(support.young_person)
    assessment = whole(cast, worker=cast.youth_worker, **names)
    erasing.ask_to_erase(young_person=person, by=cast.coordinator)
    erasing.erase_asked()
    person = YoungPerson.objects.get(pk=person.pk)
    assert person.name == f"{names['first_name']} {names['last_name']}"
    assert [access.may(cast.nurse, one, person) for one in ("view_network", "support", "contribute")] == [0, 0, 1]
    assert access.may(cast.youth_worker, "assess", person)
    assert sign_in(Client(), cast.youth_worker).get(assessment.get_absolute_url()).status_code == 200
    assert OneTimeLink.objects.filter(ended_at=None).exists()
    assert assessment.actions.count() == 2
    handed(cast, Assessment.objects.get())
    after(time_machine, days=91)
    assert not YoungPerson.objects.exists()


# --- Restored backups -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flagged", [True, False])
def test_erased_it_goes_again_and_what_was_sent_for_it_too(cast, restored, flagged):
    assessment = whole(cast)
    if flagged:
        cast.flag(cast.nurse, guardian_allowed=True, **names_of(assessment.young_person))
    write_ledger()
    with restored():
        erasing.erase_assessment(assessment.pk)
    assert Assessment.objects.exists()
    replay()
    assert not Assessment.objects.exists()
    assert YoungPerson.objects.exists() == flagged
    assert not Report.objects.exists()
    assert deciphered_with(*assessment.words.values()) == set()


def test_a_report_that_a_backup_knows_without_its_assessment_goes_too(cast, restored):
    sent(cast.teacher)
    with restored():
        report = Report.objects.get()
        assessment = begun(cast.social_worker, by=cast.nurse)
        report.refresh_from_db()
        Report.objects.filter(pk=report.pk).update(assessment=assessment)
        erasing.erase_assessment(assessment.pk)
    assert Report.objects.get().assessment is None
    replay()
    assert not Report.objects.exists()


def test_with_the_person_it_goes_from_a_backup(cast):
    assessment = whole(cast)
    assert erasing.erase_now(assessment.young_person_id)
    assert not YoungPerson.objects.exists()
    assert deciphered_with(*assessment.words.values()) == set()
