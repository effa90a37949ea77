import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from coordination.use_log import commands, queries
from coordination.use_log.models import Look, Seal


@pytest.mark.django_db(transaction=True)
def test_a_look_is_refused_outside_a_transaction():
    with pytest.raises(TransactionManagementError, match="transaction that shows the page"):
        commands.write_look(
            user_id=1,
            user_name="",
            membership_id=1,
            agency_id=1,
            agency_name="",
            agency_kind="",
            role="",
            page="",
            purpose="",
            person_keys=[],
        )
    assert not Look.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_look_goes_with_the_page_that_failed(look):

    @transaction.atomic
    def page():
        look()
        raise RuntimeError("it could not be rendered")

    with pytest.raises(RuntimeError):
        page()
    assert not Look.objects.exists()


@pytest.mark.django_db
def test_a_look_is_one_statement(look, django_assert_num_queries):
    with django_assert_num_queries(3):  # savepoint, insert, release
        look(person_keys=[uuid.uuid4() for _ in range(25)])


@pytest.mark.django_db
def test_a_page_that_shows_nobody_has_a_row(look):
    assert Look.objects.get(pk=look(person_keys=[]).pk).person_keys == []


@pytest.mark.django_db
def test_a_person_shown_twice_is_named_once(look):
    one, other = uuid.uuid4(), uuid.uuid4()
    assert Look.objects.get(pk=look(person_keys=[one, other, one]).pk).person_keys == [one, other]


@pytest.mark.django_db
def test_long_names_and_request_ids_do_not_stop_a_page(look):
    kept = Look.objects.get(pk=look(user_name="Å" * 1000, agency_name="Ä" * 1000, request_id="r" * 1000).pk)
    assert (len(kept.user_name), len(kept.agency_name), len(kept.request_id)) == (1000, 1000, 64)


@pytest.mark.django_db
def test_looks_of_a_person_by_any_of_her_keys_newest_first(look):
    before, after, other = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    first = look(person_keys=[before])
    look(person_keys=[other])
    list_page = look(person_keys=[other, after])
    assert list(queries.looks_of([before, after])) == [list_page, first]
    assert list(queries.looks_of([uuid.uuid4()])) == []
    assert list(queries.looks_of([])) == []


@pytest.mark.django_db
def test_looks_of_a_person_come_from_the_index(look):
    look()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")  # the primary key, in the order of which they are shown
    assert "look_person_keys" in queries.looks_of([uuid.uuid4()]).explain()


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["coordination_look", "coordination_seal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id_ = id_", "DELETE FROM {}", "TRUNCATE {}"])
def test_rows_can_not_be_changed_or_removed(look, table, statement):
    look()
    commands.seal()
    statement = statement.format(table).replace("id_", "count" if table == "coordination_seal" else "page")
    refused = pytest.raises(IntegrityError, match=f"{table} is append-only")
    with connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(statement)
    assert Look.objects.count() == Seal.objects.count() == 1


@pytest.mark.django_db
def test_rows_can_not_be_changed_or_removed_through_the_models(look):
    row = look()
    row.page = "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
    assert Look.objects.get().page == "people:detail"
