"""P0: posting and withdrawing run the same statements, in the same number, whatever others have done."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from coordination.follow_ups.commands import begin_from_call, take_up
from coordination.people.commands import exclude
from flags.flagging.commands import withdraw_flag
from flags.flagging.models import Flag
from tests.cast import Cast


def unknown(cast):
    """Nobody has flagged anybody."""


def unmatched(cast):
    cast.flag(cast.youth_worker)


def matched(cast):
    cast.match_by(cast.youth_worker, cast.social_worker)


def taken_up(cast):
    take_up(follow_up=cast.match_by(cast.youth_worker, cast.social_worker), by=cast.coordinator)


def begun_from_a_call(cast):
    from tests.cast import born

    begin_from_call(
        first_name="Aino", last_name="Virtanen", birth_date=born(18), phone="+358401112223", by=cast.coordinator
    )


def excluded(cast):
    person = cast.match_by(cast.youth_worker, cast.social_worker).young_person
    exclude(young_person=person, by=cast.coordinator, user=cast.teacher.user)


STORIES = [unmatched, matched, taken_up, begun_from_a_call, excluded]


@pytest.fixture
def cast(cast):
    from coordination.follow_ups.models import FollowUp

    def match_by(*flaggers):
        for by in flaggers:
            person = cast.flag(by).young_person
        return FollowUp.objects.get(young_person=person)

    cast.match_by = match_by
    return cast


def masked(statement):
    """The statement without what differs by itself: values, and the names of savepoints."""
    statement = re.sub(r'"s\d+_x\d+"', "savepoint", statement)
    statement = re.sub(r"'(?:[^']|'')*'", "?", statement)
    statement = re.sub(r"\b\d+\b", "?", statement)
    return re.sub(r"\?(::\w+(\[\])?)?", "?", statement)


def statements(function):
    with CaptureQueriesContext(connection) as queries:
        function()
    return [masked(query["sql"]) for query in queries.captured_queries]


def posting(cast):
    return statements(lambda: cast.flag(cast.teacher, settle=False, phone="+358401112225"))


def withdrawing(cast):
    flag = cast.flag(cast.teacher)
    return statements(lambda: withdraw_flag(flag=flag, by=cast.teacher))


@pytest.fixture
def without():
    """The statements of the story in which nobody else has done anything, from a cast of its own."""

    def play(act):
        ContentType.objects.get_for_model(Flag)  # read once in a process, by whoever comes first
        with transaction.atomic():
            alone = act(Cast())
            transaction.set_rollback(True)
        return alone

    return play


@pytest.mark.django_db
@pytest.mark.parametrize("act", [posting, withdrawing])
@pytest.mark.parametrize("story", STORIES)
def test_the_same_statements(without, request, act, story):
    alone = without(act)
    cast = request.getfixturevalue("cast")
    story(cast)
    assert act(cast) == alone
    assert len(alone) > 5


@pytest.mark.django_db
@pytest.mark.parametrize("story", STORIES)
def test_the_same_statements_where_one_has_already_flagged(without, request, story):
    """The refusal too: it knows of nobody but the flagger."""

    def again(cast):
        from coordination.agencies.rules import NotNow

        cast.flag(cast.teacher)

        def refused():
            with pytest.raises(NotNow):
                cast.flag(cast.teacher)

        return statements(refused)

    alone = without(again)
    cast = request.getfixturevalue("cast")
    story(cast)
    assert again(cast) == alone


def test_no_value_survives_the_masking():
    one = masked("INSERT INTO x VALUES ('it''s', 12, '\\x00ff'::bytea, ARRAY['a'::uuid]::uuid[]); SAVEPOINT \"s1_x2\"")
    other = masked("INSERT INTO x VALUES ('', 7, '\\x11'::bytea, ARRAY['b'::uuid]::uuid[]); SAVEPOINT \"s9_x17\"")
    assert one == other
