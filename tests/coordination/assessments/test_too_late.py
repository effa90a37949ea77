"""A link that was opened too late: nobody gets a form that can't be saved, and nothing that was typed is lost."""

import pytest

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.people.models import YoungPerson
from tests.cast import born, english
from tests.coordination.assessments.parting import heard, heard_child, of, wrote
from tests.coordination.assessments.rooming import handed_over, sign

pytestmark = pytest.mark.django_db

SIGNED = "The assessment has been signed."
OF_AGE = "The young person is of age: guardians have no say any more."
COMES_FIRST = "something else comes first"


def heard_form(words):
    day = today()
    return {
        "number": "0",
        "how": "phone",
        "words": words,
        "on_day": day.day,
        "on_month": day.month,
        "on_year": day.year,
    }


def is_sent_back(client, page, room, sentence):
    """Whether the address leads to the room, which says this."""
    answer = client.get(page, follow=True)
    assert answer.redirect_chain == [(room.get_absolute_url(), 302)]
    return sentence in answer.content.decode()


# --- Signed -----------------------------------------------------------------------------------------------------------


def test_ones_own_part_and_what_was_said_lead_back_to_the_room(cast, room, nurse, mother, sanna):
    niina = english(cast.nurse)
    pages = [(niina, of(room, "part")), (sanna, of(room, "heard", mother))]
    assert [client.get(page).status_code for client, page in pages] == [200, 200]
    sign(room)
    for client, page in pages:
        assert is_sent_back(client, page, room, SIGNED)
    answer = sanna.post(of(room, "heard", mother), heard_form("Olemme väsyneitä")).content.decode()
    assert SIGNED in answer
    assert "Olemme väsyneitä" in answer


def test_their_versions_are_read_still(cast, room, nurse, mother, sanna):
    for number, text in enumerate(["sanayksi", "sanakaksi"]):
        wrote(cast.nurse, room, text, number=number)
        heard(mother, text, number=number)
    sign(room)
    niina = english(cast.nurse)
    for client, page in ((niina, of(room, "read_part", nurse)), (sanna, of(room, "read_part", mother))):
        assert page in client.get(of(room, "room")).content.decode()
        answer = client.get(page).content.decode()
        assert "sanayksi" in answer
        assert "sanakaksi" in answer


def test_the_childs_view_is_read_without_a_form(room, sanna):
    for number, text in enumerate(["sanayksi", "sanakaksi"]):
        heard_child(room, text, number=number)
    page = of(room, "child_view")
    assert 'name="own_words"' in sanna.get(page).content.decode()
    sign(room)
    assert page in sanna.get(of(room, "room")).content.decode()
    answer = sanna.get(page).content.decode()
    assert 'name="own_words"' not in answer
    for text in ("sanayksi", "sanakaksi", SIGNED):
        assert text in answer
    typed = sanna.post(page, {"number": "2", "own_words": "sanakolme"}).content.decode()
    assert "sanakolme" in typed
    assert 'name="own_words"' in typed


# --- Handed over ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["reopen", "hand_over"])
def test_only_what_was_signed_is_opened_again_or_handed_over(room, sanna, word):
    page = of(room, word)
    assert is_sent_back(sanna, page, room, COMES_FIRST)
    sign(room)
    assert sanna.get(page).status_code == 200
    handed_over(room)
    assert is_sent_back(sanna, page, room, COMES_FIRST)


def test_the_reason_for_opening_it_again_stays_in_the_form(room, sanna):
    handed_over(room)
    answer = sanna.post(of(room, "reopen"), {"why": "Uusi tieto koululta"}).content.decode()
    assert "Uusi tieto koululta" in answer
    assert COMES_FIRST in answer


# --- Of age -----------------------------------------------------------------------------------------------------------


def test_a_guardian_is_heard_until_the_birthday(room, mother, sanna):
    page = of(room, "heard", mother)
    heard(mother, "Olemme väsyneitä")
    assert page in sanna.get(of(room, "room")).content.decode()
    assert sanna.get(page).status_code == 200
    YoungPerson.objects.filter(pk=room.young_person_id).update(birth_date=born(18))
    mother.assessment.young_person.refresh_from_db()
    with pytest.raises(NotNow, match=OF_AGE):
        heard(mother, "Muuta", number=1)
    answer = sanna.get(of(room, "room")).content.decode()
    assert page not in answer
    assert "Olemme väsyneitä" in answer
    assert is_sent_back(sanna, page, room, OF_AGE)
    assert "Muuta" in sanna.post(page, heard_form("Muuta") | {"number": "1"}).content.decode()
    assert mother.versions.count() == 1
