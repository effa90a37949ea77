"""The pages of a naming: candidates side by side, and the answer of whoever is asked."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coordination.agencies.models import Training, User
from coordination.clocks.rules import today
from coordination.follow_ups.commands import take_up
from coordination.people.commands import exclude
from coordination.support.commands import naming as commands
from coordination.support.models import Support, SupportText
from coordination.use_log.models import Look
from tests.acts import begun, say
from tests.cast import sign_in
from tests.coordination.support.namings import accepted, named, text_of
from tests.coordination.support.working import supported


@pytest.fixture
def follow_up(cast):
    return begun(cast)


@pytest.fixture
def person(follow_up):
    return follow_up.young_person


@pytest.fixture
def kaisa(cast):
    return sign_in(Client(), cast.coordinator)


@pytest.fixture
def niina(cast):
    return sign_in(Client(), cast.nurse)


def page_of(person):
    return reverse("support:name", args=[person.public_id])


def answer_of(support):
    return reverse("support:answer", args=[support.public_id])


def typed(client, person, adult, **changes):
    """What a browser sends after this adult was chosen."""
    form, day = client.get(page_of(person)).context["form"], timezone.localdate()
    return {
        "token": str(form["token"].value()),
        "adult": str(adult.public_id),
        "asked_by": form["asked_by"].value(),
        "agreed_how": "face",
        "agreed_on_day": day.day,
        "agreed_on_month": day.month,
        "agreed_on_year": day.year,
    } | changes


def rows(answer):
    return {row["candidate"].membership: row["candidate"] for row in answer.context["form"].rows()}


def test_the_network_stands_side_by_side_with_what_they_share(cast, kaisa, follow_up, person):
    accepted(cast.health)
    cast.nurse.user.speaks = ["sv", "so"]
    cast.nurse.user.save()
    eero = begun(cast, first_name="Eero").young_person
    supported(cast, adult=cast.nurse, young_person=eero)
    say(follow_up, cast.nurse, cast.teacher, by=cast.coordinator)
    found = rows(kaisa.get(page_of(person)))
    assert {*found} == {cast.nurse, cast.teacher}
    nurse, teacher = found[cast.nurse], found[cast.teacher]
    spoken = [User.Spoken.FI.label, User.Spoken.SV.label, User.Spoken.SO.label]
    assert (nurse.caseload, nurse.languages, nurse.problem) == (1, spoken, "")
    assert nurse.since.date()
    assert (teacher.caseload, bool(teacher.problem)) == (0, True)
    text = kaisa.get(page_of(person)).content.decode()
    assert str(cast.nurse.public_id) in text
    assert str(cast.teacher.public_id) not in text.replace(f'value="{cast.teacher.public_id}">', "")


def test_others_are_found_by_a_part_of_the_name(cast, kaisa, person):
    accepted(cast.association)
    assert rows(kaisa.get(page_of(person))) == {}
    answer = kaisa.post(page_of(person), {"search": "1", "find": "juss", "agreed_how": "phone"})
    assert {*rows(answer)} == {cast.youth_worker}
    assert not answer.context["form"].errors
    assert answer.context["form"]["agreed_how"].value() == "phone"
    everybody = {*rows(kaisa.post(page_of(person), {"search": "1", "find": ""}))}
    assert {cast.youth_worker, cast.teacher, cast.coordinator} <= everybody
    assert not everybody & {cast.stranger, cast.administrator}
    assert {*rows(kaisa.post(page_of(person), {"search": "1", "find": "x\0y"}))} == set()


def test_what_became_of_earlier_namings_is_shown(cast, kaisa, person):
    commands.decline(support=named(person, cast.nurse, by=cast.coordinator), by=cast.nurse)
    earlier = supported(cast, adult=cast.teacher, young_person=person)
    Support.objects.filter(pk=earlier.pk).update(state="ended", ended_at=timezone.now(), end_reason="other")
    found = rows(kaisa.post(page_of(person), {"search": "1", "find": ""}))
    assert found[cast.nurse].declined
    assert found[cast.teacher].earlier
    assert not found[cast.youth_worker].earlier


def test_asking_writes_down_who_asked_how_and_when(cast, kaisa, follow_up, person):
    accepted(cast.health)
    say(follow_up, cast.nurse, by=cast.coordinator)
    data = typed(kaisa, person, cast.nurse, asked_by=str(cast.nurse.public_id))
    assert [kaisa.post(page_of(person), data).status_code for _ in range(2)] == [302, 302]
    support = Support.objects.get()
    assert (support.adult, support.asked_by, support.agreed_how) == (cast.nurse, cast.nurse, "face")
    assert (support.agreed_on, support.source) == (timezone.localdate(), follow_up.public_id)
    text = kaisa.get(page_of(person)).content.decode()
    assert "Niina" in text
    assert reverse("support:take_back", args=[support.public_id]) in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"adult": ""},
        {"adult": "nobody"},
        {"adult": "\0"},
        {"agreed_how": "by_pigeon"},
        {"agreed_on_year": "2090"},
        {"asked_by": ""},
        {"token": "x"},
    ],
)
def test_what_cannot_be_saved_is_asked_again(cast, kaisa, follow_up, person, wrong):
    accepted(cast.health)
    say(follow_up, cast.nurse, by=cast.coordinator)
    answer = kaisa.post(page_of(person), typed(kaisa, person, cast.nurse) | wrong)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Support.objects.exists()


@pytest.mark.parametrize("forged", ["stranger", "administrator", "teacher"])
def test_a_forged_adult_is_refused(cast, kaisa, person, forged):
    """Of another area, in a role that sees nobody, or of an agency that hasn't accepted."""
    answer = kaisa.post(page_of(person), typed(kaisa, person, getattr(cast, forged)))
    assert answer.status_code == 200
    assert answer.context["form"].errors["adult"]
    assert not Support.objects.exists()


