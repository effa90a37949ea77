"""Ticking, and signing for all that is ticked."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from coordination.going_live import queries, rules
from coordination.going_live.models import Signature, Tick


def tick(*, item, note, by):
    """This item (a code of rules.ITEMS) is done; ticked already, nothing changes. Returns the tick in force."""
    try:
        with transaction.atomic():
            return Tick.objects.create(item=item, note=note, by=by)
    except IntegrityError:
        return Tick.objects.get(item=item, ended_at=None)


@transaction.atomic
def take_back(*, item, by):
    """This item is not done after all: every signature that stood on it ends."""
    found = Tick.objects.select_for_update().filter(item=item, ended_at=None).first()
    if found is None:
        return
    found.ended_at, found.ended_by = timezone.now(), by
    found.save(update_fields=["ended_at", "ended_by"])
    _end(Signature.objects.filter(ended_at=None, items__contains=[item]))


@transaction.atomic
def sign(*, by):
    """Answer for the whole list. Raises NotNow while anything is open, or for somebody who has signed."""
    # Held, so that nothing is taken back while it is being signed, and nobody signs twice at once.
    ticked = list(Tick.objects.select_for_update().filter(ended_at=None).order_by("pk"))
    codes = {one.item for one in ticked}
    rules.check_may_sign(ticked=codes, signed=queries.signatures(), by=by)
    made = Signature.objects.create(by=by, items=sorted(codes), public_url=rules.this_address())
    queries.forget()
    return made


@transaction.atomic
def take_back_signature(*, by):
    """The installation no longer has this person's word."""
    _end(Signature.objects.filter(ended_at=None, by__user=by.user))


def _end(signatures):
    for signature in signatures.select_for_update():
        signature.ended_at = timezone.now()
        signature.save(update_fields=["ended_at"])
    queries.forget()
