"""The network of professionals: who is listed to whom, and the monthly letter."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from config import leaving
from coordination.agencies.rules import NotNow
from coordination.outbox.commands import send_waiting
from coordination.outbox.models import Mail
from coordination.services.models import Service, ServiceClass
from coordination.staffing.commands import end_membership
from pilots.results.models import Evaluation
from pilots.service_map.commands import network
from pilots.service_map.commands.findings import close
from pilots.service_map.models import NetworkContact
from tests.cast import sign_in
from tests.pilots.registry.pages import Browser
from tests.pilots.registry.piloting import in_state, text
from tests.pilots.results.following import finished
from tests.pilots.service_map.mapping import decided, opened
from tests.pilots.service_map.meeting import held
from tests.pilots.service_map.surveying import approved, indicator

OCTOBER, NOVEMBER, DECEMBER = (datetime(2026, month, 5, 9, tzinfo=UTC) for month in (10, 11, 12))


@pytest.fixture(autouse=True)
def october(time_machine):
    """People join in September; things happen in October; the letter goes in November."""
    time_machine.move_to(datetime(2026, 9, 20, 9, tzinfo=UTC))


def join(member, *, gets_letter=True, asks_about=""):
    return network.join(asks_about=asks_about, gets_letter=gets_letter, by=member)


def letters():
    return [json.loads(one.letter) for one in Mail.objects.filter(kind=Mail.Kind.LETTER).order_by("pk")]


def happen(cast, lead, time_machine):
    """Something of each kind, in October."""
    time_machine.move_to(OCTOBER)
    indicator(lead)
    approved(lead, "partly", name="Syksyn kartoitus")
    held(lead)
    kind, _made = ServiceClass.objects.get_or_create(code="apu", defaults={"name_fi": "Apu"})
    columns = {"area": cast.mikkeli, "service_class": kind, "threshold": "open"}
    Service.objects.create(name_fi="Perhekahvila", name_sv="Familjekafé", owner=cast.school, **columns)
    Service.objects.create(name_fi="Päiväklinikka", owner=cast.clinic, **columns)
    finished(in_state("running", lead, texts={"fi": text("Aamukahvit")}), lead)
    for need, outcome in (("money", "filled"), ("work", "not")):
        gap = decided(lead, finding=opened(lead, need=need, title="Velkaneuvonta"))
        close(finding=gap, number=gap.number, by=lead, outcome=outcome)


def test_joining_is_of_ones_own_will_and_leaving_is_one_press(client, cast):
    browser, path = Browser(client, cast.teacher), reverse("service_map:network")
    assert "Tiina Opettaja" not in Browser(Client(), cast.nurse).text(path)
    browser.send(path, asks_about="Poissaolot", gets_letter="on")
    said = Browser(Client(), cast.nurse).text(path)
    for words in ("Tiina Opettaja", "Poissaolot", cast.teacher.user.email, "040 123 4567"):
        assert words in said, words
    assert client.get(reverse("service_map:leave_network")).status_code == 302
    assert NetworkContact.objects.filter(ended_at=None).exists()
    client.post(reverse("service_map:leave_network"))
    assert "Tiina Opettaja" not in Browser(Client(), cast.nurse).text(path)
    with pytest.raises(NotNow):
        network.leave(by=cast.teacher)


def test_joining_again_says_something_else_and_makes_no_second_row(cast):
    join(cast.teacher)
    join(cast.teacher, asks_about="Liikunta", gets_letter=False)
    found = NetworkContact.objects.get()
    assert (found.asks_about, found.gets_letter) == ("Liikunta", False)


def test_other_areas_and_sensitive_agencies_are_not_listed(client, cast):
    join(cast.stranger)
    join(cast.therapist)
    said = Browser(client, cast.teacher).text(reverse("service_map:network"))
    assert "Ville" not in said
    assert "Pia" not in said
    assert "a professional" not in said
    assert "Pia" in Browser(Client(), cast.coordinator).text(reverse("service_map:network"))


def test_whoever_leaves_their_work_leaves_the_network(client, cast):
    join(cast.nurse)
    end_membership(membership=cast.nurse, by=cast.administrator)
    assert "Niina" not in Browser(client, cast.teacher).text(reverse("service_map:network"))
    leaving.sweep()
    assert NetworkContact.objects.get().ended_at


def test_the_letter_tells_of_each_kind_and_of_nobody(cast, lead, time_machine, mailoutbox):
    join(cast.teacher)
    happen(cast, lead, time_machine)
    time_machine.move_to(NOVEMBER)
    network.send_letters()
    [letter] = letters()
    assert letter["to"] == cast.teacher.user.email
    news = {part["heading"]: [words for words, _link in part["news"]] for part in letter["context"]["parts"]}
    assert sorted(sum(news.values(), [])) == sorted(
        ["Syksyn kartoitus", "1 päätös 5.10.2026 pidetyssä kokouksessa", "1 korjaantui", "Perhekahvila", "Aamukahvit"]
    )
    send_waiting()
    [mail] = mailoutbox
    page = "/service-map/network/"
    assert re.fullmatch(rf"<https?://\S+{page}>", mail.extra_headers["List-Unsubscribe"])
    assert page in mail.body
    for one in (cast.coordinator, cast.youth_worker, cast.teacher):
        assert one.user.last_name not in mail.body.replace("Etsivä nuorisotyö", "")
    for words in ("Jatketaan syksyllä", "Aamutoiminta", "Päiväklinikka", "Velkaneuvonta"):
        assert words not in mail.body
    assert Evaluation.objects.filter(finished_at__isnull=False).count() == 1


def test_each_reads_it_in_their_own_language(cast, lead, time_machine):
    for member, language in ((cast.teacher, "fi"), (cast.nurse, "sv")):
        member.user.language = language
        member.user.save(update_fields=["language"])
        join(member)
    happen(cast, lead, time_machine)
    time_machine.move_to(NOVEMBER)
    network.send_letters()
    said = [json.dumps(one["context"], ensure_ascii=False) for one in letters()]
    assert "Perhekahvila" in said[0]
    assert "Familjekafé" in said[1]


def test_twice_the_same_month_sends_once_and_the_next_month_once_more(cast, lead, time_machine):
    join(cast.teacher)
    happen(cast, lead, time_machine)
    time_machine.move_to(NOVEMBER)
    held(lead)
    network.send_letters()
    network.send_letters()
    assert len(letters()) == 1
    time_machine.move_to(DECEMBER)
    network.send_letters()
    network.send_letters()
    assert len(letters()) == 2


def test_only_who_joined_in_time_and_wants_it_gets_it(cast, lead, time_machine):
    join(cast.teacher)
    network.leave(by=cast.teacher)
    join(cast.nurse, gets_letter=False)
    join(cast.stranger)
    join(cast.social_worker)
    end_membership(membership=cast.social_worker, by=cast.administrator)
    happen(cast, lead, time_machine)
    time_machine.move_to(NOVEMBER)
    join(cast.youth_worker)
    network.send_letters()
    # The pilot was evaluated for every area to read; of Mikkeli's own the stranger learns nothing.
    [letter] = letters()
    assert letter["to"] == cast.stranger.user.email
    assert "Perhekahvila" not in json.dumps(letter)


def test_a_month_without_news_sends_nothing(cast, time_machine):
    join(cast.teacher)
    time_machine.move_to(NOVEMBER)
    network.send_letters()
    assert letters() == []


def test_one_letter_that_fails_holds_up_no_others(cast, lead, time_machine, monkeypatch):
    join(cast.teacher)
    join(cast.nurse)
    happen(cast, lead, time_machine)
    time_machine.move_to(NOVEMBER)
    queue = network.queue_secret_mail

    def fails(*, to, **more):
        if to == cast.teacher.user.email:
            raise RuntimeError
        queue(to=to, **more)

    monkeypatch.setattr(network, "queue_secret_mail", fails)
    network.send_letters()
    assert [one["to"] for one in letters()] == [cast.nurse.user.email]
    monkeypatch.undo()
    network.send_letters()
    assert len(letters()) == 2


@pytest.mark.parametrize("more", [1, 30])
def test_the_network_costs_the_same_for_one_and_for_thirty(cast, more, django_assert_max_num_queries):
    for place in range(more):
        join(cast.member("Matti", f"Meikäläinen {place}", cast.school))
    client = sign_in(Client(), cast.teacher)
    with django_assert_max_num_queries(20):
        assert client.get(reverse("service_map:network")).status_code == 200
