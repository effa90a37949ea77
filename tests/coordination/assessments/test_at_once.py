"""Two at the same moment in one assessment: neither is lost, neither waits for ever, and nobody gets an error page."""

import threading

import pytest
from django.db import OperationalError

from config import erasing
from coordination.agencies.rules import NotNow
from coordination.assessments import rules
from coordination.assessments.commands import erasing as commands
from coordination.assessments.commands import handing, leaving, plans, summaries, taking_part
from coordination.assessments.models import Assessment, Participant, PlanAction
from coordination.clocks import reference
from coordination.clocks.rules import today
from coordination.people import access
from coordination.people.commands import exclude
from coordination.people.models import Ground
from tests.cast import Cast
from tests.coordination.assessments.parting import wrote
from tests.coordination.assessments.planned import action, ready, signed
from tests.coordination.assessments.reporting import open_intake
from tests.coordination.assessments.rooming import begun, fresh, invited
from tests.flags.together import meet, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    cast = Cast()
    reference.load()
    open_intake(cast.social)
    return cast


def pausing(monkeypatch, module, name, barrier):
    """This function waits for the other at the barrier first."""
    real = getattr(module, name)

    def function(*args, **kwargs):
        meet(barrier)
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, function)


def refused(answers):
    return [isinstance(one, NotNow) for one in answers]


def test_a_part_is_written_while_its_author_leaves(cast, monkeypatch):
    assessment = begun(cast.social_worker, by=cast.teacher)
    part = invited(assessment, cast.nurse)
    barrier = threading.Barrier(2)
    pausing(monkeypatch, rules, "check_content", barrier)

    def leave():
        meet(barrier)
        leaving.end_part(part)

    answers = together(lambda: wrote(cast.nurse, assessment, "Nukkuu huonosti"), leave)
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert fresh(part).state == "ended"
    assert part.versions.count() == 1


def test_a_part_is_ended_while_the_assessment_is_erased(cast, monkeypatch):
    assessment = signed(ready(cast, readers=[cast.nurse]))
    handing.hand_over(assessment=assessment, on=today(), receipt="Kirjaamo", looks="hold", by=cast.social_worker)
    part = Participant.objects.get(membership=cast.nurse)
    barrier = threading.Barrier(2)
    pausing(monkeypatch, taking_part, "_end", barrier)
    pausing(monkeypatch, commands, "erase_assessment", barrier)
    answers = together(
        lambda: taking_part.end_part(participant=part, by=cast.social_worker),
        lambda: erasing.erase_assessment(assessment.pk),
    )
    assert [one for one in answers if isinstance(one, OperationalError)] == []
    assert not Assessment.objects.exists()


def test_somebody_is_invited_while_they_are_excluded(cast):
    for _time in range(5):
        assessment = begun(cast.social_worker, by=cast.teacher, first_name=f"Aino{'abcde'[_time]}")
        person = assessment.young_person
        together(
            lambda assessment=assessment: invited(assessment, cast.nurse),
            lambda person=person: exclude(young_person=person, user=cast.nurse.user, by=cast.coordinator),
        )
        assert not Ground.objects.open().filter(young_person=person, membership=cast.nurse).exists()
        assert not access.may(cast.nurse, "contribute", person)


def test_it_is_signed_while_somebody_writes(cast):
    assessment = ready(cast, others=[cast.nurse])
    written, done = together(
        lambda: wrote(cast.nurse, assessment, "Nukkuu huonosti"),
        lambda: signed(assessment),
    )
    assert done.state == "signed"
    part = Participant.objects.get(membership=cast.nurse)
    assert part.versions.count() == (0 if isinstance(written, NotNow) else 1)
    if part.versions.exists():
        assert part.versions.get().made_at <= fresh(assessment).signed_at


def test_it_is_handed_over_or_opened_again(cast):
    assessment = signed(ready(cast))
    by = cast.social_worker
    answers = together(
        lambda: handing.hand_over(assessment=assessment, on=today(), receipt="Kirjaamo", looks="hold", by=by),
        lambda: summaries.reopen(assessment=assessment, why="Uusi tieto", by=by),
    )
    assert sorted(refused(answers)) == [False, True]
    assert fresh(assessment).state == ("open" if refused(answers)[0] else "handed_over")


def test_what_is_done_while_the_assessment_is_erased_goes_with_it(cast):
    assessment = ready(cast, readers=[cast.nurse])
    todo = action(assessment, cast.nurse)
    signed(assessment)
    handing.hand_over(assessment=fresh(assessment), on=today(), receipt="x", looks="hold", by=cast.social_worker)
    answers = together(
        lambda: plans.do_action(action=todo, by=cast.nurse), lambda: erasing.erase_assessment(assessment.pk)
    )
    assert answers[1] is True
    assert isinstance(answers[0], PlanAction | NotNow)
    assert not PlanAction.objects.exists()


def test_two_tabs_write_one_part(cast):
    assessment = begun(cast.social_worker, by=cast.teacher)
    part = invited(assessment, cast.nurse)
    answers = together(*[lambda text=text: wrote(cast.nurse, assessment, text) for text in ("Yksi", "Kaksi")])
    assert sorted(refused(answers)) == [False, True]
    assert part.versions.count() == 1
