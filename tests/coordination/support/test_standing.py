"""Where the young person is, by one press when it is due; and the young person's own rating, which nobody reads."""

from datetime import date, datetime

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import HELSINKI
from coordination.people import access
from coordination.people.models import Ground
from coordination.support.commands.ending import end_support
from coordination.support.commands.standing import rate, say_where
from coordination.support.models import Rating, Support, Whereabouts
from coordination.support.queries.work import mine
from tests.acts import begun
from tests.cast import sign_in
from tests.coordination.support.working import at, stands_in, supported
from tests.forms.page_forms import forms_of


def noon(*day):
    return datetime(*day, 12, tzinfo=HELSINKI)


@pytest.fixture(autouse=True)
def spring(time_machine):
    time_machine.move_to(noon(2026, 3, 16), tick=False)


@pytest.fixture
def support(cast, spring):
    """Began on 16 March."""
    return supported(cast, days=0)


@pytest.fixture
def niina(cast):
    client = sign_in(Client(), cast.nurse)
    client.post("/language/", {"language": "en"})
    return client


def said():
    return [(row.moment, row.period, row.where) for row in Whereabouts.objects.order_by("pk")]


def press(client, support, where, *, moment="naming", period=0):
    return client.post(at("where", support), {"moment": moment, "period": period, "where": where})


def end(cast, support, reason="moved", **more):
    """The coordinators see a young person's supports; the follow-up is there from the call."""
    return end_support(support=support, reason=reason, by=cast.coordinator, **more)


# --- When it is asked -----------------------------------------------------------------------------------------------


def test_it_is_asked_at_the_naming_and_one_press_answers(cast, support, niina):
    desk = niina.get("/").content.decode()
    assert "Where is the young person now?" in desk
    page = niina.get(at("support", support)).content.decode()
    assert page.count('name="where"') == 4
    assert press(niina, support, "studies").headers["Location"] == at("support", support)
    assert said() == [("naming", 0, "studies")]
    assert Whereabouts.objects.get().by == cast.nurse
    assert "Where is the young person now?" not in niina.get("/").content.decode()


def test_the_same_press_again_changes_nothing_and_another_mends_a_slip(niina, support):
    for where in ("work", "work", "studies"):
        assert press(niina, support, where).status_code == 302
    assert said() == [("naming", 0, "studies")]


def test_what_was_said_on_an_earlier_day_stays(niina, support, time_machine):
    press(niina, support, "work")
    time_machine.move_to(noon(2026, 3, 17), tick=False)
    niina = sign_in(Client(), support.adult)
    press(niina, support, "studies")
    assert said() == [("naming", 0, "work")]
    assert 'name="where"' not in niina.get(at("support", support)).content.decode()


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        ((2026, 9, 15), ("naming", 0)),
        ((2026, 9, 16), ("half_year", 1)),
        ((2027, 3, 15), ("half_year", 1)),
        ((2027, 3, 16), ("half_year", 2)),
    ],
)
def test_then_after_each_half_year_with_the_adult(cast, support, time_machine, day, moment):
    time_machine.move_to(noon(*day), tick=False)
    assert mine(cast.nurse).rows[0].asks_where
    press(sign_in(Client(), cast.nurse), support, "none", moment=moment[0], period=moment[1])
    assert said() == [(*moment, "none")]
    assert not mine(cast.nurse).rows[0].asks_where


def test_a_page_that_was_left_open_answers_about_no_other_moment(niina, cast, support, time_machine):
    time_machine.move_to(noon(2026, 9, 16), tick=False)
    niina = sign_in(Client(), cast.nurse)
    press(niina, support, "work")
    assert said() == []
    with pytest.raises(NotNow):
        say_where(support=support, moment="end", period=0, where="work", by=cast.nurse)


def test_at_the_end_a_coordinator_says_it(cast, support):
    end(cast, support)
    kaisa = sign_in(Client(), cast.coordinator)
    assert kaisa.get(at("overview", support)).content.decode().count('name="where"') == 4
    answer = press(kaisa, support, "workshop", moment="end")
    assert answer.headers["Location"] == reverse("support:overview", args=[support.public_id])
    assert said() == [("end", 0, "workshop")]


@pytest.mark.parametrize("reason", ["not_needed", "wish"])
def test_whoever_ends_it_lands_where_one_press_says_it(cast, support, reason):
    kaisa = sign_in(Client(), cast.coordinator)
    landed = kaisa.post(at("end", support), {"reason": reason, "sees_on": "no"}, follow=True)
    assert landed.redirect_chain == [(at("overview", support), 302)]
    [form] = [form for form in forms_of(landed, at("overview", support)) if form.action == at("where", support)]
    assert kaisa.post(form.action, form.data(where="studies")).headers["Location"] == at("overview", support)
    assert said() == [("end", 0, "studies")]


