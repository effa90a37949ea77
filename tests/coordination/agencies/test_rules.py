"""How agencies are shown, and who may flag."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from coordination.agencies.models import CovenantParty, Training
from coordination.agencies.rules import NotNow, check_may_flag, is_hidden, shown_name

TODAY = timezone.localdate


@pytest.mark.parametrize(
    ("viewer", "sees"),
    [
        ("therapist", True),
        ("coordinator", True),
        ("administrator", True),
        ("teacher", False),
        ("other_coordinator", False),
        (None, False),
    ],
)
def test_a_sensitive_agency_shows_to_its_own_and_the_areas_coordinators_only(cast, viewer, sees):
    viewer = viewer and getattr(cast, viewer)
    assert is_hidden(cast.clinic, viewer) is not sees
    with translation.override("en"):
        assert shown_name(cast.clinic, viewer) == ("Päihdeklinikka" if sees else "a professional")
    assert shown_name(cast.school, viewer) == "Päämajakoulu"


def test_trained_and_in_the_covenant_may_flag(cast):
    check_may_flag(cast.teacher, cast.mikkeli)


@pytest.mark.parametrize(
    "training",
    [None, {"held_on": date(2099, 1, 1)}, {"held_on": date(2026, 2, 1), "ended_on": date(2026, 3, 1)}],
)
def test_without_a_training_that_counts_today_nobody_flags(cast, training):
    cast.teacher.user.trainings.all().delete()
    if training:
        Training.objects.create(user=cast.teacher.user, **training)
    with translation.override("en"), pytest.raises(NotNow, match="training"):
        check_may_flag(cast.teacher, cast.mikkeli)


def test_outside_the_covenant_nobody_flags(cast):
    with translation.override("en"), pytest.raises(NotNow, match="covenant"):
        check_may_flag(cast.teacher, cast.kerava)
    party = CovenantParty.objects.get(agency=cast.school)
    party.ended_on = TODAY()
    party.save()
    with translation.override("en"), pytest.raises(NotNow, match="covenant"):
        check_may_flag(cast.teacher, cast.mikkeli)
    party.ended_on = TODAY() + timedelta(days=1)
    party.save()
    check_may_flag(cast.teacher, cast.mikkeli)
