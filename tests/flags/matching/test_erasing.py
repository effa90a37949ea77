"""P10: nothing stays of a flag that never matched, nor of a young person whom nothing else keeps here."""

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from config import merging
from coordination.activity.models import Event
from coordination.erasures.commands import write_ledger
from coordination.people import access
from coordination.people.doubles import look_for_doubles
from coordination.people.drifting import drift
from coordination.people.models import Ground, LikelyDouble, YoungPerson
from flags.flagging.commands import withdraw_flag
from flags.flagging.models import Flag
from flags.flagging.queries import own_flags
from flags.matching.models import Match
from tests.flags.matching.acts import settle_all, withdraw
from tests.flags.matching.everything import found_in

NAME = {"first_name": "Xenobia", "last_name": "Yxkukainen"}


def audit_rows(model, pk):
    return LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model), object_pk=str(pk)).count()


def test_an_unmatched_flag_is_erased_with_everything_that_named_the_person(cast, settings, tmp_path):
    settings.ERASURE_LEDGER_FILE = tmp_path / "erasures.jsonl"
    flag = cast.flag(cast.teacher, **NAME, phone="+358409998887")
    person = flag.young_person
    traces = ["xenobia", "yxkukainen", flag.public_id, person.public_id, person.log_keys[0]]
    assert found_in(*traces) >= {
        "flags_flag.first_name",
        "coordination_youngperson.name_key",
        "coordination_ground.source",
        "coordination_event.about",
    }
    assert audit_rows(Flag, flag.pk)
    withdraw(flag)
    write_ledger()
    assert found_in(*traces) == set()
    assert not audit_rows(Flag, flag.pk)
    assert not audit_rows(YoungPerson, person.pk)
    assert not LogEntry.objects.filter(changes__icontains=str(person.public_id)).exists()


def test_nothing_of_the_telephone_or_code_was_ever_readable(cast):
    cast.mikkeli.hetu_allowed = True
    cast.mikkeli.save()
    cast.flag(cast.teacher, **NAME, phone="+358409998887", hetu="131108A901K")
    assert found_in("409998887", "131108A", "901K") == set()


def test_the_person_stays_for_others_flags(cast):
    own = cast.flag(cast.teacher)
    other = cast.flag(cast.member("Olli", "Opettaja", cast.school))
    assert not Match.objects.exists()
    withdraw(own)
    assert not Flag.objects.filter(pk=own.pk).exists()
    other.refresh_from_db()
    assert other.ended_at is None
    assert other.young_person.grounds.count() == 1
    assert Event.objects.filter(about=own.public_id).count() == 0


def test_a_likely_double_goes_with_the_erased_person_and_so_does_the_coordinators_sight(cast):
    one = cast.flag(cast.teacher)
    other = cast.flag(cast.nurse, first_name="Aina")
    assert LikelyDouble.objects.exists()
    assert access.may(cast.coordinator, "compare_double", one.young_person)
    withdraw(other)
    assert not LikelyDouble.objects.exists()
    assert not access.may(cast.coordinator, "compare_double", one.young_person)
    assert not list(drift())


def test_after_a_join_nothing_stays_of_either_row(cast):
    one = cast.flag(cast.teacher, first_name="Xenobia", last_name="Yxkukainen")
    other = cast.flag(cast.member("Olli", "Opettaja", cast.school), first_name="Xenobja", last_name="Yxkukainen")
    look_for_doubles(young_person=other.young_person)
    double = LikelyDouble.objects.get()
    gone = other.young_person
    merging.decide(double=double, same=True, by=cast.coordinator)
    settle_all()
    for flag in (one, other):
        flag.refresh_from_db()
        withdraw(flag)
    assert not YoungPerson.objects.exists()
    assert found_in("xenobia", "xenobja", "yxkukainen") == set()
    assert not audit_rows(YoungPerson, one.young_person_id)
    assert not audit_rows(YoungPerson, gone.pk)
    assert not audit_rows(LikelyDouble, double.pk)


def test_a_withdrawn_flag_leaves_the_list_at_once(cast):
    flag = cast.flag(cast.teacher)
    withdraw_flag(flag=flag, by=cast.teacher)
    assert not own_flags(cast.teacher).exists()
    assert not Ground.objects.open().filter(membership=cast.teacher).exists()


def test_withdrawing_twice_ends_once(cast):
    flag = cast.flag(cast.teacher, settle=False)
    withdraw_flag(flag=flag, by=cast.teacher)
    ended_at = Flag.objects.get().ended_at
    withdraw_flag(flag=flag, by=cast.teacher)
    assert Flag.objects.get().ended_at == ended_at
