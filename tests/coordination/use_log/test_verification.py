"""Each test tampers as the owner of the tables, who can switch the triggers off (promise P5)."""

import uuid
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from coordination.use_log import commands, heads, rules, verification
from coordination.use_log.models import Look, Seal

pytestmark = pytest.mark.django_db(transaction=True)

CHANGES = {
    "at": "at + interval '1 microsecond'",
    "request_id": "'another'",
    "user_id": "user_id + 1",
    "user_name": "user_name || ' '",
    "membership_id": "membership_id + 1",
    "agency_id": "agency_id + 1",
    "agency_name": "upper(agency_name)",
    "agency_kind": "''",
    "role": "'coordinator'",
    "page": "'another'",
    "purpose": "'another'",
    "grounds": "array_append(grounds, 3)",
    "person_keys": "'{}'",
    "reason": "'another'",
    "passed_to": "'another'",
    "passed_to_agency": "4",
    "passed_on": "'{identity}'",
}


def test_an_empty_log_is_in_order(verify):
    result = verify()
    assert (result.status, result.findings) == (0, [])
    assert result.said == ["In order: 0 rows in 0 seals.", "Not sealed yet: none."]


def test_an_untouched_log_is_in_order(sealed, verify):
    result = verify()
    assert (result.status, result.findings) == (0, [])
    assert result.said == ["In order: 9 rows in 3 seals.", "Not sealed yet: none."]


def test_the_age_of_the_oldest_unsealed_row_is_told(sealed, look, verify):
    with time_machine.travel(timezone.now() - timedelta(hours=2), tick=False):
        look()
    look()
    assert verify().said[-1].startswith("Not sealed yet: 2 rows, the oldest written 720")


def test_every_column_of_a_row_is_covered():
    assert set(CHANGES) | {"id"} == {field.name for field in Look._meta.fields} == set(rules.DIGESTED[rules.VERSION])


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_row_is_named(sealed, as_owner, verify, column):
    row = sealed[2][1]
    with as_owner() as sql:
        sql(f"UPDATE coordination_look SET {column} = {CHANGES[column]} WHERE id = %s", [row])
    result = verify()
    assert (result.status, result.findings) == (1, [f"row {row} was changed"])
    assert f"The first broken seal is 2: rows {sealed[2][0]} to {sealed[2][-1]}, sealed " in result.end


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_removed_row_is_named(sealed, as_owner, verify, position):
    row = sealed[2][position]
    with as_owner() as sql:
        sql("DELETE FROM coordination_look WHERE id = %s", [row])
    result = verify()
    assert (result.status, result.findings) == (1, [f"row {row} is gone"])
    assert "The first broken seal is 2:" in result.end


def test_a_row_that_slipped_in_is_named(sealed, as_owner, slip_in, verify):
    first, middle = sealed[1][0], sealed[2][1]
    with as_owner() as sql:
        # Room for another row: ids have gaps wherever a transaction was rolled back.
        sql("UPDATE coordination_look SET id = id + 1000000 WHERE id = %s", [middle])
    slip_in(first, middle)
    slip_in(first, first - 1_000_000)
    result = verify()
    assert result.status == 1
    # The one moved out of the sealed range is a row that waits for a seal.
    assert result.findings == [f"row {first - 1_000_000} slipped in", f"row {middle} was changed"]
    assert "Not sealed yet: 1 rows" in result.said[-1]


def test_a_row_that_slipped_into_a_gap_is_named_within_and_between_seals(look, as_owner, slip_in, verify):
    a, b, c, d = (look().id for _ in range(4))
    with as_owner() as sql:
        sql("DELETE FROM coordination_look WHERE id = %s", [b])
    commands.seal()
    e, _last = look().id, look().id
    with as_owner() as sql:
        sql("DELETE FROM coordination_look WHERE id = %s", [e])
    commands.seal()
    assert verify().status == 0
    slip_in(a, b)
    slip_in(a, e)
    result = verify()
    assert result.findings == [f"row {b} slipped in", f"row {e} slipped in"]
    assert "The first broken seal is 1:" in result.end


