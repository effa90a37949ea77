"""Each area keeps its own schedules, and reads and copies the portal's, which come from files."""

import pytest
from django.urls import reverse

from coordination.agencies import role_permissions
from pilots.questionnaires.models import Questionnaire
from pilots.schedules import reference
from pilots.schedules.models import Schedule, ScheduleStep
from tests.cast import sign_in
from tests.coordination.staffing.pages import change, changelist, posted
from tests.pilots.measures.measuring import instrument
from tests.pilots.questionnaires.filling import approved, load_templates, template
from tests.pilots.schedules.following import begun, made


@pytest.fixture
def anna(client, cast):
    role_permissions.apply()
    return sign_in(client, cast.administrator)


ADD = "admin:pilots_schedule_add"


def fields(**more):
    """A new schedule of one step, as the page sends it."""
    step = {"order": "1", "name_fi": "Alku", "kind": "other", "when": "after", "after_days": "14", "days_before": "7"}
    sent = {
        "name_fi": "Oma",
        "begins_with": "enrolment",
        "in_use": "on",
        "steps-TOTAL_FORMS": "1",
        "steps-INITIAL_FORMS": "0",
    }
    return sent | {f"steps-0-{name}": value for name, value in step.items()} | more


def test_a_new_schedule_is_the_own_areas_with_its_steps(cast, anna):
    assert anna.post(reverse(ADD), fields()).status_code == 302
    made_now = Schedule.objects.get()
    assert (made_now.area, made_now.code, made_now.steps.get().after_days) == (cast.mikkeli, None, 14)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name_fi": ""},
        {"name_fi": "Oma\0"},
        {"begins_with": "birthday"},
        {"youngest_age": "18", "oldest_age": "13"},
        {"steps-0-name_fi": ""},
        {"steps-0-kind": "form"},
        {"steps-0-kind": "measure"},
        {"steps-0-after_days": ""},
        {"steps-0-after_days": "-1"},
        {"steps-0-month": "2"},
        {"steps-0-when": "school_year"},
        {"steps-0-when": "school_year", "steps-0-after_days": "", "steps-0-school_year": "1", "steps-0-month": "2"},
        {"steps-0-youngest_age": "10", "steps-0-oldest_age": "9"},
        {"steps-0-days_before": "181"},
        *(
            {"steps-0-when": "school_year", "steps-0-after_days": ""}
            | {"steps-0-school_year": year, "steps-0-month": month, "steps-0-day": day}
            for year, month, day in (("0", "2", "1"), ("11", "2", "1"), ("1", "13", "1"), ("1", "2", "32"))
        ),
    ],
)
def test_what_contradicts_itself_is_asked_again(anna, wrong):
    assert anna.post(reverse(ADD), fields(**wrong)).status_code == 200
    assert not Schedule.objects.exists()


def test_forms_and_instruments_of_the_own_area_and_of_the_portal_are_choices(cast, anna):
    other = cast.member("Arja", "Toinen", cast.other_outreach, role="coordinator")
    own, theirs = approved(cast.coordinator, cast.administrator), approved(other, cast.other_coordinator)
    page = anna.get(reverse(ADD)).content.decode()
    assert f'<option value="{own.questionnaire_id}">Esitietolomake</option>' in page
    for version, code in ((template(), 302), (theirs, 200)):
        sent = fields(**{"steps-0-kind": "form", "steps-0-questionnaire": version.questionnaire_id})
        assert anna.post(reverse(ADD), sent).status_code == code
    sent = fields(**{"steps-0-kind": "measure", "steps-0-instrument": instrument("ors").pk})
    assert anna.post(reverse(ADD), sent).status_code == 302


def test_the_portals_is_read_and_copied_and_another_areas_isnt_there(cast, anna):
    portals, theirs = made(), made(area=cast.kerava, name="Heidän")
    assert set(anna.get(changelist("pilots_schedule")).context["cl"].result_list) == {portals}
    assert "_save" not in anna.get(change(portals)).content.decode()
    anna.post(change(portals), posted(anna.get(change(portals))) | {"name_fi": "Toinen"})
    assert Schedule.objects.get(pk=portals.pk).name_fi == "Koe"
    press = {"action": "adapt_here", "_selected_action": [portals.pk, theirs.pk]}
    assert anna.post(changelist("pilots_schedule"), press).status_code == 302
    copy = Schedule.objects.get(area=cast.mikkeli)
    assert [step.name_fi for step in copy.steps.all()] == [step.name_fi for step in portals.steps.all()]
    sent = posted(anna.get(change(copy))) | {"name_fi": "Mikkelin", "steps-0-after_days": "21"}
    assert anna.post(change(copy), sent).status_code == 302
    assert (copy.steps.first().after_days, portals.steps.first().after_days) == (21, 14)


def test_a_coordinator_reads_and_copies_nothing(client, cast):
    role_permissions.apply()
    portals = made()
    sign_in(client, cast.coordinator)
    client.post(changelist("pilots_schedule"), {"action": "adapt_here", "_selected_action": [portals.pk]})
    assert Schedule.objects.get() == portals


def test_a_step_goes_unless_somebody_has_it_to_do(cast, anna, person):
    own = made(area=cast.mikkeli)
    enrolment = begun(person, cast.nurse, schedule=own)
    unused = ScheduleStep.objects.create(schedule=own, order=4, name_fi="Turha", kind="other", after_days=1)
    for place, is_gone in ((0, False), (3, True)):
        anna.post(change(own), posted(anna.get(change(own))) | {f"steps-{place}-DELETE": "on"})
        assert own.steps.filter(order=place + 1).exists() is not is_gone
    assert enrolment.due_steps.count() == 3
    assert not ScheduleStep.objects.filter(pk=unused.pk).exists()


# --- What comes with the portal -------------------------------------------------------------------------------------


def test_two_come_along_and_a_second_run_writes_nothing(db):
    load_templates()
    assert reference.load() == (2, 0)
    assert reference.load() == (0, 0)
    assert {one.code: one.steps.count() for one in Schedule.objects.all()} == {
        "sisukas": 10,
        "sijoitetun-lapsen-terveystarkastus": 5,
    }
    forms = Questionnaire.objects.filter(pk__in=ScheduleStep.objects.values("questionnaire"))
    assert {one.code for one in forms} == {f"terveystarkastus-{one}" for one in ("alle-10", "nuori", "ammattilainen")}


def test_what_was_changed_is_put_right_and_an_areas_own_stays(cast):
    load_templates()
    reference.load()
    own = made(area=cast.mikkeli, name="Sisukas")
    Schedule.objects.filter(code="sisukas").update(youngest_age=3)
    ScheduleStep.objects.filter(schedule__code="sisukas", order=1).update(after_days=99)
    assert reference.load() == (0, 1)
    portals = Schedule.objects.get(code="sisukas")
    assert (portals.youngest_age, portals.steps.first().after_days, own.steps.count()) == (6, 14, 3)


@pytest.mark.parametrize("said", reference.written(), ids=lambda said: said["code"])
def test_every_name_is_there_in_each_language(said):
    for one in [said, *said["steps"]]:
        assert set(one["name"]) == {"fi", "sv", "en"}
        assert all(one["name"].values())
