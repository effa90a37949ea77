"""What the pages of schedules say and offer, and what they cost."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coordination.clocks.rules import today
from pilots.schedules.models import DueStep, Enrolment, ScheduleStep
from pilots.schedules.queries.steps import mine, on_desk
from tests.cast import sign_in
from tests.pilots.measures.measuring import working
from tests.pilots.registry.pages import Browser, day, is_refused
from tests.pilots.schedules.following import begun, done, due, made

# --- Pages ----------------------------------------------------------------------------------------------------------


def test_what_comes_of_it_is_shown_before_it_is_begun(nurse, person):
    schedule = made()
    path = reverse("schedules:begin", args=[person.public_id])
    typed = {"schedule": str(schedule.public_id), **day("first_day", today())}
    first = nurse.send(path, **typed)
    assert "This comes of it" in first.content.decode()
    assert not Enrolment.objects.exists()
    # Another day than was shown is shown first, too.
    sent = nurse.form(path) | typed | {"seen": f"{schedule.public_id} {today() - timedelta(days=1)}"}
    assert "This comes of it" in nurse.client.post(path, sent).content.decode()
    sent["seen"] = f"{schedule.public_id} {today()}"
    answers = [nurse.client.post(path, sent) for _time in range(2)]
    assert {answer["Location"] for answer in answers} == {Enrolment.objects.get().get_absolute_url()}


def test_done_and_left_out_by_the_page(nurse, enrolment):
    step, other = due(enrolment), due(enrolment, "Suunnitelma")
    path = reverse("schedules:done", args=[enrolment.public_id, step.public_id])
    assert is_refused(nurse.send(path, **day("on", today() - timedelta(days=20))), "before the first day")
    assert is_refused(nurse.send(path, **day("on", today() + timedelta(days=1))), "in the future")
    assert nurse.send(path, **day("on", today() - timedelta(days=1))).status_code == 302
    away = reverse("schedules:leave_out", args=[enrolment.public_id, other.public_id])
    assert is_refused(nurse.send(away, why="because"), "Choose one of these")
    assert nurse.send(away, why="elsewhere").status_code == 302
    shown = nurse.text(enrolment.get_absolute_url())
    assert "done late" in shown
    assert "Done elsewhere." in shown
    # What is settled says so, and leads back.
    assert "has been done or left out already" in nurse.text(path)
    reopen = reverse("schedules:reopen", args=[enrolment.public_id, step.public_id])
    assert nurse.client.get(reopen).status_code == 302
    assert DueStep.objects.get(pk=step.pk).done_on
    nurse.client.post(reopen)
    assert DueStep.objects.get(pk=step.pk).done_on is None


def test_when_all_is_settled_its_end_is_offered(nurse, enrolment):
    offered = "Everything is done or left out."
    done(enrolment)
    assert offered not in nurse.text(enrolment.get_absolute_url())
    for name in ("Suunnitelma", "Seuranta"):
        done(enrolment, name)
    assert offered in nurse.text(enrolment.get_absolute_url())
    path = reverse("schedules:end", args=[enrolment.public_id])
    assert nurse.form(path)["ending"] == "done"
    assert nurse.send(path).status_code == 302
    assert "gone through as planned" in nurse.text(enrolment.get_absolute_url())


def test_what_has_changed_is_shown_to_whoever_follows_it_before_it_is_followed(client, nurse, cast, enrolment):
    page, path = enrolment.get_absolute_url(), reverse("schedules:changes", args=[enrolment.public_id])
    hint = "has been changed since"
    assert hint not in nurse.text(page)
    assert nurse.client.get(path)["Location"] == page
    ScheduleStep.objects.filter(name_fi="Suunnitelma").update(after_days=35)
    ScheduleStep.objects.filter(name_fi="Seuranta").update(oldest_age=3)
    ScheduleStep.objects.create(schedule=enrolment.schedule, order=4, name_fi="Lisätty", after_days=40)
    assert hint in nurse.text(page)
    shown = nurse.text(path)
    assert [word in shown for word in ("Suunnitelma", "Lisätty", "Seuranta", "Alkukartoitus")] == [True] * 3 + [False]
    assert [word in shown for word in (" becomes ", "new, ", " falls away")] == [True] * 3
    assert hint not in Browser(client, cast.coordinator).text(page)
    again = Browser(client, cast.nurse)
    assert again.send(path)["Location"] == page
    assert hint not in again.text(page)


def test_a_row_of_the_desk_leads_to_its_step(nurse, enrolment):
    assert f'href="{enrolment.get_absolute_url()}#step-{due(enrolment).public_id}"' in nurse.text("/")


def test_it_ends_on_a_day_that_is_asked(nurse, enrolment):
    path = reverse("schedules:end", args=[enrolment.public_id])
    before = enrolment.first_day - timedelta(days=1)
    assert is_refused(nurse.send(path, ending="moved", **day("on", before)), "before the first day")
    ended_on = today() - timedelta(days=2)
    assert nurse.send(path, ending="moved", **day("on", ended_on)).status_code == 302
    assert Enrolment.objects.get().ended_on == ended_on


# --- What it costs --------------------------------------------------------------------------------------------------


def cost(client, path):
    """How many statements the page takes, once the session has noted that somebody is there."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def many(cast, number):
    """So many young people of the nurse's, each with a late step."""
    for one in range(number):
        name = {"first_name": f"Nuori{'abcdefghijklmnopqrst'[one]}", "last_name": "Kulku" + "x" * number}
        begun(working(cast, cast.nurse, **name), cast.nurse, days_ago=16)


