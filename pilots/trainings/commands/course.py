"""Going through the course inside the portal."""

from django.db import transaction

from coordination.agencies.commands import note_training
from coordination.agencies.models import User
from coordination.clocks.rules import today
from pilots.trainings import course
from pilots.trainings.commands.attendance import certify
from pilots.trainings.models import CourseProgress
from pilots.trainings.queries.course import right_was_ended


@transaction.atomic
def finish_chapter(*, chapter, by):
    """Keep that somebody has gone through this chapter and answered what it asks. Doing it again changes nothing.

    With the last one they get their certificate, and may flag from today on; unless an administrator has ended that
    right of theirs: then somebody has to give it back.
    """
    # Two of one person's at once wait for each other.
    user = User.objects.select_for_update(no_key=True).get(pk=by.user_id)
    progress, _new = CourseProgress.objects.get_or_create(user=user)
    if chapter not in progress.done:
        progress.done.append(chapter)
    if progress.completed_on is None and course.is_whole(progress.done):
        progress.completed_on = today()
        certify(course=progress)
        if not right_was_ended(user):
            note_training(user=user, held_on=progress.completed_on)
    progress.save()
    return progress
