"""The young person forbids what an adult asked for, or allows it again."""

from django.db import transaction
from django.utils import timezone

from coordination.erasures.commands import note
from coordination.interface.wake import wake
from coordination.people.holding import hold
from coordination.people.models import Ground, Refusal
from coordination.people.permissions import recompute

_REFUSED = [Ground.Kind.INFORM, Ground.Kind.NAMING, Ground.Kind.SUPPORT, Ground.Kind.TALK, Ground.Kind.FORM]


@transaction.atomic
def refuse(*, young_person, membership, said_by, by, **known):
    """What this adult has asked for until now lies inert from now on. The adult is not told and sees nothing of it.

    Returns the refusal and whether it is new; saying it again changes nothing. `known` are `public_id` and `made_at` of
    one that a restored backup has forgotten: by that id the ledger says when it was lifted.
    """
    hold(young_person)
    refusal, is_new = Refusal.objects.get_or_create(
        young_person=young_person,
        user=membership.user,
        ended_at=None,
        defaults={"membership": membership, "said_by": said_by, "made_by": by, **known},
    )
    if is_new:
        # What the adult sees by taking part ends with the part; here ends what a match alone had shown, and what the
        # young person had said of the one adult, whose rows follow.
        Ground.objects.filter(
            young_person=young_person, membership__user=membership.user, kind__in=_REFUSED, ended_at=None
        ).update(ended_at=timezone.now())  # unaudited: a ground's rows are their own history
        recompute(young_person)
        note("refused", refusal=refusal.public_id, person=young_person.public_id, adult=membership.public_id,
             said_by=said_by, by=by.public_id)  # fmt: skip
    return refusal, is_new


@transaction.atomic
def lift_refusal(*, refusal):
    """The young person changed their mind: what the adult had asked for counts again at once."""
    hold(refusal.young_person)
    refusal.ended_at = timezone.now()
    refusal.save(update_fields=["ended_at"])
    note("refusal_lifted", refusal=refusal.public_id)
    wake("flags.count_again", refusal.young_person_id)
