"""What two browsers send in the same moment is written down once, and a long support costs no more than a short one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from coordination.clocks.rules import today
from coordination.support.commands import work
from coordination.support.models import Contact, Matter
from flags.flagging.models import FlaggingCount
from tests.access.browser import Statements
from tests.cast import Cast, sign_in
from tests.coordination.support.working import at, opened, supported
from tests.directory import need, service
from tests.forms.test_at_once import at_once, two_of


@pytest.mark.django_db(transaction=True)
def test_one_contact_and_one_matter_sent_twice_at_once():
    cast = Cast()
    support = supported(cast)
    clients = two_of(cast.nurse)
    path = at("contact", support)
    answers = at_once(clients, path, opened(clients[0], path) | {"channel": "face", "minutes": "30"})
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Contact.objects.count() == 1
    answers = at_once(clients, at("matter", support), {"kind": "housing"})
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert Matter.objects.count() == 1


def statements_of(client, path):
    client.get(path)
    with Statements() as statements:
        assert client.get(path).status_code == 200
    return [sql for sql in statements.found if "SAVEPOINT" not in sql]


def written(cast, support, number):
    """So many contacts, services and needs, by the adult and by another in turns."""
    for days in range(number):
        by = cast.youth_worker if days % 2 else cast.nurse
        work.save_contact(
            support=support,
            on=today() - timedelta(days=days),
            channel="phone",
            started_by="adult",
            minutes=15,
            came=True,
            note="",
            token=uuid4(),
            by=by,
        )
        work.go_along(support=support, service=service(cast.mikkeli, f"Palvelu {uuid4()}"), on=today(), by=by)
    work.mark_missing(support=support, needs=[need(code) for code in ("housing", "money")[:number]], by=cast.nurse)


def test_a_long_support_costs_no_more_than_a_short_one(cast):
    support = supported(cast, days=60)
    niina = sign_in(Client(), cast.nurse)
    written(cast, support, 1)
    before = statements_of(niina, at("support", support))
    written(cast, support, 30)
    work.open_matter(support=support, kind="money", by=cast.nurse)
    assert len(statements_of(niina, at("support", support))) == len(before)


def test_the_desk_costs_the_same_for_one_support_and_for_thirty(cast):
    niina = sign_in(Client(), cast.nurse)
    names = [f"Nuori{chr(97 + number // 10)}{chr(97 + number % 10)}" for number in range(30)]
    supported(cast, young_person=_person(cast, names[0]))
    before = statements_of(niina, "/")
    for name in names[1:]:
        supported(cast, young_person=_person(cast, name))
    assert len(statements_of(niina, "/")) == len(before)


def _person(cast, name):
    # So many in an hour would be refused.
    FlaggingCount.objects.all().delete()
    return cast.flag(cast.coordinator, settle=False, first_name=name, last_name=name[::-1].title()).young_person
