"""Whoever has no account comes in by a link and a code: on one device, and as long as they have a say."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from coordination.agencies.rules import NotNow
from coordination.assessments.commands import taking_part
from coordination.assessments.models import DisclosureBan, Participant, PartVersion
from coordination.links.commands import end_links
from coordination.links.models import OneTimeLink
from coordination.outbox.models import Mail
from coordination.people.models import YoungPerson
from coordination.people.rules import latest_birth_date
from coordination.tasks import end_what_ended
from coordination.use_log.models import Look
from tests.cast import born, english
from tests.coordination.assessments.guesting import WORDS, link_to, opened, page, said, written
from tests.coordination.assessments.reporting import waits
from tests.coordination.assessments.rooming import begun, fresh, guardian, invited, of, outside

pytestmark = pytest.mark.django_db


def bare(answer):
    """The page without what differs between any two."""
    return re.sub(rb'(csrfmiddlewaretoken" value="|/part/)[^"/]+', b"", answer.content)


# --- The way in -------------------------------------------------------------------------------------------------------


def test_from_the_workers_page_to_the_guests_words(cast, mother):
    sanna = english(cast.social_worker)
    assert sanna.get(of(mother, "link")).status_code == 200
    answer = sanna.post(of(mother, "link"), {"email": "mari@example.test"}).content.decode()
    code = re.search(r'class="code">(\d{3} \d{3})<', answer)[1]
    letter = json.loads(Mail.objects.filter(kind=Mail.Kind.LETTER).latest("pk").letter)
    assert code.replace(" ", "") not in json.dumps(letter)
    assert "Aino" not in json.dumps(letter)
    address = re.search(r"/part/[^/]+/", letter["context"]["link"])[0]
    client = opened(address, code)
    shown = page(client, address)
    for word in ("Sanna Sosiaali", "Sosiaalipalvelut", "How are evenings at home?", "040 123 4567", "Aino"):
        assert word in shown
    assert "Virtanen" not in shown
    assert written(client, address, WORDS).status_code == 302
    assert WORDS in page(client, address)
    version = PartVersion.objects.get()
    assert (version.number, version.basis, version.written_by, said(mother)) == (1, "own", None, [WORDS])
    assert fresh(mother).state == "contributed"
    assert waits(cast.social_worker, "part_written") == 1
    assert "opened" in sanna.get(mother.assessment.get_absolute_url()).content.decode()


def test_the_first_page_says_nothing_and_is_one_for_every_address(mother):
    address, _code = link_to(mother)
    first = Client().get(address)
    assert bare(first) == bare(Client().get("/part/no-such-secret/"))
    text = first.content.decode().split("<main")[1].split("</main")[0]
    for word in ("Aino", "Sanna", "assess", "arvio", "lapsi", "child"):
        assert word not in text
    assert first.headers["Cache-Control"].count("no-store")


def test_whatever_is_wrong_the_answer_is_one(cast, mother):
    address, code = link_to(mother)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    nothing = bare(Client().post("/part/no-such-secret/", {"code": code}))
    of_wrong = bare(Client().post("/part/no-such-secret/", {"code": wrong}))
    assert bare(Client().post(address, {"code": wrong})) == of_wrong
    client = opened(address, code)
    assert bare(Client().post(address, {"code": code})) == nothing  # a second device
    taking_part.end_part(participant=mother, by=cast.social_worker)
    assert bare(client.post(address, {"code": code})) == nothing


def test_a_forwarded_link_shows_nothing_on_a_second_device(mother):
    address, code = link_to(mother)
    client = opened(address, code)
    written(client, address, WORDS)
    other = Client()
    other.post(address, {"code": code})
    assert WORDS not in page(other, address)
    written(other, address, "Jonkun muun sanoja", 1)
    assert said(mother) == [WORDS]
    assert WORDS in page(client, address)


def test_the_link_opens_to_its_own_page_alone(cast, mother):
    address, code = link_to(mother)
    elsewhere = address.replace("/part/", "/m/")
    assert Client().post(elsewhere, {"code": code}).status_code == 200
    client = opened(address, code)
    assert "Aino" not in page(client, elsewhere)
    client.post(elsewhere)
    assert OneTimeLink.objects.get().read_at is None


def test_the_page_speaks_the_guests_language(assessment):
    address, code = link_to(outside(assessment, "child", "Aino Virtanen", language="sv"))
    assert 'lang="sv"' in page(opened(address, code), address)


def test_to_whom_it_was_passed_on_stands_in_the_log(assessment, mother):
    link_to(mother)
    link_to(outside(assessment, "outside", "Keravan perheneuvola"))
    link_to(outside(assessment, "child", "Aino Virtanen"))
    passed = Look.objects.filter(person_keys=[assessment.log_key]).exclude(passed_to="")
    assert list(passed.order_by("pk").values_list("passed_to", flat=True)) == ["guardian", "elsewhere"]


def test_only_the_worker_sends_links_and_to_no_professional(cast, assessment, mother):
    part = invited(assessment, cast.nurse)
    for by in (cast.nurse, cast.colleague):
        with pytest.raises(NotNow):
            taking_part.send_part_link(participant=mother, email="a@example.test", by=by)
    assert english(cast.social_worker).post(of(part, "link"), {"email": "a@example.test"}).status_code == 404


# --- The end of it ----------------------------------------------------------------------------------------------------


def closed(client, address):
    """Whether the page has become the first one, and nothing can be written through it."""
    written(client, address, "Liian myöhään", PartVersion.objects.count())
    return "Aino" not in page(client, address) and "Liian myöhään" not in str(said(Participant.objects.first()))


def test_a_part_that_has_ended_opens_no_more_and_what_was_written_stays(cast, mother):
    address, code = link_to(mother)
    client = opened(address, code)
    written(client, address, WORDS)
    Participant.objects.update(state="ended", ended_at=timezone.now())
    assert closed(client, address)
    Participant.objects.update(state="contributed", ended_at=None)
    taking_part.end_part(participant=mother, by=cast.social_worker)
    assert closed(client, address)
    assert OneTimeLink.objects.get().ended_at is not None
    assert said(mother) == [WORDS]
    with pytest.raises(NotNow):
        link_to(fresh(mother))


def test_a_guardians_say_ends_on_the_eighteenth_birthday(cast):
    assessment = begun(cast.social_worker, by=cast.teacher, birth_date=born(17))
    mother, child = guardian(assessment), outside(assessment, "child", "Aino Virtanen")
    address, code = link_to(mother)
    client = opened(address, code)
    of_child = link_to(child)
    of_age_today = latest_birth_date(18, timezone.localdate())
    YoungPerson.objects.update(birth_date=of_age_today + timedelta(days=1))
    assert "Aino" in page(client, address)  # the day before
    assert written(client, address, WORDS).status_code == 302
    YoungPerson.objects.update(birth_date=of_age_today)
    assert closed(client, address)
    assert Client().post(address, {"code": code}).status_code == 200
    with pytest.raises(NotNow):
        link_to(fresh(mother))
    assert fresh(mother).ended_at is None
    end_what_ended()
    assert fresh(mother).state == "ended"
    assert OneTimeLink.objects.get(about=mother.public_id).ended_at is not None
    assert fresh(child).ended_at is None
    assert "Aino" in page(opened(*of_child), of_child[0])


def test_a_guardian_to_whom_nothing_may_be_disclosed(cast, assessment, mother):
    address, code = link_to(mother)
    client = opened(address, code)
    by = {"made_by": cast.social_worker, "why": "Pelkää kotona"}
    ban = DisclosureBan.objects.create(assessment=assessment, guardian=mother, covers="child_view", **by)
    assert "Aino" in page(client, address)
    DisclosureBan.objects.update(covers="everything")
    assert closed(client, address)
    with pytest.raises(NotNow):
        link_to(fresh(mother))
    shown = english(cast.social_worker).get(of(mother, "link")).content.decode()
    assert "Nothing of this assessment may be disclosed" in shown
    end_links(about=mother.public_id)
    DisclosureBan.objects.filter(pk=ban.pk).update(ended_at=timezone.now())
    assert closed(client, address)  # a link that has ended stays so
    assert link_to(fresh(mother))


def test_under_non_disclosure_nothing_is_sent_and_nothing_opens(mother):
    address, code = link_to(mother)
    client = opened(address, code)
    YoungPerson.objects.update(non_disclosure=True)
    assert closed(client, address)
    with pytest.raises(NotNow):
        link_to(fresh(mother))


def test_after_its_days_it_opens_no_more(cast, mother):
    address, code = link_to(mother)
    client = opened(address, code)
    with time_machine.travel(timezone.now() + timedelta(days=cast.mikkeli.days_link_works, hours=1)):
        assert closed(client, address)
