"""P0: the clock tells nobody either. Posting takes as long for somebody already flagged as for somebody new."""

import time
from datetime import timedelta
from statistics import median
from uuid import uuid4

import pytest

from coordination.agencies.models import Membership
from coordination.clocks.rules import today
from flags.flagging.commands import post_flag
from flags.matching.commands import settle_flag
from scripts.bench.flaggers import professionals, young_people
from tests.cast import Cast

ROUNDS = 150


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_posting_takes_as_long_for_known_and_for_new(prove):
    cast = Cast()
    others = Membership.objects.select_related("user", "agency__area").in_bulk(
        [member.pk for member in professionals(cast.health, ROUNDS)]
    )
    own = Membership.objects.select_related("user", "agency__area").in_bulk(
        [member.pk for member in professionals(cast.school, 2 * ROUNDS)]
    )
    people = young_people(2 * ROUNDS)
    until = today() + timedelta(days=90)

    def post(member, typed):
        before = time.perf_counter()
        flag = post_flag(by=member, token=uuid4(), until=until, told_and_allowed=True, **typed)
        return time.perf_counter() - before, flag

    for member, typed in zip(others.values(), people[::2], strict=True):
        settle_flag(flag_id=post(member, typed)[1].pk)
    known, new = [], []
    for number, (member, typed) in enumerate(zip(own.values(), people, strict=True)):
        (new if number % 2 else known).append(post(member, typed)[0])
    prove(
        "Posting on a known young person beside a new one", median(known) / median(new), least=0.9, most=1.1, unit="×"
    )
