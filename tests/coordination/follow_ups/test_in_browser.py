"""The coordinators' pages in a real browser: accessible, narrow enough for a phone, and usable from the keyboard."""

import pytest
from axe_core_python.sync_playwright import Axe
from django.urls import reverse

from coordination.follow_ups import commands
from coordination.follow_ups.models import ContactAttempt, FollowUp
from coordination.people.access import give_ground
from coordination.people.models import Ground, LikelyDouble
from tests.coordination.follow_ups.conftest import asked, url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def busy(cast):
    """A follow-up with all that a sheet can show: numbers, a ground in law, an exclusion, an attempt, a decision."""
    cast.flag(cast.teacher, phone="+358501112223")
    cast.flag(cast.nurse, told_and_allowed=False, legal_ground=cast.legal_ground)
    follow_up = commands.take_up(follow_up=FollowUp.objects.get(), by=cast.coordinator)
    commands.add_adult(follow_up=follow_up, membership=cast.youth_worker, by=cast.coordinator)
    follow_up.refresh_from_db()
    decision = commands.Decision(
        adult=asked(follow_up, cast.teacher), takes_part="yes", may_know="", said_by="young_person"
    )
    attempt = {"at": follow_up.taken_up_at, "channel": "phone", "reached": True, "identity_checked": "known_number"}
    commands.save_call(
        follow_up=follow_up,
        by=cast.coordinator,
        version=follow_up.version,
        token="6f1c8c12-6f0e-4a52-a1f5-b1b4d6a2a111",
        attempt=attempt,
        decisions=[decision],
        next_step="call_again",
        next_step_on=follow_up.contact_by,
        pause=False,
        contact={"phone": "+358407654321", "safe_hours": "ma–ke klo 14–16", "no_voicemail": True},
    )
    cast.match(first_name="Veikko", last_name="Odottava")
    return follow_up


def check(page):
    found = Axe().run(page)["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_pages_are_accessible_and_fit(cast, busy, open_context, width):
    page = open_context(user=cast.coordinator.user, width=width)
    waiting = FollowUp.objects.get(state="waiting")
    for address in (
        reverse("follow_ups:list"),
        reverse("follow_ups:begin"),
        url("sheet", waiting),
        url("sheet", busy),
    ):
        page.goto(address)
        check(page)
    for summary in page.locator("main details summary").all():
        summary.click()
    check(page)
    page.locator("#call button[type=submit]:not([formaction])").click()
    page.wait_for_selector(".govuk-error-summary")
    check(page)
    commands.close_follow_up(
        follow_up=busy, by=cast.coordinator, outcome="in_touch", version=FollowUp.objects.get(pk=busy.pk).version
    )
    page.goto(url("sheet", busy))
    check(page)


def test_a_call_from_the_keyboard(cast, waiting, open_context):
    page = open_context(user=cast.coordinator.user)
    page.goto(url("sheet", waiting))
    page.locator("form[action$='take-up/'] button").press("Enter")
    page.wait_for_selector("#call")
    assert not page.locator("#id_channel_0").is_visible()
    page.locator("#id_attempt_0").press("Space")
    assert page.locator("#id_channel_0").is_visible()
    page.locator("#id_channel_0").press("Space")
    page.locator("#id_identity_checked_0").press("Space")
    key = asked(waiting, cast.teacher).public_id.hex
    page.locator(f"#id_takes_part_{key}_1").press("Space")
    page.locator("#id_said_by_0").press("Space")
    page.locator("#id_next_step_on_2").press("Enter")
    page.wait_for_selector(".banner--success")
    assert ContactAttempt.objects.get().reached
    assert asked(waiting, cast.teacher).takes_part == "yes"


def test_only_the_form_that_was_sent_shows_its_errors(cast, busy, open_context):
    page = open_context(user=cast.coordinator.user, width=375)
    page.goto(url("sheet", busy))
    page.locator("button[formaction$='close/']").evaluate("button => button.form.requestSubmit(button)")
    page.wait_for_selector(".govuk-error-summary")
    assert page.locator(".govuk-error-summary a").get_attribute("href") == "#close_outcome_0"
    assert page.locator("#close_outcome_0").is_visible()
    assert page.locator(".govuk-error-message").count() == 1
    check(page)


def test_what_is_pressed_beside_keeps_the_typed_call(cast, waiting, open_context):
    commands.take_up(follow_up=waiting, by=cast.coordinator)
    page = open_context(user=cast.coordinator.user, width=375)
    page.goto(url("sheet", waiting))
    page.locator("#id_attempt_1").check()
    assert page.locator("#id_next_step").input_value() == "call_again"
    assert page.locator("#id_next_step_on_2").input_value()
    page.locator("#id_channel_1").check()
    page.locator("details:has(#adult_email) summary").click()
    page.locator("#adult_email").fill(cast.youth_worker.user.email)
    page.locator("#adult_email").press("Enter")
    page.wait_for_selector(".banner--success")
    assert page.locator("#id_channel_1").is_checked()
    assert page.locator(".govuk-error-message").count() == 0
    check(page)
    page.locator("#call button[type=submit]:not([formaction])").click()
    page.wait_for_url(f"**{url('sheet', waiting)}")
    page.wait_for_selector(".banner--success")
    assert not ContactAttempt.objects.get().reached


def test_the_desk_and_the_young_people_of_the_area(cast, busy, open_context):
    first, second = busy.young_person, FollowUp.objects.get(state="waiting").young_person
    double = LikelyDouble.objects.create(area=cast.mikkeli, first=first, second=second, score=90)
    for one in (first, second):
        give_ground(young_person=one, kind=Ground.Kind.DOUBLE, source=double.public_id, area=cast.mikkeli)
    pages = [
        "/",
        reverse("people:mine"),
        reverse("pages:person", args=[first.public_id]),
        reverse("pages:double", args=[double.public_id]),
    ]
    for width in (1280, 375, 320):
        page = open_context(user=cast.coordinator.user, width=width)
        for address in pages:
            page.goto(address)
            check(page)