def test_everything_in_several_seals_is_named_in_order(sealed, as_owner, verify):
    with as_owner() as sql:
        sql("UPDATE coordination_look SET page = 'x' WHERE id = %s", [sealed[3][0]])
        sql("DELETE FROM coordination_look WHERE id = ANY(%s)", [sealed[2][:2]])
    result = verify()
    assert result.findings == [
        f"row {sealed[2][0]} is gone",
        f"row {sealed[2][1]} is gone",
        f"row {sealed[3][0]} was changed",
    ]
    assert "The first broken seal is 2:" in result.end


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("version", "version + 1"),
        ("first_id", "first_id - 1"),
        ("count", "count + 1"),
        ("previous_head", "repeat('a', 64)"),
        ("head", "repeat('a', 64)"),
        ("at", "at + interval '1 microsecond'"),
        ("rows", "rows || '\\x00'::bytea"),
    ],
)
def test_a_changed_seal_is_named(sealed, as_owner, verify, column, value):
    with as_owner() as sql:
        sql(f"UPDATE coordination_seal SET {column} = {value} WHERE number = 2")
    result = verify()
    assert result.status == 1
    assert result.findings[0] == "seal 2 was changed"
    assert "The first broken seal is 2:" in result.end


def forge(number, rows_too=True):
    """Reckons seals anew from `number` on, as somebody would who knows how they are made."""
    previous = Seal.objects.filter(number=number - 1).first()
    for seal in Seal.objects.filter(number__gte=number).order_by("number"):
        looks = Look.objects.filter(id__gte=seal.first_id, id__lte=seal.last_id).order_by("id")
        seal.rows = rules.pack((look.id, rules.digest(look, seal.version)) for look in looks)
        seal.count = len(looks)
        seal.previous_head = previous.head if previous else rules.NO_HEAD
        seal.head = rules.head_of(seal)
        seal.save()
        previous = seal


def test_seals_forged_to_fit_a_changed_row_differ_from_the_file_outside(sealed, as_owner, verify):
    with as_owner() as sql:
        sql("UPDATE coordination_look SET page = 'x' WHERE id = %s", [sealed[2][1]])
        forge(2)
    result = verify()
    assert result.findings == [
        "seal 2 was changed: the file outside knows another head",
        "seal 3 was changed: the file outside knows another head",
    ]
    assert "The first broken seal is 2:" in result.end


def test_one_forged_seal_breaks_the_chain_without_the_file(sealed, as_owner, heads_file, verify):
    with as_owner() as sql:
        sql("UPDATE coordination_look SET page = 'x' WHERE id = %s", [sealed[2][1]])
        seal = Seal.objects.get(number=2)
        forge(2)
        # Only seal 2 is forged; 3 is put back as it was.
        third = Seal.objects.get(number=3)
        third.previous_head = seal.head
        third.head = rules.head_of(third)
        third.save()
    heads_file.unlink()
    assert verify().findings == [
        f"the file outside is missing: {heads_file}",
        "seal 3 does not follow the seal before it",
    ]


def test_a_removed_seal_is_named(sealed, as_owner, verify):
    with as_owner() as sql:
        sql("DELETE FROM coordination_seal WHERE number = 2")
    result = verify()
    assert result.status == 1
    assert result.findings == ["seal 2 is gone", f"3 rows from {sealed[2][0]} to {sealed[2][-1]} have lost their seal"]


def test_the_first_seals_removed_are_named(sealed, as_owner, verify):
    with as_owner() as sql:
        sql("DELETE FROM coordination_seal WHERE number < 3")
    findings = verify().findings
    assert findings == ["seals 1 to 2 are gone", f"6 rows from {sealed[1][0]} to {sealed[2][-1]} have lost their seal"]