def test_the_second_coordinator_learns_that_somebody_was_asked(cast, kaisa, person):
    accepted(cast.health, cast.school)
    data = typed(kaisa, person, cast.nurse)
    named(person, cast.teacher, by=cast.second_coordinator)
    page = kaisa.post(page_of(person), data).content.decode()
    assert "govuk-error-summary" in page
    assert "Joltakulta on jo kysytty." in page
    assert "Tiina" in page
    assert Support.objects.count() == 1


def test_a_refusal_stands_beside_what_was_typed(cast, kaisa, person):
    """The agency's acceptance is there when the page is read; the job description is gone when it is sent."""
    accepted(cast.health)
    data = typed(kaisa, person, cast.nurse)
    SupportText.objects.filter(kind="job").update(in_force_from=today() + timedelta(days=1))
    page = kaisa.post(page_of(person), data)
    assert "govuk-error-summary" in page.content.decode()
    assert page.context["form"]["agreed_how"].value() == data["agreed_how"]
    assert page.context["form"]["adult"].value() == str(cast.nurse.public_id)
    assert not Support.objects.exists()


def test_the_list_costs_the_same_for_one_and_for_thirty(cast, kaisa, follow_up, person, django_assert_max_num_queries):
    accepted(cast.health)

    def count():
        with django_assert_max_num_queries(200) as queries:
            assert kaisa.post(page_of(person), {"search": "1", "find": ""}).status_code == 200
        return len(queries)

    say(follow_up, cast.nurse, by=cast.coordinator)
    count()
    few = count()
    for number in range(15):
        cast.member("Matti", f"Uusi{number}", cast.health)
    assert count() == few


def test_closing_with_one_adult_leads_to_the_naming(cast, kaisa):
    follow_up = take_up(follow_up=cast.match(), by=cast.coordinator)
    close = reverse("follow_ups:close", args=[follow_up.public_id])
    answer = kaisa.post(close, {"version": follow_up.version, "outcome": "one_adult"})
    assert answer.headers["Location"] == page_of(follow_up.young_person)
    assert kaisa.get(answer.headers["Location"]).status_code == 200


def test_the_sheet_leads_to_the_naming(kaisa, follow_up, person):
    assert page_of(person) in kaisa.get(follow_up.get_absolute_url()).content.decode()


# --- The answer -----------------------------------------------------------------------------------------------------


