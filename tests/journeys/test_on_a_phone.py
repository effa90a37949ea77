"""The day of a teacher, a nurse and a coordinator on a phone, with what it takes of presses and pages."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from coordination.follow_ups.commands import take_up
from coordination.follow_ups.models import FollowUp
from coordination.meetings.models import Meeting
from coordination.outbox.models import Mail, Notification
from flags.flagging.models import Flag
from flags.matching.commands import sweep
from tests.acts import say
from tests.cast import PASSWORD, Cast, born
from tests.journeys.walk import PHONE, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast():
    cast = Cast()
    for member in (cast.teacher, cast.nurse, cast.coordinator):
        member.user.language = "en"
        member.user.save(update_fields=["language"])
    return cast


@pytest.fixture
def phone(open_context):
    """phone(membership): somebody who has signed in on a phone."""

    def signed_in(membership):
        walk = Walk(open_context(width=PHONE, language="en"))
        walk.sign_in(membership)
        return walk

    return signed_in


def test_a_teacher_flags_and_sees_where_it_stands(cast, phone):
    teacher = phone(cast.teacher)
    with teacher.counted("From the desk to the form") as count:
        teacher.press("main a:has-text('Flag a young person')", to="**/flags/")
        teacher.press(".choice--flag a", to="**/flags/new/")
    assert (count.presses, count.pages) == (2, 2)
    # First name, last name, birth date, telephone, told and allowed, until: the last is filled in already.
    assert teacher.groups(".flag-form") == 6
    with teacher.counted("A flag") as count:
        teacher.type("first_name", "Aino")
        teacher.type("last_name", "Virtanen")
        teacher.date("birth_date", born(18))
        teacher.type("phone", "040 1234567")
        teacher.tick("[name=told_and_allowed]")
        teacher.press(".flag-form button[type=submit]", to="**/flags/*-*/")
    assert (count.typed, count.presses, count.pages) == (6, 2, 1)
    before = teacher.text
    assert "You need do nothing more now." in before

    cast.flag(cast.nurse)
    sweep(older_than_seconds=0)
    teacher.page.reload()
    assert teacher.text == before
    assert not Notification.objects.filter(membership=cast.teacher).exists()
    assert not Mail.objects.filter(user=cast.teacher.user).exists()

    follow_up = take_up(follow_up=FollowUp.objects.get(), by=cast.coordinator)
    say(follow_up, cast.teacher, by=cast.coordinator)
    teacher.press("nav a:has-text('My flags')", to="**/flags/mine/")
    assert "Wants you along" in teacher.text
    with teacher.counted("From a flag to the page of whoever wants one along") as count:
        teacher.press("nav a:has-text('Desk')", to=teacher.page.url.replace("flags/mine/", ""))
        teacher.press("main a:has-text('Aino wants you along')", to="**/person/**")
    assert count.presses == 2
    assert "Tiina Opettaja" in teacher.text
    assert "Niina Hoitaja" not in teacher.text


def test_a_nurse_is_wanted_along_and_then_no_more(cast, phone):
    follow_up = take_up(follow_up=cast.match(), by=cast.coordinator)
    nurse = phone(cast.nurse)
    assert "Nothing waits for you." in nurse.text
    say(follow_up, cast.nurse, by=cast.coordinator)
    assert nurse.open("/notices/") == 200
    with nurse.counted("From a notice to the young person") as count:
        nurse.press("main a[href*='/person/']", to="**/person/**")
    assert (count.presses, count.pages) == (1, 1)
    here = nurse.page.url
    assert "Virtanen" in nurse.text

    say(follow_up, cast.nurse, by=cast.coordinator, takes_part="no")
    assert nurse.open(here) == 404
    gone = nurse.text
    assert nurse.open(f"/person/{uuid4()}/") == 404
    assert nurse.text == gone
    nurse.open("/flags/mine/")
    assert "Wants you along" not in nurse.text
    assert Flag.objects.filter(membership=cast.nurse, ended_at=None).exists()


def test_a_coordinator_takes_up_rings_arranges_and_closes(cast, phone):
    follow_up = cast.match()
    sheet = f"**{follow_up.get_absolute_url()}"
    coordinator = phone(cast.coordinator)
    coordinator.press("main a:has-text('Aino')", to=sheet)
    coordinator.press("form[action$='take-up/'] button", to=sheet)

    teacher, nurse = (follow_up.asked.get(membership=one).public_id.hex for one in (cast.teacher, cast.nurse))
    with coordinator.counted("A call with what two adults may do, and the next step") as count:
        coordinator.tick("[name=attempt][value=reached]")
        coordinator.tick("[name=channel][value=phone]")
        coordinator.tick("[name=identity_checked][value=known_number]")
        coordinator.tick(f"[name=takes_part_{teacher}][value=yes]")
        coordinator.tick(f"[name=takes_part_{nurse}][value=yes]")
        coordinator.tick("[name=said_by][value=young_person]")
        coordinator.choose("next_step", "meeting")
        coordinator.date("next_step_on", timezone.localdate() + timedelta(days=7))
        coordinator.press("#call button[type=submit]:not([formaction])", to=sheet)
    assert (count.presses, count.typed, count.pages) == (8, 3, 1)

    coordinator.press("a:has-text('Invite to a meeting')", to="**/meetings/plan/")
    with coordinator.counted("Inviting three to a meeting") as count:
        coordinator.date("day", timezone.localdate() + timedelta(days=7))
        coordinator.type("time", "9.15")
        coordinator.type("place", "Kirjasto")
        for member in (cast.teacher, cast.nurse, cast.coordinator):
            coordinator.tick(f"[name=adults][value='{member.public_id}']")
        coordinator.tick("[name=agreed]")
        coordinator.press("main form button[type=submit]", to="**/meetings/*-*/")
    assert (count.presses, count.typed, count.pages) == (5, 5, 1)
    for name in ("Tiina Opettaja", "Niina Hoitaja", "Kirjasto"):
        assert name in coordinator.text

    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=2))
    coordinator.page.reload()
    with coordinator.counted("What came of the meeting") as count:
        coordinator.press("main a:has-text('Write down what came of it')", to="**/held/")
        coordinator.press("main form button[type=submit]", to="**/meetings/*-*/")
    assert count.presses == 2
    assert Meeting.objects.get().state == "held"

    coordinator.open(f"/person/{follow_up.young_person.public_id}/looks/")
    assert "Kaisa Etsivä" in coordinator.text
    coordinator.open(follow_up.get_absolute_url())
    with coordinator.counted("Closing") as count:
        coordinator.unfold("Close the follow-up")
        coordinator.tick("[name=outcome][value=in_touch]")
        coordinator.press("button[formaction$='close/']", to=sheet)
    assert (count.presses, count.pages) == (3, 1)
    follow_up.refresh_from_db()
    assert follow_up.outcome == "in_touch"


def test_unlocking_is_one_step(cast, phone):
    nurse = phone(cast.nurse)
    nurse.open("/flags/new/")
    nurse.page.locator("summary.account__summary").click()
    nurse.press("header form[action*='lock'] button", to="**/account/reauthenticate/**")
    assert nurse.page.locator("main input:visible").count() == 1
    with nurse.counted("Unlocking") as count:
        nurse.type("password", PASSWORD)
        nurse.press("main button:has-text('Unlock')", to="**/flags/new/")
    assert (count.typed, count.presses, count.pages) == (1, 1, 1)
