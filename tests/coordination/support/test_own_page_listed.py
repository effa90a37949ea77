"""What the young person reads on their own page, and what nobody learns who holds it in their place."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.pages.own import queries
from coordination.follow_ups.commands import add_adult
from coordination.follow_ups.models import FollowUp
from coordination.follow_ups.queries import agencies_let_in
from coordination.people.models import YoungPerson
from coordination.support.commands.ending import end_support
from coordination.support.models import OwnPage, Support
from coordination.use_log.commands import write_look
from flags.matching.models import MatchedFlag
from tests.acts import begun, protect, say
from tests.cast import sign_in
from tests.coordination.support.own_pages import opened
from tests.coordination.support.talking import let
from tests.coordination.support.working import stands_in, supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def follow_up(cast):
    return begun(cast)


@pytest.fixture
def support(cast, follow_up):
    """The nurse is Aino's one adult, and the teacher takes part."""
    say(follow_up, cast.teacher, by=cast.coordinator)
    return supported(cast, young_person=follow_up.young_person)


def look(client, member, support):
    """Somebody opens the young person's page."""
    return sign_in(client, member).get(f"/person/{support.young_person.public_id}/")


@pytest.mark.parametrize("section", OwnPage.Section.values)
def test_each_tick_lists_its_own_and_no_other(cast, client, support, section):
    let(support, cast.social_worker)
    look(client, cast.teacher, support)
    text = opened(support, section).text
    seen = {
        "adult": "Niina Hoitaja",
        "around": "Tiina Opettaja",
        "allowed": "Sanna Sosiaali",
        "looks": "is beside you, as you chose",
        "call": "Ask my adult to ring me",
        "change": "I would like another adult",
        "rate": "How well has it worked",
    }
    assert {one for one, words in seen.items() if words in text} == {section}


def test_what_was_written_down_for_them_says_by_whom(cast, support):
    let(support, cast.social_worker)
    let(support, cast.youth_worker, by=cast.coordinator)
    text = opened(support, "allowed", "adult").text
    assert text.count("recorded by my adult") == 1
    assert text.count("recorded by Kaisa Etsivä") == 2  # the second permission, and the naming


def test_who_stands_in_shows_and_an_adult_who_left_does_not(cast, support):
    stands_in(support, cast.social_worker)
    phone = opened(support, "adult", by=cast.social_worker)
    assert "Sanna Sosiaali stands in" in phone.text
    cast.nurse.ended_on = timezone.localdate() - timedelta(days=1)
    cast.nurse.save()
    text = phone.text
    assert "Niina" not in text
    assert "Sanna Sosiaali" in text


def test_looks_show_agency_role_purpose_and_day_and_never_a_name(cast, client, support):
    for _look in range(3):
        look(client, cast.teacher, support)
    look(client, cast.coordinator, support)
    text = opened(support, "looks").text
    assert text.count(": Päämajakoulu") == 1
    assert "professional" in text
    assert "looks after the whole" in text
    for name in ("Tiina", "Kaisa", "Opettaja"):
        assert name not in text


def test_a_look_at_a_flag_that_met_no_other_is_not_there(cast, client, support):
    person = support.young_person
    names = {"first_name": person.first_name, "last_name": person.last_name, "birth_date": person.birth_date}
    flag = cast.flag(cast.youth_worker, settle=False, **names)
    assert flag.young_person_id == person.pk
    phone = opened(support, "looks", "around")
    before = phone.text
    sign_in(client, cast.youth_worker).get(f"/flags/{flag.public_id}/")
    client.get("/flags/mine/")
    assert lines(phone.text) == lines(before)


def lines(text):
    """The page's lines, without the ids of its forms."""
    return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_sensitive_agency_has_neither_name_nor_role(cast, client, support):
    say(FollowUp.objects.get(), cast.therapist, by=cast.coordinator)
    look(client, cast.therapist, support)
    text = opened(support, "looks", "around").text
    for word in ("Pia", "Päihde"):
        assert word not in text
    assert "a professional" in text


def test_with_non_disclosure_nothing_tells_the_town(cast, client, support, follow_up):
    let(support, cast.social_worker)
    protect(follow_up, by=cast.coordinator)
    support.young_person = YoungPerson.objects.get(pk=support.young_person_id)
    look(client, cast.teacher, support)
    phone = opened(support, *OwnPage.Section.values)
    text = phone.text
    for word in ("Mikkeli", "Päämajakoulu", "Sosiaalipalvelut", "015 000 000", "opettaja"):
        assert word not in text
    assert cast.school.get_kind_display() in text


