"""Each area keeps its own deadline rules; of what holds already only the last day is set."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from coordination.agencies import role_permissions
from coordination.agencies.rules import NotNow
from coordination.clocks import reference
from coordination.clocks.admin import example_days
from coordination.clocks.commands import save_rule
from coordination.clocks.models import DeadlineRule
from coordination.clocks.rules import today
from tests.cast import sign_in
from tests.coordination.clocks.ruling import kept, rule
from tests.coordination.staffing.pages import change, changelist, posted

ADD = "admin:coordination_deadlinerule_add"
LIST = "coordination_deadlinerule"


@pytest.fixture
def anna(client, cast):
    role_permissions.apply()
    return sign_in(client, cast.administrator)


def in_days(days):
    return today() + timedelta(days=days)


def fields(**more):
    return {
        "what": "start",
        "scope": "everyone",
        "law": "SHL 36 §",
        "number": "5",
        "unit": "working_days",
        "counts_from_next_day": "on",
        "not_working": ["saturday", "sunday"],
        "valid_from": in_days(1).isoformat(),
        "name_fi": "5. arkipäivä",
        "name_sv": "5:e vardagen",
        "name_en": "5th working day",
    } | more


def test_a_new_rule_is_the_own_areas_and_its_change_is_kept(cast, anna):
    assert anna.post(reverse(ADD), fields()).status_code == 302
    made = DeadlineRule.objects.get()
    assert (made.area, made.number, made.not_working) == (cast.mikkeli, 5, ["saturday", "sunday"])
    assert LogEntry.objects.get_for_object(made).get().actor == cast.administrator.user


def test_every_day_off_is_ticked_at_first(anna):
    assert posted(anna.get(reverse(ADD)))["not_working"] == [
        *("saturday", "sunday", "church_holiday", "independence_day", "may_day", "christmas_eve", "midsummer_eve")
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_from": "2026-01-01"},
        {"valid_from": in_days(-1).isoformat()},
        {"valid_until": in_days(0).isoformat()},
        {"number": ""},
        {"number": "0"},
        {"number": "-1"},
        {"number": "1001"},
        {"unit": "without_delay"},
        {"unit": "weeks"},
        {"scope": "nobody"},
        {"not_working": ["monday"]},
        {"name_sv": ""},
        {"name_fi": "a\0b"},
        {"law": "x" * 101},
    ],
)
def test_what_contradicts_itself_or_changes_the_past_is_asked_again(anna, wrong):
    answer = anna.post(reverse(ADD), fields(**wrong))
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert not DeadlineRule.objects.exists()


def test_two_rules_for_the_same_day_get_the_sentence(cast, anna):
    assert anna.post(reverse(ADD), fields()).status_code == 302
    answer = anna.post(reverse(ADD), fields(number="6"))
    assert answer.status_code == 200
    with translation.override(cast.administrator.user.language):
        sentence = gettext("There is a rule for this that begins on the same day already.")
    assert answer.context["adminform"].form.non_field_errors() == [sentence]
    assert DeadlineRule.objects.count() == 1


def test_what_has_not_begun_can_be_mended(cast, anna):
    coming = kept("days", 3, area=cast.mikkeli, valid_from=in_days(1))
    page = anna.get(change(coming))
    assert anna.post(change(coming), posted(page, number="4", not_working=[])).status_code == 302
    coming.refresh_from_db()
    assert (coming.number, coming.not_working, coming.area) == (4, [], cast.mikkeli)
    assert anna.post(change(coming), posted(page, valid_from=in_days(-1).isoformat())).status_code == 200


def test_of_what_holds_only_the_last_day_can_be_set(cast, anna):
    holding = kept("days", 3, area=cast.mikkeli)
    for last, code in ((in_days(-1), 200), (in_days(0), 302), (in_days(9), 302), ("", 302)):
        last = last and last.isoformat()
        assert anna.post(change(holding), fields(number="99", valid_until=last)).status_code == code
        holding.refresh_from_db()
        assert (holding.number, holding.name_fi) == (3, "sääntö")
        if code == 302:
            assert holding.valid_until == (date.fromisoformat(last) if last else None)
    for name, value in (("number", 99), ("valid_until", in_days(-1))):
        one = DeadlineRule.objects.get(pk=holding.pk)
        setattr(one, name, value)
        with pytest.raises(NotNow):
            save_rule(rule=one, by=cast.administrator)


def test_what_has_ended_and_what_comes_with_the_portal_is_read_only(cast, anna):
    ended = kept("days", 3, area=cast.mikkeli, valid_until=in_days(-1))
    product = kept("days", 3)
    for one in (ended, product):
        before = one.valid_until
        assert anna.get(change(one)).status_code == 200
        assert anna.post(change(one), {"valid_until": in_days(3).isoformat()}).status_code in (403, 404)
        one.refresh_from_db()
        assert one.valid_until == before
        one.valid_until = in_days(3)
        with pytest.raises(NotNow):
            save_rule(rule=one, by=cast.administrator)


def test_a_rule_of_another_area_is_none(cast, anna):
    foreign = kept("days", 3, area=cast.kerava)
    assert anna.get(change(foreign)).status_code == 404
    assert not anna.get(changelist(LIST)).context["cl"].result_list
    with pytest.raises(NotNow):
        save_rule(rule=foreign, by=cast.administrator)


def test_a_rule_that_is_saved_by_command_begins_today_or_later(cast):
    with pytest.raises(NotNow):
        save_rule(rule=rule("days", 3, valid_from=in_days(-1)), by=cast.administrator)
    with pytest.raises(NotNow):
        save_rule(rule=rule("without_delay", 3, valid_from=in_days(0)), by=cast.administrator)
    assert save_rule(rule=rule("days", 3, valid_from=in_days(0)), by=cast.administrator).area == cast.mikkeli


def test_coordinators_read_and_write_nothing(client, cast):
    role_permissions.apply()
    own = kept("days", 3, area=cast.mikkeli, valid_from=in_days(1))
    kaisa = sign_in(client, cast.coordinator)
    assert "worked_example" in str(kaisa.get(change(own)).content)
    assert kaisa.post(reverse(ADD), fields()).status_code == 404
    assert kaisa.post(change(own), fields(number="9")).status_code in (403, 404)
    own.refresh_from_db()
    assert own.number == 3


def test_the_list_says_what_holds_and_whose_it_is(cast, anna):
    reference.load()
    page, before = _listed(anna)
    for words in ("7. arkipäivä vastaanotosta", "SHL 36 §, LSL 26 §", "1.4.2015–"):
        assert words in page
    for day in range(30):
        kept("days", 3, area=cast.mikkeli, valid_from=in_days(day))
    page, after = _listed(anna)
    assert page.count(">sääntö<") == 30
    assert before == after


def _listed(client):
    """The page of the list, and how many statements it takes."""
    with CaptureQueriesContext(connection) as queries:
        page = client.get(changelist(LIST)).content.decode()
    return page, len(queries)


@pytest.mark.parametrize(
    ("day", "examples"),
    [
        # Sunday 22 November: Tuesday is the 24th.
        ("2026-11-22", ["2026-11-24", "2026-12-23", "2027-01-31"]),
        # On a Tuesday it is the next one; on 23 December next year's; on 31 January next year's.
        ("2026-11-24", ["2026-12-01", "2026-12-23", "2027-01-31"]),
        ("2026-12-23", ["2026-12-29", "2027-12-23", "2027-01-31"]),
        ("2027-01-31", ["2027-02-02", "2027-12-23", "2028-01-31"]),
        ("2027-01-25", ["2027-01-26", "2027-12-23", "2027-01-31"]),
    ],
)
def test_examples_are_of_days_to_come(day, examples):
    assert [one.isoformat() for one in example_days(date.fromisoformat(day))] == examples


def test_the_page_of_a_rule_shows_what_it_gives(cast, anna, time_machine):
    seven, months = kept("working_days", 7), kept("months", 3, what="finish")
    hour, at_once = kept("minutes", 60, what="receipt"), kept("without_delay", what="urgency")
    time_machine.move_to("2026-11-22T12:00:00+02:00", tick=False)
    anna = sign_in(anna, cast.administrator)
    # Tuesday 24 November → Thursday 3 December. Wednesday 23 December → Thursday 7 January: M 28 is 1, Tu, W, Th 31 4,
    # M 4 5, Tu 5 6, W 6 Epiphany. Sunday 31 January → Tuesday 9 February.
    page = anna.get(change(seven)).content.decode()
    for words in ("ti 24.11.2026: to 3.12.2026", "ke 23.12.2026: to 7.1.2027", "su 31.1.2027: ti 9.2.2027"):
        assert words in page
    page = anna.get(change(months)).content.decode()
    for words in ("ti 24.11.2026: ke 24.2.2027", "ke 23.12.2026: ti 23.3.2027", "su 31.1.2027: pe 30.4.2027"):
        assert words in page
    assert "ti 24.11.2026: ti 24.11.2026 klo 13.00" in anna.get(change(hour)).content.decode()
    assert "ti 24.11.2026: sääntö (SHL 36 §)" in anna.get(change(at_once)).content.decode()
