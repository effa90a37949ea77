"""One adult, on a phone: named, at work, allowed to talk with somebody and no more, what two did done by one, handed
over without a gap, and rated by the young person on a page of their own. Every page is looked at by axe.
"""

from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from coordination.clocks.rules import today
from coordination.follow_ups.commands import take_up
from coordination.support.models import ClientRelationship, Contact, OverlapProposal, Rating, Support
from coordination.support.states import OverlapState, SupportState
from tests.acts import say
from tests.cast import Cast
from tests.coordination.support.namings import accepted
from tests.coordination.support.own_pages import PIN
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
    """phone(membership): somebody who is signed in, on a phone; phone(): somebody who isn't, the young person."""

    def opened(membership=None):
        walk = Walk(open_context(width=PHONE, language="en", user=membership and membership.user))
        if membership:
            walk.open("/")
        return walk

    return opened


# --- What each of them does -----------------------------------------------------------------------------------------


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


def name(coordinator, follow_up, adult, walk):
    """From the follow-up to the adult's yes."""
    coordinator.open(follow_up.get_absolute_url())
    coordinator.press("main a[href*='/support/name/']", to="**/support/name/**")
    ask(coordinator, "**", adult)
    say_yes(walk)
    return Support.objects.get()


def write_down_a_contact(adult, support):
    """In four taps, from the desk on."""
    adult.open("/")
    with adult.counted("A contact, from the desk on") as count:
        adult.press(f"main a[href='{support.get_absolute_url()}contact/']", to="**/contact/")
        adult.tick("[name=channel][value=face]")
        adult.tick("[name=minutes][value='30']")
        adult.press("main form button:has-text('Save')", to="**/support/**")
    assert (count.presses, count.typed) == (4, 0)


def let_talk(adult, member):
    """The adult writes down that the young person lets this professional talk with them."""
    adult.press("a[href$='/talk/']", to="**/talk/")
    adult.type("name", member.user.first_name)
    adult.press("button[name=search]", to="**/talk/")
    adult.tick(f"[name=professional][value='{member.public_id}']")
    adult.tick("[name=matters][value=housing]")
    adult.tick("[name=said_how][value=face]")
    adult.press("button:has-text('Save the permission')", to="**/support/**")


def propose_to_close(adult, support, closing, stays):
    """The adult ticks that both agencies do the same, and asks the one professional of the first whom they know."""
    adult.open(support.get_absolute_url())
    adult.press("a[href$='/overlaps/']", to="**/overlaps/")
    for agency in (closing, stays):
        adult.tick(f"[name=does_{agency.pk}][value=counselling]")
    adult.press("button:has-text('Save the list')", to="**/overlaps/")
    closes = ClientRelationship.objects.get(agency=closing)
    adult.press(f"a[href*='{closes.public_id}']", to="**/propose/")
    adult.tick("[name=said_how][value=face]")
    adult.press("main form button:has-text('Ask')", to="**/overlaps/")


def agree_to_close(member):
    """From the notice on the desk to the yes, with the hours a month that it frees."""
    member.open("/")
    member.press("main a[href*='/support/overlap/']", to="**/support/overlap/**")
    member.tick("[name=hours][value='4']")
    member.press("button:has-text('Yes, we close ours')", to="**/support/overlap/**")


def hand_over(coordinator, support, adult, walk):
    """The next adult is asked and says yes, the three have met, and the next begins as the former ends."""
    path = f"/support/{support.public_id}/hand-over/"
    coordinator.open(path)
    coordinator.press("a:has-text('Name the next adult')", to="**/name/")
    ask(coordinator, "**", adult)
    say_yes(walk)
    coordinator.open(path)
    coordinator.date("met_on", today())
    coordinator.tick("[name=sees_on][value=no]")
    coordinator.tick("[name=agreed]")
    coordinator.press("button:has-text('Hand over now')", to="**/overview/")
    support.refresh_from_db()
    return Support.objects.get(state=SupportState.ACTIVE)


def make_link(adult, support):
    """The adult gives the young person a page of their own: the link's path, and the code."""
    adult.open(support.get_absolute_url())
    adult.press("a[href$='/own-page/']", to="**/own-page/")
    adult.tick("input[name=language][value=en]")
    adult.press("button:has-text('Make the link')", to="**/own-page/")
    return urlsplit(adult.page.locator(".own-link").inner_text()).path, adult.page.locator(".code").inner_text()


def open_own_page(young, address, code):
    """The young person opens it, and ticks what shows: who the adult is, and how it has gone."""
    young.open(address)
    young.type("code", code)
    young.type("pin", PIN)
    young.type("pin_again", PIN)
    young.press("main form button[type=submit]", to=f"**{address}")
    for section in ("adult", "rate"):
        young.tick(f"[name=sections][value={section}]")
    young.press(".own-choose button[type=submit]", to=f"**{address}")


def read(walk, support):
    """All that an adult reads of a support."""
    texts = []
    for path in ("/", support.get_absolute_url(), f"{support.get_absolute_url()}own-page/"):
        assert walk.open(path) == 200
        texts.append(walk.text)
    return texts


# --- The way --------------------------------------------------------------------------------------------------------


def test_from_the_naming_to_the_rating(cast, phone):
    follow_up = take_up(follow_up=cast.match(), by=cast.coordinator)
    for one in (cast.teacher, cast.nurse):
        say(follow_up, one, by=cast.coordinator)
    coordinator, nurse, teacher, worker = (
        phone(one) for one in (cast.coordinator, cast.nurse, cast.teacher, cast.social_worker)
    )

    support = name(coordinator, follow_up, cast.nurse, nurse)
    assert (support.state, support.adult) == (SupportState.ACTIVE, cast.nurse)
    write_down_a_contact(nurse, support)
    assert Contact.objects.get().on == today()

    page = f"/person/{follow_up.young_person.public_id}/"
    assert worker.open(page) == worker.open(f"/person/{uuid4()}/") == 404
    let_talk(nurse, cast.social_worker)
    assert worker.open(page) == 200
    assert "Niina Hoitaja" in worker.text
    assert "Tiina Opettaja" not in worker.text
    nurse.press("form[action*='/talk/'] button", to="**/support/**")
    assert worker.open(page) == 404

    propose_to_close(nurse, support, cast.school, cast.health)
    agree_to_close(teacher)
    nurse.open(f"{support.get_absolute_url()}overlaps/")
    nurse.press("form[action$='/close/'] button", to="**/overlaps/")
    closed = OverlapProposal.objects.select_related("closing").get()
    assert (closed.state, closed.asked, closed.closed_by) == (OverlapState.CLOSED, cast.teacher, cast.nurse)
    assert (closed.hours_freed, closed.closing.ended_at is None) == (4, False)
    nurse.open(support.get_absolute_url())
    assert "1 double closed, 4 hours a month freed" in nurse.text

    after = hand_over(coordinator, support, cast.teacher, teacher)
    assert (support.end_reason, after.adult) == (Support.EndReason.HANDED_OVER, cast.teacher)
    assert support.ended_at <= after.began_at
    assert nurse.open(f"{support.get_absolute_url()}contact/") == 404

    young = phone()
    address, code = make_link(teacher, after)
    open_own_page(young, address, code)
    assert "Tiina Opettaja" in young.text
    before = read(teacher, after)
    young.tick("[name=stars][value='4']")
    young.press("form:has([value=rate]) button", to=f"**{address}")
    assert [(one.support, one.stars) for one in Rating.objects.all()] == [(after, 4)]
    assert read(teacher, after) == before
