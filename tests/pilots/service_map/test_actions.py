"""What the group agreed on: handed on to somebody else, put off, and known to the group alone until it is done."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config import leaving
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from coordination.staffing.commands import end_membership
from pilots.service_map.commands import meetings
from pilots.service_map.commands.telling import look_after_surveys
from pilots.service_map.queries import agenda
from tests.pilots.registry.pages import Browser, day, is_refused
from tests.pilots.service_map.meeting import agreed, held, now, planned
from tests.pilots.service_map.surveying import indicator, opened


def told(member, code):
    return Notification.objects.waiting().filter(membership=member, code=code).count()


def change(action, by, **columns):
    said = {"words": action.words, "owner": action.owner, "due_on": action.due_on, "number": now(action).number}
    meetings.change_action(action=action, by=by, **said | columns)


def test_it_is_handed_on_and_only_who_has_it_now_waits(cast, lead):
    action = agreed(held(lead), lead, owner=cast.teacher)
    change(action, lead, owner=cast.nurse)
    assert (told(cast.teacher, "group_action"), told(cast.nurse, "group_action")) == (0, 1)
    change(now(action), lead, words="Kysyy kouluilta syksyllä")
    assert told(cast.nurse, "group_action") == 1


def test_put_off_it_is_told_of_anew_and_late_once_for_each_day(cast, lead, time_machine):
    action = agreed(held(lead), lead, owner=cast.teacher, days=1)
    time_machine.move_to(timezone.now() + timedelta(days=2))
    look_after_surveys()
    assert told(cast.teacher, "group_action_late") == 1
    change(action, lead, due_on=today() + timedelta(days=1))
    assert (told(cast.teacher, "group_action"), told(cast.teacher, "group_action_late")) == (1, 0)
    time_machine.move_to(timezone.now() + timedelta(days=2))
    look_after_surveys()
    look_after_surveys()
    assert told(cast.teacher, "group_action_late") == 1


def test_what_somebody_left_is_somebody_elses_and_waits_for_the_lead_no_more(cast, lead):
    first, second = (agreed(held(lead), lead, owner=cast.teacher) for _time in range(2))
    end_membership(membership=cast.teacher, by=cast.administrator)
    leaving.sweep()
    assert told(lead, "group_action_left") == 2
    change(now(first), lead, owner=cast.nurse)
    assert told(lead, "group_action_left") == 1
    meetings.set_done(action=second, by=lead)
    assert told(lead, "group_action_left") == 0


def test_of_two_who_change_it_the_second_is_refused_and_so_is_what_is_done(cast, lead):
    action = agreed(held(lead), lead, owner=cast.teacher)
    change(action, lead, owner=cast.nurse)
    with pytest.raises(NotNow):
        change(action, lead, owner=cast.teacher, number=1)
    with pytest.raises(NotNow):
        change(now(action), lead, owner=cast.stranger)
    for who in (cast.youth_worker, cast.nurse, cast.other_coordinator):
        with pytest.raises(NotNow):
            change(now(action), who)
    meetings.set_done(action=action, by=lead)
    with pytest.raises(NotNow):
        change(now(action), lead, owner=cast.teacher)


def test_the_page_keeps_what_was_typed_and_who_may_not_be_named(client, cast, lead):
    action = agreed(held(lead), lead, owner=cast.therapist)
    browser, path = Browser(client, lead), reverse("service_map:change_action", args=[action.public_id])
    stale = browser.form(path)
    browser.send(path, words="Kysyy kouluilta ja päiväkodeista")
    assert now(action).owner == cast.therapist
    again = client.post(path, stale | {"words": "Minun sanani"})
    assert is_refused(again, "changed meanwhile")
    for words in ("Minun sanani", "Kysyy kouluilta ja päiväkodeista"):
        assert words in again.content.decode()
    browser.send(path, who=str(cast.teacher.public_id), **day("due_on", today() + timedelta(days=3)))
    assert (now(action).owner, now(action).due_on) == (cast.teacher, today() + timedelta(days=3))


def test_the_area_reads_what_was_decided_of_the_groups_own_matters_and_not_which_they_are(client, cast, lead):
    agreed(held(lead), lead, owner=cast.teacher, days=-1)
    indicator(lead)
    opened(lead, name="Syksyn kartoitus")
    there = planned(lead, things=agenda.open_things(lead.agency.area_id))
    meetings.GroupMeeting.objects.filter(pk=there.pk).update(starts_at=timezone.now() - timedelta(hours=1))
    decided = {item.pk: f"Päätös {place}" for place, item in enumerate(there.agenda.all())}
    meetings.write_minutes(
        meeting=there, attended=[], decided=decided, matter="", decision="", number=now(there).number, by=lead
    )
    own = ("Syksyn kartoitus", "Kysyy kouluilta")
    whole = Browser(client, cast.youth_worker).text(there.get_absolute_url())
    part = Browser(Client(), cast.teacher).text(there.get_absolute_url())
    for words in own:
        assert words in whole, words
        assert words not in part, words
    for words in decided.values():
        assert words in part
