"""What becomes of the one adult's support when the young person is erased, is known twice, or a backup comes back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from config import erasing
from config.replaying import replay
from coordination.activity.models import Event
from coordination.clocks.rules import today
from coordination.erasures.commands import write_ledger
from coordination.follow_ups.commands import close_follow_up
from coordination.outbox.models import Notification
from coordination.people import access
from coordination.people.commands import exclude
from coordination.people.models import Ground, YoungPerson
from coordination.services.models import UnmetNeed
from coordination.support.commands import work
from coordination.support.commands.permissions import allow_talk, end_talk
from coordination.support.models import Support, TalkPermission
from tests.acts import begun
from tests.cast import sign_in
from tests.config.joining import pair, same
from tests.coordination.support.working import Kind, see, stands_in, supported
from tests.directory import need, service
from tests.flags.matching.everything import found_in

NAME = {"first_name": "Xenobia", "last_name": "Yxkukainen"}


@pytest.fixture(autouse=True)
def outside(settings, tmp_path, time_machine):
    settings.ERASURE_LEDGER_FILE = tmp_path / "erasures.jsonl"
    time_machine.move_to("2026-03-18T10:00:00+00:00", tick=False)


@pytest.fixture
def support(cast):
    """Xenobia's support by the nurse: a contact, a matter, a service, a mark, a permission and a substitute."""
    follow_up = begun(cast, **NAME)
    support = supported(cast, young_person=follow_up.young_person, source=follow_up.public_id)
    write_in(cast, support)
    close_follow_up(follow_up=follow_up, by=cast.coordinator, outcome="one_adult", version=follow_up.version)
    return support


def write_in(cast, support):
    work.save_contact(
        support=support,
        on=today(),
        channel="face",
        started_by="adult",
        minutes=60,
        came=True,
        note="Xenobia tuli",
        token=uuid4(),
        by=cast.nurse,
    )
    work.open_matter(support=support, kind="studies", by=cast.nurse)
    work.go_along(support=support, service=service(cast.mikkeli), on=today(), by=cast.nurse)
    work.mark_missing(support=support, needs=[need("money")], by=cast.nurse)
    until = today() + timedelta(days=100)
    allow_talk(
        support=support, membership=cast.teacher, matters=["studies"], until=until, said_how="face", by=cast.nurse
    )
    stands_in(support, cast.youth_worker, days=20)


def end(support, reason="not_needed"):
    """As `ending.end_support` leaves the row; what it tells is tested there."""
    at = timezone.now()
    support.permissions.update(ended_at=at)
    support.substitutions.update(ended_at=at)
    for ground in Ground.objects.filter(young_person=support.young_person, ended_at=None):
        access.end_ground(ground)
    Support.objects.filter(pk=support.pk).update(state="ended", ended_at=at, end_reason=reason)


def traces(support):
    person = support.young_person
    permissions = support.permissions.values_list("public_id", flat=True)
    return ["xenobia", "yxkukainen", support.public_id, person.public_id, *person.log_keys, *permissions]


# --- Erasing --------------------------------------------------------------------------------------------------------


def test_while_it_goes_on_it_keeps_the_person_long_after_the_follow_up(cast, support, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=400), tick=False)
    erasing.erase_what_ended()
    assert Support.objects.get().young_person == YoungPerson.objects.get()
    assert access.may(cast.nurse, "support", support.young_person)


def test_some_days_after_its_end_nothing_names_the_person(cast, support, time_machine):
    sign_in(Client(), cast.nurse).get(support.get_absolute_url())
    looked = traces(support)
    end(support)
    time_machine.move_to(timezone.now() + timedelta(days=89, hours=23), tick=False)
    erasing.erase_what_ended()
    assert Support.objects.exists()
    time_machine.move_to(timezone.now() + timedelta(hours=2), tick=False)
    erasing.erase_what_ended()
    write_ledger()
    assert not YoungPerson.objects.exists()
    assert found_in(*looked) == {"coordination_look.person_keys"}
    assert UnmetNeed.objects.get().source is None


