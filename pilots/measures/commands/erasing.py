"""What goes when a course has been kept long enough, or its young person asks for it."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from coordination.erasures.commands import note
from coordination.people.erasing import erase_rows
from pilots.measures.models import Course


def kept_long_enough():
    """The keys of the courses that ended so long ago that their young person's area keeps them no longer."""
    before = timezone.now() - F("young_person__area__days_kept_after_closing") * timedelta(days=1)
    return Course.objects.filter(ended_at__lt=before).order_by("pk").values_list("pk", flat=True)


@transaction.atomic
def erase_course(*, course):
    """Erase the course with its sessions and all that was answered. What figures need was written down without anybody
    in it. The caller holds the young person."""
    # As whoever answers holds it: the course before what belongs to it.
    Course.objects.select_for_update(no_key=True).only("pk").get(pk=course.pk)
    note("course", course=course.public_id)
    erase_rows(course)
