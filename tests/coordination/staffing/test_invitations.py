"""The only way in: one-use, expiring, never used up by a GET."""

import json
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation

from coordination.agencies.models import Membership, User
from coordination.agencies.rules import NotNow
from coordination.interface.secret_words import hash_of
from coordination.outbox.models import Mail, Notification
from coordination.staffing import commands
from coordination.staffing.models import Invitation
from tests.cast import PASSWORD, sign_in

pytestmark = pytest.mark.usefixtures("english")
ROLES = Membership.Role
TYPED = {
    "first_name": "Uuno",
    "last_name": "Uusi",
    "phone": "040 123 4567",
    "language": "sv",
    "password": "kaunis-marraskuu",
    "password_again": "kaunis-marraskuu",
}


def invite(cast, **values):
    return commands.invite(
        **{"email": "Uuno.Uusi@example.test", "agency": cast.school, "by": cast.administrator} | values
    )


def secret_of(invitation):
    """As the invited one has it: from the mail's link."""
    letters = [json.loads(mail.letter) for mail in Mail.objects.exclude(letter="").order_by("-pk")]
    link = next(one["context"]["link"] for one in letters if one["to"] == invitation.email)
    return link.rstrip("/").rsplit("/", 1)[1]


def address(secret):
    return reverse("staffing:invitation", args=[secret])


@pytest.mark.parametrize(
    ("by", "agency", "role", "may"),
    [
        ("administrator", "school", ROLES.PROFESSIONAL, True),
        ("administrator", "outreach", ROLES.COORDINATOR, True),
        ("administrator", "town", ROLES.ADMINISTRATOR, True),
        ("coordinator", "school", ROLES.PROFESSIONAL, True),
        ("coordinator", "outreach", ROLES.COORDINATOR, False),
        ("coordinator", "town", ROLES.ADMINISTRATOR, False),
        ("teacher", "school", ROLES.PROFESSIONAL, False),
        ("administrator", "other_school", ROLES.PROFESSIONAL, False),
        ("coordinator", "other_school", ROLES.PROFESSIONAL, False),
    ],
)
def test_who_may_invite_whom(cast, by, agency, role, may):
    values = {"by": getattr(cast, by), "agency": getattr(cast, agency), "role": role}
    if may:
        assert invite(cast, **values).made_by == getattr(cast, by)
    else:
        with pytest.raises(PermissionDenied):
            invite(cast, **values)
        assert not Invitation.objects.exists()
        assert not Mail.objects.exists()


def test_the_secret_and_the_address_are_not_readable_in_the_database(cast):
    invitation = invite(cast)
    secret = secret_of(invitation)
    assert len(secret) == 43
    assert bytes(Invitation.objects.get().secret_hash) == hash_of(secret)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i::text FROM coordination_invitation i UNION ALL SELECT m::text FROM coordination_mail m"
        )
        dump = " ".join(row for (row,) in cursor.fetchall()).lower()
    assert secret.lower() not in dump
    assert "uuno" not in dump


def test_looking_uses_nothing_up_and_accepting_makes_the_account(cast, client):
    secret = secret_of(invite(cast, job_title="opettaja"))
    for _ in range(2):
        page = client.get(address(secret))
        assert page.status_code == 200
        assert "Päämajakoulu" in page.content.decode()
        assert "Anna Pääkäyttäjä" in page.content.decode()
    answer = client.post(address(secret), TYPED)
    assert (answer.status_code, answer.url) == (302, "/")
    user = User.objects.get(email="uuno.uusi@example.test")
    membership = user.memberships.get()
    assert (user.get_full_name(), user.phone, user.language) == ("Uuno Uusi", "+358401234567", "sv")
    assert (membership.agency, membership.role, membership.job_title) == (cast.school, "professional", "opettaja")
    assert client.session["membership"] == str(membership.public_id)
    assert client.session["_auth_user_id"] == str(user.pk)
    client.logout()
    assert client.post(reverse("account_login"), {"login": user.email, "password": TYPED["password"]}).url == "/"


def test_the_inviter_is_told(cast, client):
    client.post(address(secret_of(invite(cast))), TYPED)
    assert Notification.objects.get(code="invitation_accepted").membership == cast.administrator


def test_used_withdrawn_expired_and_unknown_look_alike(cast, client):
    unknown = "x" * 43
    answers = [client.get(address(unknown))]
    used = secret_of(invite(cast))
    commands.accept(secret=used, first_name="U", last_name="U", password="kaunis-marraskuu")
    answers.append(client.get(address(used)))
    withdrawn = invite(cast, email="toinen@example.test")
    secret = secret_of(withdrawn)
    commands.withdraw(invitation=withdrawn, by=cast.administrator)
    answers.append(client.get(address(secret)))
    expired = invite(cast, email="kolmas@example.test")
    expired.made_at = timezone.now() - timedelta(days=8)
    expired.expires_at = timezone.now() - timedelta(seconds=1)
    expired.save()
    answers.append(client.get(address(secret_of(expired))))
    answers.append(client.post(address(secret_of(expired)), TYPED))
    assert {answer.status_code for answer in answers} == {404}
    # Equal but for what the address itself brings along, and the page's token.
    pages = [re.sub(r"[\w-]{43,64}", "…", answer.content.decode()) for answer in answers]
    assert len(set(pages)) == 1
    assert not User.objects.filter(email="kolmas@example.test").exists()


