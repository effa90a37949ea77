"""Two at the same moment: one code opens one device, one wish is one, two links are one."""

import pytest

from coordination.agencies.rules import NotNow
from coordination.outbox.models import Notification
from coordination.support.commands import own_page as commands
from coordination.support.models import OwnPage, OwnRequest
from tests.cast import Cast
from tests.coordination.support.own_pages import linked
from tests.coordination.support.working import supported
from tests.flags.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_devices_at_once_one_gets_in(transactional_db):
    cast = Cast()
    _page, secret, code = linked(supported(cast))

    def try_on(device):
        return lambda: commands.open_first(secret=secret, code=code, pin="4862", device=device)

    answers = together(try_on("one"), try_on("two"))
    assert [type(one) for one in answers].count(NotNow) == 1
    assert OwnPage.objects.get().opened_at is not None


def test_six_wrong_pins_at_once_are_six_tries(transactional_db):
    cast = Cast()
    _page, secret, code = linked(supported(cast))
    commands.open_first(secret=secret, code=code, pin="4862", device="one")
    together(*[lambda: commands.open_again(secret=secret, pin="9731", device="one") for _try in range(6)])
    page = OwnPage.objects.get()
    assert (page.tries, page.ended_at is not None) == (6, True)
    with pytest.raises(NotNow):
        commands.open_again(secret=secret, pin="4862", device="one")


def test_one_wish_pressed_twice_at_once_is_one(transactional_db):
    cast = Cast()
    page, _secret, _code = linked(supported(cast))
    together(*[lambda: commands.ask(page=page, kind="change") for _press in range(2)])
    assert OwnRequest.objects.count() == 1
    assert Notification.objects.filter(code="own_wish", membership=cast.coordinator).count() == 1


def test_of_two_links_made_at_once_one_works(transactional_db):
    cast = Cast()
    support = supported(cast)
    together(*[lambda: linked(support) for _press in range(2)])
    assert OwnPage.objects.count() == 2
    assert OwnPage.objects.filter(ended_at=None).count() == 1
