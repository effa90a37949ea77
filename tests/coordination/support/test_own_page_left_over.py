"""What was asked on the own page outlives its adult: the next one rings, or else a coordinator; and whose desk shows a
wish."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from coordination.people.commands import exclude
from coordination.support.commands.ending import end_support, no_longer_waits
from coordination.support.commands.handover import complete_handover
from coordination.support.commands.own_page import ask
from coordination.support.models import OwnRequest
from coordination.support.queries import own_page as queries
from tests.acts import begun
from tests.cast import ROLES, sign_in
from tests.config.joining import pair, same
from tests.coordination.support.changes import ready
from tests.coordination.support.own_pages import linked, opened
from tests.coordination.support.talking import let, told
from tests.coordination.support.working import at, see, stands_in, supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(cast):
    """The nurse is Aino's one adult; everybody reads in English."""
    for member in (cast.nurse, cast.coordinator, cast.second_coordinator, cast.social_worker):
        member.user.language = "en"
        member.user.save(update_fields=["language"])
    return supported(cast)


def asks_all(cast, support):
    """The young person took a permission back, asked for a call and wishes for another adult."""
    phone = opened(support, "call", "change")
    permission = let(support, cast.youth_worker)
    phone.press("take_back", permission=str(permission.public_id))
    phone.press("call")
    phone.press("wish")
    assert OwnRequest.objects.filter(handled_at=None).count() == 3


def waiting(support):
    return sorted(support.own_requests.filter(handled_at=None).values_list("kind", flat=True))


def page(member, path):
    return sign_in(Client(), member).get(path).content.decode()


# --- Somebody follows -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["handed over", "ended while somebody was ready"])
def test_the_next_adult_rings(cast, support, how):
    stands_in(support, cast.teacher)
    asks_all(cast, support)
    following = ready(support, cast.social_worker, by=cast.coordinator)
    if how == "handed over":
        complete_handover(support=support, by=cast.coordinator, met_on=today())
    else:
        end_support(support=support, reason="adult_left", by=cast.coordinator)
    assert waiting(support) == []
    assert waiting(following) == ["call_me", "taken_back"]
    for former in (cast.nurse, cast.teacher):
        assert told(former, "own_call") == told(former, "own_taken_back") == 0
    assert told(cast.social_worker, "own_call") == told(cast.social_worker, "own_taken_back") == 1
    links = Notification.objects.filter(membership=cast.social_worker, code="own_call").values_list("link", flat=True)
    assert [*links] == [at("support", following)]
    assert told(cast.coordinator, "own_call") == told(cast.coordinator, "own_wish") == 0
    assert "asks to be rung" in page(cast.social_worker, "/")
    assert "I have rung" in page(cast.social_worker, at("support", following))


def test_who_stood_in_and_goes_on_is_told_anew(cast, support):
    stands_in(support, cast.social_worker)
    opened(support, "call").press("call")
    assert told(cast.social_worker, "own_call") == 1
    following = ready(support, cast.social_worker, by=cast.coordinator)
    complete_handover(support=support, by=cast.coordinator, met_on=today())
    link = Notification.objects.get(membership=cast.social_worker, code="own_call", done_at=None).link
    assert link == at("support", following)


@pytest.mark.parametrize("twice", [False, True])
def test_of_two_adults_of_one_young_person_who_stays_rings(cast, twice):
    double, kept, gone = pair(cast)
    stays = supported(cast, young_person=kept, days=20)
    goes = supported(cast, adult=cast.social_worker, young_person=gone)
    for one in (stays, goes) if twice else (goes,):
        ask(page=linked(one)[0], kind="call_me")
    same(cast, double)
    assert OwnRequest.objects.get(handled_at=None).support == stays
    assert told(cast.nurse, "own_call") == 1
    assert told(cast.social_worker, "own_call") == 0


# --- Nobody follows -------------------------------------------------------------------------------------------------


