"""Two rows turned out to be one young person, with whom a professional may have begun twice."""

from django.db import transaction

from coordination.clocks.rules import today
from pilots.measures.commands.courses import close
from pilots.measures.models import Course


@transaction.atomic
def move_courses(*, gone, kept):
    """Let the courses of the row that goes go along. Of two open ones of the same professional the later one ends: the
    way began with the other. The caller holds both rows."""
    found = Course.objects.select_for_update(of=["self"], no_key=True).filter(young_person__in=[gone, kept])
    courses = list(found.select_related("young_person__area", "membership", "pilot__area").order_by("-begun_on", "-pk"))
    for course in courses:
        open_ones = [one for one in courses if one.membership_id == course.membership_id and one.ended_on is None]
        if course.ended_on is None and len(open_ones) > 1:
            close(course, Course.Ending.STOPPED, max(today(), course.begun_on))
        if course.young_person_id == gone.pk:
            course.young_person = kept
            course.save(update_fields=["young_person"])
