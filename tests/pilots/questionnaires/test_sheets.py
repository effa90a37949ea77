"""Who comes into a form, what they may do, and what is told and written down."""

import pytest
from django.utils import timezone

from coordination.agencies.rules import NotNow
from coordination.follow_ups.commands import exclude
from coordination.follow_ups.models import FollowUp
from coordination.links.queries import latest_about
from coordination.links.rules import works
from coordination.outbox.models import Notification
from coordination.people import access
from coordination.people.models import Ground
from coordination.use_log.models import Look
from pilots.questionnaires.commands import recipients, sheets
from pilots.questionnaires.models import Questionnaire, Sheet
from pilots.questionnaires.queries.sheets import has_owner, opened_by, sheets_of
from tests.pilots.questionnaires import filling
from tests.pilots.questionnaires.filling import asked, begun, fill, fresh, outside, own, submitted

pytestmark = pytest.mark.django_db


def comes_in(sheet, membership):
    return opened_by(membership, sheet.public_id) is not None


def told(membership):
    return set(Notification.objects.filter(membership=membership, done_at=None).values_list("code", flat=True))


def passed_on():
    return [(look.passed_on, look.passed_to) for look in Look.objects.filter(purpose="disclosure").order_by("pk")]


def test_whoever_begins_it_comes_in_and_nobody_else(cast):
    sheet = begun(cast)
    assert comes_in(sheet, cast.coordinator)
    for other in (cast.second_coordinator, cast.teacher, cast.nurse, cast.administrator, cast.stranger):
        assert not comes_in(sheet, other)


@pytest.mark.parametrize("who", ["teacher", "nurse", "social_worker", "administrator", "other_coordinator"])
def test_a_flag_lets_nobody_begin_a_form(cast, who):
    person = cast.match().young_person
    with pytest.raises(NotNow):
        begun(cast, by=getattr(cast, who), person=person)
    assert Sheet.objects.count() == 0


def test_a_form_that_is_closed_is_not_begun(cast):
    version = filling.approved(cast.second_coordinator, cast.administrator)
    Questionnaire.objects.filter(pk=version.questionnaire_id).update(closed_on=timezone.localdate())
    version = type(version).objects.get(pk=version.pk)
    with pytest.raises(NotNow, match="not in use"):
        begun(cast, version=version)


def test_a_draft_is_not_begun(cast):
    with pytest.raises(NotNow, match="not in use"):
        begun(cast, version=filling.draft(cast.second_coordinator))


def test_another_areas_form_is_not_begun(cast):
    other = cast.member("Arja", "Toinen", cast.other_outreach, role="coordinator")
    with pytest.raises(NotNow, match="not in use"):
        begun(cast, version=filling.approved(cast.other_coordinator, other))


def test_sent_twice_it_is_begun_once(cast):
    first = begun(cast)
    token, place = first.token, filling.party(first.version, 0)
    kept = {"version": first.version, "young_person": first.young_person, "party": place}
    assert sheets.begin(token=token, by=cast.coordinator, **kept) == first


def test_whoever_is_asked_comes_into_the_form_alone(cast):
    sheet = begun(cast)
    asked(sheet, cast.social_worker)
    assert comes_in(sheet, cast.social_worker)
    assert not access.may(cast.social_worker, "view_network", sheet.young_person)
    assert told(cast.social_worker) == {"form_asked"}
    assert (["identity", "form_asked"], cast.social.name_fi) in passed_on()


def test_a_part_is_filled_by_one(cast):
    sheet = begun(cast)
    asked(sheet, cast.social_worker)
    with pytest.raises(NotNow, match="already"):
        asked(sheet, cast.youth_worker)


def test_a_professional_stands_in_no_guardians_place(cast):
    sheet = begun(cast)
    with pytest.raises(NotNow):
        asked(sheet, cast.social_worker, number=3)
    with pytest.raises(NotNow):
        outside(sheet, number=1)


def test_whoever_must_not_learn_is_not_asked(cast):
    sheet = begun(cast)
    follow_up = FollowUp.objects.get(young_person=sheet.young_person)
    exclude(follow_up=follow_up, by=cast.coordinator, user=cast.social_worker.user)
    with pytest.raises(NotNow):
        asked(sheet, cast.social_worker)