def test_a_gap_is_not_forgotten_by_the_passing_of_time(cast, support, time_machine):
    """A young person who waits for another adult stays on the coordinators' desk until somebody sees to it."""
    end(support, reason="adult_left")
    time_machine.move_to(timezone.now() + timedelta(days=400), tick=False)
    erasing.erase_what_ended()
    assert Support.objects.exists()
    assert YoungPerson.objects.exists()


def test_what_was_asked_and_declined_goes_too(cast, time_machine):
    person = begun(cast, **NAME).young_person
    supported(cast, young_person=person, state="declined", began_at=None, heard_on=None)
    time_machine.move_to(timezone.now() + timedelta(days=91), tick=False)
    erasing.erase_what_ended()
    assert not Support.objects.exists()
    assert YoungPerson.objects.exists()


def test_with_the_person_who_asks_for_it_and_all_who_saw_are_told(cast, support):
    looked = traces(support)
    erasing.ask_to_erase(young_person=support.young_person, by=cast.coordinator)
    for member in (cast.nurse, cast.youth_worker, cast.teacher):
        assert not access.may(member, "view_network", support.young_person)
    erasing.erase_asked()
    write_ledger()
    assert found_in(*looked) <= {"coordination_look.person_keys"}
    told = {(one.membership, one.code) for one in Notification.objects.filter(link="/", about=None)}
    assert told == {
        (cast.nurse, "support_ended"),
        (cast.youth_worker, "support_ended"),
        (cast.teacher, "talk_ended"),
    }


# --- Joining --------------------------------------------------------------------------------------------------------


def both(cast, *, kept_days, gone_days):
    """Two rows of one young person, with the nurse as the one's adult and the teacher as the other's."""
    double, kept, gone = pair(cast)
    one = supported(cast, adult=cast.nurse, young_person=kept, days=kept_days)
    other = supported(cast, adult=cast.teacher, young_person=gone, days=gone_days)
    return double, kept, one, other


@pytest.mark.parametrize(("kept_days", "gone_days"), [(20, 10), (10, 20)])
def test_of_two_adults_the_one_who_began_first_stays(cast, kept_days, gone_days):
    double, kept, one, other = both(cast, kept_days=kept_days, gone_days=gone_days)
    same(cast, double)
    stays, left = (one, other) if kept_days > gone_days else (other, one)
    for row in (stays, left):
        row.refresh_from_db()
    assert (stays.state, stays.young_person) == ("active", kept)
    assert (left.state, left.end_reason, left.young_person) == ("ended", "other", kept)
    assert access.may(stays.adult, "support", kept)
    assert not access.may(left.adult, "support", kept)
    assert Notification.objects.of(left.adult).filter(code="support_ended").count() == 1


def test_the_coordinators_are_told_of_two_adults(cast):
    double, kept, gone = pair(cast)
    for person, adult, days in ((kept, cast.nurse, 20), (gone, cast.teacher, 10)):
        see_all = {"kind": Kind.COORDINATION, "source": uuid4(), "area": cast.mikkeli}
        access.give_ground(young_person=person, **see_all)
        supported(cast, adult=adult, young_person=person, days=days)
    same(cast, double)
    for one in (cast.coordinator, cast.second_coordinator):
        assert Notification.objects.of(one).filter(code="two_adults").count() == 1
        assert access.may(one, "coordinate", kept)


