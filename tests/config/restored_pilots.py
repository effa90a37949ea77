"""What there is of pilots and of their steps before a backup, for the stories of `restored`."""

from uuid import uuid4

from pilots.questionnaires.models import QuestionnaireVersion
from pilots.registry.commands.attachments import attach
from pilots.registry.commands.leads import add_lead
from tests.pilots.measures import measuring
from tests.pilots.questionnaires import filling
from tests.pilots.registry import piloting
from tests.pilots.registry.documents import PDF
from tests.pilots.registry.documents import sent as document
from tests.pilots.schedules import following
from tests.pilots.trainings import training as trainings


def formed(cast, follow_up):
    """A form of the young person that the coordinator has begun."""
    version = filling.approved(cast.second_coordinator, cast.administrator)
    return filling.begun(cast, version=version, person=follow_up.young_person)


def form_anew(cast, follow_up):
    """Another form of the same kind."""
    return filling.begun(cast, version=QuestionnaireVersion.objects.get(), person=follow_up.young_person)


def measured(cast, story):
    """The nurse takes measures with the young person, who has answered once."""
    course = measuring.begun(story.young_person, cast.nurse)
    measuring.scored(course, 1, "18.4")
    return course


def followed(cast, story):
    """The nurse follows a schedule with the young person, and has done a step of it."""
    enrolment = following.begun(story.young_person, cast.nurse)
    following.done(enrolment)
    return enrolment


def tried(cast):
    """A pilot that the coordinator leads with the administrator, and a file of it."""
    pilot = piloting.begun(cast.coordinator)
    add_lead(pilot=pilot, membership=cast.administrator, by=cast.coordinator)
    file_of(cast, pilot)


def planned(cast):
    """A training that somebody without an account has signed up for."""
    trainings.joined(trainings.made(cast.coordinator, 30))


def file_of(cast, pilot):
    """A file that belongs to the pilot."""
    attach(pilot=pilot, file=document("a.pdf", PDF), token=uuid4(), by=cast.coordinator)