def test_an_exclusion_ends_the_sight_of_whoever_was_asked(cast):
    sheet = begun(cast)
    asked(sheet, cast.social_worker)
    follow_up = FollowUp.objects.get(young_person=sheet.young_person)
    exclude(follow_up=follow_up, by=cast.coordinator, user=cast.social_worker.user)
    assert not comes_in(sheet, cast.social_worker)


def test_an_owner_who_knows_the_young_person_no_more_answers_for_nothing(cast):
    sheet = begun(cast)
    asked(sheet, cast.social_worker)
    Ground.objects.filter(young_person=sheet.young_person, kind="coordination").update(ended_at=timezone.now())
    assert not comes_in(sheet, cast.coordinator)
    assert not sheets_of(cast.coordinator).exists()
    assert not has_owner(sheet)
    with pytest.raises(NotNow):
        sheets.submit(sheet=sheet, by=cast.coordinator)


def test_somebody_who_knows_them_takes_it_over(cast):
    sheet = begun(cast)
    asked(sheet, cast.second_coordinator)
    with pytest.raises(NotNow):
        sheets.take_over(sheet=sheet, by=cast.second_coordinator)
    Sheet.objects.filter(pk=sheet.pk).update(owner=None)
    assert sheets.take_over(sheet=sheet, by=cast.second_coordinator).owner == cast.second_coordinator


def test_whoever_was_only_asked_takes_nothing_over(cast):
    sheet = begun(cast)
    asked(sheet, cast.social_worker)
    Sheet.objects.filter(pk=sheet.pk).update(owner=None)
    with pytest.raises(NotNow):
        sheets.take_over(sheet=sheet, by=cast.social_worker)


def test_it_is_submitted_when_everybody_is_ready(cast):
    sheet = begun(cast)
    part = asked(sheet, cast.social_worker)
    guest = outside(sheet)
    fill(own(sheet, cast.coordinator), cast.coordinator, Nimi="Aino")
    with pytest.raises(NotNow, match="Not everybody"):
        sheets.submit(sheet=sheet, by=cast.coordinator)
    fill(part, cast.social_worker, Kuinka_usein="1")
    sheets.leave_out(part=guest, by=cast.coordinator)
    done = sheets.submit(sheet=sheet, by=cast.coordinator)
    assert (done.submitted_by, done.submitted_at is not None) == (cast.coordinator, True)
    assert told(cast.social_worker) == {"form_received"}
    assert (["form"], cast.social.name_fi) in passed_on()
    again = sheets.submit(sheet=sheet, by=cast.coordinator)
    assert again.submitted_at == done.submitted_at
    assert passed_on().count((["form"], cast.social.name_fi)) == 1


def test_nothing_filled_in_is_not_submitted(cast):
    sheet = begun(cast)
    sheets.leave_out(part=own(sheet, cast.coordinator), by=cast.coordinator)
    with pytest.raises(NotNow, match="Nothing"):
        sheets.submit(sheet=sheet, by=cast.coordinator)


def test_submitted_nothing_changes(cast):
    sheet = submitted(cast)
    part = own(sheet, cast.coordinator)
    for change in (
        lambda: fill(part, cast.coordinator, Nimi="Toinen"),
        lambda: sheets.leave_out(part=part, by=cast.coordinator),
        lambda: asked(sheet, cast.social_worker),
        lambda: outside(sheet),
        lambda: sheets.throw_away(sheet=sheet, by=cast.coordinator),
    ):
        with pytest.raises(NotNow):
            change()
    assert "Toinen" not in fresh(part).answers


def test_left_out_they_come_in_no_more_and_what_they_wrote_is_forgotten(cast):
    sheet = begun(cast)
    part = asked(sheet, cast.social_worker)
    fill(part, cast.social_worker, ready=False, Monesko_jakso="2")
    sheets.leave_out(part=part, by=cast.coordinator)
    assert not comes_in(sheet, cast.social_worker)
    assert fresh(part).answers == ""
    assert told(cast.social_worker) == set()
    asked(sheet, cast.youth_worker)
    assert comes_in(sheet, cast.youth_worker)


