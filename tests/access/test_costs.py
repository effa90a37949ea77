"""A list costs the same number of statements for one row as for thirty."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from coordination.outbox.models import Notification
from coordination.people.models import Ground, YoungPerson
from coordination.support.commands.ending import end_support
from coordination.use_log.commands import write_look
from flags.flagging.models import FlaggingCount
from tests.access.browser import Statements, undone
from tests.cast import born, sign_in
from tests.coordination.support.working import supported

pytestmark = pytest.mark.django_db

NAMES = ["Aava", "Bea", "Cia", "Dag", "Eeva", "Faina", "Gia", "Hely", "Ilo", "Jade", "Kaisla", "Lumi", "Meri", "Nuppu"]
SURNAMES = ["Korpi", "Laakso", "Mäkinen", "Niemi", "Ojala", "Peltola", "Ranta", "Salo", "Tuomi", "Uotila"]
# The most statements a page may take, hardly more than it takes now: three of them are the session, the user and the
# membership, one is the look.
MOST = {
    "people:mine": 6,
    "flagging:mine": 7,
    "outbox:notices": 5,
    "pages:doubles": 6,
    "pages:desk": 19,
    "follow_ups:list": 7,
    "pages:looks": 11,
}
ADDRESSES = {
    "people:mine": "/people/",
    "flagging:mine": "/flags/mine/",
    "outbox:notices": "/notices/",
    "pages:doubles": "/doubles/",
    "pages:desk": "/",
    "follow_ups:list": "/follow-ups/",
}


def typed(number):
    """Names and a birth date so unlike all others that no likely double arises."""
    return {
        "first_name": NAMES[number % len(NAMES)] + NAMES[(number * 7 + 3) % len(NAMES)].lower(),
        "last_name": SURNAMES[number % len(SURNAMES)] + SURNAMES[number // len(SURNAMES)].lower(),
        "birth_date": born(19) - timedelta(days=3 * number),
    }


class Rows:
    """Makes rows of everything that the lists show, more and more of them."""

    def __init__(self, world):
        self.cast = world.cast
        self.made = 0
        self.reader = self.cast.coordinator

    def upto(self, number):
        while self.made < number:
            self._one(self.made)
            self.made += 1

    def _one(self, number):
        cast, flag = self.cast, typed(number)
        # So many in an hour would be refused.
        FlaggingCount.objects.all().delete()
        person = cast.match(**flag).young_person
        # In silence for long, and without an adult.
        supported(cast, young_person=person, days=90)
        alone = cast.match(**typed(number + 30)).young_person
        end_support(support=supported(cast, young_person=alone), reason="other", by=self.reader)
        cast.flag(self.reader, **typed(number + 60))
        slip = flag | {"last_name": flag["last_name"] + "n"}
        cast.flag(cast.youth_worker, **slip)
        Notification.objects.create(
            membership=self.reader, code="follow_up_waits", kind="waits", link="/", dedupe_key=str(uuid4())
        )
        self.first = YoungPerson.objects.order_by("pk").filter(grounds__kind=Ground.Kind.COORDINATION).first()
        write_look(
            user_id=cast.nurse.user_id,
            user_name="Niina",
            membership_id=cast.nurse.pk,
            agency_id=cast.nurse.agency_id,
            agency_name=f"Toimija {number}",
            agency_kind="health",
            role="professional",
            page="pages:person",
            purpose="participation",
            person_keys=self.first.log_keys,
        )


def cost(rows, page):
    """The statements of one reading of the page."""
    address = ADDRESSES.get(page) or f"/person/{rows.first.public_id}/looks/"
    client = sign_in(Client(), rows.reader)
    client.get(address)
    with Statements() as statements:
        response = client.get(address)
    assert response.status_code == 200
    return [sql for sql in statements.found if "SAVEPOINT" not in sql]


def test_lists_cost_the_same_for_one_row_and_for_thirty(world):
    with undone():
        rows = Rows(world)
        rows.upto(2)
        before = {page: cost(rows, page) for page in MOST}
        rows.upto(30)
        after = {page: cost(rows, page) for page in MOST}
    wrong = []
    for page, most in MOST.items():
        few, many = len(before[page]), len(after[page])
        if few != many:
            extra = [sql[:150] for sql in after[page] if sql not in before[page]]
            wrong.append(f"{page}: {few} statements for a few rows, {many} for thirty: {extra[:3]}")
        if many > most:
            wrong.append(f"{page}: {many} statements, {most} are allowed")
    assert not wrong, "\n".join(wrong)
