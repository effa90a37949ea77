"""What a restored backup must not bring back: a sight that had ended takes with it what it came from."""

from django.db import transaction

from coordination.people.models import Ground
from coordination.support.commands.overlaps import withdraw_all
from coordination.support.commands.own_requests import settle_requests
from coordination.support.models import OwnPage, Substitution, Support, TalkPermission
from coordination.support.states import SupportState


@transaction.atomic
def sight_had_ended(*, ground, at):
    """This ground, which a backup brought back, had ended at this moment, so the row that it came from had, too.

    Of a support whose adult sees no more, the young person shows as without an adult: who had come after is lost with
    the backup, and a coordinator must look.
    """
    if ground.kind == Ground.Kind.TALK:
        _end(TalkPermission.objects.filter(public_id=ground.source, ended_at=None), at)
    elif ground.kind == Ground.Kind.NAMING:
        for support in Support.objects.filter(public_id=ground.source, state=SupportState.ASKED):
            support.state = SupportState.WITHDRAWN
            support.save(update_fields=["state"])
    elif ground.kind == Ground.Kind.SUPPORT:
        of_support = Substitution.objects.filter(support__public_id=ground.source, ended_at=None)
        _end(of_support.filter(membership=ground.membership), at)
        of_adult = Support.objects.filter(adult=ground.membership, state=SupportState.ACTIVE)
        for support in of_adult.filter(public_id=ground.source):
            support.state, support.end_reason = SupportState.ENDED, Support.EndReason.OTHER
            support.ended_at = max(at, support.began_at)
            support.save(update_fields=["state", "end_reason", "ended_at"])
            # As at any other end nobody is asked any more, and nothing waits that was asked for in it.
            withdraw_all(support=support)
            settle_requests(support=support)


def untick_all():
    """What was unticked on an own page since the backup must not be listed again, and no ledger knows of it: what is
    ticked is asked anew. Says on how many pages something was ticked."""
    return OwnPage.objects.exclude(sections=[]).update(sections=[])  # unaudited: the change log has no ticks


def _end(rows, at):
    for row in rows:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
