"""An account's address is changed by its owner's word alone: whoever has it can ask for a new password."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from coordination.agencies.models import Membership, User
from coordination.agencies.rules import NotNow
from coordination.outbox.models import Mail, Notification
from coordination.staffing import commands
from coordination.staffing.models import AddressChange
from tests.cast import PASSWORD, sign_in
from tests.coordination.staffing.pages import change, posted

pytestmark = pytest.mark.usefixtures("english")
NEW = "uusi@example.test"


def letters():
    """What was sent, by template: whom it goes to and what is in it."""
    rows = [json.loads(mail.letter) for mail in Mail.objects.filter(kind=Mail.Kind.LETTER).order_by("pk")]
    return [(row["template"], row["to"], row["context"]) for row in rows]


def asked(membership, address=NEW, *, by):
    """An administrator asks for a new address of this member's account; gives the link's path."""
    user = User.objects.get(pk=membership.user_id)
    user.email = address
    commands.save_user(user=user, by=by)
    link = [context["link"] for template, _to, context in letters() if template == "new_address"][-1]
    return "/" + link.split("/", 3)[3]


def now(membership):
    return User.objects.get(pk=membership.user_id)


def test_nothing_changes_before_the_owner_has_confirmed(cast, client):
    sign_in(client, cast.nurse)
    earlier = cast.nurse.user.email
    link = asked(cast.nurse, "Uusi@Example.test", by=cast.administrator)
    assert now(cast.nurse).email == earlier
    assert now(cast.nurse).has_usable_password()
    assert client.get(reverse("agencies:choose")).status_code == 200
    client.logout()
    mails = Mail.objects.count()
    client.post(reverse("account_reset_password"), {"email": NEW})
    assert Mail.objects.count() == mails
    assert [(template, to) for template, to, _context in letters()] == [
        ("new_address", NEW),
        ("address_asked", earlier),
    ]
    assert client.get(link).status_code == 200
    assert now(cast.nurse).email == earlier


def test_the_owner_confirms_signed_in_and_by_a_post(cast, client):
    EmailAddress.objects.create(user=cast.nurse.user, email=cast.nurse.user.email, verified=True, primary=True)
    earlier, link = cast.nurse.user.email, asked(cast.nurse, by=cast.administrator)
    sign_in(client, cast.nurse)
    assert NEW in client.get(link).content.decode()
    assert now(cast.nurse).email == earlier
    assert client.post(link).status_code == 302
    assert now(cast.nurse).email == NEW
    client.logout()
    for address, comes_in in ((earlier, False), (NEW, True)):
        client.post(reverse("account_login"), {"login": address, "password": PASSWORD})
        assert ("_auth_user_id" in client.session) is comes_in
    client.logout()
    mails = Mail.objects.count()
    client.post(reverse("account_reset_password"), {"email": earlier})
    assert Mail.objects.count() == mails


def test_nobody_else_can_use_the_link(cast, client):
    """Not the administrator who typed the address, though the link went there; and not somebody without an account."""
    earlier, link = cast.nurse.user.email, asked(cast.nurse, by=cast.administrator)
    assert client.post(link).status_code == 200
    for other in (cast.administrator, cast.coordinator, cast.stranger):
        page = sign_in(client, other).post(link)
        assert page.status_code == 200
        assert NEW not in page.content.decode()
        with pytest.raises(NotNow):
            commands.confirm_address(secret=link.rstrip("/").rsplit("/", 1)[1], user=other.user)
    assert now(cast.nurse).email == earlier


@pytest.mark.parametrize("why", ["used", "replaced", "expired", "never was", "taken"])
def test_a_link_that_works_no_more_says_so(cast, client, why):
    earlier, link = cast.nurse.user.email, asked(cast.nurse, by=cast.administrator)
    sign_in(client, cast.nurse)
    if why == "used":
        client.post(link)
        earlier = NEW
    elif why == "replaced":
        asked(cast.nurse, "toinen@example.test", by=cast.administrator)
    elif why == "expired":
        AddressChange.objects.update(made_at=timezone.now() - timezone.timedelta(days=9), expires_at=timezone.now())
    elif why == "taken":
        User.objects.create_user(NEW, PASSWORD, first_name="T", last_name="T")
    else:
        link = reverse("staffing:address", args=["nonsense"])
    assert client.post(link).status_code == 404
    assert now(cast.nurse).email == earlier


def test_the_change_is_told_to_the_old_address_and_to_those_with_power(cast, client):
    earlier, link = cast.coordinator.user.email, asked(cast.coordinator, by=cast.administrator)
    assert not Notification.objects.filter(code="address_changed").exists()
    sign_in(client, cast.coordinator).post(link)
    assert letters()[-1] == ("address_changed", earlier, {})
    told = set(Notification.objects.filter(code="address_changed").values_list("membership", flat=True))
    assert told == {cast.second_coordinator.pk, cast.administrator.pk}


def test_the_letters_name_nobody(cast):
    for template in ("new_address", "address_asked", "address_changed"):
        for name in ("subject.txt", "body.txt", "body.html"):
            text = render_to_string(f"emails/{template}/{name}", {"language": "en", "link": "LINK"})
            assert "address" in text
            assert "@" not in text.replace("@media", "")


def test_other_details_ask_nobody(cast):
    user = now(cast.coordinator)
    user.phone, user.email = "+358401111111", user.email.upper()
    commands.save_user(user=user, by=cast.administrator)
    assert now(cast.coordinator).phone == "+358401111111"
    assert not AddressChange.objects.exists()
    assert not Mail.objects.exists()


def test_an_address_that_somebody_has_is_refused_at_once(cast, client):
    sign_in(client, cast.administrator)
    page = client.get(change(cast.nurse.user))
    answer = client.post(change(cast.nurse.user), posted(page, email=cast.teacher.user.email))
    assert answer.context["adminform"].form.errors
    assert not AddressChange.objects.exists()
    answer = client.post(change(cast.nurse.user), posted(page, email=NEW), follow=True)
    assert "lähetetty linkki" in answer.content.decode()
    assert AddressChange.objects.get().made_by == cast.administrator


def test_nobody_comes_to_power_by_way_of_another_address(cast):
    """An administrator invites another address to power and then makes it their own: it is the same person still."""
    by = cast.administrator
    commands.invite(email="toinen@example.test", agency=cast.outreach, role=Membership.Role.COORDINATOR, by=by)
    secret = letters()[0][2]["link"].rstrip("/").rsplit("/", 1)[1]
    link = asked(by, "toinen@example.test", by=by)
    user = commands.confirm_address(secret=link.rstrip("/").rsplit("/", 1)[1], user=by.user)
    with pytest.raises(NotNow, match="yourself"):
        commands.accept(secret=secret, user=user)
    assert not user.memberships.filter(role=Membership.Role.COORDINATOR).exists()


def test_the_address_is_not_kept_in_the_history_nor_in_clear(cast):
    from auditlog.models import LogEntry
    from django.db import connection

    asked(cast.nurse, by=cast.administrator)
    assert not any(NEW in str(entry.changes) + entry.object_repr for entry in LogEntry.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM coordination_addresschange")
        assert NEW not in cursor.fetchone()[0]
