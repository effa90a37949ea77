"""A young person's fifth session, by keyboard alone at a telephone's width: the phone is handed over, answered, given
back, and the curve says what was worked out by hand. Axe looks at every page, in forced colours, too."""

from decimal import Decimal

import pytest

from pilots.measures import reference
from pilots.measures.commands.sessions import hand_over
from pilots.measures.models import Course, Response
from tests.cast import PASSWORD, Cast, born
from tests.journeys.axe import assert_accessible
from tests.journeys.walk import PHONE
from tests.pilots.measures.measuring import YOUNG, begun, held, scored, working

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BEFORE = ["18.4", "20.1", "22.0", "25.9"]
# The first is 18.4, the reliable change 5.0, the cut-off of somebody of fifteen 28.0.
BY_HAND = [
    ["1", "18,4", "28,0", "–", "The first score, below the cut-off"],
    ["2", "20,1", "28,0", "+1,7", "No reliable change, below the cut-off"],
    ["3", "22,0", "28,0", "+3,6", "No reliable change, below the cut-off"],
    ["4", "25,9", "28,0", "+7,5", "Reliably better, below the cut-off"],
    ["5", "30,2", "28,0", "+11,8", "Reliably better, and across the cut-off"],
]
LAST = ["7.5", "7.5", "7.6", "7.6"]


@pytest.fixture
def cast(transactional_db):
    reference.load()
    cast = Cast()
    cast.nurse.user.language = "en"
    cast.nurse.user.save(update_fields=["language"])
    cast.person = working(cast, cast.nurse, birth_date=born(15), guardian_allowed=True)
    return cast


@pytest.fixture
def phone(cast, open_context):
    return open_context(width=PHONE, language="en", user=cast.nurse.user)


def reach(page, selector):
    """Go on with the tabulator until this has the focus."""
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} can't be reached by keyboard")


def press(page, selector, *, to):
    """Reach it, press Enter, and look at the page that comes."""
    reach(page, selector)
    page.keyboard.press("Enter")
    page.wait_for_url(to)
    assert_accessible(page)


def place(page, number, value):
    """From the left end by whole steps and tenths."""
    reach(page, f"[id=id_scale_{number}]")
    page.keyboard.press("Home")
    whole, tenth = value.split(".")
    for key, times in (("PageUp", int(whole)), ("ArrowRight", int(tenth))):
        for _step in range(times):
            page.keyboard.press(key)


def table(page):
    """The rows of the first table, without the days."""
    days = page.locator("table").first.locator("tbody .muted")
    days.evaluate_all("days => days.forEach(day => day.remove())")
    rows = page.locator("table").first.locator("tbody tr").all()
    return [[cell.inner_text().strip() for cell in row.locator("th, td").all()] for row in rows]


def test_five_sessions_by_keyboard_and_in_hand_over_mode(cast, phone):
    phone.goto(f"/person/{cast.person.public_id}/")
    press(phone, "a[href*='/measures/begin/']", to="**/measures/begin/**")
    press(phone, "main form button[type=submit]", to="**/measures/*-*/")
    course = Course.objects.get()
    for number, total in enumerate(BEFORE, start=1):
        held(course, number, days_ago=40 - number)
        scored(course, number, total)
    phone.reload()

    press(phone, "main form[action$='/session/'] button", to="**/session/5/")
    press(phone, "button[name=what][value$='young_person']", to="**/h/**")
    assert "Aino" not in phone.inner_text("body")
    in_hand = phone.url
    phone.go_back()
    phone.wait_for_url("**/account/reauthenticate/**")
    assert "Virtanen" not in phone.inner_text("body")
    phone.goto(in_hand)
    assert phone.locator("#id_scale_1").get_attribute("aria-valuetext") == "Not answered yet"
    for number, value in enumerate(LAST[:3], start=1):
        place(phone, number, value)
        assert (
            phone.locator(f"#id_scale_{number}")
            .get_attribute("aria-valuetext")
            .startswith(f"{value} of 10".replace(".", ","))
        )
    # The fourth wasn't touched: nothing is sent in its place, and the others stay.
    reach(phone, "main form button[type=submit]")
    phone.keyboard.press("Enter")
    phone.wait_for_selector(".govuk-error-summary")
    assert_accessible(phone)
    assert not Response.objects.filter(by_hand_over=True).exists()
    assert [phone.locator(f"[name=scale_{number}]").input_value() for number in (1, 2, 3, 4)] == [*LAST[:3], ""]
    place(phone, 4, LAST[3])
    reach(phone, "main form button[type=submit]")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("text=Thank you")
    assert_accessible(phone)

    # Whoever holds the phone gets nowhere by an address, either; its owner goes on after unlocking.
    for address in (f"/person/{cast.person.public_id}/", "/", "/people/"):
        phone.goto(address)
        assert "/account/reauthenticate/" in phone.url
        assert "Virtanen" not in phone.inner_text("body")
    phone.goto(course.get_absolute_url())
    phone.locator("[name=password]").fill(PASSWORD)
    phone.keyboard.press("Enter")
    phone.wait_for_url(f"**{course.get_absolute_url()}")
    assert_accessible(phone)
    assert table(phone) == BY_HAND
    kept = Response.objects.get(by_hand_over=True)
    assert kept.numbers == [Decimal(one) for one in LAST]


def opened(cast, code="outcome"):
    """The address of a page in hand."""
    course = begun(cast.person, cast.nurse)
    session, of = held(course, 1), getattr(course, code)
    return f"/h/{hand_over(session=session, instrument=of, respondent=YOUNG, language='sv', by=cast.nurse)}/"


@pytest.mark.parametrize("width", [320, PHONE, 1280])
def test_a_finger_touches_the_line_and_the_middle_is_a_place(cast, open_context, width):
    page = open_context(width=width, language="en", has_touch=True, forced_colors="active" if width == 320 else "none")
    page.goto(opened(cast))
    assert_accessible(page)
    for number in (1, 2, 3, 4):
        page.locator(f"#id_scale_{number}").tap()
    page.locator("main form button[type=submit]").click()
    page.wait_for_selector("text=Tack")
    assert_accessible(page)
    assert Response.objects.get().numbers == [Decimal("5.0")] * 4


def test_without_a_script_numbers_are_typed(cast, open_context):
    page = open_context(width=PHONE, language="en", java_script_enabled=False)
    page.goto(opened(cast, "alliance"))
    for number, value in enumerate(["9,1", "9.2", "10", "8.8"], start=1):
        page.locator(f"[name=scale_{number}]").fill(value)
    page.locator("main form button[type=submit]").click()
    assert "Tack" in page.inner_text("main")
    assert sum(Response.objects.get().numbers) == Decimal("37.1")
