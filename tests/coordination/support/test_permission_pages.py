"""Finding a professional whom the young person lets talk with their one adult, and writing it down."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.pages.queries import person_page
from coordination.agencies.models import Agency
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import months_after, today
from coordination.follow_ups.commands import exclude, refuse_adult
from coordination.follow_ups.models import FollowUp
from coordination.support.commands.ending import end_support
from coordination.support.models import Support, TalkPermission
from coordination.support.queries import permissions as queries
from tests.acts import begun, protect, say
from tests.cast import sign_in
from tests.coordination.support.talking import let, sees
from tests.coordination.support.working import see, supported
from tests.forms.page_forms import forms_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(cast):
    """The nurse is Aino's one adult."""
    return supported(cast)


def url(name, support, *more):
    return reverse(f"support:{name}", args=[support.public_id, *more])


def sent(member, *, days=30, **other):
    day = today() + timedelta(days=days)
    until = {"until_day": day.day, "until_month": day.month, "until_year": day.year}
    return {"professional": str(member.public_id), "matters": ["housing"], "said_how": "phone"} | until | other


# --- Who can be chosen ------------------------------------------------------------------------------------------------


def chosen(support, viewer, search="", *, coordinates=False):
    rows, _more = queries.found(support, viewer, coordinates=coordinates, search=search)
    return [member for member, _text in rows]


def test_whom_the_adult_finds(cast, support):
    say(FollowUp.objects.get(), cast.teacher, cast.nurse, by=cast.coordinator)
    assert chosen(support, cast.nurse) == [cast.teacher]
    assert chosen(support, cast.nurse, "sanna sos") == [cast.social_worker]
    assert chosen(support, cast.nurse, "päämaja") == [cast.teacher]
    assert chosen(support, cast.nurse, "Niina") == []
    assert chosen(support, cast.nurse, "Ville") == chosen(support, cast.nurse, "Anna Pääk") == []


def test_somebody_of_a_sensitive_agency_is_found_by_the_coordinator_alone(cast, support):
    assert chosen(support, cast.nurse, "Pia") == chosen(support, cast.nurse, "klinikka") == []
    assert chosen(support, cast.coordinator, "Pia", coordinates=True) == [cast.therapist]
    let(support, cast.therapist, by=cast.coordinator)
    (row,) = queries.shown(support, cast.nurse, coordinates=False)
    assert (row["name"], row["agency"]) == ("", "a professional")


def test_with_non_disclosure_nobody_is_found_by_the_agency(cast, support):
    follow_up = FollowUp.objects.get()
    protect(follow_up, by=cast.coordinator)
    support.young_person.refresh_from_db()
    assert chosen(support, cast.nurse, "Päämaja") == []
    assert chosen(support, cast.nurse, "Tiina") == [cast.teacher]


@pytest.mark.parametrize("who", ["stranger", "administrator", "nurse", "other_coordinator"])
def test_nobody_else_can_be_chosen(cast, support, who):
    with pytest.raises(NotNow):
        let(support, getattr(cast, who), by=cast.coordinator)


def test_nor_whoever_must_not_learn_or_was_refused_or_has_left(cast, support):
    follow_up = FollowUp.objects.get()
    exclude(follow_up=follow_up, by=cast.coordinator, agency=cast.social)
    say(follow_up, cast.teacher, by=cast.coordinator, takes_part="no")
    adult = follow_up.asked.get(membership=cast.teacher)
    refuse_adult(follow_up=follow_up, adult=adult, said_by="young_person", by=cast.coordinator)
    cast.youth_worker.ended_on = today()
    cast.youth_worker.save()
    for member in (cast.social_worker, cast.teacher, cast.youth_worker):
        assert member not in chosen(support, cast.coordinator, member.user.last_name, coordinates=True)
        with pytest.raises(NotNow):
            let(support, member)


@pytest.mark.parametrize("days", [-1, 400])
def test_a_day_beyond_what_the_area_lets_is_refused(cast, support, days):
    with pytest.raises(NotNow):
        let(support, cast.social_worker, days=days)


@pytest.mark.parametrize(("lasts", "months"), [(12, 3), (3, 3), (2, 2)])
def test_a_near_last_day_is_offered_and_never_one_beyond_the_area(cast, support, lasts, months):
    cast.mikkeli.months_permission_lasts = lasts
    cast.mikkeli.save()
    page = sign_in(Client(), cast.nurse).post(url("allow_talk", support), {"name": "sanna", "search": "1"})
    offered = forms_of(page, url("allow_talk", support))[-1].data()
    day = months_after(today(), months)
    boxes = [offered[f"until_{part}"] for part in ("day", "month", "year")]
    assert [int(box) for box in boxes] == [day.day, day.month, day.year]


def test_a_day_far_away_is_still_there_for_whoever_asks_for_it(cast, support):
    let(support, cast.social_worker, days=360)
    assert sees(cast.social_worker, support)


def test_nothing_is_allowed_in_a_support_that_has_ended(cast, support):
    end_support(support=support, reason=Support.EndReason.MOVED, by=cast.coordinator)
    with pytest.raises(NotNow):
        let(support, cast.social_worker, by=cast.coordinator)


