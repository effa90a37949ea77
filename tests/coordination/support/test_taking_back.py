"""A contact, or a service gone along to, that was written down by mistake is taken back on the same day."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.test import Client

from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from coordination.support.commands import work
from coordination.support.commands.ending import end_support
from coordination.support.commands.silence import look_after_supports
from coordination.support.models import Accompanied, Contact
from tests.cast import Cast, sign_in
from tests.coordination.support.working import at, met, stands_in, supported
from tests.directory import service
from tests.forms.test_at_once import at_once, two_of

BOTH = pytest.mark.parametrize("what", ["contact", "gone_along"])


@pytest.fixture
def support(cast):
    return supported(cast)


@pytest.fixture
def niina(cast):
    client = sign_in(Client(), cast.nurse)
    client.post("/language/", {"language": "en"})
    return client


def write_down(what, support, *, by=None):
    by = by or support.adult
    if what == "contact":
        return met(support, by=by)
    offered = service(support.area, f"Asumisneuvonta {by.pk}")
    return work.go_along(support=support, service=offered, on=today(), by=by)


def take_back(row, *, by=None):
    if isinstance(row, Contact):
        work.take_back_contact(contact=row, by=by or row.by)
    else:
        work.take_back_gone_along(accompanied=row, by=by or row.by)


def removing(row, support=None):
    """The address at which the row is taken back, in its support or in another."""
    name, key = ("contact", "contact_id") if isinstance(row, Contact) else ("gone_along", "accompanied_id")
    return at(f"remove_{name}", support or row.support, **{key: row.public_id})


def heard_on(support):
    support.refresh_from_db()
    return support.heard_on


def is_there(row):
    return type(row).objects.filter(pk=row.pk).exists()


# --- What it undoes -------------------------------------------------------------------------------------------------


@BOTH
def test_one_press_takes_it_back_and_nothing_tells_of_it(support, niina, what):
    row, happened = write_down(what, support), Event.objects.count()
    assert LogEntry.objects.get_for_object(row).exists()
    page = niina.get(at("support", support)).content.decode()
    assert page.count(f'action="{removing(row)}"') == 1
    assert niina.post(removing(row), follow=True).redirect_chain == [(at("support", support), 302)]
    assert not is_there(row)
    assert not LogEntry.objects.get_for_object(row).exists()
    assert Event.objects.count() == happened
    assert "Taken back." not in niina.get(at("support", support)).content.decode()
    assert removing(row) not in niina.get(at("support", support)).content.decode()


@BOTH
def test_a_look_at_the_address_takes_nothing_back_and_a_second_press_finds_nothing(support, niina, what):
    row = write_down(what, support)
    assert niina.get(removing(row)).headers["Location"] == at("support", support)
    assert is_there(row)
    assert [niina.post(removing(row)).status_code for _ in range(2)] == [302, 404]
    with pytest.raises(NotNow):
        take_back(row)


def test_silence_is_counted_from_the_contact_before(support):
    first = heard_on(support)
    earlier = met(support, on=today() - timedelta(days=4))
    met(support, on=today() - timedelta(days=2), came=False)
    missed, slip = met(support, came=False), met(support)
    assert heard_on(support) == today()
    take_back(missed)
    assert heard_on(support) == today()
    take_back(slip)
    assert heard_on(support) == today() - timedelta(days=4)
    take_back(earlier)
    assert heard_on(support) == first


def test_of_two_contacts_on_a_day_the_other_still_counts(support):
    met(support)
    take_back(met(support))
    assert heard_on(support) == today()


def test_a_silence_goes_on_and_nobody_is_told_of_it_twice(cast):
    support = supported(cast, days=40)
    look_after_supports()
    told = Notification.objects.filter(code="support_silent").count()
    assert told
    take_back(met(support))
    assert heard_on(support) == today() - timedelta(days=40)
    look_after_supports()
    assert Notification.objects.filter(code="support_silent").count() == told


def test_the_service_can_be_written_down_again(cast, support):
    row = write_down("gone_along", support)
    take_back(row)
    work.go_along(support=support, service=row.service, on=today(), by=cast.nurse)
    assert Accompanied.objects.count() == 1


# --- Until when, and by whom ----------------------------------------------------------------------------------------


@BOTH
def test_on_the_next_day_it_stays_and_says_why(support, niina, what, time_machine):
    row = write_down(what, support)
    time_machine.move_to(row.saved_at + timedelta(days=1), tick=False)
    niina = sign_in(Client(), support.adult)
    niina.post("/language/", {"language": "en"})
    assert removing(row) not in niina.get(at("support", support)).content.decode()
    page = niina.post(removing(row), follow=True).content.decode()
    assert "only on the day on which it was written down" in page
    assert is_there(row)
    with pytest.raises(NotNow):
        take_back(row)


def test_the_day_on_which_it_was_written_down_counts_not_the_day_it_is_of(support, niina):
    row = met(support, on=today() - timedelta(days=3))
    assert removing(row) in niina.get(at("support", support)).content.decode()
    assert niina.post(removing(row)).status_code == 302
    assert not is_there(row)


@BOTH
def test_each_takes_back_what_they_wrote_themselves(cast, support, niina, what):
    stands_in(support, cast.youth_worker)
    jussi = sign_in(Client(), cast.youth_worker)
    rows = write_down(what, support), write_down(what, support, by=cast.youth_worker)
    for client, own, others in ((niina, *rows), (jussi, *rows[::-1])):
        page = client.get(at("support", support)).content.decode()
        assert removing(own) in page
        assert removing(others) not in page
    assert niina.post(removing(rows[1])).status_code == jussi.post(removing(rows[0])).status_code == 404
    with pytest.raises(NotNow):
        take_back(rows[1], by=cast.nurse)
    assert jussi.post(removing(rows[1])).status_code == 302
    assert [is_there(row) for row in rows] == [True, False]


@BOTH
@pytest.mark.parametrize("role", ["teacher", "coordinator", "stranger", "administrator"])
def test_nobody_else_comes_in(cast, support, what, role):
    row, client = write_down(what, support), sign_in(Client(), getattr(cast, role))
    assert client.get(removing(row)).status_code == client.post(removing(row)).status_code == 404
    assert is_there(row)


@BOTH
def test_through_another_support_it_is_not_found(cast, support, niina, what):
    other = supported(cast, young_person=cast.flag(cast.teacher, first_name="Eino").young_person)
    row = write_down(what, other)
    assert niina.post(removing(row, support)).status_code == 404
    assert is_there(row)


@BOTH
def test_once_the_support_has_ended_it_stays(cast, support, niina, what):
    row = write_down(what, support)
    end_support(support=support, reason="other", by=cast.coordinator, sees_on=True)
    assert removing(row) not in niina.get(at("support", support)).content.decode()
    assert niina.post(removing(row)).status_code == 302
    assert is_there(row)
    with pytest.raises(NotNow):
        take_back(row)


@BOTH
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_take_it_back_once(what):
    cast = Cast()
    support = supported(cast)
    row = write_down(what, support)
    answers = at_once(two_of(cast.nurse), removing(row), {})
    assert {answer.status_code for answer in answers} <= {302, 404}
    assert not is_there(row)