def test_after_a_handover_the_next_adult_says_it_at_the_naming(cast, support):
    Support.objects.filter(pk=support.pk).update(
        state="ended", ended_at=support.began_at, end_reason=Support.EndReason.HANDED_OVER
    )
    support.refresh_from_db()
    with pytest.raises(NotNow):
        say_where(support=support, moment="end", period=0, where="work", by=cast.coordinator)


# --- Who says it ----------------------------------------------------------------------------------------------------


def test_who_stands_in_says_it_and_nobody_else(cast, support):
    stands_in(support, cast.youth_worker)
    for role, status in (
        ("youth_worker", 302),
        ("teacher", 404),
        ("stranger", 404),
        ("administrator", 404),
        ("other_coordinator", 404),
    ):
        client = sign_in(Client(), getattr(cast, role))
        assert client.get(at("where", support)).status_code == status
        assert press(client, support, "work").status_code == status
    assert said() == [("naming", 0, "work")]


@pytest.mark.parametrize(
    "forged",
    [
        {"where": "prison"},
        {"where": ""},
        {"moment": "birth"},
        {"period": "-1"},
        {"period": "9" * 30},
        {"period": "x"},
        {"where": "work\x00"},
    ],
)
def test_a_forged_press_finds_nothing(niina, support, forged):
    data = {"moment": "naming", "period": 0, "where": "work"} | forged
    assert niina.post(at("where", support), data).status_code == 404
    assert said() == []


@pytest.mark.parametrize("rows", [1, 5])
def test_the_desk_asks_of_all_in_one_statement(cast, django_assert_num_queries, rows):
    for number in range(rows):
        person = begun(cast, first_name="Aino", last_name=f"Nuori{chr(97 + number)}").young_person
        supported(cast, young_person=person, days=0)
    with django_assert_num_queries(QUERIES):
        found = mine(cast.nurse)
    assert [one.asks_where for one in found.rows] == [True] * rows


QUERIES = 1


# --- The young person's rating --------------------------------------------------------------------------------------


def test_a_rating_hangs_on_nobody_who_could_have_saved_it(support):
    rate(support=support, stars=4)
    assert {field.name for field in Rating._meta.fields} == {"id", "support", "stars", "at"}
    assert not LogEntry.objects.filter(content_type__model="rating").exists()


def test_in_a_half_year_the_last_rating_counts(support, time_machine):
    rate(support=support, stars=2)
    time_machine.move_to(noon(2026, 6, 30), tick=False)
    rate(support=support, stars=5)
    assert [one.stars for one in Rating.objects.all()] == [5]
    time_machine.move_to(noon(2026, 7, 1), tick=False)
    rate(support=support, stars=3)
    assert [(one.stars, one.at.date()) for one in Rating.objects.all()] == [
        (5, date(2026, 6, 30)),
        (3, date(2026, 7, 1)),
    ]


@pytest.mark.parametrize("stars", [0, 6])
def test_stars_are_one_to_five(support, stars):
    with pytest.raises(NotNow):
        rate(support=support, stars=stars)
    assert not Rating.objects.exists()


def test_an_ended_support_is_rated_no_more(cast, support):
    end(cast, support)
    with pytest.raises(NotNow):
        rate(support=support, stars=5)


def test_no_page_differs_by_a_rating(cast, support):
    """Neither the adult's nor the coordinator's: not the stars, nor that there are any."""
    pages = [(cast.nurse, "/"), (cast.nurse, at("support", support)), (cast.coordinator, at("overview", support))]
    pages.append((cast.coordinator, reverse("pages:person", args=[support.young_person.public_id])))
    before = [plain(member, path) for member, path in pages]
    rate(support=support, stars=1)
    assert [plain(member, path) for member, path in pages] == before


def plain(member, path):
    """The page's words, without what changes each time."""
    answer = sign_in(Client(), member).get(path)
    assert answer.status_code == 200
    text = answer.content.decode()
    return [line for line in text.splitlines() if "csrf" not in line and "nonce" not in line]


def test_it_goes_with_the_support(cast, support):
    say_where(support=support, moment="naming", period=0, where="work", by=cast.nurse)
    rate(support=support, stars=5)
    assert access.grounds_for(cast.nurse, "support").filter(kind=Ground.Kind.SUPPORT).exists()
    support.delete()
    assert not Whereabouts.objects.exists()
    assert not Rating.objects.exists()
