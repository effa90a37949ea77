"""The instruments that come with the portal: their numbers, and none of the licensed words."""

from decimal import Decimal

import pytest

from pilots.measures import reference
from pilots.measures.models import Instrument, LicensedWording
from pilots.measures.queries.wordings import worded

pytestmark = pytest.mark.django_db


def test_a_second_run_writes_nothing():
    assert reference.load() == (3, 0)
    assert reference.load() == (0, 0)


def test_a_changed_cutoff_is_brought_up_to_date():
    reference.load()
    cutoff = Instrument.objects.get(code="ors").cutoffs.first()
    cutoff.value = 1
    cutoff.save()
    assert reference.load() == (0, 1)
    assert reference.load() == (0, 0)


@pytest.mark.parametrize(
    ("code", "kind", "when", "ages", "values"),
    [
        ("ors", "outcome", "start", (13, None), {25, 28}),
        ("cors", "outcome", "start", (6, 12), {32}),
        ("srs", "alliance", "end", (6, None), {36}),
    ],
)
def test_each_profile(code, kind, when, ages, values):
    reference.load()
    one = Instrument.objects.get(code=code)
    assert (one.kind, one.when, (one.youngest_age, one.oldest_age)) == (kind, when, ages)
    assert one.reliable_change == Decimal(5)
    assert {int(cutoff.value) for cutoff in one.cutoffs.all()} == values
    assert sum(scale.highest for scale in one.scales.all()) == 40
    assert one.licence_holder


def test_no_wording_comes_along(cast):
    reference.load()
    assert not LicensedWording.objects.exists()
    for code in ("ors", "cors", "srs"):
        one = Instrument.objects.get(code=code)
        names = [shown.name for shown in worded(one, cast.nurse, "fi")]
        assert names == [f"Asteikko {number}" for number in range(1, 5)] or names == [
            f"Scale {number}" for number in range(1, 5)
        ]
