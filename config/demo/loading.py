"""From an empty house to the demo: the data in one transaction, then the mails it left behind, then the seal."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from config.demo import (
    assessment_halves,
    assessments,
    cooperation,
    coverage,
    directory,
    figures,
    flag_life,
    forms,
    half_years,
    kerava,
    measures,
    mikkeli,
    one_adult,
    pilots,
    protection,
    results,
    schedules,
    service_map_survey,
    social_welfare,
    trainings,
    two_people,
)
from config.demo.cast import Cast
from config.demo.stage import Stage, clock_at
from coordination.agencies.models import Area
from coordination.outbox.commands import mark_seen, send_waiting
from coordination.outbox.models import Mail, Notification
from coordination.outbox.states import MailState
from coordination.use_log.commands import seal

BEGAN = 245  # days ago: some eight months
NOTICES_READ = timedelta(days=12)


def is_loaded():
    """Whether there is anything that the demo would stand beside."""
    return Area.objects.exists()


def load(*, progress=lambda words: None):
    """Make the demo, all of it or nothing. What comes after the commit, the timetable would do as well."""
    with transaction.atomic():
        play(Stage(progress=progress))
        figures.count_earlier_months()
        half_years.count_earlier_halves()
        assessment_halves.count_earlier_halves()
        measures.count_earlier_halves()
        schedules.count_earlier_halves()
        results.follow()
    progress("Mails")
    send_mails()
    read_old_notices()
    seal()


def play(stage):
    """Everything that has happened, from the first day on."""
    opening = _opening(stage)
    next(opening)
    towns = [*mikkeli.stories(stage), *kerava.stories(stage), *protection.stories(stage), *two_people.stories(stage)]
    towns += [*flag_life.stories(stage), *cooperation.stories(stage), *directory.stories(stage)]
    towns += [*one_adult.stories(stage), *social_welfare.stories(stage), *assessments.stories(stage)]
    towns += [*pilots.stories(stage), *forms.stories(stage), *measures.stories(stage), *trainings.stories(stage)]
    towns += [*schedules.stories(stage), *coverage.stories(stage), *service_map_survey.stories(stage)]
    stage.play([opening, *towns, *_changes_of_staff(stage), *_visits(stage)])


def _opening(stage):
    with clock_at(timezone.now() - timedelta(days=BEGAN)):
        stage.cast = Cast()
    yield BEGAN - 1


def _changes_of_staff(stage):
    yield _leaves(stage)
    yield _begins(stage)


def _leaves(stage):
    yield 40
    stage.cast.leave("Tuomas", by="Anna")
    stage.cast.invite("ilona.uusitalo@mikkeli.example", "association", by="Anna")


def _begins(stage):
    yield 20
    stage.cast.newcomer()
    yield 2
    stage.cast.invite("eero.alkula@mikkeli.example", "school", by="Anna", job_title="erityisopettaja")
    stage.cast.invite("stina.nyberg@mikkeli.example", "welfare", by="Kaisa", language="sv")


def _visits(stage):
    """People open their desks now and then."""
    for first, names in ((8, ["Tiina", "Kaisa"]), (5, ["Kalle", "Oona"]), (3, ["Niina", "Jussi", "Kaisa"])):
        yield _visit(stage, first, names)


def _visit(stage, ago, names):
    yield ago
    for name in names:
        stage.look(name, "pages:desk")


def send_mails():
    """Send what was made, each at its moment, so that the mails carry the dates of their stories."""
    waiting = Mail.objects.filter(state=MailState.WAITING)
    for moment in waiting.order_by("made_at").values_list("made_at", flat=True).distinct():
        with clock_at(moment):
            send_waiting()


def read_old_notices():
    """What is older has been read; the latest news is still unread."""
    moment = timezone.now() - NOTICES_READ
    for notice in Notification.objects.unseen().filter(made_at__lt=moment).select_related("membership"):
        with clock_at(notice.made_at + timedelta(days=1)):
            mark_seen(membership=notice.membership, public_ids=[notice.public_id])
