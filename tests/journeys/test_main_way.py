"""From two flags to agreed cooperation, in a real browser, as the people of a town would go."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from coordination.follow_ups.models import FollowUp
from coordination.use_log.commands import seal
from flags.matching.commands import sweep
from tests.cast import PASSWORD, Cast, born
from tests.directory import lists, service
from tests.journeys.axe import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(settings, tmp_path):
    settings.USE_LOG_HEADS_FILE = tmp_path / "heads.txt"
    cast = Cast()
    lists()
    for number in range(9):
        service(cast.mikkeli, f"Paja {number}")
    for member in (cast.teacher, cast.nurse, cast.coordinator):
        member.user.language = "en"
        member.user.save(update_fields=["language"])
    return cast


def sign_in(page, membership):
    page.goto("/account/login/")
    assert_accessible(page)
    page.locator("[name=login]").fill(membership.user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/")
    assert_accessible(page)


def fill_date(page, name, day):
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name={name}_{part}]").fill(str(value))


def post_flag(page):
    """Flag Aino Virtanen; six inputs, two of which are there already."""
    page.goto("/flags/")
    assert_accessible(page)
    page.goto("/flags/new/")
    assert_accessible(page)
    page.get_by_label("First name").fill("Aino")
    page.get_by_label("Last name").fill("Virtanen")
    fill_date(page, "birth_date", born(18))
    page.locator("[name=phone]").fill("040 1234567")
    page.locator("[name=told_and_allowed]").check()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/flags/*-*/")
    assert_accessible(page)


def test_from_two_flags_to_an_outcome(cast, open_context):
    teacher, nurse, coordinator = (open_context(language="en") for _ in range(3))
    sign_in(teacher, cast.teacher)
    post_flag(teacher)
    teacher.goto("/flags/mine/")
    assert_accessible(teacher)
    assert "Aino Virtanen" in teacher.inner_text("main")

    sign_in(coordinator, cast.coordinator)
    assert "Aino" not in coordinator.inner_text("main")

    sign_in(nurse, cast.nurse)
    post_flag(nurse)
    before = teacher.inner_text("main")
    sweep(older_than_seconds=0)
    teacher.reload()
    assert teacher.inner_text("main") == before

    follow_up = FollowUp.objects.get()
    coordinator.goto("/")
    assert "Aino" in coordinator.inner_text("main")
    assert_accessible(coordinator)
    for address in ("/follow-ups/", "/notices/", "/follow-ups/begin/"):
        coordinator.goto(address)
        assert_accessible(coordinator)
    sheet = f"/follow-ups/{follow_up.public_id}/"
    coordinator.goto(sheet)
    assert_accessible(coordinator)
    coordinator.locator("form[action$='take-up/'] button").click()
    coordinator.wait_for_load_state()

    # The young person is reached, wants the teacher along, and lets the nurse know nothing.
    save_call(coordinator, follow_up, teacher="yes", nurse="no")
    assert_accessible(coordinator)
    person = f"/person/{follow_up.young_person.public_id}/"
    teacher.goto(person)
    assert_accessible(teacher)
    assert "Kaisa Etsivä" in teacher.inner_text("main")
    assert "Niina Hoitaja" not in teacher.inner_text("main")
    assert nurse.goto(person).status == 404

    write_down_a_service(coordinator, sheet)

    # The young person changes their mind: sight ends at once.
    save_call(coordinator, follow_up, teacher="no", nurse="yes")
    assert teacher.goto(person).status == 404
    nurse.goto(person)
    assert "Tiina Opettaja" not in nurse.inner_text("main")
    for page in (coordinator, nurse):
        page.goto("/people/")
        assert_accessible(page)
        page.get_by_label("Search by name").fill("virta")
        page.locator("main form button[type=submit]").first.click()
        assert "Aino Virtanen" in page.inner_text("main")
    coordinator.goto(f"{person}looks/")
    assert_accessible(coordinator)
    assert "Tiina Opettaja" in coordinator.inner_text("main")

    coordinator.goto(sheet)
    coordinator.locator("details:has([name=outcome])").evaluate("one => one.open = true")
    coordinator.locator("[name=outcome][value=in_touch]").check()
    coordinator.locator("button[formaction$='close/']").click()
    coordinator.wait_for_load_state()
    follow_up.refresh_from_db()
    assert follow_up.outcome == "in_touch"
    assert_accessible(coordinator)

    seal()
    call_command("verify_use_log", verbosity=0)


def save_call(page, follow_up, *, teacher, nurse):
    """One call on the sheet: reached, what was decided of each, and a next step in a week."""
    page.goto(f"/follow-ups/{follow_up.public_id}/")
    page.locator("[name=attempt][value=reached]").check()
    page.locator("[name=channel][value=phone]").check()
    page.locator("[name=identity_checked][value=known_number]").check()
    for adult in follow_up.asked.select_related("membership__user"):
        answer = teacher if adult.membership.user.first_name == "Tiina" else nurse
        page.locator(f"[name=takes_part_{adult.public_id.hex}][value={answer}]").check()
        page.locator(f"[name=may_know_{adult.public_id.hex}][value={answer}]").check()
    page.locator("[name=said_by][value=young_person]").check()
    page.locator("[name=next_step]").select_option("meeting")
    fill_date(page, "next_step_on", timezone.localdate() + timedelta(days=7))
    page.locator("form:has([name=attempt]) button[type=submit]:not([formaction])").last.click()
    page.wait_for_load_state()
    assert page.locator(".govuk-error-summary").count() == 0, page.inner_text("main")


def write_down_a_service(page, sheet):
    """Helped into one service, while another need found none: open, tick, tick, and save."""
    page.goto(sheet)
    page.locator("details:has([name=services]) summary").click()
    assert_accessible(page)
    page.locator("#services-search").fill("paja 7")
    assert page.locator(".pick__services .govuk-checkboxes__item:visible").count() == 1
    page.get_by_label("Paja 7").check()
    page.get_by_label("Housing").check()
    page.locator("[name=attempt][value=none]").check()
    page.locator("form:has([name=attempt]) button[type=submit]:not([formaction])").last.click()
    page.wait_for_selector(".banner--success")
    written = page.locator("section[aria-labelledby=services-heading] .plain-rows").inner_text()
    assert "Referred to: Paja 7" in written
    assert "Needed but not available: Housing" in written
    page.get_by_role("button", name="Take back Housing").click()
    page.wait_for_selector(".banner--success")
    assert "Housing" not in page.locator("section[aria-labelledby=services-heading] .plain-rows").inner_text()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_page_of_the_way_reads_in_the_readers_language(cast, open_context, language):
    follow_up = cast.match()
    for member in (cast.teacher, cast.coordinator):
        member.user.language = language
        member.user.save(update_fields=["language"])
    page = open_context(user=cast.coordinator.user, width=320)
    for address in ("/", "/follow-ups/", f"/follow-ups/{follow_up.public_id}/", "/flags/new/", "/notices/preferences/"):
        page.goto(address)
        assert page.get_attribute("html", "lang") == language
        assert_accessible(page)
