"""P11: while a session is locked nothing answers but what unlocks and leaves it."""

import time

import pytest

from coordination.agencies import presence
from coordination.drafts.middleware import OPEN_WHILE_LOCKED
from tests.access.browser import Step, address_of, each_role, undone
from tests.access.names import person_names
from tests.access.table import lines

pytestmark = pytest.mark.django_db
UNLOCK = "/account/reauthenticate/"


def lock(client):
    session = client.session
    session[presence.LOCKED] = time.time() + 3600
    session.save()


@each_role(["flagger", "coordinator", "administrator", "none"])
def test_every_address_leads_to_unlocking(world, role):
    people, wrong = person_names(), []
    with undone():
        lock(world.client(role))
        for line in lines():
            response = Step(line, address_of(line, world)).go(world.client(role)).response
            text = response.content.decode()
            if [person for person in people if person.name in text]:
                wrong.append(f"{line.method} {line.name} names somebody")
            # These have doors of their own, whoever is signed in beside them.
            is_open = line.name in OPEN_WHILE_LOCKED or line.name.startswith(("own:", "handed:", "survey:"))
            if not is_open and not response.headers.get("Location", "").startswith(UNLOCK):
                wrong.append(f"{line.method} {line.name} {line.object}: {response.status_code}")
    assert not wrong, "\n".join(wrong)