def test_the_only_adult_goes_along_with_whoever_stands_in_and_may_talk(cast):
    double, kept, gone = pair(cast)
    support = supported(cast, adult=cast.social_worker, young_person=gone)
    stands_in(support, cast.youth_worker, days=5)
    permission = TalkPermission.objects.create(
        support=support,
        membership=cast.therapist,
        matters=["health"],
        until=today() + timedelta(days=9),
        said_how="face",
        recorded_by=cast.social_worker,
    )
    see(support, Kind.TALK, cast.therapist, source=permission.public_id, until=permission.until)
    same(cast, double)
    for member in (cast.social_worker, cast.youth_worker):
        assert access.may(member, "support", kept)
    assert access.may(cast.therapist, "view_network", kept)
    ends = dict(Ground.objects.open().filter(young_person=kept).values_list("membership", "until"))
    assert ends[cast.youth_worker.pk] == today() + timedelta(days=5)
    assert ends[cast.therapist.pk] == today() + timedelta(days=9)
    assert sign_in(Client(), cast.social_worker).get(support.get_absolute_url()).status_code == 200


def test_an_adult_who_must_not_learn_by_the_other_row_stays_no_longer(cast):
    double, kept, gone = pair(cast)
    support = supported(cast, adult=cast.social_worker, young_person=gone)
    exclude(young_person=kept, by=cast.coordinator, user=cast.social_worker.user)
    same(cast, double)
    support.refresh_from_db()
    assert (support.state, support.young_person) == ("ended", kept)


def test_of_two_who_were_asked_one_stays_asked(cast):
    double, kept, gone = pair(cast)
    asked = {"state": "asked", "began_at": None, "heard_on": None}
    first = supported(cast, adult=cast.social_worker, young_person=gone, days=5, **asked)
    second = supported(cast, adult=cast.youth_worker, young_person=kept, days=2, **asked)
    for one in (first, second):
        see(one, Kind.NAMING, one.adult)
    same(cast, double)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("asked", "withdrawn")
    assert access.may(cast.social_worker, "answer_naming", kept)
    assert not access.may(cast.youth_worker, "answer_naming", kept)


def test_who_was_asked_is_asked_no_more_where_there_is_an_adult(cast):
    double, kept, gone = pair(cast)
    supported(cast, adult=cast.social_worker, young_person=kept)
    asked = supported(
        cast, adult=cast.youth_worker, young_person=gone, state="asked", began_at=None, heard_on=None
    )  # fmt: skip
    same(cast, double)
    asked.refresh_from_db()
    assert (asked.state, asked.young_person) == ("withdrawn", kept)


def test_what_happened_goes_along(cast):
    double, kept, gone = pair(cast)
    support = supported(cast, adult=cast.social_worker, young_person=gone)
    work.open_matter(support=support, kind="work", by=cast.social_worker)
    same(cast, double)
    assert Event.objects.get(kind="matter_opened").young_person == kept


# --- A restored backup ----------------------------------------------------------------------------------------------


def test_an_erased_support_goes_again(cast, support, restored):
    with restored():
        erasing.erase_support(support.pk)
    assert Support.objects.exists()
    replay()
    assert not Support.objects.exists()


def test_a_revoked_permission_to_talk_ends_again(cast, support, restored):
    permission = support.permissions.get()
    with restored():
        end_talk(permission=permission, by=cast.nurse)
    assert access.may(cast.teacher, "view_network", support.young_person)
    replay()
    permission.refresh_from_db()
    assert permission.ended_at is not None
    assert not access.may(cast.teacher, "view_network", support.young_person)


def test_an_adult_whose_sight_ended_is_the_one_adult_no_more(cast, support, restored):
    with restored():
        access.end_grounds(young_person=support.young_person, source=support.public_id, kind=Kind.SUPPORT)
    assert access.may(cast.nurse, "support", support.young_person)
    replay()
    support.refresh_from_db()
    assert (support.state, support.end_reason) == ("ended", "other")
    assert not support.substitutions.filter(ended_at=None).exists()
    for member in (cast.nurse, cast.youth_worker):
        assert not access.may(member, "support", support.young_person)


def test_what_was_asked_and_answered_since_is_asked_anew(cast, restored):
    asked = supported(cast, state="asked", began_at=None, heard_on=None)
    see(asked, Kind.NAMING, cast.nurse)
    with restored():
        access.end_grounds(young_person=asked.young_person, source=asked.public_id)
    replay()
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
