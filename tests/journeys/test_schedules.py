"""A nurse at a telephone's width: begins Sisukas, finds what is late on the desk, does a form from it, and it is done.
Axe looks at every page."""

from datetime import timedelta

import pytest

from coordination.clocks.rules import today
from pilots.schedules import reference
from pilots.schedules.models import DueStep, Enrolment, Schedule
from tests.cast import Cast, born
from tests.journeys.axe import assert_accessible
from tests.journeys.walk import PHONE
from tests.pilots.measures.measuring import working
from tests.pilots.questionnaires import filling
from tests.pilots.schedules.following import of_form

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    filling.load_templates()
    reference.load()
    cast = Cast()
    cast.nurse.user.language = "en"
    cast.nurse.user.save(update_fields=["language"])
    cast.person = working(cast, cast.nurse, birth_date=born(15), guardian_allowed=True)
    cast.version = filling.approved(cast.second_coordinator, cast.administrator)
    of_form(Schedule.objects.get(code="sisukas"), cast.version.questionnaire, after=10, order=99)
    return cast


@pytest.fixture
def phone(cast, open_context):
    return open_context(width=PHONE, language="en", user=cast.nurse.user)


def press(page, words, *, to, role="link"):
    """Press what is called so in the page, and look at the page that comes."""
    page.locator("main").get_by_role(role, name=words).first.click()
    page.wait_for_url(to)
    assert_accessible(page)


def test_from_the_first_day_to_a_step_that_is_done(cast, phone):
    phone.goto(f"/person/{cast.person.public_id}/")
    press(phone, "Begin a schedule", to="**/schedules/begin/**")
    phone.get_by_label("Sisukas", exact=True).check()
    first = today() - timedelta(days=12)
    for part in ("day", "month", "year"):
        phone.locator(f"[name=first_day_{part}]").fill(str(getattr(first, part)))
    press(phone, "Show what comes of it", to="**/schedules/begin/**", role="button")
    assert "Baseline" in phone.inner_text("#days ~ ul")
    assert not Enrolment.objects.exists()
    press(phone, "Begin", to="**/schedules/*-*/", role="button")
    enrolment = Enrolment.objects.get()
    assert enrolment.first_day == first

    phone.goto("/")
    assert_accessible(phone)
    row = phone.locator("section[aria-labelledby=due] li").first
    assert "Lomake" in row.inner_text()
    assert "late" in row.inner_text()
    row.get_by_role("link").click()
    phone.wait_for_url(f"**{enrolment.get_absolute_url()}#step-*")
    press(phone, "Begin the form", to="**/form/")
    phone.locator("main [type=radio]").first.check()
    press(phone, "Begin", to="**/forms/*-*/", role="button")
    due = DueStep.objects.get(step__name_fi="Lomake")
    filling.fill(filling.own(due.sheet, cast.nurse), cast.nurse, Nimi="Aino")
    phone.reload()
    press(phone, "Submit the form", to=f"**{due.sheet.get_absolute_url()}", role="button")

    phone.goto(enrolment.get_absolute_url())
    assert_accessible(phone)
    assert "done late" in phone.locator(f"#step-{due.public_id}").inner_text()
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    phone.goto("/schedules/")
    assert_accessible(phone)
    assert "Lomake" not in phone.inner_text("main")
