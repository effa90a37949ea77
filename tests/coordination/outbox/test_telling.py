import pytest
from django.db import transaction

from coordination.agencies.models import Membership
from coordination.outbox.commands import done, mark_seen, tell
from coordination.outbox.models import Mail, Notification
from tests.coordination.outbox.conftest import FYI, WAITS


def test_tells_each_reader_once_however_often_the_event_is_played(person):
    readers = [person(), person()]
    for _ in range(2):
        tell(WAITS, to=readers, link="/somewhere/", dedupe="event 1")
    tell(WAITS, to=readers[:1], link="/somewhere/", dedupe="event 2")
    assert Notification.objects.of(readers[0]).count() == 2
    assert Notification.objects.of(readers[1]).count() == 1


def test_a_reader_named_twice_is_told_once(person):
    reader = person()
    tell(FYI, to=[reader, reader], link="/", dedupe="x")
    assert Notification.objects.count() == 1


def test_the_doer_is_not_told_under_any_membership(person, town):
    doer, other = person(), person()
    second = Membership.objects.create(user=doer.user, agency=town.agency, role="coordinator")
    tell(WAITS, to=[doer, second, other], link="/", dedupe="x", except_for=doer)
    assert [one.membership for one in Notification.objects.all()] == [other]


def test_what_is_rolled_back_was_never_told(person):
    reader = person(rhythm="immediate")
    with transaction.atomic():
        tell(WAITS, to=[reader], link="/", dedupe="x")
        assert Notification.objects.exists()
        transaction.set_rollback(True)
    assert not Notification.objects.exists()
    assert not Mail.objects.exists()


@pytest.mark.parametrize("link", ["https://elsewhere.example/", "//elsewhere.example/", "page"])
def test_links_stay_in_the_house(person, link):
    with pytest.raises(ValueError, match="slash"):
        tell(WAITS, to=[person()], link=link, dedupe="x")


def test_mail_at_once_only_for_what_waits_and_only_for_those_who_chose_so(person, no_broker):
    readers = [person(rhythm=rhythm) for rhythm in ("immediate", "daily", "weekly")]
    tell(FYI, to=readers, link="/", dedupe="x")
    assert not Mail.objects.exists()
    assert no_broker == []
    tell(WAITS, to=readers, link="/", dedupe="x")
    mail = Mail.objects.get()
    assert (mail.user, mail.kind) == (readers[0].user, Mail.Kind.IMMEDIATE)
    assert [one.membership for one in mail.notifications.all()] == [readers[0]]
    assert no_broker == ["coordination.send_mails"]
    tell(WAITS, to=readers, link="/", dedupe="x")
    assert Mail.objects.count() == 1


def test_one_mail_at_once_for_a_user_of_two_memberships(person, town):
    first = person(rhythm="immediate")
    second = Membership.objects.create(user=first.user, agency=town.agency, role="coordinator")
    tell(WAITS, to=[first, second], link="/", dedupe="x")
    assert Mail.objects.get().notifications.count() == 2


@pytest.mark.parametrize("readers", [1, 30])
def test_telling_takes_the_same_statements_for_one_and_for_many(person, readers, django_assert_num_queries):
    to = [person(rhythm="immediate") for _ in range(readers)]
    with django_assert_num_queries(6):  # a savepoint around four of them
        tell(WAITS, to=to, link="/", dedupe="x")


def test_done_narrows_by_thing_notice_and_reader(person):
    first, second = person(), person()
    thing = first.public_id
    tell(WAITS, to=[first, second], link="/", dedupe="x", about=thing)
    tell(WAITS, to=[first], link="/", dedupe="y", about=second.public_id)
    done(about=thing, codes=["something_else"])
    assert Notification.objects.waiting().count() == 3
    done(about=thing, codes=[WAITS], to=[first])
    assert Notification.objects.waiting().count() == 2
    done(about=thing)
    assert [one.about for one in Notification.objects.waiting()] == [second.public_id]


def test_nobody_marks_the_notices_of_others(person):
    first, second = person(), person()
    tell(FYI, to=[first, second], link="/", dedupe="x")
    ids = list(Notification.objects.values_list("public_id", flat=True))
    mark_seen(membership=first, public_ids=ids)
    assert [one.membership for one in Notification.objects.unseen()] == [second]
    mark_seen(membership=None, public_ids=ids)
    assert Notification.objects.unseen().count() == 1
