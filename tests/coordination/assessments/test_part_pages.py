"""The pages of one's own part."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coordination.assessments.commands import parts
from coordination.assessments.models import Participant, PartVersion
from tests.cast import english, sign_in
from tests.coordination.assessments.parting import heard, of, texts, wrote
from tests.coordination.assessments.rooming import guardian, invited, sign

pytestmark = pytest.mark.django_db


def posted(**changes):
    return {"number": "0", "risks": "Unettomuus", "basis": "permission", "basis_why": "Äiti 1.9."} | changes


def test_from_the_form_to_the_page(cast, room, nurse, youth_worker):
    client = english(cast.nurse)
    page = client.get(of(room, "part"))
    form = page.context["form"]
    assert {"growth", "health", "guardians", "readers"} <= set(form.fields)
    assert "school" not in form.fields
    assert form["readers"].value() is None
    assert "Jussi Nuorisotyö" in page.content.decode()
    sent = posted(readers=[str(youth_worker.public_id)], health="Astma")
    assert client.post(of(room, "part"), sent).headers["Location"] == room.get_absolute_url()
    version = nurse.versions.get()
    assert texts(nurse) == [{"health": "Astma", "risks": "Unettomuus"}]
    assert (version.basis_why, version.readers.get()) == ("Äiti 1.9.", youth_worker)
    form = client.get(of(room, "part")).context["form"]
    assert form["readers"].value() == [str(youth_worker.public_id)]
    assert (form["health"].value(), form["number"].value(), form["basis"].value()) == ("Astma", "1", "permission")
    page = client.get(of(room, "room")).content.decode()
    assert "Readers: the social worker; Jussi Nuorisotyö" in page


def test_only_its_author_and_the_worker_see_who_reads_it(cast, room, nurse, youth_worker):
    wrote(cast.nurse, room, "Uni", readers=[youth_worker])
    pages = [english(one).get(of(room, "room")).content.decode() for one in (cast.nurse, cast.social_worker)]
    pages.append(english(cast.youth_worker).get(of(room, "room")).content.decode())
    assert ["Uni" in page for page in pages] == [True, True, True]
    assert ["Readers:" in page for page in pages] == [True, True, False]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"risks": "", "protective": " "}, "growth"),
        ({"risks": "x" * 5001}, "risks"),
        ({"basis": ""}, "basis"),
        ({"basis": "own"}, "basis"),
        ({"basis": "duty", "basis_why": ""}, "basis_why"),
        ({"readers": ["somebody"]}, "readers"),
        ({"number": "x"}, "__all__"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    cast, room, nurse, youth_worker, changes, field
):
    answer = english(cast.nurse).post(of(room, "part"), posted(protective="Isovanhemmat") | changes)
    assert ("Isovanhemmat" in answer.content.decode()) == ("protective" not in changes)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not PartVersion.objects.exists()


def test_two_tabs_lose_nothing(cast, room, nurse):
    one = two = english(cast.nurse)
    one.get(of(room, "part"))
    assert one.post(of(room, "part"), posted(risks="Ensimmäinen")).status_code == 302
    assert two.post(of(room, "part"), posted(risks="Ensimmäinen")).status_code == 302
    answer = two.post(of(room, "part"), posted(risks="Toinen"))
    page = answer.content.decode()
    assert "This was changed meanwhile" in page
    assert page.index("Toinen") < page.index('id="now"') < page.index("Ensimmäinen")
    assert answer.context["form"]["number"].value() == "1"
    assert nurse.versions.count() == 1
    assert two.post(of(room, "part"), posted(number="1", risks="Molemmat")).status_code == 302
    assert texts(nurse) == [{"risks": "Ensimmäinen"}, {"risks": "Molemmat"}]


def test_what_came_meanwhile_shows_also_where_something_else_is_missing(cast, room, nurse):
    wrote(cast.nurse, room, "Ensimmäinen")
    page = english(cast.nurse).post(of(room, "part"), posted(risks="Toinen", basis="")).content.decode()
    assert 'id="now"' in page
    assert "Ensimmäinen" in page


def test_the_buttons_go_with_what_can_be_done(cast, room, nurse):
    client = english(cast.nurse)

    def buttons():
        page = client.get(of(room, "room")).content.decode()
        return [word in page for word in ("Write your part", "Change your part", "Take back your part")]

    assert buttons() == [True, False, False]
    wrote(cast.nurse, room, "Yksi")
    assert buttons() == [False, True, True]
    assert client.get(of(room, "withdraw")).status_code == 302
    assert nurse.versions.get().withdrawn_at is None
    client.post(of(room, "withdraw"))
    assert buttons() == [True, False, False]
    wrote(cast.nurse, room, "Kaksi", number=1)
    sign(room)
    assert buttons() == [False, False, False]
    client.post(of(room, "withdraw"))
    assert nurse.versions.last().withdrawn_at is None
    page = client.post(of(room, "part"), posted(number="2", risks="Kolme")).content.decode()
    assert "has been signed" in page
    assert "Kolme" in page


def test_after_taking_it_back_nobody_is_chosen_beforehand(cast, room, nurse, youth_worker):
    wrote(cast.nurse, room, "Yksi", readers=[youth_worker])
    parts.withdraw_part(assessment=room, by=cast.nurse)
    form = english(cast.nurse).get(of(room, "part")).context["form"]
    assert (form["risks"].value(), form["readers"].value(), form["number"].value()) == ("Yksi", None, "1")


def test_the_room_costs_the_same_however_many_have_written(cast, room):
    client = sign_in(Client(), cast.social_worker)

    def costs():
        with CaptureQueriesContext(connection) as found:
            client.get(of(room, "room"))
        return len(found)

    def join(*members):
        for one in members:
            invited(room, one)
            others = Participant.objects.filter(assessment=room, kind="professional").exclude(membership=one)
            wrote(one, room, "Osa", readers=others)
            heard(guardian(room), "Sanat")

    join(cast.nurse, cast.youth_worker)
    costs()
    before = costs()
    join(cast.therapist, cast.teacher, cast.colleague)
    assert costs() == before
