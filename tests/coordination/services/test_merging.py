"""Two entries of the directory become one: who can do it with which, and where the page of the other one leads."""

import pytest
from django.test import Client
from django.urls import reverse

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from coordination.services.commands import keeping, reminders
from coordination.services.commands.merging import merge_services
from coordination.services.models import Service
from tests.cast import sign_in
from tests.directory import service


@pytest.fixture
def clubs(cast):
    return [service(cast.mikkeli, f"Kerho {letter}") for letter in "ABC"]


def merged(cast, retired, kept):
    merge_services(kept=kept, retired=retired, by=cast.coordinator)


def in_public(one):
    return reverse("directory:service", args=["sv", one.public_id])


def test_the_public_page_leads_on_however_often_it_was_merged(cast, clubs):
    a, b, c = clubs
    merged(cast, a, b)
    assert Client().get(in_public(a)).url == in_public(b)
    merged(cast, b, c)
    for one in (a, b):
        assert Client().get(in_public(one)).url == in_public(c)
    assert Client().get(in_public(c)).status_code == 200


@pytest.mark.parametrize("which", ["retired", "kept", "neither"])
def test_what_is_not_public_is_not_there(cast, clubs, which):
    retired, kept, _other = clubs
    merged(cast, retired, kept)
    hidden = {"retired": retired, "kept": kept}.get(which)
    if hidden:
        Service.objects.filter(pk=hidden.pk).update(is_public=False)
    else:
        Service.objects.filter(pk=kept.pk).update(is_active=False)
    assert Client().get(in_public(retired)).status_code == 404


def test_whoever_is_signed_in_reads_what_took_its_place(cast, clubs):
    a, b, c = clubs
    merged(cast, a, b)
    merged(cast, b, c)
    page = sign_in(Client(), cast.teacher).get(a.get_absolute_url())
    assert page.context["merged_into"] == c
    assert sign_in(Client(), cast.teacher).get(c.get_absolute_url()).context["merged_into"] is None


def test_what_took_its_place_does_not_show_to_whoever_may_not_know_of_it(cast, clubs):
    retired, kept, _other = clubs
    merged(cast, retired, kept)
    Service.objects.filter(pk=kept.pk).update(owner=cast.clinic, provider_name="")
    page = sign_in(Client(), cast.teacher).get(retired.get_absolute_url())
    assert page.context["merged_into"] is None
    assert "Kerho B" not in page.content.decode()


def test_whoever_does_not_keep_the_directory_merges_nothing(cast, clubs):
    for who in (cast.teacher, cast.other_coordinator):
        with pytest.raises(NotNow):
            merge_services(kept=clubs[0], retired=clubs[1], by=who)


def test_what_is_out_of_use_takes_no_place(cast, clubs):
    Service.objects.filter(pk=clubs[0].pk).update(is_active=False)
    for kept, retired in (clubs[:2], clubs[1::-1]):
        with pytest.raises(NotNow):
            merge_services(kept=kept, retired=retired, by=cast.coordinator)


def test_whoever_was_asked_about_the_one_that_goes_is_waited_for_no_more(cast, clubs):
    kept, retired, _other = clubs
    Service.objects.exclude(pk=retired.pk).update(checked_on=today())
    Service.objects.filter(pk=retired.pk).update(keeper=cast.nurse)
    reminders.remind()
    waits = Notification.objects.filter(code="services_stale", membership=cast.nurse, done_at=None)
    assert waits.exists()
    merged(cast, retired, kept)
    assert not waits.exists()


def test_it_is_not_taken_back_into_use(cast, clubs):
    retired, kept, _other = clubs
    merged(cast, retired, kept)
    with pytest.raises(NotNow):
        keeping.change_service(service=retired, number=2, by=cast.coordinator, is_active=True)