def test_where_nobody_follows_the_coordinators_ring(cast, support):
    asks_all(cast, support)
    end_support(support=support, reason="wish", by=cast.coordinator, sees_on=True)
    assert waiting(support) == ["call_me", "taken_back"]
    assert told(cast.nurse, "own_call") == told(cast.coordinator, "own_wish") == 0
    assert told(cast.coordinator, "own_call") == told(cast.second_coordinator, "own_taken_back") == 1
    assert "To be rung" in page(cast.coordinator, "/")
    overview = page(cast.coordinator, at("overview", support))
    assert overview.count("I have rung") == 2
    for request in OwnRequest.objects.filter(handled_at=None):
        done = at("handle_request", support, request_id=request.public_id)
        assert sign_in(Client(), cast.nurse).post(done).status_code == 404
        assert sign_in(Client(), cast.coordinator).post(done)["Location"] == at("overview", support)
    assert waiting(support) == []
    assert "To be rung" not in page(cast.coordinator, "/")
    assert told(cast.second_coordinator, "own_taken_back") == 0


def test_the_former_adult_who_sees_on_reads_of_no_call(cast, support):
    opened(support, "call").press("call")
    end_support(support=support, reason="wish", by=cast.coordinator, sees_on=True)
    assert "I have rung" not in page(cast.nurse, at("support", support))


@pytest.mark.parametrize("reason", ["not_needed", "declined", "moved"])
def test_where_nobody_is_needed_all_of_it_ends(cast, support, reason):
    asks_all(cast, support)
    end_support(support=support, reason=reason, by=cast.coordinator)
    assert not OwnRequest.objects.filter(handled_at=None).exists()
    assert told(cast.coordinator, "own_call") == told(cast.nurse, "own_call") == 0


def test_so_it_does_where_that_is_said_later(cast, support):
    opened(support, "call").press("call")
    end_support(support=support, reason="adult_left", by=cast.coordinator)
    no_longer_waits(support=support, reason="not_needed", by=cast.coordinator)
    assert waiting(support) == []
    assert told(cast.coordinator, "own_call") == 0


# --- Whose desk shows a wish ----------------------------------------------------------------------------------------


def led_by(support, adult):
    support.adult = adult
    support.save()
    see(support, "support", adult)


def agrees(cast, support):
    """Told, and on the desk: of each coordinator the same. Who is."""
    opened(support, "change").press("wish")
    members = [cast.coordinator, cast.second_coordinator]
    shown = {one for one in members if queries.asked_of_coordinator(one)[0]}
    assert shown == {one for one in members if told(one, "own_wish")}
    assert shown == set(queries.told_of_wish(support))
    return shown


def test_both_coordinators_work_with_the_young_person(cast, support):
    led_by(support, cast.coordinator)
    stands_in(support, cast.second_coordinator)
    assert agrees(cast, support) == {cast.coordinator, cast.second_coordinator}


def test_the_other_coordinator_is_excluded(cast, support):
    led_by(support, cast.coordinator)
    exclude(young_person=support.young_person, by=cast.coordinator, user=cast.second_coordinator.user)
    assert agrees(cast, support) == {cast.coordinator}


def test_one_coordinator_is_the_adult(cast, support):
    led_by(support, cast.coordinator)
    assert agrees(cast, support) == {cast.second_coordinator}


def test_one_coordinator_stands_in(cast, support):
    stands_in(support, cast.second_coordinator)
    assert agrees(cast, support) == {cast.coordinator}


def test_the_desk_costs_the_same_for_one_wish_and_for_many(cast, support):
    def wished(number):
        person = begun(cast, first_name=f"Toive{number}", last_name="Monta").young_person
        adult = cast.member(f"Uusi{number}", "Aikuinen", cast.social, role=ROLES.PROFESSIONAL)
        ask(page=linked(supported(cast, adult=adult, young_person=person))[0], kind="change")

    def cost():
        with CaptureQueriesContext(connection) as found:
            assert queries.asked_of_coordinator(cast.coordinator)[0]
        return len(found)

    wished(0)
    few = cost()
    for number in range(1, 4):
        wished(number)
    assert cost() == few
    assert len(queries.asked_of_coordinator(cast.coordinator)[0]) == 4
