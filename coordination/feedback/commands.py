"""Giving feedback, answering it, and forgetting it."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coordination.agencies.models import Area
from coordination.agencies.queries import administrators
from coordination.feedback import notices, rules
from coordination.feedback.models import Feedback
from coordination.outbox.commands import done, tell


@transaction.atomic
def give_feedback(*, area, kind, text, token, reply_to="", by=None):
    """Keep a message about the portal and tell the area's administrators that it waits. `by` is the acting
    membership, None for somebody who isn't signed in; the same `token` again gives back the first row.

    Raises NotNow when the day's share is used up.
    """
    if sent := Feedback.objects.filter(token=token).first():
        return sent
    rules.check_not_flooded(area, signed_in=by is not None)
    feedback, is_new = Feedback.objects.get_or_create(
        token=token,
        defaults={
            "area": area,
            "kind": kind,
            "text": text,
            "reply_to": reply_to,
            "signed_in": by is not None,
            "answer_by": rules.answer_by(area),
        },
    )
    if is_new:
        tell(
            notices.FEEDBACK_WAITS,
            to=administrators(area.pk).select_related("user"),
            about=feedback,
            link=reverse("admin:coordination_feedback_change", args=[feedback.pk]),
            due_on=feedback.answer_by,
            dedupe=str(feedback.public_id),
            except_for=by,
        )
    return feedback


@transaction.atomic
def set_handled(*, feedback, by):
    """This administrator has answered, or there is nothing to answer. Doing it again changes nothing."""
    changed = Feedback.objects.filter(pk=feedback.pk, area=by.agency.area_id, handled_at=None).update(
        handled_at=timezone.now(), handled_by=by
    )
    done(about=feedback)
    return bool(changed)


def forget_old():
    """Erase handled feedback after the days that its area keeps it."""
    for area in Area.objects.all():
        before = timezone.now() - timedelta(days=area.days_feedback_is_kept)
        Feedback.objects.filter(area=area, handled_at__lt=before).delete()
