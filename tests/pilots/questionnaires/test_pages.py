"""The pages of a form, from beginning to paper, as people use them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.follow_ups.commands import take_up
from coordination.outbox.models import Mail
from coordination.people.models import Exclusion, YoungPerson
from coordination.use_log.models import Look
from pilots.questionnaires.commands import recipients
from pilots.questionnaires.models import Sheet
from tests.acts import say
from tests.cast import sign_in
from tests.pilots.questionnaires.filling import (
    approved,
    asked,
    begun,
    fill,
    fresh,
    key,
    opened,
    outside,
    own,
    party,
    submitted,
)
from tests.pilots.registry.pages import Browser, is_refused

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"questionnaires:{name}", args=args)


@pytest.fixture
def kaisa(client, cast):
    return Browser(client, cast.coordinator)


@pytest.fixture
def sanna(cast):
    return Browser(Client(), cast.social_worker)


def code_in(answer):
    return re.search(r'class="code">(\d{3} \d{3})<', answer.content.decode())[1].replace(" ", "")


def link_in_last_mail(part):
    letter = Mail.objects.filter(kind=Mail.Kind.LETTER).latest("pk").letter
    return re.search(rf"/forms/{part}/[^/]+/", letter)[0]


def behind(address, code):
    """A browser on which this link has been opened."""
    guest = Client()
    guest.post("/language/", {"language": "en"})
    assert guest.post(address, {"code": code}).status_code == 302
    return guest


def test_from_the_young_persons_page_to_the_paper(cast, kaisa, sanna):
    """Three parties fill it in, one by a link; somebody outside reads it."""
    version, person = approved(cast.second_coordinator, cast.administrator), cast.match().young_person
    assert "Begin a form" in kaisa.text(reverse("pages:person", args=[person.public_id]))
    kaisa.send(url("begin", person.public_id), which=f"{version.pk}-{party(version, 0).pk}")
    sheet = Sheet.objects.get()
    page = sheet.get_absolute_url()
    kaisa.send(url("ask", sheet.public_id, party(version, 1).pk), find="Sanna", who=str(cast.social_worker.public_id))
    kaisa.send(url("ask", sheet.public_id, party(version, 2).pk), name="Aino Virtanen", language="en")
    own_part, sannas, guest = sheet.parts.all()
    kaisa.send(url("fill", sheet.public_id, own_part.public_id), ready="1")
    assert "Your part is missing" in sanna.text(reverse("pages:desk"))
    sanna.send(url("fill", sheet.public_id, sannas.public_id), ready="1", **{f"q{key(sheet, 'Kuinka usein')}": "2"})
    answer = kaisa.send(url("part_link", sheet.public_id, guest.public_id), email="aino@example.test")
    address = link_in_last_mail("part")
    aino = behind(address, code_in(answer))
    assert "Virtanen" not in aino.get(address).content.decode()
    typed = {f"q{key(sheet, 'Mitä toivot')}": "Rauhaa", "number": "0", "ready": "1"}
    assert "Thank you" in aino.post(address, typed, follow=True).content.decode()
    assert "Rauhaa" in kaisa.text(page)
    assert "Rauhaa" not in sanna.text(page)
    kaisa.client.post(url("submit", sheet.public_id))
    assert "Rauhaa" in sanna.text(page)
    assert "Rauhaa" not in aino.get(address).content.decode()
    given = {"kind": "elsewhere", "name": "Tyks", "language": "en", "email": "tyks@example.test"}
    answer = kaisa.send(url("give_outside", sheet.public_id), **given)
    address = link_in_last_mail("read")
    read = behind(address, code_in(answer)).get(address).content.decode()
    for said in ("Rauhaa", "Viikoittain", "Aino Virtanen"):
        assert said in read
    paper = sanna.client.get(url("paper", sheet.public_id))
    assert (paper["Content-Type"], paper.content[:4]) == ("application/pdf", b"%PDF")
    passed = Look.objects.filter(purpose="disclosure", passed_on=["form"]).values_list("passed_to", flat=True)
    assert set(passed) == {cast.social.name_fi, "elsewhere", "paper"}


def test_what_was_typed_stays_when_a_part_is_not_ready(cast, kaisa):
    sheet = begun(cast)
    path = url("fill", sheet.public_id, own(sheet, cast.coordinator).public_id)
    answer = kaisa.send(path, ready="1", **{f"q{key(sheet, 'Nimi')}": "", f"q{key(sheet, 'Kunta')}": "Hirvensalmi"})
    assert is_refused(answer, "Answer this, or save it as a draft.")
    assert "Hirvensalmi" in answer.content.decode()


def test_two_tabs_show_what_is_there_now(cast, kaisa):
    sheet = begun(cast)
    part = own(sheet, cast.coordinator)
    path, name = url("fill", sheet.public_id, part.public_id), f"q{key(sheet, 'Nimi')}"
    old = kaisa.form(path) | {name: "Toinen nimi"}
    kaisa.send(path, **{name: "Ensimmäinen nimi"})
    answer = kaisa.client.post(path, old)
    assert is_refused(answer, "changed meanwhile")
    text = answer.content.decode()
    assert "Ensimmäinen nimi" in text
    assert "Toinen nimi" in text
    again = re.search(r'name="number" value="(\d+)"', text)[1]
    assert kaisa.client.post(path, old | {"number": again}).status_code == 302
    assert "Toinen nimi" in fresh(part).answers


def test_the_pair_knows_of_each_other_from_the_beginning(cast, kaisa, sanna):
    sheet = begun(cast)
    asked(sheet, cast.social_worker)
    for browser in (kaisa, sanna):
        assert "Named pair" in browser.text(sheet.get_absolute_url())


def test_a_guardian_is_told_neither_what_the_child_nor_what_another_guardian_said(cast, kaisa):
    sheet = begun(cast)
    for part, said in ((own(sheet, cast.coordinator), {"Nimi": "Aino"}), (outside(sheet), {"Mitä_toivot": "Pois"})):
        fill(part, cast.coordinator, **said)
    kaisa.client.post(url("submit", sheet.public_id))
    # Aino is 18: a guardian is no choice, and a forged one is refused.
    given = {"kind": "guardian", "name": "Mari", "language": "en", "email": "mari@example.test"}
    assert kaisa.send(url("give_outside", sheet.public_id), **given).status_code == 200
    assert not sheet.recipients.exists()
    YoungPerson.objects.filter(pk=sheet.young_person_id).update(birth_date="2014-05-05")
    answer = kaisa.send(url("give_outside", sheet.public_id), **given)
    address = link_in_last_mail("read")
    read = behind(address, code_in(answer)).get(address).content.decode()
    assert "Nimi" in read
    assert "Pois" not in read


def test_it_is_searched_for_whom_to_ask_and_nobody_excluded_is_found(cast, kaisa):
    sheet = begun(cast)
    Exclusion.objects.create(young_person=sheet.young_person, user=cast.youth_worker.user, made_by=cast.coordinator)
    found = kaisa.send(url("ask", sheet.public_id, party(sheet.version, 1).pk), find="", search="1").content.decode()
    assert "Sanna Sosiaali" in found
    assert "Jussi Nuorisotyö" not in found


def test_whoever_does_not_coordinate_finds_nobody_of_a_sensitive_agency(cast):
    follow_up = take_up(follow_up=cast.match(), by=cast.coordinator)
    say(follow_up, cast.nurse, by=cast.coordinator)
    sheet = begun(cast, by=cast.nurse, person=follow_up.young_person)
    niina = Browser(Client(), cast.nurse)
    path = url("ask", sheet.public_id, party(sheet.version, 1).pk)
    found = niina.send(path, find="", search="1").content.decode()
    assert "Sanna Sosiaali" in found
    assert str(cast.therapist.public_id) not in found
    assert niina.send(path, who=str(cast.therapist.public_id)).status_code == 200
    assert sheet.parts.count() == 1


def test_a_forged_membership_is_refused(cast, kaisa):
    sheet = begun(cast)
    path = url("ask", sheet.public_id, party(sheet.version, 1).pk)
    for forged in (cast.stranger, cast.administrator):
        assert kaisa.send(path, who=str(forged.public_id)).status_code == 200
    assert sheet.parts.count() == 1


def test_a_part_of_another_form_is_not_found(cast, kaisa):
    first = begun(cast)
    second = begun(cast, version=first.version, person=first.young_person)
    part = own(second, cast.coordinator)
    assert kaisa.status(url("fill", first.public_id, part.public_id)) == 404


def test_a_list_costs_the_same_for_one_and_for_many(cast, kaisa):
    sheet = begun(cast)

    def statements():
        with CaptureQueriesContext(connection) as queries:
            assert kaisa.status(url("mine")) == 200
        return len(queries)

    statements()
    one = statements()
    for _ in range(8):
        begun(cast, version=sheet.version, person=sheet.young_person)
    assert statements() == one


@pytest.mark.parametrize("word", ["submit", "take_over", "end_recipient"])
def test_opening_an_address_presses_nothing(cast, kaisa, word):
    sheet = submitted(cast)
    if word == "end_recipient":
        one = recipients.give_to(sheet=sheet, membership=cast.teacher, token=sheet.token, by=cast.coordinator)
        kaisa.client.get(url(word, sheet.public_id, one.public_id))
        assert fresh(one).ended_at is None
    else:
        before = Sheet.objects.values().get()
        kaisa.client.get(url(word, sheet.public_id))
        assert Sheet.objects.values().get() == before


def test_the_first_page_of_every_link_is_the_same(cast):
    guest = outside(begun(cast))
    secret = opened(guest, by=cast.coordinator)
    for name in ("guest", "received"):
        bare = [
            re.sub(rb'csrfmiddlewaretoken" value="[^"]+|/(part|read)/[^"/]+', b"", Client().get(url(name, one)).content)
            for one in (secret, "nowhere")
        ]
        assert bare[0] == bare[1]


def test_a_draft_and_a_template_are_looked_at_and_nothing_is_sent(cast, kaisa):
    version = approved(cast.second_coordinator, cast.administrator)
    text = kaisa.text(url("preview", version.public_id))
    assert "Mikä lääkitys" in text
    other = sign_in(Client(), cast.stranger)
    assert other.get(url("preview", version.public_id)).status_code == 404
