"""What is pressed beside the call loses nothing that was typed, and its addresses lead back to the sheet."""

import pytest

from coordination.follow_ups.models import ContactAttempt
from coordination.use_log.models import Look
from tests.coordination.follow_ups.conftest import NOT_REACHED, REACHED, asked, decides, opened, step, url

pytestmark = pytest.mark.django_db
PRESSED = ["take_up", "take_over", "close", "add_adult", "exclude"]


@pytest.mark.parametrize("name", PRESSED)
def test_asking_for_the_address_leads_to_the_sheet(kaisa, taken_up, name):
    version, looks = taken_up.version, Look.objects.count()
    response = kaisa.get(url(name, taken_up))
    assert (response.status_code, response.url) == (302, url("sheet", taken_up))
    assert Look.objects.count() == looks + 1
    taken_up.refresh_from_db()
    assert taken_up.version == version


def test_an_exclusions_address_leads_to_the_sheet(kaisa, taken_up):
    assert kaisa.get(url("end_exclusion", taken_up, taken_up.public_id)).url == url("sheet", taken_up)


@pytest.fixture
def typed(cast, kaisa, taken_up):
    decision = decides(asked(taken_up, cast.teacher), "later")
    return opened(kaisa, taken_up) | NOT_REACHED | step() | decision | {"phone": "040 765", "safe_hours": "iltaisin"}


def is_kept(response):
    form = response.context["form"]
    assert response.status_code == 200
    assert not form.errors
    assert (form["phone"].value(), form["safe_hours"].value()) == ("040 765", "iltaisin")
    assert (form["attempt"].value(), form["next_step"].value()) == ("not_reached", "call_again")
    return form


def test_another_adult_is_added_and_the_call_stays(cast, kaisa, taken_up, typed):
    response = kaisa.post(url("add_adult", taken_up), typed | {"email": cast.youth_worker.user.email})
    form = is_kept(response)
    assert asked(taken_up, cast.youth_worker)
    again = typed | {"phone": "", "version": form["version"].value(), "seen": form["seen"].value()}
    assert kaisa.post(url("sheet", taken_up), again).status_code == 302
    assert ContactAttempt.objects.count() == 1


def test_an_error_beside_the_call_keeps_it(kaisa, taken_up, typed):
    for name, more in (("add_adult", {"email": "x"}), ("exclude", {"who": ""}), ("close", {})):
        response = kaisa.post(url(name, taken_up), typed | more)
        is_kept(response)
        assert response.context["shown_form"].errors


def test_exclusions_and_taking_over_keep_it(cast, kaisa, kalle, taken_up, typed):
    exclusion = {"who": "person", "excluded_email": cast.nurse.user.email}
    is_kept(kaisa.post(url("exclude", taken_up), typed | exclusion))
    one = taken_up.young_person.exclusions.get()
    is_kept(kaisa.post(url("end_exclusion", taken_up, one.public_id), typed))
    taken_up.refresh_from_db()
    is_kept(kalle.post(url("take_over", taken_up), typed | {"version": taken_up.version}))
    taken_up.refresh_from_db()
    assert taken_up.owner == cast.second_coordinator


def test_closing_waits_for_the_typed_call(kaisa, taken_up, typed):
    response = kaisa.post(url("close", taken_up), typed | {"outcome": "other"})
    assert response.context["shown_form"].non_field_errors()
    is_kept(response)
    taken_up.refresh_from_db()
    assert taken_up.state == "taken_up"
    untouched = opened(kaisa, taken_up) | {"attempt": "", "outcome": "other"}
    assert kaisa.post(url("close", taken_up), untouched).status_code == 302
    taken_up.refresh_from_db()
    assert taken_up.state == "closed"


def test_anothers_change_is_still_met_after_a_press(cast, kaisa, kalle, taken_up, typed):
    kalle.post(url("sheet", taken_up), opened(kalle, taken_up) | {"safe_hours": "aamulla"})
    form = is_kept(kaisa.post(url("add_adult", taken_up), typed | {"email": cast.youth_worker.user.email}))
    again = typed | {"phone": "", "version": form["version"].value(), "seen": form["seen"].value()}
    met = kaisa.post(url("sheet", taken_up), again)
    assert met.status_code == 200
    assert [one["now"] for one in met.context["form"].met] == ["aamulla"]
    assert not ContactAttempt.objects.exists()


def test_whoever_was_reached_is_not_paused(kaisa, kalle, taken_up):
    mine = opened(kaisa, taken_up) | REACHED | step()
    kalle.post(url("sheet", taken_up), opened(kalle, taken_up) | NOT_REACHED | step(days=14) | {"pause": "on"})
    form = kaisa.post(url("sheet", taken_up), mine).context["form"]
    assert not form["pause"].value()
    ticked = mine | {"version": form["version"].value(), "seen": form["seen"].value(), "pause": "on"}
    assert kaisa.post(url("sheet", taken_up), ticked).status_code == 302
    taken_up.refresh_from_db()
    assert (taken_up.state, bool(taken_up.reached_at)) == ("taken_up", True)


def test_not_reached_without_a_step_says_one_thing(kaisa, taken_up):
    for more in (
        {},
        {"pause": "on"},
        {"next_step_on_day": "1", "next_step_on_month": "12", "next_step_on_year": "2099"},
    ):
        response = kaisa.post(url("sheet", taken_up), opened(kaisa, taken_up) | NOT_REACHED | more)
        assert [*response.context["form"].errors] == ["next_step"]
        assert len(response.context["form"].errors["next_step"]) == 1
