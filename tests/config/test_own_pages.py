"""What becomes of an own page when its young person is known twice, is erased, or a backup comes back."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from config import erasing
from config.replaying import DEEDS
from coordination.erasures.models import LedgerLine
from coordination.support.models import OwnPage, OwnRequest
from tests.config.joining import pair, same
from tests.coordination.support.own_pages import Phone, linked, opened
from tests.coordination.support.working import supported

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("row", ["kept", "gone"])
def test_after_two_rows_were_joined_the_adult_makes_a_new_link(cast, row):
    double, kept, gone = pair(cast)
    support = supported(cast, young_person={"kept": kept, "gone": gone}[row])
    phone = opened(support, "adult", "looks")
    same(cast, double)
    assert "Niina" not in phone.text
    page = OwnPage.objects.get()
    assert (page.young_person, page.ended_at is None) == (kept, False)
    support.refresh_from_db()
    _page, secret, code = linked(support)
    again = Phone(secret)
    again.open(code)
    assert "Nothing shows here before you choose it." in again.text


def test_it_is_erased_with_the_support(cast):
    support = supported(cast)
    opened(support, "call").press("call")
    erasing.erase_now(support.young_person_id)
    assert not OwnPage.objects.exists()
    assert not OwnRequest.objects.exists()


def replay(what, page):
    entry = SimpleNamespace(at=timezone.now(), ids={"page": str(page.public_id)})
    return DEEDS[what](entry)


def test_a_backup_brings_neither_an_ended_link_nor_a_used_code_back(cast):
    page, secret, code = linked(supported(cast))
    before = OwnPage.objects.values().get()
    phone = Phone(secret)
    phone.open(code)
    assert LedgerLine.objects.filter(what="own_page_opened").exists()
    # The page was opened before the backup: it goes on.
    assert not replay("own_page_opened", page)
    # The backup is of before: the code, which stands in some message, must not work again.
    OwnPage.objects.filter(pk=page.pk).update(**before)
    assert replay("own_page_opened", page)
    assert Phone(secret).open(code).status_code == 200
    assert not replay("own_page", page)


def test_an_ended_link_is_noted_and_ends_again(cast):
    page, secret, code = linked(supported(cast))
    assert replay("own_page", page)
    assert Phone(secret).open(code).status_code == 200