@pytest.mark.parametrize("protected", [True, False])
def test_once_it_has_ended_it_says_whom_to_ring_with_non_disclosure_no_number_of_the_town(
    cast, support, follow_up, protected
):
    phone = opened(support, *OwnPage.Section.values)
    if protected:
        protect(follow_up, by=cast.coordinator)
    end_support(support=Support.objects.get(), reason="not_needed", by=cast.coordinator)
    text = phone.text
    assert "This page has ended" in text
    assert ("015 000 000" in text) != protected
    assert "116 111" in text


def test_what_was_told_to_others_says_to_whom(cast, support):
    let(support, cast.social_worker)
    text = opened(support, "looks").text
    assert "told Sosiaalipalvelut: name and age, who the one adult is" in text


def test_only_the_latest_lines_show_and_there_may_always_be_more(cast, client, support, monkeypatch):
    phone = opened(support, "looks")
    assert "You have the right to get all of them" in phone.text
    monkeypatch.setattr(queries, "LOOKS_SHOWN", 1)
    look(client, cast.teacher, support)
    look(client, cast.coordinator, support)
    text = phone.text
    assert "looks after the whole" in text
    assert "is beside you, as you chose" not in text
    assert "You have the right to get all of them" in text


def decided(adult, **said):
    """What the young person said of an adult, long enough ago to be told."""
    values = {"undo_to": None, "said_by": "young_person", "decided_at": timezone.now() - timedelta(days=1)} | said
    for name, value in values.items():
        setattr(adult, name, value)
    adult.save()


@pytest.mark.parametrize(
    ("said", "shows"),
    [
        ({"takes_part": "", "may_know": ""}, False),
        ({"takes_part": "no", "may_know": "no"}, False),
        ({"takes_part": "no", "may_know": "yes"}, True),
        ({"takes_part": "yes", "may_know": "yes"}, True),
    ],
)
@pytest.mark.parametrize("purpose", ["flag", "inform"])
def test_who_flagged_shows_only_of_agencies_that_were_let_in(cast, client, support, said, shows, purpose):
    who, person = cast.youth_worker, support.young_person
    asked = add_adult(follow_up=FollowUp.objects.get(), membership=who, by=cast.coordinator)
    decided(asked, **said)
    names = {"first_name": person.first_name, "last_name": person.last_name, "birth_date": person.birth_date}
    flag, _other = cast.flag(who, **names), cast.flag(cast.social_worker, **names)
    assert MatchedFlag.objects.filter(flag=flag).exists()
    ground = person.grounds.get(kind="flag", membership=who)
    write_look(
        user_id=who.user_id,
        user_name="",
        membership_id=who.pk,
        agency_id=who.agency_id,
        agency_name=who.agency.name_fi,
        agency_kind=who.agency.kind,
        role=who.role,
        page="flags:flag",
        purpose=purpose,
        person_keys=person.log_keys,
        grounds=[ground.pk],
    )
    assert ("wants to work together" in opened(support, "looks").text) == shows


def test_a_decision_that_can_be_undone_shows_nothing_yet(cast, support):
    asked = add_adult(follow_up=FollowUp.objects.get(), membership=cast.nurse, by=cast.coordinator)
    type(cast.mikkeli).objects.update(undo_minutes=10)
    before = {"takes_part": "", "may_know": "", "said_by": "", "decided_at": None}
    decided(asked, takes_part="yes", may_know="yes", decided_at=timezone.now(), undo_to=before)
    assert cast.nurse.agency_id not in agencies_let_in(support.young_person)
    decided(asked, takes_part="yes", may_know="yes")
    assert cast.nurse.agency_id in agencies_let_in(support.young_person)


def test_the_page_costs_the_same_for_one_permission_and_for_many(cast, support):
    let(support, cast.social_worker)
    phone = opened(support, "allowed", "around", "looks", "adult")

    def cost():
        with CaptureQueriesContext(connection) as found:
            assert phone.answer.status_code == 200
        return len(found)

    few = cost()
    for number in range(8):
        let(support, cast.member(f"Uusi{number}", "Lupa", cast.social))
    assert cost() == few
