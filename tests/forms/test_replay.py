"""A form sent twice, by an impatient finger or a resent page, does its work once."""

from uuid import uuid4

import pytest
from django.test import Client

from coordination.activity.models import Event
from coordination.agencies.models import Membership
from coordination.follow_ups.models import AskedAdult, ContactAttempt, FollowUp
from coordination.people.models import Exclusion, YoungPerson
from flags.flagging.models import Flag, FlaggingCount
from tests.access.world import SECRET
from tests.cast import born
from tests.forms.page_forms import NEW, call_data, flag_data, form_to


def sheet_of(world):
    return f"/follow-ups/{world.follow_up.public_id}/"


def events_of(follow_up):
    return Event.objects.filter(about=follow_up.public_id).count()


@pytest.mark.django_db
class TestOneAfterTheOther:
    def test_a_flag(self, world):
        client = world.client("flagger")
        data = flag_data(client)
        first, second = client.post(NEW, data), client.post(NEW, data)
        assert first.status_code == second.status_code == 302
        assert first.headers["Location"] == second.headers["Location"]
        assert Flag.objects.filter(last_name="Nuorikko").count() == 1
        assert YoungPerson.objects.filter(last_name="Nuorikko").count() == 1

    def test_another_s_token_makes_nothing_and_tells_nothing(self, world):
        client = world.client("flagger")
        answers = [
            client.post(NEW, flag_data(client, token=str(token))) for token in (world.excluded_flag.token, uuid4())
        ]
        assert answers[0].status_code < 500
        assert str(world.excluded_flag.public_id) not in answers[0].headers.get("Location", "")

    def test_a_withdrawal(self, world):
        client, path = world.client("flagger"), f"/flags/{world.teachers_flag.public_id}/withdraw/"
        assert [client.post(path).status_code for _ in range(2)] == [302, 404]
        assert FlaggingCount.objects.filter(identity_key=world.teachers_flag.identity_key).count() <= 4

    def test_a_call(self, world):
        client, path = world.client("coordinator"), sheet_of(world)
        data = call_data(client, path)
        tries = ContactAttempt.objects.count()
        assert client.post(path, data).status_code == 302
        happened = events_of(world.follow_up)
        assert client.post(path, data).status_code == 302
        assert ContactAttempt.objects.count() == tries + 1
        assert events_of(world.follow_up) == happened

    def test_a_follow_up_from_a_call(self, world):
        client, day = world.client("coordinator"), born(19)
        form = form_to(client.get("/follow-ups/begin/"), "/follow-ups/begin/", "/follow-ups/begin/")
        boxes = {"birth_date_day": day.day, "birth_date_month": day.month, "birth_date_year": day.year}
        data = form.data(first_name="Soitto", last_name="Nuorikko", **boxes)
        places = {client.post("/follow-ups/begin/", data).headers["Location"] for _ in range(2)}
        assert len(places) == 1
        assert FollowUp.objects.filter(young_person__last_name="Nuorikko").count() == 1

    @pytest.mark.parametrize("word", ["add-adult", "exclude"])
    def test_asking_and_excluding(self, world, word):
        client, path = world.client("coordinator"), sheet_of(world)
        email = world.cast.social_worker.user.email
        data = {"add-adult": {"email": email}, "exclude": {"who": "person", "excluded_email": email}}[word]
        for _ in range(2):
            assert client.post(f"{path}{word}/", data).status_code < 400
        assert AskedAdult.objects.filter(membership=world.cast.social_worker).count() <= 1
        assert Exclusion.objects.filter(user=world.cast.social_worker.user, ended_at=None).count() <= 1

    def test_taking_up_and_closing(self, world):
        client = world.client("other_coordinator")
        path = f"/follow-ups/{world.other_follow_up.public_id}/"
        for _ in range(2):
            assert client.post(f"{path}take-up/").status_code == 302
        data = form_to(client.get(path), path, f"{path}close/").data(outcome="referred")
        for _ in range(2):
            assert client.post(f"{path}close/", data).status_code < 400
        kinds = Event.objects.filter(about=world.other_follow_up.public_id).values_list("kind", flat=True)
        assert sorted(kinds).count("taken_up") == 1
        assert sorted(kinds).count("closed") == 1

    def test_deciding_a_double(self, world):
        client, path = world.client("coordinator"), f"/doubles/{world.double.public_id}/decide/"
        assert client.post(path, {"decision": "same"}).status_code == 302
        assert client.post(path, {"decision": "not_same"}).status_code in (302, 404)
        world.double.refresh_from_db()
        assert world.double.state == "same"

    def test_accepting_an_invitation(self, world):
        path = f"/invitations/{SECRET}/"
        client = Client()
        typed = {"first_name": "Uusi", "last_name": "Tulija", "language": "fi"}
        typed |= {"password": "aivan-uusi-salasana-26", "password_again": "aivan-uusi-salasana-26"}
        data = form_to(client.get(path), path, path).data(**typed)
        assert client.post(path, data).status_code == 302
        assert client.post(path, data).status_code == 404
        assert Membership.objects.filter(user__email="new@example.test").count() == 1