def test_the_second_of_two_equal_posts_hears_a_sentence_and_makes_nothing(cast, client):
    secret = secret_of(invite(cast))
    people = User.objects.count()
    client.post(address(secret), TYPED)
    client.logout()
    answer = client.post(address(secret), TYPED)
    assert answer.status_code == 404
    assert answer.context["sentence"]
    with translation.override("en"), pytest.raises(NotNow, match="no longer valid"):
        commands.accept(secret=secret, first_name="U", last_name="U", password="kaunis-marraskuu")
    assert User.objects.count() == people + 1
    assert Membership.objects.filter(user__email="uuno.uusi@example.test").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password_again": "jotain-muuta-ihan"}, "password_again"),
        ({"password": "lyhyt", "password_again": "lyhyt"}, "password"),
        ({"password": "password1234", "password_again": "password1234"}, "password"),
        ({"password": "uuno.uusi@example", "password_again": "uuno.uusi@example"}, "password"),
        ({"password": "a\0" * 20, "password_again": "a\0" * 20}, "password"),
        ({"password": "x" * 1_000_000, "password_again": "x" * 1_000_000}, "password"),
        ({"first_name": "\u202eUuno"}, "first_name"),
        ({"first_name": ""}, "first_name"),
        ({"last_name": "U" * 1_000_000}, "last_name"),
        ({"phone": "soita"}, "phone"),
        ({"language": "de"}, "language"),
        ({"language": "\0"}, "language"),
    ],
)
def test_bad_input_hears_a_sentence_and_keeps_the_invitation(cast, client, wrong, field):
    secret = secret_of(invite(cast))
    answer = client.post(address(secret), TYPED | wrong)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not User.objects.filter(email="uuno.uusi@example.test").exists()
    assert client.post(address(secret), TYPED).status_code == 302


def test_an_existing_user_signs_in_and_gets_a_further_membership(cast, client):
    secret = secret_of(invite(cast, email=cast.stranger.user.email))
    page = client.get(address(secret))
    assert "coordination/staffing/invitation_sign_in.html" in [template.name for template in page.templates]
    assert client.post(address(secret), TYPED).status_code == 200
    assert cast.stranger.user.memberships.count() == 1
    signed_in = client.post(
        reverse("account_login") + f"?next={address(secret)}",
        {"login": cast.stranger.user.email, "password": PASSWORD},
    )
    assert signed_in.url == address(secret)
    assert client.get(address(secret)).context["form"] is None
    assert cast.stranger.user.memberships.count() == 1
    assert client.post(address(secret)).url == "/"
    new = cast.stranger.user.memberships.get(agency=cast.school)
    assert client.session["membership"] == str(new.public_id)
    assert cast.stranger.user.check_password(PASSWORD)


def test_somebody_else_signed_in_can_not_accept(cast, client):
    secret = secret_of(invite(cast))
    sign_in(client, cast.teacher)
    answer = client.post(address(secret), TYPED)
    assert "coordination/staffing/invitation_of_another.html" in [template.name for template in answer.templates]
    assert "uuno.uusi" not in answer.content.decode()
    assert not User.objects.filter(email="uuno.uusi@example.test").exists()


def test_a_sensitive_agencys_name_is_in_no_page_or_mail(cast, client):
    invitation = invite(cast, agency=cast.clinic)
    assert "klinikka" not in Mail.objects.get().letter.lower()
    assert "klinikka" not in client.get(address(secret_of(invitation))).content.decode().lower()


def test_what_has_no_use_is_refused(cast):
    with pytest.raises(NotNow, match="already has this role"):
        invite(cast, email=cast.teacher.user.email.upper())
    invite(cast)
    with pytest.raises(NotNow, match="already has an invitation"):
        invite(cast)
    assert Mail.objects.count() == 1
    invite(cast, agency=cast.health)
    commands.disable_user(user=cast.nurse.user, by=cast.administrator)
    with pytest.raises(NotNow, match="has been closed"):
        invite(cast, email=cast.nurse.user.email)


def test_sending_again_makes_the_earlier_link_useless(cast, client):
    invitation = invite(cast)
    earlier = secret_of(invitation)
    commands.send_again(invitation=invitation, by=cast.coordinator)
    assert client.get(address(earlier)).status_code == 404
    assert client.get(address(secret_of(invitation))).status_code == 200


def test_only_the_own_area_and_role_withdraws_and_sends_again(cast):
    own, of_coordinator = invite(cast), invite(cast, agency=cast.outreach, role=ROLES.COORDINATOR)
    for command in (commands.withdraw, commands.send_again):
        with pytest.raises(PermissionDenied):
            command(invitation=own, by=cast.other_coordinator)
        with pytest.raises(PermissionDenied):
            command(invitation=of_coordinator, by=cast.coordinator)
        with pytest.raises(PermissionDenied):
            command(invitation=own, by=cast.teacher)


def test_an_accepted_invitation_is_not_withdrawn(cast):
    invitation = invite(cast)
    commands.accept(secret=secret_of(invitation), first_name="U", last_name="U", password="kaunis-marraskuu")
    with pytest.raises(NotNow, match="already been accepted"):
        commands.withdraw(invitation=invitation, by=cast.administrator)
    with pytest.raises(NotNow):
        commands.send_again(invitation=invitation, by=cast.administrator)


def test_the_page_speaks_the_invited_ones_language(cast, client):
    page = client.get(address(secret_of(invite(cast, language="sv"))))
    assert '<html lang="sv"' in page.content.decode()
