"""On a phone: a training fills, the waiting list moves, its certificate gives the right to flag, and so does the course
in the portal. Every page is looked at by axe, in Finnish and in Swedish."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coordination.agencies.rules import is_trained
from coordination.clocks.rules import today
from pilots.trainings import course
from pilots.trainings.models import Certificate, Occasion, SignUp, TrainingEvent
from tests.cast import Cast
from tests.journeys.walk import PHONE, Walk
from tests.pilots.trainings.training import states

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEND = "main form:last-of-type button.govuk-button[type=submit]"
SIGN_UP, CANCEL = "form[action$='/sign-up/'] button", "form[action$='/cancel/'] button"


@pytest.fixture(params=["fi", "sv"])
def cast(transactional_db, request):
    cast = Cast()
    for member in (cast.coordinator, cast.teacher, cast.nurse):
        member.user.language = request.param
        member.user.save(update_fields=["language"])
    cast.teacher.user.trainings.all().delete()
    return cast


@pytest.fixture
def phone(open_context):
    def opened(membership):
        return Walk(open_context(width=PHONE, language=membership.user.language, user=membership.user))

    return opened


def arrange(walk):
    """The coordinator arranges a training of one place that gives the right to flag."""
    walk.open("/trainings/new/")
    language = walk.page.locator("html").get_attribute("lang")
    walk.tick("[name=kind][value=training]")
    walk.type(f"title_{language}", "Liputtamisen koulutus")
    walk.type(f"about_{language}", "Harjoitellaan.")
    walk.date("day", today() + timedelta(days=3))
    walk.type("begins", "9")
    walk.type("ends", "12")
    walk.type("places", "1")
    walk.tick("[name=gives_right]")
    walk.press(SEND, to="**/trainings/*-*/")
    return TrainingEvent.objects.get()


def test_a_training_fills_the_list_moves_and_the_certificate_lets_one_flag(cast, phone):
    leads, first, second = phone(cast.coordinator), phone(cast.nurse), phone(cast.teacher)
    training = arrange(leads)
    page = training.get_absolute_url()
    for walk in (first, second):
        walk.open("/trainings/")
        walk.press(f"main a[href='{page}']", to=f"**{page}")
        walk.press(SIGN_UP, to=f"**{page}")
    assert states(training) == ["in", "waiting"]
    with first.page.expect_download() as download:
        first.page.click("main a[href$='calendar.ics']")
    assert download.value.suggested_filename == "training.ics"
    first.press(CANCEL, to=f"**{page}")
    assert states(training) == ["cancelled", "in"]
    second.open("/notices/")
    second.open(page)
    assert second.page.locator(CANCEL).count() == 1

    begins = timezone.now() - timedelta(days=1)
    Occasion.objects.update(starts_at=begins - timedelta(hours=3), ends_at=begins)
    leads.open(f"{page}manage/")
    leads.press("main a[href*='/attendance/']", to="**/attendance/")
    leads.tick("[name=came]")
    leads.press(SEND, to="**/manage/")
    leads.press("form[action$='/certificates/'] button", to="**/manage/")
    assert Certificate.objects.get().sign_up.membership == cast.teacher
    assert is_trained(cast.teacher.user)
    second.open("/trainings/mine/")
    assert Certificate.objects.get().number in second.text
    assert second.open("/flags/new/") == 200
    assert second.page.locator("[name=first_name]").count() == 1
    second.open(f"{page}feedback/")
    second.tick("[name=useful][value=yes]")
    second.tick("[name=better][value=nothing]")
    second.press(SEND, to=f"**{page}")


def test_the_course_lets_an_untrained_teacher_flag(cast, phone):
    walk = phone(cast.teacher)
    walk.open("/flags/new/")
    assert walk.page.locator("[name=first_name]").count() == 0
    walk.press("main a[href='/trainings/course/']", to="**/course/")
    walk.press("main a.govuk-button", to="**/course/flag/")
    wrong = walk.page.locator("[name=question_1][value='0']")
    wrong.check()
    walk.page.click("main form button.govuk-button")
    walk.page.locator(".govuk-error-summary").wait_for()
    for chapter in course.chapters():
        assert walk.page.url.endswith(f"/course/{chapter.code}/")
        for question in chapter.questions:
            walk.tick(f"[name={question.name}][value='{question.right}']")
        walk.press("main form button.govuk-button", to="**/course/**")
    assert walk.page.url.endswith("/trainings/course/")
    with walk.page.expect_download() as download:
        walk.page.click("main a[href*='/certificate/']")
    assert download.value.suggested_filename.endswith(".pdf")
    walk.open("/flags/new/")
    assert walk.page.locator("[name=first_name]").count() == 1


def test_somebody_without_an_account_signs_up_and_cancels(cast, phone, open_context):
    leads = phone(cast.coordinator)
    training = arrange(leads)
    leads.open(f"{training.get_absolute_url()}manage/")
    leads.press("form[action$='/address/'] button", to="**/manage/")
    training.refresh_from_db()
    guest = Walk(open_context(width=PHONE, language=cast.coordinator.user.language))
    guest.open(f"/trainings/join/{training.secret}/")
    guest.type("name", "Ulla Ulkopuolinen")
    guest.type("email", "ulla@example.test")
    guest.press(SEND, to="**/join/**")
    guest.open(f"/trainings/place/{SignUp.objects.get().secret}/")
    guest.press("form[action$='/give-up/'] button", to="**/given-up/")
    assert (SignUp.objects.get().name, SignUp.objects.get().state) == ("", "cancelled")


def test_every_page_of_those_who_lead_on_a_phone(cast, phone):
    walk = phone(cast.coordinator)
    page = arrange(walk).get_absolute_url()
    occasion = Occasion.objects.get()
    for more in ("change", "times", f"times/{occasion.public_id}", "people/names", "manage"):
        assert walk.open(f"{page}{more}/") == 200
    for address in ("/trainings/?when=past&kind=team", "/trainings/mine/", "/pilots/"):
        assert walk.open(address) == 200