@pytest.mark.parametrize(("left", "ends"), [(1, "ends at 1"), (0, "has none")])
def test_a_day_rolled_back_is_named(sealed, as_owner, verify, left, ends):
    """As after opening yesterday's backup: rows and seals end together, and agree with each other."""
    with as_owner() as sql:
        sql("DELETE FROM coordination_seal WHERE number > %s", [left])
        sql("DELETE FROM coordination_look WHERE id > %s", [sealed[1][-1] if left else 0])
    result = verify()
    assert result.status == 1
    assert result.findings == [
        f"the log was rolled back: the file outside knows seal 3, the database {ends}",
    ]


def test_a_rolled_back_day_filled_with_other_rows_is_named(sealed, as_owner, look, verify):
    with as_owner() as sql:
        sql("DELETE FROM coordination_seal WHERE number > 1")
        sql("DELETE FROM coordination_look WHERE id > %s", [sealed[1][-1]])
    for _ in range(3):
        look()
        commands.seal()
    assert verify().findings == [
        "seal 2 was changed: the file outside knows another head",
        "seal 3 was changed: the file outside knows another head",
        "seal 4 is missing from the file outside",
    ]


def test_a_missing_file_is_named(sealed, heads_file, verify):
    heads_file.unlink()
    result = verify()
    assert (result.status, result.findings) == (1, [f"the file outside is missing: {heads_file}"])


def test_a_file_begun_anew_is_told_for_good(sealed, heads_file, verify):
    heads_file.unlink()
    commands.seal()
    result = verify()
    assert result.status == 0
    assert "Heads written outside later than their sealing: 3." in result.said


def test_lines_out_of_order_are_named(sealed, heads_file, verify):
    one, two, three = heads_file.read_text().splitlines(keepends=True)
    heads_file.write_text(one + two + one + three)
    assert verify().findings == ["line 3 of the file outside is out of order"]


def test_a_changed_line_is_named(sealed, heads_file, verify):
    one, two, three = heads_file.read_text().splitlines(keepends=True)
    head = Seal.objects.get(number=2).head
    heads_file.write_text(one + two.replace(head, head[::-1]) + three)
    assert verify().findings == ["seal 2 was changed: the file outside knows another head"]


def test_a_seal_made_while_verifying_is_left_for_the_next_time(sealed, look, monkeypatch):
    walk = verification.Verification._walk

    def sealed_meanwhile(self, last, size):
        row = look()
        new = Seal.objects.get(number=3)
        new.number, new.previous_head, new.first_id, new.last_id, new.count = 4, new.head, row.id, row.id, 1
        new.rows = rules.pack([(row.id, rules.digest(Look.objects.get(pk=row.id), 1))])
        new.head = rules.head_of(new)
        new.save(force_insert=True)
        heads.append(on_time=4)
        return walk(self, last, size)

    monkeypatch.setattr(verification.Verification, "_walk", sealed_meanwhile)
    assert list(verification.Verification().findings()) == []


def test_progress_is_told_for_many_rows(sealed, monkeypatch):
    monkeypatch.setattr(verification, "PROGRESS_EVERY", 4)
    told = []
    assert list(verification.Verification(told.append).findings()) == []
    assert told == [4, 8]


def test_digests_stay_the_same_from_release_to_release():
    # Every sealed row would look changed if this did.
    look = Look(
        id=10,
        at=datetime.fromisoformat("2026-11-21T09:15:00.000001+02:00"),
        request_id="r",
        user_id=7,
        user_name="Åke",
        membership_id=8,
        agency_id=9,
        agency_name="Jokirannan koulu",
        agency_kind="school",
        role="professional",
        page="people:detail",
        purpose="flag",
        grounds=[1, 2],
        person_keys=[uuid.UUID(int=1)],
    )
    assert rules.digest(look, 1).hex() == "ed65ac22293a865830e51327053c639c"
