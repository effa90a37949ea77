"""Which rule holds: the area's own before the product's, the scope's own before everyone's, each in its time."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from coordination.clocks import reference
from coordination.clocks.models import DeadlineRule
from coordination.clocks.queries import rule_for
from coordination.clocks.rules import deadline, today
from tests.coordination.clocks.ruling import here, kept

DAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("what", "scope", "text"),
    [
        ("receipt", "others", "ti 17.11.2026 klo 13.00, 60 minuuttia lähettämisestä (Rinnalla)"),
        (
            "urgency",
            "special_support",
            "ti 17.11.2026, välittömästi, viimeistään vastaanottopäivänä (SHL 36 §, LSL 26 §)",
        ),
        ("family_told", "others", "to 26.11.2026, 7. arkipäivä vastaanotosta (LSL 26 §)"),
        ("start", "special_support", "to 26.11.2026, 7. arkipäivä vastaanotosta (SHL 36 §, LSL 26 §)"),
        ("start", "others", "viipymättä (SHL 36 §)"),
        ("finish", "special_support", "ke 17.2.2027, 3 kuukautta vireilletulosta (SHL 36 §, LSL 26 §)"),
        ("finish", "others", "ilman aiheetonta viivytystä (SHL 36 §)"),
    ],
)
def test_what_comes_with_the_portal(cast, what, scope, text):
    reference.load()
    with translation.override("fi"):
        found = rule_for(what, area=cast.mikkeli, scope=scope, on=DAY)
        assert deadline(found, here("2026-11-17 12:00")).text == text


def test_before_the_law_there_is_no_rule(cast):
    reference.load()
    assert rule_for("start", area=cast.mikkeli, scope="others", on=date(2015, 3, 31)) is None
    assert rule_for("start", area=cast.mikkeli, scope="others", on=date(2015, 4, 1))
    # Who is meant must be known: there is no rule for everyone here.
    assert rule_for("start", area=cast.mikkeli, scope="everyone", on=DAY) is None


@pytest.mark.parametrize(
    ("received", "last"),
    [
        # By the old law still, received a minute before midnight on Thursday 31 December: M 4 is 1, Tu 5 2; W 6
        # Epiphany; Th 7 3, F 8 4, M 11 5, Tu 6, W 13 7.
        ("2026-12-31 23:59", "2027-01-13"),
        # By the new law, received on Friday 1 January: M 4 is 1, Tu 5 2, Th 7 3.
        ("2027-01-01 00:00", "2027-01-07"),
    ],
)
def test_a_law_that_changes_at_new_year(cast, received, last):
    kept("working_days", 7, valid_until=date(2026, 12, 31))
    kept("working_days", 3, valid_from=date(2027, 1, 1))
    moment = here(received)
    found = rule_for("start", area=cast.mikkeli, scope="everyone", on=moment.date())
    assert deadline(found, moment).day == date.fromisoformat(last)


def test_a_rule_for_a_time_interrupts_the_one_that_goes_on(cast):
    lasting = kept("days", 7)
    for_a_time = kept("days", 5, valid_from=date(2026, 11, 1), valid_until=date(2026, 11, 30))
    for day, rule in (
        ("2026-10-31", lasting),
        ("2026-11-01", for_a_time),
        ("2026-11-30", for_a_time),
        ("2026-12-01", lasting),
    ):
        assert rule_for("start", area=cast.mikkeli, scope="others", on=date.fromisoformat(day)) == rule


def test_the_areas_own_goes_before_the_products_while_it_holds(cast):
    product = kept("days", 7, scope="special_support", valid_from=date(2026, 6, 1))
    own = kept("days", 3, area=cast.mikkeli, valid_from=date(2026, 1, 1), valid_until=DAY)
    asked = {"scope": "special_support", "on": DAY}
    assert rule_for("start", area=cast.mikkeli, **asked) == own
    assert rule_for("start", area=cast.kerava, **asked) == product
    asked["on"] += timedelta(days=1)
    assert rule_for("start", area=cast.mikkeli, **asked) == product


def test_the_scopes_own_goes_before_everyones(cast):
    everyone = kept("days", 7, valid_from=date(2026, 6, 1))
    special = kept("days", 3, scope="special_support")
    assert rule_for("start", area=cast.mikkeli, scope="special_support", on=DAY) == special
    assert rule_for("start", area=cast.mikkeli, scope="others", on=DAY) == everyone
    assert rule_for("finish", area=cast.mikkeli, scope="others", on=DAY) is None


def test_it_takes_one_statement(cast, django_assert_num_queries):
    reference.load()
    kept("days", 3, area=cast.mikkeli)
    with django_assert_num_queries(1):
        found = rule_for("start", area=cast.mikkeli, scope="others", on=DAY)
        assert deadline(found, here("2026-11-17 12:00")).text


def test_the_products_rules_come_once_and_areas_keep_theirs(cast):
    own = kept("days", 3, area=cast.mikkeli, what="urgency")
    assert reference.load() == (7, 0)
    with CaptureQueriesContext(connection) as queries:
        assert reference.load() == (0, 0)
    assert not [one for one in queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    DeadlineRule.objects.filter(what="urgency").update(name_sv="?")  # unaudited: a test
    assert reference.load() == (0, 1)
    own.refresh_from_db()
    assert own.name_sv == "?"
    for one in DeadlineRule.objects.filter(area=None):
        one.full_clean()


def test_what_the_file_no_longer_has_ends_and_what_had_not_begun_goes(cast):
    dropped = kept("days", 9, scope="others", what="receipt")
    future = kept("days", 9, scope="others", what="urgency", valid_from=today() + timedelta(days=1))
    assert reference.load() == (7, 2)
    dropped.refresh_from_db()
    assert dropped.valid_until == today() - timedelta(days=1)
    assert not DeadlineRule.objects.filter(pk=future.pk).exists()
    assert reference.load() == (0, 0)


def test_load_reference_data_brings_them(db):
    call_command("load_reference_data", verbosity=0)
    assert DeadlineRule.objects.filter(area=None).count() == 7


@pytest.mark.parametrize(
    ("unit", "number", "fields"),
    [
        ("days", None, {}),
        ("without_delay", 3, {}),
        ("working_days", 0, {}),
        ("days", 0, {"counts_from_next_day": False}),
        ("months", 1001, {}),
        ("days", 3, {"valid_until": date(2015, 3, 31)}),
    ],
)
def test_the_database_refuses_a_rule_that_contradicts_itself(db, unit, number, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        kept(unit, number, **fields)


def test_no_two_rules_for_the_same_begin_on_one_day(cast):
    for area in (None, cast.mikkeli):
        kept("days", 3, area=area)
        with pytest.raises(IntegrityError), transaction.atomic():
            kept("days", 4, area=area)
    kept("days", 4, area=cast.kerava)
    kept("days", 4, scope="others")
    assert DeadlineRule.objects.filter(valid_from__lt=timezone.localdate()).count() == 4
