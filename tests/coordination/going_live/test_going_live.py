"""P22: a real installation says on every page that it is not for real data, until two people have signed for it."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from coordination.agencies.rules import NotNow
from coordination.going_live import commands, queries, rules
from coordination.going_live.models import Signature, Tick
from tests.cast import ROLES, Cast, sign_in

STRIP = "notice-strip--warning"


@pytest.fixture
def cast(db):
    cast = Cast()
    cast.second_administrator = cast.member("Arto", "Pääkäyttäjä", cast.town, role=ROLES.ADMINISTRATOR)
    return cast


@pytest.fixture(autouse=True)
def real(settings):
    """A real installation, and nothing remembered of another test's."""
    settings.DEMO_MODE = False
    settings.PUBLIC_URL = "https://rinnalla.example.test"
    queries.forget()
    yield
    queries.forget()


def tick_all(by):
    for code in rules.CODES:
        commands.tick(item=code, note="", by=by)


@pytest.fixture
def signed(cast):
    tick_all(cast.administrator)
    commands.sign(by=cast.administrator)
    commands.sign(by=cast.second_administrator)


def says_so(client, path="/"):
    return STRIP in client.get(path, follow=True).content.decode()


class TestTheStrip:
    @pytest.fixture
    def someone(self, client, cast):
        return sign_in(client, cast.teacher)

    def test_it_stands_on_every_kind_of_page(self, cast, someone):
        admin = sign_in(Client(), cast.administrator)
        assert says_so(Client(), "/account/login/")
        assert says_so(someone, "/")
        assert says_so(someone, "/no/such/page/")
        assert says_so(admin, "/admin/")
        assert says_so(admin, "/admin/coordination/agency/?_popup=1")

    def test_and_on_the_page_of_an_error_of_ours(self, cast, monkeypatch):
        def broken(*args):
            raise RuntimeError

        monkeypatch.setattr("config.health.queries.readiness", broken)
        answer = Client(raise_request_exception=False).get("/readyz")
        assert answer.status_code == 500
        assert STRIP in answer.content.decode()
        assert answer.headers["X-Request-ID"] in answer.content.decode()

    def test_it_stays_when_the_database_cannot_be_asked(self, monkeypatch):
        from django.db import DatabaseError

        def away():
            raise DatabaseError

        monkeypatch.setattr(queries, "signatures", away)
        assert queries.not_for_real_data()

    def test_it_goes_when_two_have_signed(self, someone, signed):
        assert not says_so(someone)
        assert not says_so(Client(), "/account/login/")

    def test_one_signature_is_not_enough(self, cast, someone):
        tick_all(cast.administrator)
        commands.sign(by=cast.administrator)
        assert says_so(someone)

    def test_it_comes_back_with_anything_taken_back(self, cast, someone, signed):
        assert not says_so(someone)
        commands.take_back(item="restored", by=cast.administrator)
        assert says_so(someone)

    def test_a_copy_at_another_address_is_another_installation(self, someone, signed, settings):
        settings.PUBLIC_URL = "https://practice.example.test"
        assert says_so(someone)

    def test_the_demo_says_what_it_is(self, someone, settings):
        settings.DEMO_MODE = True
        assert not says_so(someone)

    def test_only_an_administrator_is_shown_the_way(self, cast, someone):
        way = reverse("going_live:checklist")
        assert way not in someone.get("/").content.decode()
        assert way in sign_in(Client(), cast.administrator).get("/").content.decode()

    def test_a_signed_installation_is_not_asked_at_every_page(self, signed, django_assert_num_queries):
        queries.not_for_real_data()
        with django_assert_num_queries(0):
            assert not queries.not_for_real_data()


class TestSigning:
    def test_not_before_everything_is_done(self, cast):
        tick_all(cast.administrator)
        commands.take_back(item="keys", by=cast.administrator)
        with pytest.raises(NotNow, match="Still open: 1"):
            commands.sign(by=cast.administrator)

    def test_nobody_signs_twice_by_whatever_role(self, cast):
        from coordination.agencies.commands import add_membership

        tick_all(cast.administrator)
        commands.sign(by=cast.administrator)
        another = add_membership(user=cast.administrator.user, agency=cast.outreach, role=ROLES.ADMINISTRATOR)
        with pytest.raises(NotNow, match="Somebody else"):
            commands.sign(by=another)
        assert queries.not_for_real_data()

    def test_a_signature_may_be_taken_back(self, cast, signed):
        commands.take_back_signature(by=cast.administrator)
        assert queries.not_for_real_data()
        assert Signature.objects.filter(ended_at=None).count() == 1

    def test_who_ticked_and_who_took_back_is_kept(self, cast):
        commands.tick(item="keys", note="Safe 3, 1.9.2026", by=cast.administrator)
        commands.take_back(item="keys", by=cast.second_administrator)
        kept = Tick.objects.get()
        assert (kept.by, kept.ended_by, kept.note) == (
            cast.administrator,
            cast.second_administrator,
            "Safe 3, 1.9.2026",
        )

    def test_a_tick_of_two_at_once_is_one(self, cast):
        first = commands.tick(item="keys", note="", by=cast.administrator)
        assert commands.tick(item="keys", note="again", by=cast.second_administrator) == first


class TestThePage:
    def test_from_first_tick_to_last_signature(self, cast):
        clients = [sign_in(Client(), one) for one in (cast.administrator, cast.second_administrator)]
        for code in rules.CODES:
            clients[0].post(reverse("going_live:tick", args=[code]), {"note": "D 12/2026"})
        for client in clients:
            assert client.post(reverse("going_live:sign")).status_code == 302
        page = clients[1].get(reverse("going_live:checklist")).content.decode()
        assert "Anna Pääkäyttäjä" in page
        assert "D 12/2026" in page
        assert STRIP not in page.split("<main")[0]

    def test_a_forged_signature_does_nothing(self, cast):
        client = sign_in(Client(), cast.administrator)
        client.post(reverse("going_live:sign"))
        assert not Signature.objects.exists()

    def test_a_note_that_cannot_be_kept_ticks_nothing(self, cast):
        client = sign_in(Client(), cast.administrator)
        answer = client.post(reverse("going_live:tick", args=["keys"]), {"note": "a" * 201})
        assert f'value="{"a" * 201}"' in answer.content.decode()
        client.post(reverse("going_live:tick", args=["keys"]), {"note": "a\u202eb"})
        assert not Tick.objects.exists()

    def test_a_note_that_came_second_is_said_not_to_be_kept(self, cast):
        commands.tick(item="keys", note="Safe 3", by=cast.second_administrator)
        client = sign_in(Client(), cast.administrator)
        answer = client.post(reverse("going_live:tick", args=["keys"]), {"note": "Kaappi 4"}, follow=True)
        assert "Kaappi 4" in str(*answer.context["messages"])
        assert Tick.objects.get().note == "Safe 3"


@pytest.mark.django_db(transaction=True)
def test_nothing_is_signed_that_is_being_taken_back():
    cast = Cast()
    tick_all(cast.administrator)
    began, outcome = threading.Event(), []

    def sign():
        began.wait(10)
        try:
            commands.sign(by=cast.administrator)
            outcome.append("signed")
        except NotNow:
            outcome.append("refused")
        finally:
            connection.close()

    signer = threading.Thread(target=sign)
    signer.start()
    from django.db import transaction

    with transaction.atomic():
        commands.take_back(item="keys", by=cast.administrator)
        began.set()
        signer.join(0.5)
        assert outcome == []
    signer.join(10)
    assert outcome == ["refused"]