def test_who_is_asked_reads_whom_and_what_it_is_about(cast, niina, follow_up, person):
    say(follow_up, cast.teacher, by=cast.coordinator)
    support = named(person, cast.nurse, by=cast.coordinator)
    text_of("job", area=cast.mikkeli, text_fi="# Mitä teet\n\n- Kuuntelet ensin", text_en="# Do\n\n- Listen first")
    text = niina.get(answer_of(support)).content.decode()
    for shown in ("Aino Virtanen", "Kaisa"):
        assert shown in text
    assert "Kuuntelet ensin" in text or "Listen first" in text
    # Nothing of the others, and no way to reach the young person before a yes.
    for hidden in ("Tiina", "Päämajakoulu", "040 111"):
        assert hidden not in text
    assert Look.objects.filter(page="support:answer", user_id=cast.nurse.user_id).get().purpose == "naming"


def test_a_yes_needs_the_job_description(cast, niina, person):
    support = named(person, cast.nurse, by=cast.coordinator)
    data = {"answer": "yes", "read": text_of("job").pk}
    assert niina.post(answer_of(support), data).context["form"].errors["accepts"]
    answer = niina.post(answer_of(support), data | {"accepts": "on"})
    assert answer.headers["Location"] == support.get_absolute_url()
    again = niina.post(answer_of(support), data | {"accepts": "on"})
    assert again.headers["Location"] == support.get_absolute_url()
    support.refresh_from_db()
    assert support.state == "active"


def test_an_older_text_is_read_again(cast, niina, person):
    support = named(person, cast.nurse, by=cast.coordinator)
    data = {"answer": "yes", "read": text_of("job").pk, "accepts": "on"}
    newer = text_of("job", area=cast.mikkeli, since=timezone.localdate())
    answer = niina.post(answer_of(support), data)
    assert answer.status_code == 200
    assert answer.context["form"]["read"].value() == str(newer.pk)
    assert niina.post(answer_of(support), data | {"read": newer.pk}).status_code == 302


def test_a_no_leads_to_the_desk_and_pressed_twice_too(cast, niina, person):
    support = named(person, cast.nurse, by=cast.coordinator)
    for _ in range(2):
        assert niina.post(answer_of(support), {"answer": "no"}).headers["Location"] == "/"
    support.refresh_from_db()
    assert support.state == "declined"


@pytest.mark.parametrize("data", [{}, {"answer": "perhaps"}, {"answer": "yes", "read": "x", "accepts": "on"}])
def test_half_an_answer_is_asked_again(cast, niina, person, data):
    support = named(person, cast.nurse, by=cast.coordinator)
    assert niina.post(answer_of(support), data).status_code == 200
    support.refresh_from_db()
    assert support.state == "asked"


def test_nobody_else_answers(cast, kaisa, person):
    support = named(person, cast.nurse, by=cast.coordinator)
    for member in (cast.teacher, cast.stranger, cast.administrator, cast.coordinator):
        client = sign_in(Client(), member)
        assert client.get(answer_of(support)).status_code == 404
        assert client.post(answer_of(support), {"answer": "no"}).status_code == 404


def test_who_must_not_learn_any_more_finds_nothing(cast, niina, person):
    asked = named(person, cast.nurse, by=cast.coordinator)
    exclude(young_person=person, by=cast.coordinator, user=cast.nurse.user)
    assert niina.get(answer_of(asked)).status_code == 404
    commands.take_back(support=asked, by=cast.coordinator)
    assert niina.get(answer_of(asked)).status_code == 404


def test_taking_back_pressed_twice_is_no_error(cast, kaisa, person):
    support = named(person, cast.nurse, by=cast.coordinator)
    path = reverse("support:take_back", args=[support.public_id])
    assert kaisa.get(path).headers["Location"] == page_of(person)
    for _ in range(2):
        assert kaisa.post(path).headers["Location"] == page_of(person)
    support.refresh_from_db()
    assert support.state == "withdrawn"
    assert sign_in(Client(), cast.other_coordinator).post(path).status_code == 404


def test_an_untrained_coordinator_asks_somebody_else(cast, kaisa, person):
    """The rule is the same for whoever names."""
    accepted(cast.outreach)
    Training.objects.filter(user=cast.coordinator.user).delete()
    assert kaisa.post(page_of(person), typed(kaisa, person, cast.coordinator)).context["form"].errors["adult"]
