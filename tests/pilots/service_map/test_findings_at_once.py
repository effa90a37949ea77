"""Several at the same moment at one gap or overlap: one of them does it."""

import pytest

from coordination.services.models import Need, Service
from pilots.service_map.commands import findings as commands
from pilots.service_map.models import Finding
from tests.cast import Cast
from tests.flags.together import together
from tests.pilots.service_map.mapping import decided, entered, listed, opened

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    return Cast()


def refusals(answers):
    return [one for one in answers if isinstance(one, Exception)]


def test_of_two_who_open_the_same_gap_one_does(cast):
    listed(Need, "mental")
    answers = together(lambda: opened(cast.coordinator), lambda: opened(cast.administrator))
    assert len(refusals(answers)) == 1
    assert Finding.objects.count() == 1


def test_of_two_who_decide_one_does(cast):
    finding = opened(cast.coordinator)
    answers = together(*[lambda by=by: decided(by, finding=finding) for by in (cast.coordinator, cast.administrator)])
    assert len(refusals(answers)) == 1


def test_of_two_who_merge_one_into_the_other_one_does(cast):
    a, b = (entered(cast.mikkeli, name) for name in ("A", "B"))
    finding = decided(
        cast.coordinator, finding=opened(cast.coordinator, kind="overlap", services=[a, b]), decision="merge"
    )
    answers = together(
        lambda: commands.merge(finding=finding, kept=a, retired=b, by=cast.coordinator),
        lambda: commands.merge(finding=finding, kept=b, retired=a, by=cast.administrator),
    )
    assert len(refusals(answers)) == 1
    assert Service.objects.filter(is_active=True).count() == 1
