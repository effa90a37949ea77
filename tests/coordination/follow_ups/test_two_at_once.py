"""Two coordinators, or two tabs, with one sheet: nobody's words are lost, and nothing is undone unawares."""

import pytest

from coordination.follow_ups.models import ContactAttempt
from coordination.people import access
from tests.coordination.follow_ups.conftest import NOT_REACHED, REACHED, asked, decides, opened, step, url

pytestmark = pytest.mark.django_db


def test_of_two_who_take_up_the_second_learns_it(cast, kaisa, kalle, waiting):
    kaisa.post(url("take_up", waiting))
    response = kalle.post(url("take_up", waiting), follow=True)
    waiting.refresh_from_db()
    assert waiting.owner == cast.coordinator
    assert [message.level_tag for message in response.context["messages"]] == ["warning"]


def test_the_second_tab_keeps_what_was_typed_and_sees_what_was_saved(cast, kaisa, kalle, taken_up):
    first, second = opened(kaisa, taken_up), opened(kalle, taken_up)
    teacher, nurse = asked(taken_up, cast.teacher), asked(taken_up, cast.nurse)
    kaisa.post(url("sheet", taken_up), first | REACHED | step("meeting") | decides(teacher, "yes"))
    second |= NOT_REACHED | step("message", days=5) | decides(nurse, "later") | {"safe_hours": "iltaisin"}
    response = kalle.post(url("sheet", taken_up), second)
    assert response.status_code == 200
    form = response.context["form"]
    assert form.non_field_errors()
    # What Kalle typed stays; what he had left alone is as Kaisa saved it.
    assert form["safe_hours"].value() == "iltaisin"
    assert form["next_step"].value() == "message"
    assert form[f"takes_part_{nurse.public_id.hex}"].value() == "later"
    assert form[f"takes_part_{teacher.public_id.hex}"].value() == "yes"
    assert {(str(one["label"]), one["kept"]) for one in form.met} >= {(str(form.fields["next_step"].label), True)}
    assert "Kaisa Etsivä" in response.content.decode()
    assert ContactAttempt.objects.count() == 1
    taken_up.refresh_from_db()
    assert (taken_up.next_step, str(form["version"].value())) == ("meeting", str(taken_up.version))

    again = second | {name: form[name].value() for name in form.fields if name.startswith(("takes_part", "may_know"))}
    again |= {"version": form["version"].value(), "seen": form["seen"].value()}
    assert kalle.post(url("sheet", taken_up), again).status_code == 302
    taken_up.refresh_from_db()
    assert ContactAttempt.objects.count() == 2
    assert taken_up.next_step == "message"
    assert asked(taken_up, cast.nurse).takes_part == "later"
    assert access.may(cast.teacher, "view_network", taken_up.young_person)


def test_a_mangled_memory_of_the_page_loses_nothing(cast, kaisa, kalle, taken_up):
    first, second = opened(kaisa, taken_up), opened(kalle, taken_up)
    kaisa.post(url("sheet", taken_up), first | {"phone": "040 111 1111"})
    second |= {"phone": "040 222 2222", "seen": "mangled"}
    form = kalle.post(url("sheet", taken_up), second).context["form"]
    assert form["phone"].value() == "040 222 2222"
    assert [one["now"] for one in form.met] == ["+358401111111"]


def test_a_day_and_a_tick_that_were_left_alone_follow_what_is_saved(kaisa, kalle, taken_up):
    first, second = opened(kaisa, taken_up), opened(kalle, taken_up)
    kaisa.post(url("sheet", taken_up), first | step("check", days=4) | {"no_voicemail": "on"})
    form = kalle.post(url("sheet", taken_up), second | {"safe_hours": "aamulla"}).context["form"]
    assert form.is_valid() is False
    assert form.non_field_errors()
    assert form.cleaned_data["no_voicemail"] is True
    taken_up.refresh_from_db()
    assert form.cleaned_data["next_step_on"] == taken_up.next_step_on
    assert form.cleaned_data["safe_hours"] == "aamulla"


def test_closed_in_another_tab(kaisa, kalle, taken_up):
    typed = opened(kalle, taken_up) | REACHED | step()
    kaisa.post(url("close", taken_up), {"outcome": "in_touch", "version": taken_up.version})
    response = kalle.post(url("sheet", taken_up), typed)
    assert response.status_code == 200
    assert response.context["shown_form"].non_field_errors()
    assert not ContactAttempt.objects.exists()


def test_taking_over(cast, kaisa, kalle, taken_up):
    page = kalle.get(url("sheet", taken_up))
    assert url("take_over", taken_up) in page.content.decode()
    assert url("take_over", taken_up) not in kaisa.get(url("sheet", taken_up)).content.decode()
    kalle.post(url("take_over", taken_up), {"version": taken_up.version - 1})
    taken_up.refresh_from_db()
    assert taken_up.owner == cast.coordinator
    kalle.post(url("take_over", taken_up), {"version": taken_up.version})
    taken_up.refresh_from_db()
    assert taken_up.owner == cast.second_coordinator
    assert kalle.post(url("take_over", taken_up), {"version": "x"}).status_code == 404