# --- The pages --------------------------------------------------------------------------------------------------------


def test_the_adult_finds_and_writes_down(cast, support):
    client = sign_in(Client(), cast.nurse)
    here = url("allow_talk", support)
    assert client.get(here).status_code == 200
    page = client.post(here, {"name": "sanna", "search": "1"})
    assert "Sanna Sosiaali" in page.content.decode()
    assert client.post(here, sent(cast.social_worker)).headers["Location"] == url("support", support)
    permission = TalkPermission.objects.get()
    assert (permission.membership, permission.matters, permission.said_how) == (
        *(cast.social_worker, ["housing"], "phone"),
    )
    again = client.get(f"{here}?again={permission.public_id}").context["form"]
    assert again["matters"].value() == ["housing"]
    assert client.get(f"{here}?again=%00").status_code == 200
    assert client.post(url("end_talk", support, permission.public_id)).status_code == 302
    assert not sees(cast.social_worker, support)


def test_so_does_the_coordinator_whom_the_young_person_rings(cast, support):
    client = sign_in(Client(), cast.coordinator)
    assert client.post(url("allow_talk", support), sent(cast.therapist)).status_code == 302
    permission = TalkPermission.objects.get()
    assert client.post(url("end_talk", support, permission.public_id)).headers["Location"] == url("overview", support)


@pytest.mark.parametrize(
    "wrong",
    [
        {"matters": []},
        {"matters": ["everything"]},
        {"professional": ""},
        {"professional": "nobody"},
        {"professional": str(uuid4())},
        {"said_how": "telepathy"},
        {"until_year": "1999"},
        {"until_year": "2999"},
        {"until_day": "99"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(cast, support, wrong):
    page = sign_in(Client(), cast.nurse).post(url("allow_talk", support), sent(cast.social_worker) | wrong)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not TalkPermission.objects.exists()


def test_whoever_cant_be_found_cant_be_sent_either(cast, support):
    client = sign_in(Client(), cast.nurse)
    for member in (cast.therapist, cast.stranger, cast.nurse, cast.administrator):
        answer = client.post(url("allow_talk", support), sent(member))
        assert answer.context["form"].errors["professional"]
    assert not TalkPermission.objects.exists()


def test_the_professional_and_those_who_take_part_have_no_say(cast, support):
    say(FollowUp.objects.get(), cast.teacher, by=cast.coordinator)
    permission = let(support, cast.social_worker)
    for member in (cast.social_worker, cast.teacher, cast.other_coordinator, cast.stranger):
        client = sign_in(Client(), member)
        assert client.get(url("allow_talk", support)).status_code == 404
        assert client.post(url("end_talk", support, permission.public_id)).status_code == 404
    assert sees(cast.social_worker, support)


def test_a_permission_of_another_support_is_none_here(cast, support):
    other = supported(cast, young_person=begun(cast, first_name="Eero").young_person, adult=cast.youth_worker)
    theirs = let(other, cast.social_worker)
    assert sign_in(Client(), cast.nurse).post(url("end_talk", support, theirs.public_id)).status_code == 404
    assert sees(cast.social_worker, other)


def many(cast, number):
    for index in range(number):
        cast.member("Saara", f"Sosiaali{chr(97 + index % 26)}{index}", cast.social)


def test_a_search_costs_the_same_for_one_and_for_more(cast, support):
    client, counted = sign_in(Client(), cast.nurse), []
    client.get("/")
    for number in (1, 30):
        many(cast, number) if number == 1 else many_more(cast)
        with CaptureQueriesContext(connection) as statements:
            page = client.post(url("allow_talk", support), {"name": "Saara", "search": "1"})
        counted.append(len(statements))
    assert counted[0] == counted[1]
    assert page.context["has_more"]


def many_more(cast):
    agency = cast.agency("Toinen", Agency.Kind.SOCIAL)
    for index in range(29):
        cast.member("Saara", f"Toinen{chr(97 + index % 26)}{index}", agency)


def test_permissions_cost_the_same_for_one_and_for_more(cast, support):
    counted = []
    for number in (1, 12):
        agency = cast.agency(f"Toimija {number}", Agency.Kind.SOCIAL)
        for index in range(number):
            let(support, cast.member(f"Saara{number}", f"Toinen{index}", agency))
        with CaptureQueriesContext(connection) as statements:
            rows = queries.shown(support, cast.nurse, coordinates=False)
            page = person_page(support.young_person, cast.nurse)
        counted.append(len(statements))
    assert len(rows) == 13
    assert len(page["network"]) == 14
    assert counted[0] == counted[1]


def test_a_former_adult_reads_nothing_of_the_next_ones_permissions(cast, support):
    support.state, support.end_reason, support.ended_at = "ended", "handed_over", timezone.now()
    support.save()
    see(support, "support", cast.nurse, until=today() + timedelta(days=9))
    after = supported(cast, young_person=support.young_person, adult=cast.youth_worker)
    let(after, cast.social_worker)
    page = person_page(support.young_person, cast.nurse)
    assert [row["name"] for row in page["network"]] == ["Jussi Nuorisotyö"]
    assert not page["support"].works
