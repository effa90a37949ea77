"""One adult, on a phone: named, at work, allowed to talk with somebody and no more, handed over without a gap."""

from uuid import uuid4

import pytest

from coordination.clocks.rules import today
from coordination.follow_ups.commands import take_up
from coordination.support.models import Contact, Support
from coordination.support.states import SupportState
from tests.acts import say
from tests.cast import Cast
from tests.coordination.support.namings import accepted
from tests.journeys.walk import PHONE, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    cast = Cast()
    for member in (cast.teacher, cast.nurse, cast.social_worker, cast.coordinator):
        member.user.language = "en"
        member.user.save(update_fields=["language"])
    accepted(cast.school, cast.health)
    return cast


@pytest.fixture
def phone(open_context):
    """phone(membership): somebody who is signed in, on a phone."""

    def opened(membership):
        walk = Walk(open_context(width=PHONE, language="en", user=membership.user))
        walk.open("/")
        return walk

    return opened


def ask(coordinator, path, adult):
    """The coordinator fills in what the young person said, and asks this adult."""
    coordinator.tick(f"[name=adult][value='{adult.public_id}']")
    coordinator.tick("[name=agreed_how][value=face]")
    coordinator.press("button:has-text('Ask this adult')", to=path)


def say_yes(adult):
    """From the notice on the desk to the yes."""
    adult.open("/")
    adult.press("main a[href$='/answer/']", to="**/answer/")
    adult.tick("[name=accepts]")
    adult.press("button:has-text('Yes, I will')", to="**")


def test_named_at_work_and_handed_over(cast, phone):
    follow_up = take_up(follow_up=cast.match(), by=cast.coordinator)
    person = follow_up.young_person
    for one in (cast.teacher, cast.nurse):
        say(follow_up, one, by=cast.coordinator)

    coordinator = phone(cast.coordinator)
    coordinator.open(follow_up.get_absolute_url())
    coordinator.press("main a[href*='/support/name/']", to="**/support/name/**")
    ask(coordinator, "**", cast.nurse)
    nurse = phone(cast.nurse)
    say_yes(nurse)
    support = Support.objects.get()
    assert (support.state, support.adult) == (SupportState.ACTIVE, cast.nurse)

    nurse.open("/")
    with nurse.counted("A contact, from the desk on") as count:
        nurse.press(f"main a[href='{support.get_absolute_url()}contact/']", to="**/contact/")
        nurse.tick("[name=channel][value=face]")
        nurse.tick("[name=minutes][value='30']")
        nurse.press("main form button:has-text('Save')", to="**/support/**")
    assert (count.presses, count.typed) == (4, 0)
    assert Contact.objects.get().on == today()

    worker = phone(cast.social_worker)
    page = f"/person/{person.public_id}/"
    assert worker.open(page) == worker.open(f"/person/{uuid4()}/") == 404
    nurse.press("a[href$='/talk/']", to="**/talk/")
    nurse.type("name", "Sanna")
    nurse.press("button[name=search]", to="**/talk/")
    nurse.tick(f"[name=professional][value='{cast.social_worker.public_id}']")
    nurse.tick("[name=matters][value=housing]")
    nurse.tick("[name=said_how][value=face]")
    nurse.press("button:has-text('Save the permission')", to="**/support/**")
    assert worker.open(page) == 200
    assert "Niina Hoitaja" in worker.text
    assert "Tiina Opettaja" not in worker.text
    nurse.press("form[action*='/talk/'] button", to="**/support/**")
    assert worker.open(page) == 404

    coordinator.open(f"/support/{support.public_id}/hand-over/")
    coordinator.press("a:has-text('Name the next adult')", to="**/name/")
    ask(coordinator, "**", cast.teacher)
    say_yes(phone(cast.teacher))
    coordinator.open(f"/support/{support.public_id}/hand-over/")
    coordinator.date("met_on", today())
    coordinator.tick("[name=sees_on][value=no]")
    coordinator.tick("[name=agreed]")
    coordinator.press("button:has-text('Hand over now')", to="**/overview/")
    support.refresh_from_db()
    after = Support.objects.get(state=SupportState.ACTIVE)
    assert (support.end_reason, after.adult) == (Support.EndReason.HANDED_OVER, cast.teacher)
    assert support.ended_at <= after.began_at
    assert nurse.open(f"{support.get_absolute_url()}contact/") == 404
