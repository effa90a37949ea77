"""How far somebody is in the course inside the portal."""

from dataclasses import dataclass

from coordination.agencies.rules import is_trained
from coordination.clocks.rules import today
from pilots.trainings import course
from pilots.trainings.models import CourseProgress


@dataclass(frozen=True)
class Step:
    """One chapter in the reader's language, and whether they have gone through it."""

    chapter: course.Chapter
    is_done: bool


@dataclass(frozen=True)
class Progress:
    """The whole course for one reader; `next_one` is the first chapter that is left, None at its end."""

    steps: list
    row: CourseProgress | None
    may_flag: bool
    right_was_ended: bool

    @property
    def next_one(self):
        """The first chapter that is left."""
        return next((step.chapter for step in self.steps if not step.is_done), None)

    @property
    def number_done(self):
        """How many chapters are done."""
        return sum(step.is_done for step in self.steps)

    @property
    def minutes_left(self):
        """How many minutes what is left takes, about."""
        return sum(step.chapter.minutes for step in self.steps if not step.is_done)


def progress_of(user):
    """The course as this person stands in it."""
    row = CourseProgress.objects.filter(user=user).select_related("certificate").first()
    done = row.done if row else []
    steps = [Step(chapter, chapter.code in done) for chapter in course.chapters()]
    return Progress(steps, row, is_trained(user), right_was_ended(user))


def right_was_ended(user):
    """Whether an administrator has ended this person's right to flag, and nobody has given it back."""
    return not is_trained(user) and user.trainings.filter(ended_on__lte=today()).exists()
