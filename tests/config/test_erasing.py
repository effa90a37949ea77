"""P10: what has ended goes when its time has come, or when the young person asks; counts without anybody stay."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from auditlog.models import LogEntry
from django.apps import apps
from django.db.models.deletion import Collector
from django.test import Client
from django.utils import timezone

from config import erasing
from coordination.clocks.rules import today
from coordination.erasures.commands import write_ledger
from coordination.erasures.models import Tally
from coordination.follow_ups import commands as follow_ups
from coordination.follow_ups.models import FollowUp
from coordination.links.models import OneTimeLink
from coordination.meetings.models import AgreedItem, Invited, Meeting
from coordination.outbox.commands import send_waiting
from coordination.outbox.models import Mail, Notification
from coordination.people import access
from coordination.people.drifting import drift
from coordination.people.models import Ground, LegalGuardian, YoungPerson
from flags.flagging.commands import end_expired
from flags.flagging.models import Flag
from flags.flagging.queries import own_flags
from flags.matching.commands import sweep
from flags.matching.models import Match, MatchedFlag
from flags.matching.queries import counting_flags
from tests.acts import whole_story
from tests.cast import sign_in
from tests.flags.matching.acts import settle_all, withdraw
from tests.flags.matching.everything import found_in

NAME = {"first_name": "Xenobia", "last_name": "Yxkukainen", "birth_date": date(2008, 1, 5)}


@pytest.fixture(autouse=True)
def outside(settings, tmp_path, time_machine):
    settings.ERASURE_LEDGER_FILE = tmp_path / "erasures.jsonl"
    time_machine.move_to("2026-03-18T10:00:00+00:00", tick=False)


@pytest.fixture
def story(cast, time_machine):
    """A match of the teacher and the nurse, who takes part; with a guardian, a link, a meeting, what was agreed."""
    return whole_story(cast, **NAME)


def close(cast, follow_up):
    follow_up.refresh_from_db()
    follow_ups.close_follow_up(
        follow_up=follow_up, by=cast.coordinator, outcome="one_adult", version=follow_up.version
    )  # fmt: skip


def traces(person):
    """The names, and the public ids of all that hangs on the person."""
    collector = Collector(using="default")
    collector.collect([person])
    hanging = [row for rows in [*collector.data.values(), *collector.fast_deletes] for row in rows]
    ids = {row.public_id for row in hanging if hasattr(row, "public_id")}
    return ["xenobia", "yxkukainen", *person.log_keys, *sorted(ids)]


def everything_ends(cast, follow_up):
    close(cast, follow_up)
    for flag in Flag.objects.filter(young_person=follow_up.young_person):
        withdraw(flag)


@pytest.mark.django_db(transaction=True)
def test_after_the_areas_days_nothing_in_the_database_names_the_person(cast, story, time_machine, mailoutbox):
    meeting = Meeting.objects.get()
    nina, kaisa = sign_in(Client(), cast.nurse), sign_in(Client(), cast.coordinator)
    for path in (f"/person/{story.young_person.public_id}/", "/people/", "/notices/", "/", meeting.get_absolute_url()):
        assert nina.get(path).status_code == 200
    assert kaisa.get(story.get_absolute_url()).status_code == 200
    assert send_waiting() == len(mailoutbox) == 4, "the nurse's notice, her and the coordinator's entry, the link"
    looked = traces(story.young_person)
    assert len(looked) > 15
    everything_ends(cast, story)
    audited = LogEntry.objects.count()
    time_machine.move_to(timezone.now() + timedelta(days=89, hours=23))
    erasing.erase_what_ended()
    assert FollowUp.objects.exists()
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    erasing.erase_what_ended()
    write_ledger()
    assert not YoungPerson.objects.exists()
    assert found_in(*looked) == {"coordination_look.person_keys"}
    assert LogEntry.objects.count() < audited
    assert unreadable_rest() == set()


def unreadable_rest():
    """What holds names behind encryption, where no search finds them: models that have rows, mails with a letter."""
    models = (AgreedItem, Invited, LegalGuardian, Meeting, OneTimeLink)
    return {model for model in models if model.objects.exists()} | set(Mail.objects.exclude(letter=""))


def test_the_areas_own_number_of_days(cast, story, time_machine):
    cast.mikkeli.days_kept_after_closing = 40
    cast.mikkeli.save()
    everything_ends(cast, story)
    time_machine.move_to(timezone.now() + timedelta(days=41))
    erasing.erase_what_ended()
    assert not YoungPerson.objects.exists()


def test_never_while_somebody_can_still_see_it(cast, story, time_machine):
    cast.mikkeli.days_kept_after_closing, cast.mikkeli.days_seen_after_closing = 5, 60
    cast.mikkeli.save()
    story.refresh_from_db()
    everything_ends(cast, story)
    time_machine.move_to(timezone.now() + timedelta(days=59))
    erasing.erase_what_ended()
    assert access.may(cast.coordinator, "coordinate", YoungPerson.objects.get())
    time_machine.move_to(timezone.now() + timedelta(days=2))
    erasing.erase_what_ended()
    assert not YoungPerson.objects.exists()


def test_an_open_flag_stays_as_if_it_had_never_matched(cast, story, time_machine):
    close(cast, story)
    withdraw(Flag.objects.get(user=cast.nurse.user))
    Flag.objects.filter(user=cast.teacher.user).update(until=today() + timedelta(days=150))
    time_machine.move_to(timezone.now() + timedelta(days=91))
    erasing.erase_what_ended()
    flag = Flag.objects.get()
    assert (flag.user, MatchedFlag.objects.count(), Match.objects.count()) == (cast.teacher.user, 0, 0)
    assert own_flags(cast.teacher).exists()
    time_machine.move_to(timezone.now() + timedelta(days=90))
    end_expired()
    sweep(older_than_seconds=-1)
    assert not YoungPerson.objects.exists()


def test_one_that_was_not_needed_goes_too(cast, time_machine):
    follow_up = cast.match(**NAME)
    for flag in Flag.objects.all():
        withdraw(flag)
    follow_up.refresh_from_db()
    assert follow_up.state == "not_needed"
    time_machine.move_to(timezone.now() + timedelta(days=91))
    erasing.erase_what_ended()
    assert not YoungPerson.objects.exists()


def test_what_is_open_stays(cast, story, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=900))
    erasing.erase_what_ended()
    assert FollowUp.objects.get() == story


def test_a_newer_follow_up_keeps_the_person_but_not_the_old_one(cast, story, time_machine):
    close(cast, story)
    time_machine.move_to(timezone.now() + timedelta(days=80))
    cast.flag(cast.social_worker, **NAME)
    time_machine.move_to(timezone.now() + timedelta(days=20))
    erasing.erase_what_ended()
    newer = FollowUp.objects.get()
    assert newer != story
    assert not Ground.objects.filter(source=story.public_id).exists()
    assert access.may(cast.coordinator, "coordinate", newer.young_person)
    assert not list(drift())


def test_counts_stay_and_tell_of_nobody(cast, story, time_machine):
    everything_ends(cast, story)
    time_machine.move_to(timezone.now() + timedelta(days=91))
    erasing.erase_what_ended()
    rows = Tally.objects.order_by("kind").values_list("kind", "origin", "contacted", "outcome", "count")
    assert list(rows) == [("flag", "matched", "", "", 2), ("follow_up", "match", "never", "one_adult", 1)]
    assert {f"{month}" for month in Tally.objects.values_list("month", flat=True)} == {"2026-03-01"}


def test_one_that_fails_holds_up_no_other(cast, story, time_machine, monkeypatch):
    everything_ends(cast, story)
    other = cast.match(first_name="Eeva")
    everything_ends(cast, follow_ups.take_up(follow_up=other, by=cast.coordinator))

    def fail(pk):
        if pk == story.pk:
            raise RuntimeError
        return erase(pk)

    erase = erasing.erase_follow_up
    monkeypatch.setattr(erasing, "erase_follow_up", fail)
    time_machine.move_to(timezone.now() + timedelta(days=91))
    erasing.erase_what_ended()
    assert FollowUp.objects.get() == story


# --- On the young person's request ----------------------------------------------------------------------------------


def ask(cast, follow_up):
    erasing.ask_to_erase(young_person=YoungPerson.objects.get(pk=follow_up.young_person_id), by=cast.coordinator)


def test_every_sight_ends_at_once(cast, story):
    ask(cast, story)
    for membership, permission in ((cast.coordinator, "coordinate"), (cast.nurse, "view_network")):
        assert not access.may(membership, permission, story.young_person)
    assert sign_in(Client(), cast.coordinator).get("/follow-ups/").context["rows"] == []


def test_without_a_flag_all_of_it_goes(cast):
    follow_up = follow_ups.begin_from_call(**NAME, phone="+358409998887", by=cast.coordinator)
    LegalGuardian.objects.create(young_person=follow_up.young_person, name="Xenobian äiti", token=uuid4())
    looked = traces(follow_up.young_person)
    ask(cast, follow_up)
    erasing.erase_asked()
    write_ledger()
    assert found_in(*looked) == set()
    assert not LegalGuardian.objects.exists()


def test_nothing_tells_the_identity_code_of_whoever_is_erased_but_for_a_flag(cast, story):
    """A keyed hash of it that stayed would make the row a likely double of everybody with that code."""
    YoungPerson.objects.filter(pk=story.young_person_id).update(hetu_index=b"1" * 16, hetu_index_even=b"2" * 16)
    ask(cast, story)
    erasing.erase_asked()
    person = YoungPerson.objects.get()
    assert (person.hetu, person.hetu_index, person.hetu_index_even) == (None, None, None)


def test_others_flags_stay_inert_until_they_end(cast, story, time_machine):
    ask(cast, story)
    erasing.erase_asked()
    person = YoungPerson.objects.get()
    assert own_flags(cast.teacher).count() == own_flags(cast.nurse).count() == 1
    assert counting_flags(person) == []
    assert not FollowUp.objects.exists()
    assert (person.phone, person.hetu, person.erase_asked_at) == ("", None, None)
    assert not Ground.objects.exclude(kind="flag").exists()
    assert not LogEntry.objects.get_for_object(person).exists()
    time_machine.move_to(timezone.now() + timedelta(days=91))
    end_expired()
    sweep(older_than_seconds=-1)
    write_ledger()
    assert not YoungPerson.objects.exists()
    assert found_in("xenobia", "yxkukainen") == set()


def test_a_later_flag_with_a_fresh_permission_counts(cast, story, time_machine):
    ask(cast, story)
    erasing.erase_asked()
    time_machine.move_to(timezone.now() + timedelta(days=1))
    cast.flag(cast.social_worker, **NAME)
    assert [flag.user for flag in counting_flags(YoungPerson.objects.get())] == [cast.social_worker.user]
    assert not FollowUp.objects.exists()


def test_who_took_part_is_told_and_nobody_else(cast, story):
    Notification.objects.all().delete()
    ask(cast, story)
    erasing.erase_asked()
    notice = Notification.objects.get()
    assert (notice.membership, notice.code, notice.about) == (cast.nurse, "your_part_ended", None)


def test_an_exclusion_outlives_it_while_a_flag_keeps_the_row(cast, story):
    follow_ups.exclude(follow_up=story, by=cast.coordinator, user=cast.youth_worker.user)
    ask(cast, story)
    erasing.erase_asked()
    assert YoungPerson.objects.get().exclusions.filter(user=cast.youth_worker.user, ended_at=None).exists()


def test_doing_it_twice_does_nothing_more(cast, story):
    ask(cast, story)
    erasing.erase_asked()
    count = Tally.objects.get(kind="follow_up").count
    erasing.erase_asked()
    settle_all()
    assert Tally.objects.get(kind="follow_up").count == count == 1


def test_the_page_says_what_goes_and_needs_a_tick(cast, story):
    kaisa = sign_in(Client(), cast.coordinator)
    path = f"/person/{story.young_person.public_id}/erase/"
    assert kaisa.get(path).status_code == 200
    assert kaisa.post(path, {}).context["form"].errors["asked"]
    assert YoungPerson.objects.get().erase_asked_at is None
    assert kaisa.post(path, {"asked": "on"}).headers["Location"] == "/follow-ups/"
    assert YoungPerson.objects.get().erase_asked_at == timezone.now()
    assert kaisa.get(path).status_code == 404


def test_every_key_to_a_young_person_is_covered():
    keys = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is YoungPerson
    }
    assert keys == set(erasing.KEYS)
