"""The human list: each sees the failed mails of their own area, and can do two things about them."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from coordination.agencies import role_permissions
from coordination.agencies.commands import put_in_groups
from coordination.agencies.models import Membership
from coordination.outbox import commands
from coordination.outbox.models import Mail
from coordination.outbox.states import MailState
from tests.coordination.outbox.conftest import make_town

LIST = "admin:coordination_mail_changelist"


@pytest.fixture
def administrator(client, person):
    membership = person(role="administrator", language="en")
    role_permissions.apply()
    put_in_groups(user=membership.user)
    client.force_login(membership.user)
    return membership


def failed(user=None, area=None, state="failed"):
    return Mail.objects.create(user=user, area=area, kind="daily" if user else "letter", state=state)


def shown(client):
    return set(client.get(reverse(LIST)).context["cl"].queryset)


def test_lists_what_failed_and_what_is_unclear(client, administrator, person):
    reader = person()
    mails = [Mail.objects.create(user=reader.user, kind="immediate", state=state) for state in MailState]
    assert shown(client) == {mail for mail in mails if mail.state in ("failed", "stuck")}


def test_only_those_of_the_own_area(client, administrator, person, town):
    elsewhere = make_town("Kirkniemi")
    both = person()
    Membership.objects.create(user=both.user, agency=elsewhere.agency)
    Membership.objects.create(user=both.user, agency=town.agency, role="coordinator")
    stranger = person(agency=elsewhere.agency)
    own = [failed(user=both.user), failed(area=town.area)]
    foreign = [failed(user=stranger.user), failed(area=elsewhere.area)]
    assert shown(client) == set(own)
    for mail in foreign:
        address = reverse("admin:coordination_mail_change", args=[mail.pk])
        assert client.get(address).status_code == 404


def test_who_has_left_is_no_longer_this_areas(client, administrator, person):
    """Neither listed nor touched, by the page or by the command."""
    left, stays = person(), person()
    mails = [failed(user=one.user) for one in (left, stays)]
    left.ended_on = timezone.localdate()
    left.save()
    assert shown(client) == {mails[1]}
    for action in ("send_again", "handled"):
        client.post(reverse(LIST), {"action": action, "_selected_action": [mails[0].pk]})
    for command in (commands.send_again, commands.set_handled):
        assert not command(mail=mails[0], by=administrator)
    mails[0].refresh_from_db()
    assert mails[0].state == "failed"
    assert commands.set_handled(mail=mails[1], by=administrator)


def test_nothing_can_be_added_deleted_or_edited(client, administrator, person):
    mail = failed(user=person().user)
    assert client.get(reverse("admin:coordination_mail_add")).status_code in (403, 404)
    assert client.post(reverse("admin:coordination_mail_delete", args=[mail.pk])).status_code in (403, 404)
    page = client.get(reverse("admin:coordination_mail_change", args=[mail.pk]))
    assert page.status_code == 200
    assert page.context["adminform"].form.fields == {}


@pytest.mark.parametrize(("action", "state"), [("send_again", "waiting"), ("handled", "handled")])
def test_actions(client, administrator, person, action, state):
    mails = [failed(user=person().user), failed(user=person().user, state="stuck")]
    untouched = failed(user=person().user)
    data = {"action": action, "_selected_action": [mail.pk for mail in mails]}
    assert client.post(reverse(LIST), data).status_code == 302
    assert set(Mail.objects.filter(state=state)) == set(mails)
    untouched.refresh_from_db()
    assert untouched.state == "failed"


def test_search_and_registration(client, administrator, person):
    reader = person()
    mail = failed(user=reader.user)
    failed(user=person().user)
    response = client.get(reverse(LIST), {"q": reader.user.email})
    assert list(response.context["cl"].queryset) == [mail]
    assert admin.site.is_registered(Mail)
