"""A lost factor is taken off in person: told at once, a day later, and stopped by one press."""

import json
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from auditlog.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from coordination.agencies.commands import add_membership
from coordination.agencies.models import Membership
from coordination.agencies.rules import NotNow
from coordination.outbox.models import Mail, Notification
from coordination.signing_in import commands
from coordination.signing_in.models import FactorReset
from tests.cast import sign_in
from tests.coordination.signing_in.conftest import with_app

TYPED = {"met": "on", "identified": "document"}


@pytest.fixture
def second_administrator(cast):
    return cast.member("Ulla", "Toinen", cast.town, role=Membership.Role.ADMINISTRATOR)


@pytest.fixture
def passkey(monkeypatch):
    """Administrators come in with a passkey; here the test stands for it."""
    from coordination.signing_in import middleware
    from coordination.signing_in.rules import Shown

    monkeypatch.setattr(middleware, "shown_in", lambda request: Shown(kinds=frozenset({"webauthn"})))


def begin(cast, **values):
    return commands.begin_reset(
        **{"user": cast.teacher.user, "identified": "document", "by": cast.administrator} | values
    )


def letters():
    return sorted(
        (one["to"], one["template"]) for one in map(json.loads, Mail.objects.values_list("letter", flat=True))
    )


def pass_a_day():
    for reset in FactorReset.objects.filter(done_at=None):
        reset.begun_at -= timedelta(hours=24)
        reset.acts_at -= timedelta(hours=24)
        reset.save()


def test_it_acts_a_day_later_and_everybody_is_told_at_once(cast, second_administrator, client):
    with_app(cast.teacher.user, codes=True)
    sign_in(client, cast.teacher)
    assert client.get("/").status_code == 200
    reset = begin(cast)
    assert reset.acts_at - reset.begun_at == timedelta(hours=24)
    assert letters() == [
        (cast.teacher.user.email, "factor_reset_begun"),
        (second_administrator.user.email, "factor_reset_in_area"),
    ]
    told = set(Notification.objects.values_list("membership", "code"))
    assert told == {
        (cast.teacher.pk, "factor_reset_begun"),
        (second_administrator.pk, "factor_reset_in_area"),
    }
    assert commands.act_on_resets() == 0
    assert Authenticator.objects.count() == 2
    pass_a_day()
    assert commands.act_on_resets() == 1
    assert commands.act_on_resets() == 0
    assert not Authenticator.objects.exists()
    assert (cast.teacher.user.email, "factor_reset_done") in letters()
    # Sessions of before end; whoever signs in sets up anew.
    assert client.get("/").url.startswith(reverse("account_login"))
    cast.teacher.user.refresh_from_db()
    sign_in(client, cast.teacher)
    assert client.get("/").url == reverse("second_factor")


def test_the_person_stops_it_with_one_press(cast, client):
    with_app(cast.teacher.user)
    begin(cast)
    sign_in(client, cast.teacher)
    assert reverse("stop_factor_reset") in client.get(reverse("mfa_index")).content.decode()
    assert client.post(reverse("stop_factor_reset")).url == reverse("mfa_index")
    pass_a_day()
    assert commands.act_on_resets() == 0
    assert Authenticator.objects.count() == 1
    assert FactorReset.objects.get().stopped_at
    # Pressed twice, or by somebody for whom none waits: nothing.
    assert client.post(reverse("stop_factor_reset")).status_code == 302


def test_nobody_elses_is_stopped(cast, client):
    for member in (cast.teacher, cast.nurse):
        with_app(member.user)
    begin(cast)
    sign_in(client, cast.nurse)
    client.post(reverse("stop_factor_reset"))
    assert FactorReset.objects.get().stopped_at is None


def test_who_may_begin_it(cast, second_administrator):
    for member in (cast.teacher, cast.administrator, cast.stranger):
        with_app(member.user)
    for by in (cast.coordinator, cast.nurse):
        with pytest.raises(PermissionDenied):
            begin(cast, by=by)
    with pytest.raises(PermissionDenied):
        begin(cast, user=cast.stranger.user)
    with pytest.raises(NotNow):
        begin(cast, user=cast.administrator.user)
    with pytest.raises(NotNow):
        begin(cast, user=cast.nurse.user)
    add_membership(user=cast.teacher.user, agency=cast.other_school)
    with pytest.raises(NotNow):
        begin(cast)
    assert not FactorReset.objects.exists()
    assert begin(cast, user=cast.administrator.user, by=second_administrator)


def test_one_at_a_time(cast):
    with_app(cast.teacher.user)
    begin(cast)
    with pytest.raises(NotNow):
        begin(cast)
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.create(
            user=cast.teacher.user, identified="known", begun_at=now, acts_at=now + timedelta(days=1)
        )


def test_the_page_wants_the_administrators_word(cast, client, passkey):
    with_app(cast.teacher.user)
    sign_in(client, cast.administrator)
    page = reverse("signing_in:reset", args=[cast.teacher.user.public_id])
    assert client.get(page).status_code == 200
    for typed in ({}, {"met": "on"}, {"identified": "known"}, TYPED | {"identified": "other"}):
        assert client.post(page, typed).status_code == 200
    assert not FactorReset.objects.exists()
    for _ in range(2):
        client.post(page, TYPED)
    reset = FactorReset.objects.get()
    assert (reset.user, reset.begun_by, reset.identified) == (cast.teacher.user, cast.administrator, "document")
    client.post(reverse("signing_in:withdraw", args=[cast.teacher.user.public_id]))
    reset.refresh_from_db()
    assert reset.stopped_at


def test_the_page_is_not_there_for_others(cast, client, passkey):
    sign_in(client, cast.administrator)
    assert client.get(reverse("signing_in:reset", args=[cast.stranger.user.public_id])).status_code == 404
    assert client.post(reverse("signing_in:withdraw", args=[cast.stranger.user.public_id])).status_code == 404
    sign_in(client, cast.coordinator)
    assert client.get(reverse("signing_in:reset", args=[cast.teacher.user.public_id])).status_code == 404


def test_the_history_keeps_it(cast, client, passkey):
    with_app(cast.teacher.user)
    begin(cast)
    pass_a_day()
    commands.act_on_resets()
    kinds = set(LogEntry.objects.values_list("content_type__model", "action"))
    assert {("factorreset", 0), ("factorreset", 1), ("authenticator", 2)} <= kinds
    sign_in(client, cast.administrator)
    history = client.get(reverse("admin:auditlog_logentry_changelist")).content.decode()
    assert "reset of a second factor" in history


def test_the_administration_leads_there(cast, client, passkey):
    sign_in(client, cast.administrator)
    page = client.get(reverse("admin:coordination_user_change", args=[cast.teacher.user.pk])).content.decode()
    assert reverse("signing_in:reset", args=[cast.teacher.user.public_id]) in page
    sign_in(client, cast.coordinator)
    page = client.get(reverse("admin:coordination_user_change", args=[cast.teacher.user.pk])).content.decode()
    assert "/account/security/resets/" not in page
