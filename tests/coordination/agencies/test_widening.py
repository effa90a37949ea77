"""What widens sight is said in one place, for every setting; and it counts for later flags only."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coordination.agencies import widening
from coordination.agencies.models import Area
from coordination.agencies.queries import rules_since

# Whoever adds a setting decides here, or in the table of `widening`, whether it lets more be seen.
SHOWS_NOTHING_MORE = {
    "id",
    "public_id",
    "coordinators",
    "name_fi",
    "name_sv",
    "name_en",
    "coordinator_phone",
    "coordinator_hours",
    "emergency_phone",
    "days_to_contact",
    "days_to_confirm",
    # Written down with the reveal rule, and never changed without it.
    "inform_basis",
    # When people are reminded, told and answered, and when what nobody sees any more is erased.
    "days_before_end_of_flag",
    "undo_minutes",
    "days_kept_after_closing",
    "days_to_answer_feedback",
    "directory_checked_days",
    "days_feedback_is_kept",
    "days_without_contact",
    "days_before_end_of_permission",
    "days_idle_notice",
}


def test_every_setting_is_known_to_widen_or_not():
    settings = {field.name for field in Area._meta.concrete_fields}
    assert settings - set(widening.AREA) <= SHOWS_NOTHING_MORE
    assert set(widening.AREA) <= settings


@pytest.mark.parametrize(
    ("name", "narrow", "wide"),
    [
        ("threshold", 2, 1),
        ("different_agencies", True, False),
        ("reveal_rule", "consent", "inform"),
        ("youngest_age", 13, 12),
        ("oldest_age", 25, 28),
        ("guardian_allows_under", 18, 15),
        ("hetu_allowed", False, True),
        ("flag_lifetime_months", 6, 12),
        ("days_seen_after_closing", 30, 60),
        ("reveals_a_day", 0, 5),
        ("days_idle", 30, 90),
        ("days_link_works", 7, 14),
        ("months_permission_lasts", 12, 18),
        ("days_former_adult_sees", 30, 60),
    ],
)
def test_directions(name, narrow, wide):
    direction = widening.AREA[name]
    assert widening.is_wider(direction, narrow, wide)
    assert not widening.is_wider(direction, wide, narrow)
    assert not widening.is_wider(direction, wide, wide)
    assert widening.strictest(direction, [wide, narrow, wide]) == narrow


def test_an_agency_is_seen_more_without_sensitivity_and_does_more_as_an_authority():
    assert widening.is_wider(widening.AGENCY["sensitive"], True, False)
    assert not widening.is_wider(widening.AGENCY["sensitive"], False, True)
    for sector in ("third", "private"):
        assert widening.is_wider(widening.AGENCY["sector"], sector, "public")
        assert not widening.is_wider(widening.AGENCY["sector"], "public", sector)


@pytest.mark.django_db
class TestRulesSince:
    """The strictest of all rules that have held since."""

    @pytest.fixture
    def area(self):
        area = Area.objects.create(name_fi="A", coordinator_phone="1", emergency_phone="1", threshold=2)
        self.past(area, 30)
        return area

    @staticmethod
    def past(area, days):
        """The latest rules began so many days ago."""
        rules = area.rules.last()
        rules.from_at = timezone.now() - timedelta(days=days)
        rules.save()

    def change(self, area, days_ago, **settings):
        for name, value in settings.items():
            setattr(area, name, value)
        area.save()
        self.past(area, days_ago)

    def since(self, area, days_ago):
        return rules_since(area, timezone.now() - timedelta(days=days_ago)).threshold

    def test_wider_counts_for_later_ones_only(self, area):
        self.change(area, 10, threshold=1)
        assert [self.since(area, days) for days in (40, 20, 5)] == [2, 2, 1]

    def test_narrower_counts_at_once(self, area):
        self.change(area, 20, threshold=1)
        self.change(area, 10, threshold=2)
        assert [self.since(area, days) for days in (40, 15, 5)] == [2, 2, 2]

    def test_widened_again_it_does_not_come_back(self, area):
        self.change(area, 20, threshold=1)
        self.change(area, 10, threshold=2)
        self.change(area, 5, threshold=1)
        assert [self.since(area, days) for days in (15, 7, 1)] == [2, 2, 1]

    def test_what_went_past_the_history_counts_as_strict(self, area):
        Area.objects.filter(pk=area.pk).update(threshold=1)
        assert self.since(Area.objects.get(pk=area.pk), 0) == 2

    def test_saving_without_a_change_keeps_one_row(self, area):
        area.coordinator_phone = "2"
        area.save()
        assert area.rules.count() == 1

    def test_the_same_queries_however_often_it_changed(self, area, django_assert_num_queries):
        for number in range(10):
            self.change(area, 10 - number, days_seen_after_closing=number)
        with django_assert_num_queries(1):
            rules_since(area, timezone.now())

    def test_informing_needs_a_basis(self, area):
        area.reveal_rule = Area.RevealRule.INFORM
        with pytest.raises(IntegrityError), transaction.atomic():
            area.save()
        area.inform_basis = "Laki 1 §"
        area.save()
        assert area.rules.last().inform_basis == "Laki 1 §"
