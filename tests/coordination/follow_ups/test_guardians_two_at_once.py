"""A guardian who must not learn goes on so, whatever a page that was opened before sends; only a press of its own, by
somebody who showed who they are, ends it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from coordination.agencies.rules import NotNow
from coordination.follow_ups.commands import let_learn, remove_guardian, save_guardian, tell_guardian
from coordination.links.models import OneTimeLink
from coordination.people.models import Exclusion, LegalGuardian
from tests.acts import begun
from tests.coordination.follow_ups.conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def minor(cast):
    return begun(cast, years=15)


def write(follow_up, by, guardian=None, **values):
    data = {"name": "Maija Virtanen", "phone": "+358409998877", "knows": "told", "said_by": "themselves"}
    token = None if guardian else uuid4()
    return save_guardian(follow_up=follow_up, by=by, legal_guardian=guardian, token=token, **data | values)


@pytest.fixture
def guardian(cast, minor):
    return write(minor, cast.coordinator)


def opened(client, follow_up):
    """What the form of the one guardian would post, were the sheet opened now and nothing changed."""
    form = client.get(url("sheet", follow_up)).context["guardians"][0]["form"]
    return {form[name].html_name: form[name].value() for name in form.fields if form[name].value()}


def typed(guardian, **values):
    return {f"guardian_{guardian.public_id.hex}-{name}": value for name, value in values.items()}


def test_a_page_opened_before_does_not_lift_must_not_learn(cast, kaisa, minor, guardian):
    page = opened(kaisa, minor)
    write(minor, cast.second_coordinator, guardian, knows="must_not", said_by="young_person")
    answer = kaisa.post(
        url("change_guardian", minor, guardian.public_id), page | typed(guardian, phone="+358401110000")
    )
    guardian.refresh_from_db()
    assert (guardian.knows, guardian.phone) == ("must_not", "+358409998877")
    form = answer.context["guardian_form"]
    assert (form["knows"].value(), form["phone"].value()) == ("must_not", "+358401110000")
    assert [one["label"] for one in answer.context["met"]][0] == form.fields["knows"].label
    sent = {form[name].html_name: form[name].value() or "" for name in form.fields}
    assert kaisa.post(url("change_guardian", minor, guardian.public_id), sent).status_code == 302
    guardian.refresh_from_db()
    assert (guardian.knows, guardian.said_by, guardian.phone) == ("must_not", "young_person", "+358401110000")


def test_it_names_who_saved_last_and_on_which_day(cast, kaisa, kalle, minor, guardian):
    page = opened(kaisa, minor)
    kalle.post(
        url("change_guardian", minor, guardian.public_id), opened(kalle, minor) | typed(guardian, name="Maija V")
    )
    answer = kaisa.post(url("change_guardian", minor, guardian.public_id), page | typed(guardian, phone=""))
    assert answer.context["last_saved"]["by"] == cast.second_coordinator.user
    assert "Kalle" in answer.content.decode()


def test_what_both_changed_alike_is_no_quarrel(cast, kaisa, minor, guardian):
    page = opened(kaisa, minor) | typed(guardian, knows="allowed")
    assert kaisa.post(url("change_guardian", minor, guardian.public_id), page).status_code == 302
    assert kaisa.post(url("change_guardian", minor, guardian.public_id), page).status_code == 302
    guardian.refresh_from_db()
    assert guardian.knows == "allowed"


def test_the_command_looks_once_more_when_it_holds_them(cast, minor, guardian):
    write(minor, cast.second_coordinator, guardian, knows="must_not", said_by="young_person")
    for knows in ("told", "allowed"):
        with pytest.raises(NotNow):
            write(minor, cast.coordinator, guardian, knows=knows, seen={"knows": "told"})
        with pytest.raises(NotNow):
            write(minor, cast.coordinator, guardian, knows=knows)
    assert LegalGuardian.objects.get().knows == "must_not"


def test_no_link_goes_out_on_what_was_read_before(cast, minor, guardian):
    write(minor, cast.second_coordinator, LegalGuardian.objects.get(), knows="must_not", said_by="young_person")
    assert guardian.knows == "told"
    told = {"email": "maija@example.test", "language": "fi", "what": []}
    with pytest.raises(NotNow):
        tell_guardian(follow_up=minor, legal_guardian=guardian, by=cast.coordinator, **told)
    assert not OneTimeLink.objects.exists()


def test_a_page_opened_before_does_not_erase_the_warning(cast, kaisa, minor, guardian):
    page = opened(kaisa, minor)
    write(minor, cast.second_coordinator, guardian, knows="must_not", said_by="young_person")
    kaisa.post(url("remove_guardian", minor, guardian.public_id), page)
    assert LegalGuardian.objects.get().knows == "must_not"
    with pytest.raises(NotNow):
        remove_guardian(follow_up=minor, legal_guardian=guardian, by=cast.coordinator, seen={"knows": "told"})
    kaisa.post(url("remove_guardian", minor, guardian.public_id), opened(kaisa, minor))
    assert not LegalGuardian.objects.exists()


def test_a_press_of_its_own_ends_it_and_leaves_the_exclusion(cast, kaisa, minor, guardian):
    write(minor, cast.coordinator, guardian, knows="must_not", said_by="young_person", user=cast.teacher.user)
    kaisa.post(url("let_learn", minor, guardian.public_id))
    guardian.refresh_from_db()
    assert (guardian.knows, guardian.said_by) == ("not_told", "")
    assert Exclusion.objects.filter(ended_at=None).exists()
    with pytest.raises(NotNow):
        let_learn(follow_up=minor, legal_guardian=guardian, by=cast.coordinator)


@pytest.mark.parametrize("press", ["let_learn", "remove_guardian"])
def test_it_asks_once_more_who_one_is(cast, kaisa, minor, guardian, monkeypatch, press):
    write(minor, cast.coordinator, guardian, knows="must_not", said_by="young_person")
    monkeypatch.setattr("coordination.agencies.presence.is_recent", lambda request: False)
    answer = kaisa.post(url(press, minor, guardian.public_id))
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert LegalGuardian.objects.get().knows == "must_not"


def test_what_was_typed_stands_when_the_command_refuses(cast, kaisa, minor):
    cast.second_coordinator.user.is_active = False
    cast.second_coordinator.user.save()
    data = {"name": "Maija Virtanen", "phone": "040 999 8877", "knows": "must_not", "said_by": "young_person"}
    data |= {"token": str(uuid4()), "works_here": cast.coordinator.user.email}
    answer = kaisa.post(url("add_guardian", minor), {f"guardian_new-{name}": one for name, one in data.items()})
    assert answer.status_code == 200
    form = answer.context["shown_form"]
    assert form["name"].value() == "Maija Virtanen"
    assert form.non_field_errors()
    assert not LegalGuardian.objects.exists()
