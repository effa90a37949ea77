"""A family is told by a link: what the young person knows is told, to those who may learn, and it is written down."""

import json
from uuid import uuid4

import pytest

from coordination.agencies.rules import NotNow
from coordination.follow_ups.commands import save_guardian, take_up, tell_guardian
from coordination.links.models import OneTimeLink
from coordination.links.queries import latest_about
from coordination.links.rules import LinkState, state_of
from coordination.outbox.models import Mail
from coordination.use_log.models import Look
from tests.acts import say
from tests.cast import Cast, born, sign_in
from tests.forms.page_forms import forms_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def follow_up(cast):
    return take_up(follow_up=cast.match(birth_date=born(15), guardian_allowed=True), by=cast.coordinator)


@pytest.fixture
def guardian(cast, follow_up):
    return write_down(cast, follow_up)


def write_down(cast, follow_up, **changes):
    values = {"name": "Maija Mallikas", "phone": "", "knows": "not_told", "said_by": ""} | changes
    return save_guardian(follow_up=follow_up, by=cast.coordinator, token=uuid4(), **values)


def tell(cast, follow_up, guardian, **changes):
    values = {"email": "parent@example.test", "language": "fi", "what": ["next_step"]} | changes
    return tell_guardian(follow_up=follow_up, legal_guardian=guardian, by=cast.coordinator, **values)


def test_it_is_in_the_disclosure_log(cast, follow_up, guardian):
    tell(cast, follow_up, guardian)
    row = Look.objects.get(purpose="disclosure")
    assert (row.passed_to, row.passed_on) == ("guardian", ["together", "next_step"])
    assert set(row.person_keys) == set(follow_up.young_person.log_keys)


def test_adults_are_told_of_by_name_and_not_by_who_was_asked_first(cast, follow_up, guardian):
    say(follow_up, cast.teacher, cast.nurse, cast.member("Aatu", "Viimeinen", cast.social), by=cast.coordinator)
    tell(cast, follow_up, guardian, what=["network"])
    [told] = [one for one in json.loads(OneTimeLink.objects.get().content)["paragraphs"] if "Tiina" in one]
    assert told.index("Aatu") < told.index("Niina") < told.index("Tiina")


def test_who_must_not_learn_gets_nothing(cast, follow_up):
    guardian = write_down(cast, follow_up, knows="must_not", said_by="young_person")
    with pytest.raises(NotNow):
        tell(cast, follow_up, guardian)
    assert not OneTimeLink.objects.exists()


def test_a_link_dies_when_the_guardian_must_not_learn_any_more(cast, follow_up, guardian):
    tell(cast, follow_up, guardian)
    write_down(cast, follow_up, legal_guardian=guardian, knows="must_not", said_by="young_person")
    assert state_of(OneTimeLink.objects.get()) == LinkState.GONE


def test_under_non_disclosure_nothing_is_written_to_anybody(cast, follow_up, guardian):
    person = follow_up.young_person
    person.non_disclosure = True
    person.save()
    guardian.refresh_from_db()
    with pytest.raises(NotNow):
        tell(cast, follow_up, guardian)


def test_the_mail_names_nobody(cast, follow_up, guardian):
    tell(cast, follow_up, guardian)
    letter = Mail.objects.filter(kind=Mail.Kind.LETTER).latest("pk").letter
    assert "Aino" not in letter
    assert "Maija" not in letter


def test_the_coordinator_sends_it_on_the_sheet_and_sees_the_code_once(client, cast, follow_up, guardian):
    sign_in(client, cast.coordinator)
    sheet = follow_up.get_absolute_url()
    here = f"{sheet}guardians/{guardian.public_id}/tell/"
    form = next(form for form in forms_of(client.get(sheet), sheet) if form.action == here)
    prefix = f"tell_{guardian.public_id.hex}"
    refused = client.post(here, form.data(**{f"{prefix}-email": "parent@example.test"}))
    assert not OneTimeLink.objects.exists()
    assert "parent@example.test" in refused.content.decode()
    answer = client.post(here, form.data(**{f"{prefix}-email": "parent@example.test", f"{prefix}-agreed": "on"}))
    assert 'class="code"' in answer.content.decode()
    assert latest_about([guardian.public_id])[guardian.public_id].made_by == cast.coordinator
    assert 'class="code"' not in client.get(sheet).content.decode()
