"""The directory for whoever is signed in: the list, one entry, and keeping it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coordination.clocks.rules import today
from coordination.outbox.models import Notification
from coordination.services import rules
from coordination.services.commands import reminders
from coordination.services.commands.words import rebuild
from coordination.services.models import Need, Service, ServiceClass, ServiceWords
from coordination.services.queries.lists import stale
from tests.cast import english, sign_in
from tests.coordination.services.filled import filled
from tests.directory import group, service

LIST = "/services/"


@pytest.fixture
def teacher(cast):
    return english(cast.teacher)


@pytest.fixture
def kaisa(cast):
    return english(cast.coordinator)


def names(response):
    return [one.service.name_fi for one in response.context["rows"]]


def page(one, name="service"):
    return reverse(f"services:{name}", args=[one.public_id])


def test_the_list_has_what_is_offered_here_and_all_areas_what_is_public(cast, teacher):
    service(cast.mikkeli, "Oma", is_public=False)
    service(cast.kerava, "Keravan julkinen")
    service(cast.kerava, "Keravan oma", is_public=False)
    service(cast.kerava, "Täälläkin", is_public=False).also_in.add(cast.mikkeli)
    service(cast.mikkeli, "Päättynyt", valid_until=today() - timedelta(days=1))
    assert names(teacher.get(LIST)) == ["Oma", "Täälläkin"]
    assert names(teacher.get(LIST + "?everywhere=on")) == ["Keravan julkinen"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("need=money", ["Raha"]),
        ("service_class=work", ["Työ"]),
        ("group=families", ["Perhe"]),
        ("age=10", ["Perhe", "Raha", "Työ"]),
        ("age=40", ["Raha", "Työ"]),
        ("language=sv", ["Raha"]),
        ("threshold=referral", ["Työ"]),
        ("cost=free", ["Raha"]),
        ("channel=chat", ["Työ"]),
        ("priority=4", ["Perhe"]),
        ("kind=project", ["Työ"]),
        ("municipality=491", ["Perhe", "Raha", "Työ"]),
        ("county=09", ["Perhe", "Raha", "Työ"]),
        ("stale=on", ["Perhe"]),
        ("need=nonsense&age=x&priority=9", ["Perhe", "Raha", "Työ"]),
    ],
)
def test_each_filter_leaves_what_it_says(cast, teacher, query, found):
    work = ServiceClass.objects.create(code="work", name_fi="Työ")
    fresh = {"checked_on": today()}
    service(cast.mikkeli, "Perhe", oldest_age=17, priority=4).target_groups.add(group())
    service(cast.mikkeli, "Raha", needs=["money"], languages=["fi", "sv"], cost="free", **fresh)
    service(
        cast.mikkeli, "Työ", service_class=work, threshold="referral", channels=["chat"], kind="project", **fresh
    ).municipalities.add(cast.mikkeli.municipalities.get())
    assert names(teacher.get(f"{LIST}?{query}")) == found


def test_a_misspelt_word_is_said_to_be_near_and_an_inflected_one_is_found(cast, teacher):
    service(cast.mikkeli, "Koulukuraattori")
    rebuild(Service.objects.all())
    assert names(teacher.get(LIST + "?words=koulukuraattorille")) == ["Koulukuraattori"]
    near = teacher.get(LIST + "?words=kuraatori")
    assert names(near) == []
    assert [one.service.name_fi for one in near.context["near"]] == ["Koulukuraattori"]
    assert "Nothing says exactly these words." in near.content.decode()


def test_what_a_sensitive_agency_provides_is_nowhere_for_those_who_may_not_know_it(cast, teacher, kaisa, time_machine):
    """The same pages with it and without it, byte for byte but for the token of the menu's forms, and as many
    statements; the clock stands, since a session is written down again after a while."""
    time_machine.move_to(timezone.now(), tick=False)
    service(cast.mikkeli, "Kuraattori", checked_on=today()).target_groups.add(group())
    service(cast.kerava, "Toisaalla").target_groups.add(group())
    rebuild(Service.objects.all())
    queries = ["", "?words=kuraattori", "?words=klinikka", "?words=klinika", "?age=20", "?everywhere=on", "?stale=on"]
    own = [LIST + query for query in queries] + [reverse("services:suggestions")]
    here = ["fi", cast.mikkeli.pk]
    public = [reverse("directory:list", args=here) + query for query in queries]
    public += ["/directory/fi/", reverse("directory:printed", args=[*here, "families"])]

    def pages():
        with CaptureQueriesContext(connection) as statements:
            shown = [teacher.get(address).content.decode() for address in own]
            open_to_all = [Client().get(address).content for address in public]
        shown = [text.split('name="csrfmiddlewaretoken"')[-1].split(">", 1)[1] for text in shown]
        return shown, open_to_all, len(statements)

    pages()
    before = pages()
    hidden = service(cast.mikkeli, "Klinikka Kuraattori", owner=cast.clinic)
    hidden.target_groups.add(group())
    hidden.municipalities.add(cast.mikkeli.municipalities.get())
    rebuild(Service.objects.all())
    assert pages() == before
    assert teacher.get(page(hidden)).status_code == 404
    assert names(kaisa.get(LIST)) == ["Klinikka Kuraattori", "Kuraattori"]
    assert names(english(cast.therapist).get(LIST)) == ["Klinikka Kuraattori", "Kuraattori"]
    hidden.is_public = True
    hidden.save()
    assert names(teacher.get(LIST)) == ["Klinikka Kuraattori", "Kuraattori"]
    assert "Päihdeklinikka" not in teacher.get(page(hidden)).content.decode()
    assert "päihdeklinikka" not in ServiceWords.objects.get(service=hidden).words


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("query", "most"), [("", 18), ("?words=palvelu", 19)])
def test_the_list_costs_the_same_for_one_as_for_thirty(cast, rows, query, most, django_assert_num_queries):
    client = sign_in(Client(), cast.teacher)
    for number in range(rows):
        one = service(cast.mikkeli, f"Palvelu {number}", owner=cast.school if number % 2 else None)
        one.target_groups.add(group())
    for number in range(3):
        service(cast.mikkeli, f"Palvelu uusi {number}")
    rebuild(Service.objects.all())
    client.get(LIST + query)
    with django_assert_num_queries(most):
        client.get(LIST + query)


def test_whoever_keeps_the_directory_adds_an_entry_once(cast, kaisa):
    typed = filled(name_fi="Paja Puro", token=str(uuid4()))
    for _press in range(2):
        answer = kaisa.post(reverse("services:new"), typed)
        assert answer.status_code == 302, answer.context["form"].errors
    one = Service.objects.get()
    assert (one.area, one.name_fi, one.checked_on, one.languages) == (cast.mikkeli, "Paja Puro", today(), ["fi", "sv"])
    assert names(kaisa.get(LIST + "?words=pajaan")) == ["Paja Puro"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"provider_name": ""},
        {"website": "http://example.fi"},
        {"website": "https://example.fi@evil.example"},
        {"youngest_age": "20", "oldest_age": "10"},
        {"valid_from_day": "2", "valid_from_month": "3", "valid_from_year": "2026", "valid_until_day": "1"}
        | {"valid_until_month": "3", "valid_until_year": "2026"},
        {"needs": []},
        {"languages": ["xx"]},
    ],
)
def test_what_contradicts_itself_is_refused_and_nothing_typed_is_lost(cast, kaisa, wrong):
    answer = kaisa.post(reverse("services:new"), filled(**wrong))
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert "Paja Meri" in answer.content.decode()
    assert not Service.objects.exists()


def test_of_two_tabs_the_second_is_refused_and_shows_what_is_there_now(cast, kaisa):
    one = service(cast.mikkeli, "Asumisneuvonta")
    first, second = filled(name_fi="Ensin", number="1"), filled(name_fi="Sitten", number="1")
    assert kaisa.post(page(one, "change"), first).status_code == 302
    answer = kaisa.post(page(one, "change"), second)
    text = answer.content.decode()
    assert "Somebody else has changed this entry" in text
    assert "Sitten" in text
    assert {"label": "Name in Finnish", "words": "Ensin"} in answer.context["now"]
    again = second | {"number": answer.context["form"].data["number"]}
    assert kaisa.post(page(one, "change"), again).status_code == 302
    one.refresh_from_db()
    assert (one.name_fi, one.number) == ("Sitten", 3)


def test_a_keeper_changes_the_own_entry_but_not_who_sees_it(cast):
    one = service(cast.mikkeli, "Hoitajan", owner=cast.health, keeper=cast.nurse)
    niina = english(cast.nurse)
    typed = filled(number="1", provider_name="", owner=cast.health.pk, is_public="yes", keeper="", is_active="on")
    assert niina.post(page(one, "change"), typed).status_code == 302
    one.refresh_from_db()
    assert (one.name_fi, one.is_public, one.keeper) == ("Paja Meri", None, cast.nurse)
    assert english(cast.teacher).get(page(one, "change")).status_code == 404


@pytest.mark.parametrize(("days", "is_old"), [(0, False), (1, True), (None, True)])
def test_an_entry_is_old_when_the_days_of_its_area_have_passed(cast, days, is_old):
    lasts = cast.mikkeli.directory_checked_days
    checked_on = None if days is None else today() - timedelta(days=lasts + days)
    one = service(cast.mikkeli, checked_on=checked_on)
    assert rules.is_stale(one, today()) == is_old
    assert stale(Service.objects.all()).exists() == is_old


def test_an_old_entry_is_asked_about_once_and_again_after_thirty_days(cast, teacher, time_machine):
    long_ago = today() - timedelta(days=cast.mikkeli.directory_checked_days + 1)
    old = service(cast.mikkeli, "Vanha", keeper=cast.nurse, checked_on=long_ago)
    service(cast.mikkeli, "Tuore", checked_on=today())
    service(cast.mikkeli, "Vailla", checked_on=None)
    assert "Not checked for long" in teacher.get(page(old)).content.decode()
    for _night in range(2):
        reminders.remind()
    assert asked() == [(cast.nurse.pk, False), (cast.administrator.pk, False)]
    english(cast.nurse).post(page(old, "still_true"))
    assert asked() == [(cast.nurse.pk, True), (cast.administrator.pk, False)]
    assert "Not checked for long" not in teacher.get(page(old)).content.decode()
    time_machine.move_to(today() + timedelta(days=29))
    reminders.remind()
    assert len(asked()) == 2
    time_machine.move_to(today() + timedelta(days=1))
    reminders.remind()
    assert asked()[2:] == [(cast.administrator.pk, False)]


def test_whoever_gave_an_old_entry_away_is_waited_for_no_more(cast, kaisa):
    old = service(cast.mikkeli, "Vanha", keeper=cast.nurse)
    reminders.remind()
    assert kaisa.post(page(old, "change"), filled(number="1", keeper="")).status_code == 302
    assert asked() == [(cast.nurse.pk, True)]


def asked():
    """Who was asked about old entries, in that order, and whether nothing waits any more."""
    rows = Notification.objects.filter(code="services_stale").order_by("made_at", "membership")
    return [(row.membership_id, row.done_at is not None) for row in rows]


def test_a_get_says_nothing_to_be_true(cast, kaisa):
    one = service(cast.mikkeli)
    assert kaisa.get(page(one, "still_true")).status_code == 302
    one.refresh_from_db()
    assert one.checked_on is None


def test_the_lists_are_what_the_filters_offer(cast, teacher):
    offered = teacher.get(LIST).context["form"].fields["need"].choices
    assert {code for code, _name in offered} == {"", *Need.objects.values_list("code", flat=True)}


def test_the_page_says_how_many_filters_are_set(cast, teacher):
    answer = teacher.get(LIST + "?words=paja&need=money&age=x&everywhere=on")
    assert answer.context["form"].narrowed_by == 3
    assert "Narrow the list (3)" in answer.content.decode()
