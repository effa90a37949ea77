"""Who came, and what those get who came to everything."""

import secrets

from django.db import transaction

from coordination.agencies.commands import note_training
from coordination.clocks.rules import today
from coordination.outbox.commands import done
from pilots.trainings import letters, notices, rules
from pilots.trainings.commands.telling import tell_people, with_people
from pilots.trainings.models import Attendance, Certificate
from pilots.trainings.queries.course import right_was_ended
from pilots.trainings.queries.people import complete
from pilots.trainings.queries.trainings import has_ended, held_by
from pilots.trainings.states import SignUpState


@transaction.atomic
def mark_attendance(*, occasion, came, by):
    """Write down who of those with a place came to this occasion: `came` are keys of sign-ups, the others didn't.

    Raises NotNow before it has begun, and where it would take back what somebody has a certificate for.
    """
    training = held_by(by, occasion.training)
    occasion = training.occasions.filter(pk=occasion.pk).first()
    rules.check_there(occasion)
    rules.check_begun(occasion)
    rows = {row.sign_up_id: row for row in occasion.attendances.all()}
    for one in training.sign_ups.filter(state=SignUpState.IN).select_related("certificate"):
        is_here, row = one.pk in came, rows.get(one.pk)
        if row and row.came == is_here:
            continue
        rules.check_not_certified(getattr(one, "certificate", None))
        row = row or Attendance(occasion=occasion, sign_up=one)
        row.came = is_here
        row.save()


@transaction.atomic
def give_certificates(*, training, by):
    """Give everybody who came to every occasion their certificate, and tell them; gives the new ones.

    One of the flag model's own training lets its holder flag from the day of the last occasion on. Nobody gives that
    right to themselves. Raises NotNow while an occasion is to come, and for groups and meetings.
    """
    training = held_by(by, training)
    rules.check_certificates(training, ended=has_ended(training))
    held_on = rules.day_of(training.occasions.filter(called_off_at=None).last().ends_at)
    entitled = [one for one in complete(training) if not rules.is_own_right(training, one, by)]
    made = [certify(sign_up=one, issued_by=by) for one in entitled]
    # In the order of the users, so that two trainings with the same people can't wait for each other.
    for one in sorted(entitled, key=lambda one: one.membership.user_id if one.membership else 0):
        # A right that an administrator has ended is given back by nobody but them.
        if rules.gives_right_to(training, one.membership) and not right_was_ended(one.membership.user):
            note_training(user=one.membership.user, held_on=held_on)
    if entitled:
        people = with_people(training.sign_ups.filter(pk__in=[one.pk for one in entitled]))
        tell_people(
            people, notices.CERTIFICATE_MADE, letters.CERTIFICATE, training=training, dedupe="certificate", by=by
        )
        done(about=training, codes=[notices.PLACE_FREED, notices.TRAINING_CHANGED])
    return made


def certify(*, issued_by=None, **of):
    """A new certificate of a sign-up or of the course, `of` which it is, with the next number of this year."""
    day = today()
    # Its number is that of its row, which is known once it is there.
    made = Certificate.objects.create(number=secrets.token_hex(8), issued_on=day, issued_by=issued_by, **of)
    made.number = f"{day.year}-{made.pk:05}"
    made.save(update_fields=["number"])
    return made
