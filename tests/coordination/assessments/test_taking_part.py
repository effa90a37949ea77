"""Who is invited into an assessment, who can't be, what that shows them, and when it ends."""

from uuid import uuid4

import pytest
from django.test import Client

from coordination.agencies.rules import NotNow
from coordination.assessments.commands import taking_part
from coordination.assessments.models import Participant
from coordination.outbox.models import Notification
from coordination.outbox.queries import with_sentences
from coordination.people import access
from coordination.people.commands import exclude
from coordination.people.models import Ground
from coordination.use_log.models import Look
from tests.cast import born, english, sign_in
from tests.coordination.assessments.reporting import waits
from tests.coordination.assessments.rooming import begun, fresh, guardian, invited, of, sign

pytestmark = pytest.mark.django_db


def at(assessment, word):
    return f"{assessment.get_absolute_url()}{word}/"


# --- Inviting ---------------------------------------------------------------------------------------------------------


def test_an_invitation_lets_in_and_tells_that_something_waits(cast, assessment):
    invited(assessment, cast.nurse)
    assert sign_in(Client(), cast.nurse).get(assessment.get_absolute_url()).status_code == 200
    assert waits(cast.nurse, "part_asked") == 1
    (told,) = with_sentences(Notification.objects.filter(code="part_asked"))
    assert "Aino" not in told.sentence
    assert told.sentence


def test_it_lets_into_this_assessment_alone(cast, assessment):
    other = begun(cast.social_worker, by=cast.teacher, first_name="Eero", last_name="Toinen")
    invited(assessment, cast.nurse)
    assert sign_in(Client(), cast.nurse).get(other.get_absolute_url()).status_code == 404
    kinds = Ground.objects.open().filter(membership=cast.nurse).values_list("kind", "source")
    assert list(kinds) == [(Ground.Kind.CONTRIBUTION, assessment.public_id)]
    assert not access.may(cast.nurse, "view_network", assessment.young_person)


def test_what_was_passed_on_stands_under_the_assessments_own_key(cast, assessment):
    invited(assessment, cast.nurse)
    look = Look.objects.get(passed_to_agency=cast.health.pk)
    assert look.person_keys == [assessment.log_key]
    assert look.passed_on == ["identity", "assessment"]


def test_nobody_takes_part_twice_at_once(cast, assessment):
    part = invited(assessment, cast.nurse)
    with pytest.raises(NotNow, match="This professional takes part already"):
        invited(assessment, cast.nurse)
    taking_part.end_part(participant=part, by=cast.social_worker)
    assert invited(assessment, cast.nurse) != part


def test_the_same_form_sent_again_is_one_invitation(cast, assessment):
    once = {"assessment": assessment, "asked": "", "token": uuid4(), "by": cast.social_worker}
    first = taking_part.invite(membership=cast.nurse, **once)
    assert taking_part.invite(membership=cast.nurse, **once) == first
    assert waits(cast.nurse, "part_asked") == 1
    words = once | {"kind": "guardian", "name": "Mari", "language": "fi", "token": uuid4()}
    assert taking_part.invite_outside(**words) == taking_part.invite_outside(**words)


def test_only_its_worker_invites_and_only_while_it_is_under_way(cast, assessment):
    invited(assessment, cast.nurse)
    said = {"assessment": assessment, "membership": cast.teacher, "asked": "", "token": uuid4()}
    for by in (cast.nurse, cast.colleague, cast.coordinator):
        with pytest.raises(NotNow):
            taking_part.invite(by=by, **said)
    sign(assessment)
    with pytest.raises(NotNow):
        taking_part.invite(by=cast.social_worker, **said)
    with pytest.raises(NotNow):
        guardian(assessment)
    assert assessment.participants.count() == 1


def chosen(client, assessment, member, **typed):
    """What the invitation's form answers to this choice."""
    return client.post(at(assessment, "invite"), {"who": str(member.public_id), "token": str(uuid4())} | typed)


def test_by_name_from_the_search_to_the_room(cast, assessment, sanna):
    path = at(assessment, "invite")
    assert "Niina" not in sanna.get(path).content.decode()
    found = sanna.post(path, {"find": "niin", "search": "1", "asked": "Terveys", "token": str(uuid4())})
    page = found.content.decode()
    assert "Niina Hoitaja" in page
    assert "Kouluterveydenhuolto, terveydenhoitaja" in page
    assert "Terveys" in page
    assert "govuk-error-summary" not in page
    assert chosen(sanna, assessment, cast.nurse, asked="Terveys").status_code == 302
    page = sanna.get(assessment.get_absolute_url()).content.decode()
    assert "Niina Hoitaja" in page
    assert "Terveys" in page


def test_whoever_must_not_learn_is_not_among_the_choices_and_a_forged_one_is_an_ordinary_mistake(
    cast, assessment, sanna
):
    exclude(young_person=assessment.young_person, user=cast.nurse.user, by=cast.coordinator)
    path = at(assessment, "invite")
    page = sanna.post(path, {"find": "", "search": "1", "token": str(uuid4())}).content.decode()
    assert "Tiina Opettaja" in page
    assert "Niina" not in page
    assert "Anna Pääkäyttäjä" not in page  # an administrator sees no young people
    errors = []
    for one in (cast.nurse, cast.social_worker, cast.administrator, cast.stranger):
        answer = chosen(sanna, assessment, one)
        assert answer.status_code == 200
        errors.append(answer.context["form"].errors["who"][0].replace(str(one.public_id), ""))
    nobody = sanna.post(path, {"who": str(uuid4()), "token": str(uuid4())})
    assert {error.split(" ")[0] for error in errors} == {nobody.context["form"].errors["who"][0].split(" ")[0]}
    assert len(set(errors)) == 1
    assert not Participant.objects.exists()


