"""How far the checklist is, and whether pages must still say that real data may not come."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError

from coordination.agencies.rules import NotNow
from coordination.going_live import rules
from coordination.going_live.models import Signature, Tick

# Taking a signature back shows on every page within this time, in each process.
REMEMBERED_SECONDS = 60
_signed_until = 0.0


@dataclass(frozen=True)
class Row:
    """One item with its tick, or None."""

    item: rules.Item
    tick: Tick | None


def ticks():
    """The ticks in force."""
    return Tick.objects.filter(ended_at=None).select_related("by__user", "by__agency")


def signatures():
    """The signatures in force for the installation at this address, oldest first."""
    found = Signature.objects.filter(ended_at=None, public_url=rules.this_address())
    return found.select_related("by__user", "by__agency").order_by("at")


def page(membership):
    """The checklist as its page shows it to this membership."""
    ticked, signed = {tick.item: tick for tick in ticks()}, list(signatures())
    try:
        rules.check_may_sign(ticked=ticked, signed=signed, by=membership)
        refusal = ""
    except NotNow as problem:
        refusal = problem.sentence
    return {
        "rows": [Row(item, ticked.get(item.code)) for item in rules.ITEMS],
        "done": len(set(ticked) & set(rules.CODES)),
        "signatures": signed,
        "is_signed": rules.is_signed(signed),
        "signers": rules.SIGNERS,
        "has_signed": any(signature.by.user_id == membership.user_id for signature in signed),
        "refusal": refusal,
        "address": rules.this_address(),
    }


def not_for_real_data():
    """Whether every page says "not for real data": a real installation whose checklist is not signed.

    When the database can't be asked it says so too. A yes to real data is remembered for a minute.
    """
    global _signed_until
    if settings.DEMO_MODE or time.monotonic() < _signed_until:
        return False
    try:
        signed = rules.is_signed(signatures())
    except DatabaseError:
        return True
    if signed:
        _signed_until = time.monotonic() + REMEMBERED_SECONDS
    return not signed


def forget():
    """Ask the database again at the next page of this process."""
    global _signed_until
    _signed_until = 0.0
