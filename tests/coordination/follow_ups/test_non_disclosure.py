"""Turvakielto: a call can switch it on, only a written reason ends it, and the other coordinators learn of that."""

from uuid import uuid4

import pytest
from auditlog.models import LogEntry

from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.follow_ups.commands import end_non_disclosure, save_guardian, tell_guardian
from coordination.links.models import OneTimeLink
from coordination.people.models import NonDisclosureChange
from coordination.use_log.models import Look
from tests.acts import begun, protect, save, say
from tests.coordination.follow_ups.conftest import opened, told, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def protected(cast):
    follow_up = begun(cast)
    protect(follow_up, by=cast.coordinator)
    return follow_up


def test_a_call_switches_it_on_and_says_so_to_coordinators(cast, kaisa):
    follow_up = begun(cast)
    say(follow_up, cast.teacher, by=cast.coordinator)
    kaisa.post(url("sheet", follow_up), opened(kaisa, follow_up) | {"non_disclosure": "on"})
    follow_up.young_person.refresh_from_db()
    assert follow_up.young_person.non_disclosure
    event = Event.objects.get(kind="non_disclosure")
    assert (event.audience, event.by) == ("coordinators", cast.coordinator)


def test_no_call_switches_it_off(cast, kaisa, protected):
    kaisa.post(url("sheet", protected), opened(kaisa, protected) | {"safe_hours": "iltaisin"})
    save(protected, by=cast.coordinator, non_disclosure=False)
    assert protected.young_person.safe_hours == "iltaisin"
    assert protected.young_person.non_disclosure


def test_a_sheet_opened_before_it_does_not_switch_it_off(cast, kaisa, kalle):
    follow_up = begun(cast)
    old = opened(kaisa, follow_up)
    protect(follow_up, by=cast.second_coordinator)
    page = kaisa.post(url("sheet", follow_up), old | {"safe_hours": "iltaisin"})
    again = {name: page.context["form"][name].value() for name in ("version", "seen")}
    kaisa.post(url("sheet", follow_up), old | again | {"safe_hours": "iltaisin"})
    follow_up.young_person.refresh_from_db()
    assert (follow_up.young_person.non_disclosure, follow_up.young_person.safe_hours) == (True, "iltaisin")


@pytest.mark.parametrize("reason", ["", "   ", "\u200b\0"])
def test_it_does_not_end_without_a_reason(kaisa, protected, reason):
    response = kaisa.post(url("end_non_disclosure", protected), {"disclosure_reason": reason})
    assert response.status_code == 200
    protected.young_person.refresh_from_db()
    assert protected.young_person.non_disclosure


def test_it_ends_for_a_written_reason_that_is_kept_and_told(cast, kaisa, protected):
    kaisa.post(url("end_non_disclosure", protected), {"disclosure_reason": "DVV:n turvakielto päättyi"})
    protected.young_person.refresh_from_db()
    assert not protected.young_person.non_disclosure
    change = NonDisclosureChange.objects.get(switched_on=False)
    assert (change.reason, change.by) == ("DVV:n turvakielto päättyi", cast.coordinator)
    assert Event.objects.filter(kind="disclosure", audience="coordinators").count() == 1
    assert told(cast.second_coordinator, "non_disclosure_ended") == 1
    assert told(cast.coordinator, "non_disclosure_ended") == 0
    changes = LogEntry.objects.get_for_object(protected.young_person)
    assert ["True", "False"] in [one.changes.get("non_disclosure") for one in changes]
    assert "DVV" not in "".join(str(one.changes) for one in LogEntry.objects.all())


def test_of_two_who_end_it_the_second_learns_of_it(cast, protected):
    end_non_disclosure(follow_up=protected, reason="päättyi", by=cast.coordinator)
    with pytest.raises(NotNow):
        end_non_disclosure(follow_up=protected, reason="päättyi", by=cast.second_coordinator)
    assert NonDisclosureChange.objects.filter(switched_on=False).count() == 1


def test_the_sheet_shows_agencies_by_kind_and_keeps_the_numbers_that_are_rung(cast, kaisa, protected):
    cast.teacher.user.phone, cast.teacher.job_title = "+358441234567", "Mikkelin opettaja"
    cast.teacher.user.save()
    cast.teacher.save()
    say(protected, cast.teacher, by=cast.coordinator)
    page = kaisa.get(url("sheet", protected)).content.decode()
    assert "Tiina Opettaja" in page
    assert "044 123 4567" in page
    for words in ("Päämajakoulu", "Mikkelin opettaja", "tiina.opettaja@"):
        assert words not in page


def test_links_that_were_sent_open_no_more(cast):
    follow_up = begun(cast, years=15)
    guardian = save_guardian(
        **{"follow_up": follow_up, "by": cast.coordinator, "name": "Maija Virtanen", "phone": "", "token": uuid4()},
        **{"knows": "told", "said_by": "young_person"},
    )
    told = {"email": "maija@example.test", "language": "fi", "what": ["network"], "by": cast.coordinator}
    tell_guardian(follow_up=follow_up, legal_guardian=guardian, **told)
    assert "Kaisa" in OneTimeLink.objects.get().content
    protect(follow_up, by=cast.coordinator)
    link = OneTimeLink.objects.get()
    assert link.ended_at
    assert link.content == ""


def contact_passed_on():
    """To which agencies the telephone was passed on, by the disclosure log."""
    rows = Look.objects.filter(purpose="disclosure", passed_on__contains=["contact"])
    return sorted(rows.values_list("passed_to", flat=True))


def test_sharing_the_telephone_later_is_in_the_disclosure_log_of_everybody_who_takes_part(cast):
    follow_up = begun(cast)
    say(follow_up, cast.teacher, cast.nurse, by=cast.coordinator)
    say(follow_up, cast.youth_worker, by=cast.coordinator, takes_part="no")
    assert contact_passed_on() == []
    save(follow_up, by=cast.coordinator, contact_shared=True)
    both = sorted([cast.school.name_fi, cast.health.name_fi])
    assert contact_passed_on() == both
    save(follow_up, by=cast.coordinator, contact_shared=True, safe_hours="iltaisin")
    assert contact_passed_on() == both
    say(follow_up, cast.youth_worker, by=cast.coordinator)
    assert contact_passed_on() == sorted([*both, cast.association.name_fi])


def test_what_shows_again_when_it_ends_is_in_the_disclosure_log(cast):
    follow_up = begun(cast)
    say(follow_up, cast.teacher, by=cast.coordinator)
    save(follow_up, by=cast.coordinator, non_disclosure=True, contact_shared=True)
    assert contact_passed_on() == []
    end_non_disclosure(follow_up=follow_up, reason="Uhka on ohi.", by=cast.coordinator)
    assert contact_passed_on() == [cast.school.name_fi]