def test_an_exclusion_in_the_same_moment_is_refused_without_saying_why(cast, assessment):
    exclude(young_person=assessment.young_person, user=cast.nurse.user, by=cast.coordinator)
    with pytest.raises(NotNow) as refused:
        invited(assessment, cast.nurse)
    with pytest.raises(NotNow) as of_worker:
        invited(assessment, cast.social_worker)
    assert refused.value.sentence == of_worker.value.sentence
    assert not Ground.objects.open().filter(membership=cast.nurse).exists()


# --- Without an account -----------------------------------------------------------------------------------------------


def test_the_child_by_their_own_name_and_once(cast, assessment, sanna):
    typed = {"kind": "child", "name": "", "language": "fi"}
    path = at(assessment, "invite-outside")
    assert sanna.post(path, typed | {"token": str(uuid4())}).status_code == 302
    assert Participant.objects.get().name == assessment.young_person.name
    assert "takes part already" in sanna.post(path, typed | {"token": str(uuid4())}).content.decode()
    refused = sanna.post(path, typed | {"kind": "guardian", "token": str(uuid4())})
    assert "name" in refused.context["form"].errors


def test_no_guardian_of_an_adult(cast):
    assessment = begun(cast.social_worker, by=cast.teacher, birth_date=born(18))
    with pytest.raises(NotNow):
        guardian(assessment)
    sanna = english(cast.social_worker)
    typed = {"kind": "guardian", "name": "Mari", "language": "fi", "token": str(uuid4())}
    answer = sanna.post(at(assessment, "invite-outside"), typed)
    assert "kind" in answer.context["form"].errors


def test_professional_is_no_kind_of_somebody_without_an_account(assessment, sanna):
    typed = {"kind": "professional", "name": "Mari", "language": "fi", "token": str(uuid4())}
    assert "kind" in sanna.post(at(assessment, "invite-outside"), typed).context["form"].errors


# --- Nothing to add, and ending ---------------------------------------------------------------------------------------


def test_nothing_to_add_is_one_click_and_the_worker_is_told(cast, assessment):
    part = invited(assessment, cast.nurse)
    client = sign_in(Client(), cast.nurse)
    assert client.get(at(assessment, "nothing")).status_code == 302
    assert fresh(part).state == "asked"
    assert client.post(at(assessment, "nothing")).status_code == 302
    assert fresh(part).state == "nothing_to_add"
    assert waits(cast.nurse, "part_asked") == 0
    assert waits(cast.social_worker, "part_written") == 1


@pytest.mark.parametrize(("before", "after"), [("withdrawn", "nothing_to_add"), ("contributed", "contributed")])
def test_from_where_there_can_be_nothing_to_add(cast, assessment, before, after):
    part = invited(assessment, cast.nurse)
    Participant.objects.update(state=before)
    sign_in(Client(), cast.nurse).post(at(assessment, "nothing"))
    assert fresh(part).state == after


def test_after_signing_nobody_has_nothing_to_add(cast, assessment):
    part = invited(assessment, cast.nurse)
    with pytest.raises(NotNow):
        taking_part.nothing_to_add(assessment=sign(assessment), by=cast.nurse)
    assert fresh(part).state == "asked"


def test_whose_part_has_ended_sees_nothing_any_more_also_after_signing(cast, assessment, sanna):
    part = invited(assessment, cast.nurse)
    sign(assessment)
    assert sanna.get(of(part, "end")).status_code == 200
    assert fresh(part).ended_at is None
    assert sanna.post(of(part, "end")).status_code == 302
    assert sign_in(Client(), cast.nurse).get(assessment.get_absolute_url()).status_code == 404
    assert not Ground.objects.open().filter(membership=cast.nurse).exists()
    assert waits(cast.nurse, "part_asked") == 0
    assert sanna.post(of(part, "end")).status_code == 302  # once more: said, and nothing happens
    assert "Niina Hoitaja" in sanna.get(assessment.get_absolute_url()).content.decode()


def test_only_the_worker_ends_a_part(cast, assessment):
    part = invited(assessment, cast.nurse)
    for by in (cast.nurse, cast.colleague):
        with pytest.raises(NotNow):
            taking_part.end_part(participant=part, by=by)
    assert fresh(part).ended_at is None


def test_a_participant_of_another_assessment_is_not_there(cast, assessment, sanna):
    other = begun(cast.social_worker, by=cast.teacher, first_name="Eero", last_name="Toinen")
    for part in (guardian(other), invited(other, cast.nurse)):
        for word in ("link", "end"):
            path = of(part, word).replace(str(other.public_id), str(assessment.public_id))
            assert sanna.get(path).status_code == 404
            assert sanna.post(path, {"email": "a@example.test"}).status_code == 404
        assert fresh(part).ended_at is None
