"""The day of an administrator on a phone: somebody new is invited, a setting takes two people, somebody leaves."""

import json
import re

import pytest
from django.urls import reverse

from config import leaving
from coordination.agencies import role_permissions
from coordination.agencies.models import Area, Membership
from coordination.follow_ups.commands import take_up
from coordination.follow_ups.models import FollowUp
from coordination.outbox.models import Mail
from coordination.staffing.models import Invitation
from flags.flagging.models import Flag
from tests.acts import say
from tests.cast import PASSWORD, Cast
from tests.journeys.walk import PHONE, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    role_permissions.apply()
    cast = Cast()
    cast.second = cast.member("Aila", "Toinen", cast.town, role=Membership.Role.ADMINISTRATOR)
    for member in (cast.administrator, cast.second, cast.coordinator, cast.second_coordinator):
        member.user.language = "en"
        member.user.save(update_fields=["language"])
    return cast


@pytest.fixture
def phone(open_context):
    """phone(membership): somebody who has signed in on a phone; phone(): somebody who hasn't."""

    def opened(membership=None):
        walk = Walk(open_context(width=PHONE, language="en", user=membership and membership.user))
        walk.open("/")
        return walk

    return opened


def test_an_administrator_invites_somebody_who_comes_in(cast, phone):
    administrator = phone()
    administrator.sign_in(cast.administrator)
    administrator.press("nav a:has-text('Administration')", to="**/admin/")
    with administrator.counted("Inviting somebody") as count:
        administrator.press("a[href$='/coordination/invitation/add/']", to="**/invitation/add/")
        administrator.type("email", "uusi@example.test")
        administrator.page.click("[aria-labelledby='select2-id_agency-container']")
        administrator.page.fill(".select2-search__field", "Päämaja")
        administrator.page.click(".select2-results__option:has-text('Päämajakoulu')")
        administrator.press("[name=_save]", to="**/coordination/invitation/")
    assert (count.pages, count.typed) == (2, 1)
    assert Invitation.objects.get().agency == cast.school

    letter = json.loads(Mail.objects.get(kind=Mail.Kind.LETTER).letter)
    newcomer = phone()
    newcomer.open(re.search(r"/invitations/[^/]+/$", letter["context"]["link"])[0])
    with newcomer.counted("Coming in by an invitation") as count:
        newcomer.type("first_name", "Uuno")
        newcomer.type("last_name", "Uusi")
        newcomer.type("password", PASSWORD)
        newcomer.type("password_again", PASSWORD)
        newcomer.press("main form button[type=submit]", to="**/")
    assert (count.typed, count.presses, count.pages) == (4, 1, 1)
    assert cast.school.memberships.open().filter(user__email="uusi@example.test").exists()


def test_a_setting_that_lets_more_be_seen_takes_two(cast, phone):
    administrator, second, coordinator = phone(cast.administrator), phone(cast.second), phone(cast.coordinator)
    administrator.open(reverse("admin:coordination_area_change", args=[cast.mikkeli.pk]))
    administrator.choose("threshold", "1")
    administrator.press("[name=_save]", to="**/coordination/area/")
    assert Area.objects.get(pk=cast.mikkeli.pk).threshold == 2
    administrator.press(".messagelist a[href='/settings/']", to="**/settings/")
    administrator.press("main .desk a", to="**/settings/*-*/")
    assert administrator.page.locator("button[name=decision]").count() == 0

    second.open("/")
    with second.counted("Confirming a setting") as count:
        second.press("main a[href*='/settings/']", to="**/settings/*-*/")
        assert "Fewer flags are enough" in second.text
        second.press("button[value=confirm]", to="**/settings/*-*/")
    assert count.presses == 2
    assert Area.objects.get(pk=cast.mikkeli.pk).threshold == 1
    coordinator.open("/notices/")
    assert coordinator.page.locator("main a[href*='/settings/']").count() == 1


def test_whoever_leaves_leaves_nothing_hanging(cast, phone):
    follow_up = take_up(follow_up=cast.match(), by=cast.coordinator)
    say(follow_up, cast.nurse, by=cast.coordinator)
    flag = cast.flag(cast.coordinator, first_name="Bea", last_name="Korpi")
    leaver, administrator, successor = (
        phone(one) for one in (cast.coordinator, cast.administrator, cast.second_coordinator)
    )
    administrator.open(reverse("admin:coordination_membership_change", args=[cast.coordinator.pk]))
    administrator.press("a:has-text('This person leaves')", to="**/leaving/*-*/")
    with administrator.counted("Letting a coordinator go") as count:
        administrator.tick(f"[name=successor][value='{cast.second_coordinator.pk}']")
        administrator.tick("[name=disable]")
        administrator.press("main form button[type=submit]", to="**/admin/**")
    assert (count.presses, count.typed, count.pages) == (3, 0, 1)

    # The leaver is out with the next page.
    leaver.page.goto(follow_up.get_absolute_url())
    assert "/account/" in leaver.page.url
    assert "Aino" not in leaver.text
    assert Flag.objects.filter(pk=flag.pk, ended_at=None).count() == 0

    # The successor goes on; and is told when an adult whom the young person chose leaves, too.
    assert FollowUp.objects.get(pk=follow_up.pk).owner == cast.second_coordinator
    successor.open("/")
    assert "A follow-up is yours now: its coordinator has left." in successor.text
    administrator.open(reverse("pages:leaving", args=[cast.nurse.public_id]))
    administrator.press("main form button[type=submit]", to="**/admin/**")
    leaving.sweep()
    successor.open("/")
    assert "An adult who took part has left their work." in successor.text
    with successor.counted("From a notice to what was left") as count:
        successor.press(f"main a[href='{follow_up.get_absolute_url()}']", to=f"**{follow_up.get_absolute_url()}")
    assert count.presses == 1
    assert "Niina Hoitaja" not in successor.page.locator("#call").inner_text()
