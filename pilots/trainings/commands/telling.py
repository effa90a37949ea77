"""Telling those who signed up: a notice to whoever has an account, a letter to whoever has none."""

from coordination.agencies.rules import holds
from coordination.outbox.commands import tell
from pilots.trainings import letters


def tell_people(sign_ups, notice, letter, *, training, dedupe, about=None, by=None):
    """Tell these of what has happened to a training, in the caller's transaction; `by` knows already. `dedupe` says
    which news it is of this training."""
    members = [one.membership for one in sign_ups if one.membership and holds(one.membership)]
    tell(
        notice,
        to=members,
        link=training.get_absolute_url(),
        about=about or training,
        dedupe=f"{training.public_id}:{dedupe}",
        except_for=by,
    )
    for one in sign_ups:
        if one.membership is None and one.email:
            letters.mail(one, letter)


def with_people(sign_ups):
    """These sign-ups, read with what telling needs."""
    return list(sign_ups.select_related("membership__user", "membership__agency", "training__area"))
