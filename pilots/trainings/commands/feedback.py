"""What was said of a training, kept apart from whoever said it."""

from django.db import transaction

from pilots.trainings import rules
from pilots.trainings.models import TrainingFeedback
from pilots.trainings.queries.people import came_to
from pilots.trainings.queries.trainings import ended_at, held


@transaction.atomic
def give_feedback(*, sign_up, useful, better, token):
    """Say how a training was, once. The same `token` again writes nothing more; the row says nothing of the person."""
    training = held(sign_up.training)
    if TrainingFeedback.objects.filter(token=token).exists():
        return
    found = training.sign_ups.filter(pk=sign_up.pk).select_related("membership").first()
    rules.check_there(found)
    rules.check_may_answer(found, came=came_to(found) > 0, ended_at=ended_at(training))
    agency = found.membership.agency_id if found.membership else None
    TrainingFeedback.objects.create(training=training, token=token, agency_id=agency, useful=useful, better=better)
    found.has_answered = True
    found.save(update_fields=["has_answered"])
