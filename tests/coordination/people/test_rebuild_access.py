"""The permission rows are what the open grounds say; drift made by hand is found and mended."""

import io
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command

from coordination.people import access
from coordination.people.drifting import drift, report_drift
from coordination.people.models import YoungPersonGroupPermission, YoungPersonUserPermission


@pytest.fixture
def person(cast):
    person = cast.flag(cast.youth_worker).young_person
    access.give_ground(young_person=person, kind="participation", source=uuid4(), membership=cast.teacher)
    access.give_ground(young_person=person, kind="coordination", source=uuid4(), area=cast.mikkeli)
    return person


def run(*arguments):
    out = io.StringIO()
    call_command("rebuild_access", *arguments, stdout=out)
    return out.getvalue()


def rows():
    return (
        set(YoungPersonUserPermission.objects.values_list("user", "permission__codename", "content_object")),
        set(YoungPersonGroupPermission.objects.values_list("group", "permission__codename", "content_object")),
    )


def lose_a_row(cast, person):
    YoungPersonUserPermission.objects.first().delete()


def lose_a_group_row(cast, person):
    YoungPersonGroupPermission.objects.first().delete()


def gain_a_row(cast, person):
    permission = Permission.objects.get(codename="coordinate", content_type__app_label="coordination")
    YoungPersonUserPermission.objects.create(user=cast.stranger.user, permission=permission, content_object=person)


def gain_a_group_row(cast, person):
    permission = Permission.objects.get(codename="coordinate", content_type__app_label="coordination")
    YoungPersonGroupPermission.objects.create(
        group=cast.kerava.coordinators, permission=permission, content_object=person
    )


def end_a_ground(cast, person):
    person.grounds.filter(kind="participation").update(ended_at="2026-11-18T10:00Z", from_at="2026-11-18T09:00Z")


def test_nothing_to_say_where_nothing_differs(person):
    assert "Nothing differs" in run("--check")
    assert list(drift()) == []


DRIFTS = [lose_a_row, lose_a_group_row, gain_a_row, gain_a_group_row, end_a_ground]


@pytest.mark.parametrize("by_hand", DRIFTS)
def test_drift_is_found_and_nothing_changed(cast, person, by_hand):
    by_hand(cast, person)
    before = rows()
    with pytest.raises(CommandError, match="1 people"):
        run("--check")
    assert rows() == before


@pytest.mark.parametrize("by_hand", DRIFTS[:-1])
def test_drift_is_mended(cast, person, by_hand):
    right = rows()
    by_hand(cast, person)
    assert f"young person {person.pk}" in run()
    assert rows() == right
    assert "Nothing differs" in run("--check")


def test_rows_of_an_ended_ground_go(cast, person):
    end_a_ground(cast, person)
    run()
    assert not YoungPersonUserPermission.objects.exists()
    assert YoungPersonGroupPermission.objects.exists()


def test_the_nightly_check_says_how_many_but_not_who(cast, person, caplog):
    gain_a_row(cast, person)
    report_drift()
    assert "1 people" in caplog.text
    assert "Virtanen" not in caplog.text
