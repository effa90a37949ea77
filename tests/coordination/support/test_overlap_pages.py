"""The pages of the list and of the question: who comes in, what they read, what forged and repeated presses do."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.agencies.models import Agency
from coordination.follow_ups.models import FollowUp
from coordination.support.commands import overlaps
from coordination.support.commands.permissions import end_talk
from coordination.support.models import ClientRelationship, OverlapProposal
from tests.acts import begun, protect
from tests.cast import Cast, english, sign_in
from tests.coordination.support.overlapping import asked_to_close, double, row, tick, ticked
from tests.coordination.support.talking import let, page_of
from tests.coordination.support.working import at, opened, supported
from tests.flags.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(cast):
    support = supported(cast)
    let(support, cast.social_worker)
    return support


@pytest.fixture
def niina(cast):
    return sign_in(Client(), cast.nurse)


@pytest.fixture
def question(cast, support):
    return asked_to_close(double(support, "counselling", cast.social, cast.association), cast.social_worker)


def of(word, question):
    return reverse(f"support:{word}", args=[question.public_id])


def open_pairs():
    return set(ClientRelationship.objects.filter(ended_at=None).values_list("agency__name_fi", "task"))


# --- The list ---------------------------------------------------------------------------------------------------------


def test_whoever_may_talk_has_a_block_and_others_are_added(cast, niina, support):
    path = at("overlaps", support)
    data = ticked(niina, path) | {f"does_{cast.social.pk}": ["money", "case_work"], f"same_{cast.social.pk}": "on"}
    assert niina.post(path, data).headers["Location"] == path
    assert all(f'name="{name}"' in niina.get(path).content.decode() for name in ("another", "does_another"))
    data = ticked(niina, path) | {"another": str(cast.school.pk), "does_another": ["money"]}
    assert niina.post(path, data).status_code == 302
    assert open_pairs() == {("Sosiaalipalvelut", "money"), ("Sosiaalipalvelut", "case_work"), ("Päämajakoulu", "money")}
    assert row(support, cast.social, "money").same_adult
    assert row(support, cast.social, "money").at_naming
    assert not row(support, cast.school, "money").at_naming
    page = niina.get(path).content.decode()
    assert at("propose_closing", support, relationship_id=row(support, cast.school, "money").public_id) in page
    assert niina.get(at("support", support)).context["counted"].agencies_now == 2


def test_what_is_unticked_ends_and_an_old_page_undoes_nothing_new(cast, niina, support):
    path = at("overlaps", support)
    tick(support, (cast.social, "money"))
    old = ticked(niina, path)
    tick(support, (cast.social, "housing"), (cast.school, "guidance"))
    del old[f"does_{cast.social.pk}"]
    assert niina.post(path, old).status_code == 302
    assert open_pairs() == {("Sosiaalipalvelut", "housing"), ("Päämajakoulu", "guidance")}


@pytest.mark.parametrize(
    "typed",
    [
        {"another": "7000000"},
        {"another": "x\0"},
        {"does_another": ["money"]},
        {"does_another": ["everything"]},
    ],
)
def test_what_cannot_be_saved_is_asked_again(niina, support, typed):
    path = at("overlaps", support)
    answer = niina.post(path, ticked(niina, path) | typed)
    assert answer.status_code == 200
    assert not ClientRelationship.objects.exists()


@pytest.mark.parametrize("was", ["9" * 5000, "x:y \ud800", "1:money " * 3000, "\0"])
def test_what_was_ticked_before_can_be_forged_to_nothing(cast, niina, support, was):
    path = at("overlaps", support)
    tick(support, (cast.social, "money"))
    data = ticked(niina, path) | {"was": was.encode("utf-8", "replace").decode()}
    assert niina.post(path, data).status_code == 302
    assert open_pairs() == {("Sosiaalipalvelut", "money")}


def test_an_agency_that_cant_be_chosen_isnt_taken_by_its_number(cast, niina, support):
    path = at("overlaps", support)
    for agency in (cast.clinic, cast.other_school):
        assert niina.post(path, ticked(niina, path) | {f"does_{agency.pk}": ["money"]}).status_code == 302
        sent = {"another": str(agency.pk), "does_another": ["money"]}
        assert niina.post(path, ticked(niina, path) | sent).status_code == 200
    assert not ClientRelationship.objects.exists()


def test_the_list_costs_the_same_for_one_agency_and_for_many(cast, niina, support):
    counted, niina_page = [], at("overlaps", support)
    for number in (1, 20):
        agencies = [cast.agency(f"Toimija {number} {index}", Agency.Kind.OTHER) for index in range(number)]
        tick(support, *((agency, "money") for agency in agencies))
        niina.get(niina_page)
        with CaptureQueriesContext(connection) as statements:
            assert niina.get(niina_page).status_code == 200
        counted.append(len(statements))
    assert counted[0] == counted[1]


# --- Asking -----------------------------------------------------------------------------------------------------------


def test_the_adult_asks_and_two_presses_ask_once(cast, niina, support):
    closing = double(support, "counselling", cast.social, cast.association)
    path = at("propose_closing", support, relationship_id=closing.public_id)
    data = opened(niina, path) | {"said_how": "phone"}
    assert [niina.post(path, data).status_code for _twice in range(2)] == [302, 302]
    proposal = OverlapProposal.objects.get()
    assert (proposal.asked, proposal.said_how, proposal.proposed_by) == (cast.social_worker, "phone", cast.nurse)


@pytest.mark.parametrize("typed", [{"said_how": ""}, {"asked": str(uuid4())}, {"stays": "x"}, {"asked": "\0"}])
def test_what_is_wrong_is_said_and_nobody_is_asked(cast, niina, support, typed):
    closing = double(support, "counselling", cast.social, cast.association)
    path = at("propose_closing", support, relationship_id=closing.public_id)
    answer = niina.post(path, opened(niina, path) | {"said_how": "face"} | typed)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not OverlapProposal.objects.exists()


def test_where_nobody_can_be_asked_the_page_says_what_to_do(cast, niina, support):
    closing = double(support, "money", cast.association, cast.social)
    page = niina.get(at("propose_closing", support, relationship_id=closing.public_id)).content.decode()
    assert at("allow_talk", support) in page


def test_a_relationship_of_another_support_is_none_here(cast, niina, support):
    other = supported(cast, adult=cast.youth_worker, young_person=begun(cast, first_name="Eero").young_person)
    theirs = double(other, "money", cast.social, cast.school)
    assert niina.get(at("propose_closing", support, relationship_id=theirs.public_id)).status_code == 404


# --- The professional who is asked ------------------------------------------------------------------------------------


def test_who_is_asked_finds_the_way_reads_their_own_row_and_answers(cast, support, question):
    tick(support, (cast.school, "guidance"), (cast.health, "health"))
    assert of("overlap", question) in page_of(cast.social_worker, support).content.decode()
    client = english(cast.social_worker)
    page = client.get(of("overlap", question)).content.decode()
    for shown in ("Aino", "Counselling talks", "Nuorten tuki ry", "Niina Hoitaja"):
        assert shown in page
    for hidden in ("Virtanen", "Päämajakoulu", "Health care", "guidance"):
        assert hidden not in page
    assert client.post(of("overlap", question), {"answer": "yes"}).status_code == 200
    assert client.post(of("overlap", question), {}).status_code == 200
    assert client.post(of("overlap", question), {"answer": "yes", "hours": "8"}).status_code == 302
    question.refresh_from_db()
    assert question.state == "agreed"
    assert client.post(of("close_overlap", question)).headers["Location"] == of("overlap", question)
    question.refresh_from_db()
    assert (question.state, question.closed_by, question.hours_freed) == ("closed", cast.social_worker, 8)
    assert client.post(of("overlap", question), {"answer": "no"}).status_code == 302
    question.refresh_from_db()
    assert question.state == "closed"


def test_a_no_needs_no_hours_and_no_reason(cast, question):
    client = sign_in(Client(), cast.social_worker)
    assert client.post(of("overlap", question), {"answer": "no"}).status_code == 302
    question.refresh_from_db()
    assert question.state == "declined"


def test_the_other_agency_shows_as_the_reader_may_know_it(cast):
    support = supported(cast, adult=cast.therapist)
    let(support, cast.social_worker, by=cast.coordinator)
    sensitive = asked_to_close(double(support, "counselling", cast.social, cast.clinic), cast.social_worker)
    page = english(cast.social_worker).get(of("overlap", sensitive)).content.decode()
    assert "Päihdeklinikka" not in page
    assert "a professional" in page


def test_with_non_disclosure_it_shows_by_its_kind(cast, support, question):
    protect(FollowUp.objects.get(), by=cast.coordinator)
    page = english(cast.social_worker).get(of("overlap", question)).content.decode()
    assert "Nuorten tuki ry" not in page
    assert "association" in page


@pytest.mark.parametrize("role", ["teacher", "coordinator", "stranger", "administrator", "youth_worker"])
def test_nobody_else_opens_it(cast, support, question, role):
    client = sign_in(Client(), getattr(cast, role))
    for path in (of(word, question) for word in ("overlap", "close_overlap", "withdraw_proposal")):
        assert client.get(path).status_code == 404
        assert client.post(path, {"answer": "yes", "hours": "1"}).status_code == 404
    assert client.post(at("overlaps", support)).status_code == 404
    question.refresh_from_db()
    assert question.state == "proposed"


def test_the_adult_cant_answer_and_who_is_asked_cant_take_it_back(cast, niina, question):
    assert niina.post(of("overlap", question), {"answer": "yes", "hours": "1"}).status_code == 404
    client = sign_in(Client(), cast.social_worker)
    assert client.post(of("withdraw_proposal", question)).status_code == 404
    question.refresh_from_db()
    assert question.state == "proposed"


def test_with_the_permission_the_page_is_gone(cast, support, question):
    client = sign_in(Client(), cast.social_worker)
    assert client.get(of("overlap", question)).status_code == 200
    end_talk(permission=support.permissions.get(), by=cast.nurse)
    assert client.get(of("overlap", question)).status_code == 404
    assert client.post(of("overlap", question), {"answer": "no"}).status_code == 404


def test_the_adult_takes_back_and_closes_from_the_list(cast, niina, support, question):
    assert niina.post(of("close_overlap", question)).status_code == 302
    question.refresh_from_db()
    assert question.state == "proposed"
    overlaps.answer(proposal=question, agrees=True, hours=2, by=cast.social_worker)
    assert of("close_overlap", question) in niina.get(at("overlaps", support)).content.decode()
    assert niina.post(of("close_overlap", question)).headers["Location"] == at("overlaps", support)
    assert [niina.post(of("withdraw_proposal", question)).status_code for _twice in range(2)] == [302, 302]
    question.refresh_from_db()
    assert question.state == "closed"


def test_the_coordinator_reads_the_numbers_and_no_agency(cast, support, question):
    overlaps.answer(proposal=question, agrees=True, hours=2, by=cast.social_worker)
    overlaps.close_overlap(proposal=question, by=cast.nurse)
    page = english(cast.coordinator).get(at("overview", support)).content.decode()
    assert "2 hours a month freed" in page
    assert "Nuorten tuki ry" not in page


@pytest.mark.django_db(transaction=True)
def test_of_two_asked_at_once_about_both_sides_one_is(transactional_db):
    cast = Cast()
    support = supported(cast)
    for member in (cast.social_worker, cast.youth_worker):
        let(support, member)
    one = double(support, "counselling", cast.social, cast.association)
    other = row(support, cast.association, "counselling")
    together(
        lambda: asked_to_close(one, cast.social_worker, stays=other),
        lambda: asked_to_close(other, cast.youth_worker, stays=one),
        lambda: asked_to_close(one, cast.social_worker, stays=other),
    )
    assert OverlapProposal.objects.count() == 1
