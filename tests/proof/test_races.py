"""P19: eight processes flag in pairs at the same moment, half of it on new people, half on people who already exist.

PROOF_FLAGS sets how many flags each process posts (default 100).
"""

import os
from collections import Counter

import pytest
from django.db.models import Count

from coordination.activity.models import Event
from coordination.follow_ups.models import AskedAdult, FollowUp
from coordination.outbox.models import Notification
from coordination.people.commands import find_or_make
from coordination.people.models import Ground, YoungPerson
from coordination.people.permissions import recompute
from flags.flagging.models import Flag
from flags.matching.models import Match, MatchedFlag
from scripts.bench.flaggers import young_people
from tests.cast import Cast
from tests.proof.races import PAIRS, race

FLAGS = int(os.environ.get("PROOF_FLAGS", "100"))


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_simultaneous_flags_make_one_person_and_one_match(prove):
    cast = Cast()
    people = young_people(FLAGS * PAIRS)
    for typed in people[::2]:
        find_or_make(area=cast.mikkeli, **typed)
    mistakes, seconds = race((cast.school, cast.health), people)
    assert not mistakes, "\n".join([f"{len(mistakes)} mistakes, the first ones:", *mistakes[:3]])
    number = len(people)
    missing = number - Match.objects.count()
    assert Flag.objects.count() == 2 * number
    assert YoungPerson.objects.count() == number
    assert Match.objects.count() == FollowUp.objects.count() == number
    assert doubled(Match) == doubled(FollowUp) == []
    assert MatchedFlag.objects.count() == AskedAdult.objects.count() == 2 * number
    assert Counter(Flag.objects.values_list("young_person", flat=True)).most_common()[-1][1] == 2
    assert not Flag.objects.filter(settled_at=None).exists()
    assert Ground.objects.filter(kind="coordination").count() == number
    assert Ground.objects.filter(kind="flag").count() == 2 * number
    assert Event.objects.filter(kind="follow_up_opened").count() == number
    assert Notification.objects.filter(code="follow_up_waits").count() == 2 * number  # two coordinators
    assert sum(recompute(person, write=False) for person in YoungPerson.objects.all()[:40]) == 0
    prove(f"Flags of 8 processes, {2 * number:,} in pairs, half on existing people: matches missing", missing, most=0)
    prove("… matches doubled", len(doubled(Match)), most=0)
    prove("… flags posted and settled a second, for comparison", 2 * number / seconds)


def doubled(model):
    return list(model.objects.values("young_person").annotate(rows=Count("pk")).filter(rows__gt=1))