def test_what_is_due_costs_the_same_for_one_and_for_many(client, cast):
    many(cast, 1)
    sign_in(client, cast.nurse)
    paths = (reverse("schedules:mine"), "/")
    before = [cost(client, path) for path in paths]
    many(cast, 12)
    assert [cost(client, path) for path in paths] == before
    rows, has_more = on_desk(cast.nurse)
    assert (len(rows), has_more) == (10, True)
    assert "There is more: all that is due" in Browser(client, cast.nurse).text("/")


def test_the_longest_waiting_stands_first_on_the_desk(cast, enrolment):
    earlier = begun(working(cast, cast.nurse, first_name="Aiempi"), cast.nurse, days_ago=20)
    coming = begun(working(cast, cast.nurse, first_name="Tuleva"), cast.nurse, days_ago=10)
    assert [one.enrolment for one in on_desk(cast.nurse)[0]] == [earlier, enrolment, coming]


def test_the_list_has_pages(cast, enrolment, monkeypatch):
    monkeypatch.setattr("pilots.schedules.queries.steps.PAGE", 2)
    pages = [mine(cast.nurse, page=number) for number in (1, 2)]
    assert [([one.step.name_fi for one in rows], more) for rows, more in pages] == [
        (["Alkukartoitus", "Suunnitelma"], True),
        (["Seuranta"], False),
    ]


def test_what_is_late_comes_first_then_this_month_then_later(cast, enrolment, time_machine):
    noon = timezone.localtime().replace(year=2027, month=6, day=20, hour=12)
    Enrolment.objects.update(first_day=noon.date())
    for row, (month, day_of_month) in zip(DueStep.objects.order_by("due_on"), ((6, 17), (6, 30), (7, 1)), strict=True):
        row.due_on = noon.date().replace(month=month, day=day_of_month)
        row.save()
    time_machine.move_to(noon)
    ScheduleStep.objects.update(days_before=7)
    rows, _more = mine(cast.nurse, page=1)
    assert [one.part for one in rows] == ["late", "now", "later"]
    # What shows on the desk is no later thing, and stands before what doesn't.
    ScheduleStep.objects.filter(name_fi="Seuranta").update(days_before=30)
    ScheduleStep.objects.create(schedule=enrolment.schedule, order=4, name_fi="Ennen", days_before=0, after_days=1)
    DueStep.objects.create(enrolment=enrolment, step=ScheduleStep.objects.get(order=4), due_on=date(2027, 7, 1))
    DueStep.objects.filter(step__name_fi="Seuranta").update(due_on=date(2027, 7, 2))
    rows, _more = mine(cast.nurse, page=1)
    assert [(one.step.name_fi, one.part) for one in rows][2:] == [("Seuranta", "now"), ("Ennen", "later")]


def test_a_schedule_costs_the_same_for_one_step_and_for_many(client, cast, person):
    few = begun(person, cast.nurse, schedule=made(steps=[("Yksi", 1, 1)]))
    lots = begun(person, cast.nurse, schedule=made(code="k", name="K", steps=[(f"Askel {n}", n, 1) for n in range(20)]))
    sign_in(client, cast.nurse)
    assert cost(client, few.get_absolute_url()) == cost(client, lots.get_absolute_url())
