"""The country's municipalities and counties, and what the roles may do."""

from collections import Counter
from io import StringIO

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordination.agencies import role_permissions
from coordination.agencies.models import Area, County, Municipality


def load():
    said = StringIO()
    call_command("load_reference_data", stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_all_municipalities_and_counties_come_once():
    assert "331 added, 0 changed" in load()
    assert (Municipality.objects.count(), County.objects.count()) == (308, 23)
    helsinki = Municipality.objects.select_related("county").get(code="091")
    assert (helsinki.name_fi, helsinki.name_sv, helsinki.county.code) == ("Helsinki", "Helsingfors", "90")


@pytest.mark.django_db
def test_a_second_run_writes_nothing_and_keeps_areas():
    load()
    area = Area.objects.create(name_fi="Mikkeli", coordinator_phone="015", emergency_phone="015")
    mikkeli = Municipality.objects.get(code="491")
    mikkeli.area = area
    mikkeli.save()
    changes = LogEntry.objects.count()
    with CaptureQueriesContext(connection) as queries:
        assert "0 added, 0 changed" in load()
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    tables = Counter(query["sql"].partition(" FROM ")[2].split()[0] for query in queries if " FROM " in query["sql"])
    assert max(tables.values()) <= 4, f"a row of a table asks a question of its own: {tables}"
    assert LogEntry.objects.count() == changes
    mikkeli.refresh_from_db()
    assert mikkeli.area == area


@pytest.mark.django_db
def test_a_changed_name_is_put_right():
    load()
    mikkeli = Municipality.objects.get(code="491")
    mikkeli.name_sv = "?"
    mikkeli.save()
    assert "0 added, 1 changed" in load()
    mikkeli.refresh_from_db()
    assert mikkeli.name_sv == "S:t Michel"


@pytest.mark.django_db
def test_role_groups_hold_exactly_the_table():
    assert role_permissions.apply()
    assert not role_permissions.apply()
    for name, table in (
        ("Coordinators", role_permissions.COORDINATOR),
        ("Administrators", role_permissions.ADMINISTRATOR),
    ):
        permissions = Group.objects.get(name=name).permissions.select_related("content_type")
        assert {f"{one.content_type.app_label}.{one.codename}" for one in permissions} == table
    Group.objects.get(name="Coordinators").permissions.clear()
    assert role_permissions.apply()


@pytest.mark.django_db
def test_a_misspelt_permission_is_loud(monkeypatch):
    monkeypatch.setattr(role_permissions, "COORDINATOR", {"coordination.view_nothing"})
    with pytest.raises(ImproperlyConfigured, match="view_nothing"):
        role_permissions.apply()


def test_no_role_deletes_and_none_sees_case_content():
    everything = role_permissions.COORDINATOR | role_permissions.ADMINISTRATOR
    assert not [permission for permission in everything if ".delete_" in permission]
    for model in ("youngperson", "ground", "followup", "contactattempt", "event", "look", "flag", "match", "group"):
        assert not [permission for permission in everything if permission.endswith(f"_{model}")]