def test_only_the_owner_decides(cast):
    sheet = begun(cast)
    part = asked(sheet, cast.social_worker)
    for other in (cast.social_worker, cast.second_coordinator, cast.teacher):
        for change in (
            lambda by: sheets.submit(sheet=sheet, by=by),
            lambda by: sheets.leave_out(part=part, by=by),
            lambda by: sheets.throw_away(sheet=sheet, by=by),
        ):
            with pytest.raises(NotNow):
                change(other)


def test_thrown_away_nothing_is_left(cast):
    sheet = begun(cast)
    part = asked(sheet, cast.social_worker)
    guest = outside(sheet)
    filling.opened(guest, by=cast.coordinator)
    fill(part, cast.social_worker, ready=False, Monesko_jakso="2")
    person = sheet.young_person
    sheets.throw_away(sheet=sheet, by=cast.coordinator)
    assert Sheet.objects.count() == 0
    assert not Ground.objects.filter(young_person=person, kind="form").exists()
    assert latest_about([guest.public_id]) == {}
    assert told(cast.social_worker) == set()
    assert access.may(cast.coordinator, "view_network", person)


def test_it_is_given_to_a_professional_and_written_down(cast):
    sheet = submitted(cast)
    one = recipients.give_to(sheet=sheet, membership=cast.youth_worker, token=sheet.token, by=cast.coordinator)
    assert comes_in(sheet, cast.youth_worker)
    assert told(cast.youth_worker) == {"form_received"}
    assert (["identity", "form"], cast.association.name_fi) in passed_on()
    same = recipients.give_to(sheet=sheet, membership=cast.youth_worker, token=sheet.token, by=cast.coordinator)
    assert same == one
    with pytest.raises(NotNow, match="received this form already"):
        recipients.give_to(sheet=sheet, membership=cast.youth_worker, token=one.public_id, by=cast.coordinator)
    recipients.end_recipient(recipient=one, by=cast.coordinator)
    assert not comes_in(sheet, cast.youth_worker)


def test_nobody_receives_it_before_it_is_submitted(cast):
    sheet = begun(cast)
    with pytest.raises(NotNow, match="Submit"):
        recipients.give_to(sheet=sheet, membership=cast.youth_worker, token=sheet.token, by=cast.coordinator)


def test_whoever_received_it_gives_it_to_nobody(cast):
    sheet = submitted(cast)
    recipients.give_to(sheet=sheet, membership=cast.youth_worker, token=sheet.token, by=cast.coordinator)
    with pytest.raises(NotNow):
        recipients.give_to(sheet=sheet, membership=cast.teacher, token=sheet.public_id, by=cast.youth_worker)


def test_outside_it_is_sent_by_a_link(cast):
    sheet = submitted(cast)
    said = {"kind": "elsewhere", "name": "Tyks", "language": "fi", "email": "t@example.test", "token": sheet.token}
    given, code = recipients.give_outside(sheet=sheet, by=cast.coordinator, **said)
    assert len(code) == 6
    assert (["form"], "elsewhere") in passed_on()
    assert recipients.give_outside(sheet=sheet, by=cast.coordinator, **said) == (given, None)
    link = latest_about([given.public_id])[given.public_id]
    recipients.end_recipient(recipient=given, by=cast.coordinator)
    link.refresh_from_db()
    assert not works(link)


def test_under_non_disclosure_nothing_is_sent(cast):
    sheet = submitted(cast)
    type(sheet.young_person).objects.filter(pk=sheet.young_person_id).update(non_disclosure=True)
    said = {"kind": "elsewhere", "name": "Tyks", "language": "fi", "email": "t@example.test", "token": sheet.token}
    with pytest.raises(NotNow, match="non-disclosure"):
        recipients.give_outside(sheet=sheet, by=cast.coordinator, **said)


def test_a_guardian_of_somebody_of_age_has_no_part(cast):
    sheet = begun(cast)
    with pytest.raises(NotNow, match="of age"):
        outside(sheet, number=3, name="Mari")
