"""A page left alone, in a real browser: it warns, locks, covers what was on it, and gives back what was typed."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from coordination.drafts.models import Draft
from coordination.drafts.rules import Kept
from tests.cast import PASSWORD, Cast
from tests.journeys.axe import assert_accessible
from tests.journeys.test_main_way import fill_date, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MORNING = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(MORNING) as clock:
        yield clock


@pytest.fixture
def cast(clock, db):
    cast = Cast()
    cast.teacher.user.language = "en"
    cast.teacher.user.save(update_fields=["language"])
    return cast


@pytest.fixture
def teacher(cast, open_context):
    page = open_context(language="en")
    page.clock.install()
    sign_in(page, cast.teacher)
    return page


@pytest.fixture
def passes(clock, teacher):
    """Time passes, for the server and in the browser: passes(minutes).

    The browser jumps and then looks about as it does every few seconds, since an answer of before may be on its way.
    """

    def passes(minutes):
        clock.shift(timedelta(minutes=minutes))
        teacher.clock.fast_forward(int(minutes * 60_000))
        teacher.wait_for_timeout(300)
        teacher.clock.run_for(20_000)

    return passes


def unlock(page):
    page.wait_for_url("**/account/reauthenticate/**")
    assert_accessible(page)
    assert page.title() == "Locked – Rinnalla"
    assert page.evaluate("document.activeElement.name") == "password"
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def test_left_alone_it_locks_and_what_was_typed_comes_back(teacher, passes):
    teacher.goto("/flags/new/")
    teacher.get_by_label("First name").press_sequentially("Ainikki")
    fill_date(teacher, "birth_date", date(2008, 3, 14))
    passes(17)
    passes(2)
    warning = teacher.get_by_role("dialog")
    warning.wait_for()
    assert_accessible(teacher)
    passes(2)
    unlock(teacher)
    teacher.wait_for_url("**/flags/new/")
    assert teacher.get_by_label("First name").input_value() == "Ainikki"
    assert teacher.locator("[name=birth_date_year]").input_value() == "2008"
    assert "Nothing has been sent or saved yet" in teacher.inner_text("main")
    assert_accessible(teacher)
    # What came back is kept again, though nobody touched it.
    passes(21)
    unlock(teacher)
    teacher.wait_for_url("**/flags/new/")
    assert teacher.get_by_label("First name").input_value() == "Ainikki"
    teacher.get_by_role("button", name="Throw away what I typed").click()
    teacher.get_by_role("button", name="Throw away what I typed").wait_for(state="detached")
    assert teacher.get_by_label("First name").input_value() == ""
    assert not Draft.objects.exists()


def test_whoever_is_there_stays(teacher, passes):
    teacher.goto("/flags/new/")
    passes(19)
    warning = teacher.get_by_role("dialog")
    warning.wait_for()
    with teacher.expect_response("**/drafts/pulse/"):
        warning.get_by_role("button", name="Stay here").click()
    warning.wait_for(state="hidden")
    # Typing is being there, without any page being asked for.
    for _ in range(4):
        teacher.get_by_label("First name").press_sequentially("Ai")
        with teacher.expect_response("**/drafts/pulse/"):
            passes(6)
    assert teacher.url.endswith("/flags/new/")
    assert not warning.is_visible()
    assert not teacher.locator("#lock-cover").is_visible()


def test_another_window_of_the_session_keeps_this_one_open(teacher, passes):
    teacher.goto("/flags/new/")
    passes(15)
    other = teacher.context.new_page()
    other.goto("/flags/mine/")
    with teacher.expect_response("**/drafts/pulse/"):
        passes(6)
    assert not teacher.locator("#lock-cover").is_visible()
    assert not teacher.get_by_role("dialog").is_visible()


def test_going_back_in_the_browser_shows_nothing(teacher):
    teacher.goto("/flags/mine/")
    teacher.goto("/flags/new/")
    teacher.locator("summary.account__summary").click()
    teacher.get_by_role("button", name="Lock").click()
    teacher.wait_for_url("**/account/reauthenticate/**")
    teacher.go_back()
    teacher.wait_for_url("**/account/reauthenticate/**")
    assert "My flags" not in teacher.inner_text("main")


def test_without_the_server_it_is_covered_and_waits(teacher, passes):
    teacher.goto("/flags/new/")
    teacher.get_by_label("First name").press_sequentially("Ainikki")
    teacher.context.set_offline(True)
    passes(21)
    again = teacher.get_by_role("button", name="Try again")
    again.wait_for()
    assert not teacher.get_by_label("First name").is_visible()
    assert_accessible(teacher)
    teacher.context.set_offline(False)
    again.click()
    teacher.wait_for_url("**/account/reauthenticate/**")
    assert Kept.of(Draft.objects.get()).form()["first_name"] == "Ainikki"


def test_without_scripts_it_locks_too(cast, clock, open_context):
    page = open_context(language="en", java_script_enabled=False)
    page.goto("/account/login/")
    page.locator("[name=login]").fill(cast.teacher.user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").last.click()
    page.goto("/flags/new/")
    page.get_by_label("First name").fill("Ainikki")
    clock.shift(timedelta(minutes=21))
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/account/reauthenticate/**")
    assert "is kept" in page.inner_text("main")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Unlock").click()
    page.wait_for_url("**/flags/new/")
    assert page.get_by_label("First name").input_value() == "Ainikki"
