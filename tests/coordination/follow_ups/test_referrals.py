"""On the call sheet: into which service the young person was helped, and what was needed but not available."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from config import erasing
from coordination.activity.models import Event
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.follow_ups import commands
from coordination.follow_ups.models import FollowUp, Referral
from coordination.people.models import YoungPerson
from coordination.people.rules import age_on
from coordination.services.models import Service, UnmetNeed
from tests.acts import begun, protect
from tests.coordination.follow_ups.conftest import opened, step, url
from tests.directory import need, service
from tests.flags.matching.everything import found_in


@pytest.fixture
def advice(cast):
    return service(cast.mikkeli, "Asumisneuvonta")


def write_down(client, follow_up, *services, needs=()):
    """Save a call in which these are ticked."""
    ticked = {"services": [str(one.public_id) for one in services], "unmet": [one.code for one in needs]}
    return client.post(url("sheet", follow_up), opened(client, follow_up) | step() | ticked)


def written(follow_up):
    services = {one.service.name_fi for one in follow_up.referrals.select_related("service")}
    return services, set(UnmetNeed.objects.filter(source=follow_up.public_id).values_list("need__code", flat=True))


def version(follow_up):
    follow_up.refresh_from_db()
    return follow_up.version


def test_services_and_needs_are_written_down_with_the_call(kaisa, taken_up, advice):
    workshop = service(taken_up.area, "Paja")
    answer = write_down(kaisa, taken_up, advice, workshop, needs=[need(), need("money")])
    assert answer.status_code == 302
    assert written(taken_up) == ({"Asumisneuvonta", "Paja"}, {"housing", "money"})
    text = kaisa.get(url("sheet", taken_up)).content.decode()
    assert text.count("Asumisneuvonta") == 3  # what stands there, its button, and the list to choose from
    kinds = Event.objects.filter(about=taken_up.public_id, audience="coordinators").values_list("kind", flat=True)
    assert {"referred", "unmet_need"} <= set(kinds)


def test_the_sheet_leads_to_the_directory_with_nothing_but_age_and_need(cast, kaisa, taken_up, advice):
    write_down(kaisa, taken_up, advice, needs=[need("money")])
    text = kaisa.get(url("sheet", taken_up)).content.decode()
    leads = set(re.findall(r'href="(/services/[^"]*)"', text)) - {"/services/"}
    age = age_on(taken_up.young_person.birth_date, today())
    assert leads == {advice.get_absolute_url(), f"/services/?age={age}", f"/services/?age={age}&amp;need=money"}
    protect(taken_up, by=cast.coordinator)
    text = kaisa.get(url("sheet", taken_up)).content.decode()
    assert f'href="{advice.get_absolute_url()}"' not in text


def test_neither_event_says_which_service(kaisa, taken_up, advice):
    write_down(kaisa, taken_up, advice, needs=[need()])
    for event in Event.objects.filter(kind__in=["referred", "unmet_need"]):
        assert event.data == {}


def test_the_same_again_writes_nothing_twice(kaisa, taken_up, advice):
    data = opened(kaisa, taken_up) | step()
    data |= {"services": [str(advice.public_id)] * 2, "unmet": ["housing", "housing"]}
    need()
    assert kaisa.post(url("sheet", taken_up), data).status_code == 302
    before = version(taken_up)
    assert kaisa.post(url("sheet", taken_up), data).status_code == 302
    assert version(taken_up) == before
    assert write_down(kaisa, taken_up, advice).status_code == 302
    assert (Referral.objects.count(), UnmetNeed.objects.count()) == (1, 1)
    assert Event.objects.filter(kind="referred").count() == 1


def test_of_two_who_save_at_once_the_second_keeps_the_ticks(kaisa, kalle, taken_up, advice):
    paja = service(taken_up.area, "Paja")
    kaisa.post(url("sheet", taken_up), opened(kaisa, taken_up) | step())
    data = opened(kalle, taken_up) | {"services": [str(paja.public_id)]}
    write_down(kaisa, taken_up, advice)
    answer = kalle.post(url("sheet", taken_up), data)
    assert answer.status_code == 200
    assert written(taken_up)[0] == {"Asumisneuvonta"}
    assert answer.context["form"]["services"].value() == [str(paja.public_id)]
    again = opened(kalle, taken_up) | {"services": [str(paja.public_id)]}
    assert kalle.post(url("sheet", taken_up), again).status_code == 302
    assert written(taken_up)[0] == {"Asumisneuvonta", "Paja"}


@pytest.mark.parametrize(
    "fields", [{"is_active": False}, {"valid_until": today() - timedelta(days=1)}, {"elsewhere": True}, {"none": True}]
)
def test_a_service_that_is_not_offered_here_is_refused(cast, kaisa, taken_up, fields):
    need()
    area = cast.kerava if fields.pop("elsewhere", False) else cast.mikkeli
    chosen = str(uuid4()) if fields.pop("none", False) else str(service(area, "Muu", **fields).public_id)
    for sent in ({"services": [chosen]}, {"unmet": ["no-such-need"]}, {"services": ["\0"], "unmet": "x"}):
        answer = kaisa.post(url("sheet", taken_up), opened(kaisa, taken_up) | step() | sent)
        assert answer.status_code == 200
        assert "Choose again" in answer.content.decode() or "Valitse" in answer.content.decode()
    assert written(taken_up) == (set(), set())


def test_the_command_checks_again(cast, taken_up):
    other = service(cast.kerava, "Muualla")
    with pytest.raises(NotNow):
        save(taken_up, by=cast.coordinator, services=[other])
    other.also_in.add(cast.mikkeli)
    save(taken_up, by=cast.coordinator, services=[other])
    assert written(taken_up)[0] == {"Muualla"}


def save(follow_up, *, by, **written_down):
    follow_up.refresh_from_db()
    none = {"attempt": None, "decisions": (), "next_step": "", "next_step_on": None, "pause": False, "contact": {}}
    commands.save_call(
        follow_up=follow_up, by=by, version=follow_up.version, token=uuid4(), **none, **written_down
    )  # fmt: skip


def test_what_fits_the_age_comes_first(cast, kaisa):
    follow_up = begun(cast, years=18)
    service(cast.mikkeli, "A vain nuoremmille", oldest_age=15)
    service(cast.mikkeli, "B kaikille")
    form = kaisa.get(url("sheet", follow_up)).context["form"]
    assert [label for _value, label in form.fields["services"].choices] == ["B kaikille", "A vain nuoremmille"]


def test_what_an_excluded_agency_provides_is_not_offered(cast, kaisa, taken_up):
    theirs = service(cast.mikkeli, "Nuortentupa", owner=cast.association)
    commands.exclude(follow_up=taken_up, agency=cast.association, by=cast.coordinator)
    assert "Nuortentupa" not in kaisa.get(url("sheet", taken_up)).content.decode()
    with pytest.raises(NotNow):
        save(taken_up, by=cast.coordinator, services=[theirs])


def test_nothing_is_written_down_before_somebody_has_taken_it_up_or_after_it_is_closed(cast, kaisa, waiting, advice):
    data = {"attempt": "none", "token": str(uuid4()), "version": waiting.version, "services": [str(advice.public_id)]}
    assert kaisa.post(url("sheet", waiting), data).status_code == 200
    with pytest.raises(NotNow):
        save(waiting, by=cast.coordinator, services=[advice])
    commands.take_up(follow_up=waiting, by=cast.coordinator)
    save(waiting, by=cast.coordinator, services=[advice], unmet=[need()])
    commands.close_follow_up(
        follow_up=waiting, by=cast.coordinator, outcome="referred", version=version(waiting)
    )  # fmt: skip
    text = kaisa.get(url("sheet", waiting)).content.decode()
    assert "Asumisneuvonta" in text
    assert "remove/" not in text
    with pytest.raises(NotNow):
        commands.remove_referral(follow_up=waiting, referral=waiting.referrals.get(), by=cast.coordinator)
    with pytest.raises(NotNow):
        commands.remove_unmet(follow_up=waiting, unmet=UnmetNeed.objects.get(), by=cast.coordinator)


def test_a_tick_that_is_not_saved_holds_up_closing(kaisa, taken_up, advice):
    data = opened(kaisa, taken_up) | {"outcome": "referred", "services": [str(advice.public_id)]}
    assert kaisa.post(url("close", taken_up), data).status_code == 200
    taken_up.refresh_from_db()
    assert taken_up.state == "taken_up"


# --- Taking back ----------------------------------------------------------------------------------------------------


def removes(follow_up):
    return [
        reverse("follow_ups:remove_referral", args=[follow_up.public_id, follow_up.referrals.get().public_id]),
        reverse("follow_ups:remove_unmet", args=[follow_up.public_id, UnmetNeed.objects.get().public_id]),
    ]


def test_what_was_written_down_by_mistake_is_taken_back_with_its_trace(cast, kaisa, taken_up, advice):
    save(taken_up, by=cast.coordinator, services=[advice], unmet=[need()])
    paths = removes(taken_up)
    for path in paths:
        assert kaisa.post(path).status_code == 302
    assert written(taken_up) == (set(), set())
    assert not LogEntry.objects.get_for_model(Referral).exists()
    assert Event.objects.filter(kind="services_mended").count() == 2
    for path in paths:
        assert kaisa.post(path).status_code == 404


def test_of_two_who_take_back_at_once_the_second_learns_of_it(cast, taken_up, advice):
    save(taken_up, by=cast.coordinator, services=[advice], unmet=[need()])
    referral, unmet = taken_up.referrals.get(), UnmetNeed.objects.get()
    commands.remove_referral(follow_up=taken_up, referral=referral, by=cast.coordinator)
    commands.remove_unmet(follow_up=taken_up, unmet=unmet, by=cast.coordinator)
    referral.pk = unmet.pk = 2_000_000_000
    with pytest.raises(NotNow):
        commands.remove_referral(follow_up=taken_up, referral=referral, by=cast.second_coordinator)
    with pytest.raises(NotNow):
        commands.remove_unmet(follow_up=taken_up, unmet=unmet, by=cast.second_coordinator)


def test_another_follow_ups_rows_are_not_there(cast, kaisa, taken_up, advice):
    other = commands.take_up(follow_up=cast.match(first_name="Veikko"), by=cast.coordinator)
    save(other, by=cast.coordinator, services=[advice], unmet=[need()])
    for path in removes(other):
        forged = path.replace(str(other.public_id), str(taken_up.public_id))
        assert kaisa.post(forged).status_code == 404
    assert written(other) == ({"Asumisneuvonta"}, {"housing"})


def test_taking_back_keeps_the_call_that_is_being_typed(cast, kaisa, taken_up, advice):
    save(taken_up, by=cast.coordinator, services=[advice], unmet=[need("money")])
    data = opened(kaisa, taken_up) | {"safe_hours": "iltaisin", "unmet": ["money"]}
    answer = kaisa.post(removes(taken_up)[0], data)
    assert answer.context["form"]["unmet"].value() == ["money"]
    assert "iltaisin" in answer.content.decode()


# --- Who sees it, and what goes -------------------------------------------------------------------------------------


def test_those_who_take_part_see_nothing_of_it(cast, client, taken_up, advice):
    from tests.acts import say
    from tests.cast import sign_in

    say(taken_up, cast.nurse, by=cast.coordinator)
    page = reverse("pages:person", args=[taken_up.young_person.public_id])
    sign_in(client, cast.nurse)
    before = client.get(page).content
    save(taken_up, by=cast.coordinator, services=[advice], unmet=[need()])
    after = client.get(page).content
    for words in (b"Asumisneuvonta", b"services:", b"housing"):
        assert words not in after
    assert before.count(b"timeline__item") == after.count(b"timeline__item")


def test_under_non_disclosure_the_sheet_says_the_class_alone_wherever_it_stands(cast, kaisa, advice):
    follow_up = begun(cast)
    save(follow_up, by=cast.coordinator, services=[advice])
    protect(follow_up, by=cast.coordinator)
    page = kaisa.get(url("sheet", follow_up))
    assert [row["name"] for row in page.context["referrals"]] == ["Asumispalvelut"]
    # The list to choose from is the area's, and the same whether or not something was chosen.
    assert page.content.decode().count("Asumisneuvonta") == 1
    follow_up.referrals.all().delete()
    form = kaisa.get(url("sheet", follow_up)).context["form"]
    assert form.fields["services"].choices == page.context["form"].fields["services"].choices


def test_with_the_follow_up_goes_what_was_referred_to_and_the_needs_become_numbers(cast, taken_up, advice):
    save(taken_up, by=cast.coordinator, services=[advice], unmet=[need()])
    ids = [taken_up.public_id, taken_up.referrals.get().public_id, UnmetNeed.objects.get().public_id]
    FollowUp.objects.filter(pk=taken_up.pk).update(outcome="other", state="closed", closed_at=taken_up.opened_at)
    erasing.erase_follow_up(taken_up.pk)
    assert found_in(*ids) <= {"coordination_ledgerline.ids"}
    assert not Referral.objects.exists()
    row = UnmetNeed.objects.get()
    assert (row.source, row.public_id, row.count) == (None, None, 1)
    assert Service.objects.filter(pk=advice.pk).exists()


def test_of_two_follow_ups_of_one_person_everything_stands_once(cast, advice):
    paja = service(cast.mikkeli, "Paja")
    kept, gone = begun(cast), begun(cast, first_name="Aina")
    save(kept, by=cast.coordinator, services=[advice], unmet=[need()])
    save(gone, by=cast.coordinator, services=[advice, paja], unmet=[need(), need("money")])
    people = {one.pk: one for one in YoungPerson.objects.all()}
    commands.move_follow_ups(
        gone=people[gone.young_person_id], kept=people[kept.young_person_id], by=cast.coordinator
    )  # fmt: skip
    assert written(kept) == ({"Asumisneuvonta", "Paja"}, {"housing", "money"})
    assert UnmetNeed.objects.count() == 2


@pytest.mark.parametrize("rows", [1, 30])
def test_the_sheet_costs_the_same_for_one_service_and_for_thirty(
    cast, kaisa, taken_up, rows, django_assert_num_queries
):
    made = [service(cast.mikkeli, f"Palvelu {n}", owner=cast.school if n % 2 else None) for n in range(rows)]
    needs = [need(f"need{n}") for n in range(rows)]
    save(taken_up, by=cast.coordinator, services=made, unmet=needs)
    kaisa.get(url("sheet", taken_up))
    with django_assert_num_queries(29):
        kaisa.get(url("sheet", taken_up))
