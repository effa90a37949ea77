"""On a phone: whoever leads the group asks the children, two answer by a code, and the round is closed. Every page is
looked at by axe, in Finnish and in Swedish, the children's also at 320 px, in forced colours and by keyboard alone."""

import pytest

from config.demo.children import answer, ask
from pilots.service_map.models import ChildCode
from tests.cast import Cast
from tests.journeys.axe import assert_accessible
from tests.journeys.walk import PHONE, Walk
from tests.pilots.service_map.surveying import group, indicator, opened, summarised

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEND = "main form:last-of-type button.govuk-button[type=submit]"
NARROW = 320


@pytest.fixture(params=["fi", "sv"])
def lead(transactional_db, request):
    cast = Cast()
    group(cast)
    lead = cast.coordinator
    indicator(lead)
    lead.user.language = request.param
    lead.user.save(update_fields=["language"])
    return lead


@pytest.fixture
def phone(open_context, lead):
    def opened_by(user=None, width=PHONE):
        return Walk(open_context(width=width, language=lead.user.language, user=user))

    return opened_by


def answers(walk, there):
    """A child types the code and answers."""
    language = walk.page.locator("html").get_attribute("lang")
    walk.type("code", there.code.replace("-", " "))
    walk.press(SEND, to=f"**/survey/{language}/*-*-*/")
    walk.tick("#id_question_1_0")
    walk.tick("#id_question_6_3")
    walk.tick("#id_band_1")
    walk.press(SEND, to="**/thanks/")


def test_two_children_answer_and_the_results_wait_for_the_closing(lead, phone):
    made = opened(lead)
    leads = phone(lead.user)
    page = f"/service-map/rounds/{made.public_id}/children/"
    leads.page.goto(made.get_absolute_url())
    leads.press(f"main a[href='{page}']", to=f"**{page}")
    leads.press(f"main a[href='{page}ask/']", to=f"**{page}ask/")
    leads.press("form[action$='/standard/'] button", to=f"**{page}ask/")
    leads.press("main a[href$='/ask/new/']", to="**/ask/new/")
    leads.tick("[name=kind][value=words]")
    leads.type("name_fi", "Mitä muuttaisit?")
    leads.press(SEND, to=f"**{page}ask/")
    leads.press("main a[href$='/codes/new/']", to="**/codes/new/")
    leads.type("label", "3 B")
    leads.type("most", "20")
    leads.press(SEND, to=f"**{page}ask/")
    there = ChildCode.objects.get()
    leads.press(f"main a[href$='/{there.public_id}/']", to="**/codes/*-*/")
    assert there.code in leads.text

    for _child in range(2):
        child = phone()
        assert child.open("/survey/") == 200
        answers(child, there)
        assert {one["name"] for one in child.page.context.cookies()} == {"csrftoken"}
        # The next one at the same phone goes back, and finds an empty form.
        child.page.go_back()
        assert child.page.locator("[type=radio]:checked:not([value=''])").count() == 0
    leads.open(page)
    assert "2" in leads.text
    assert leads.page.locator("main table").count() == 0
    summarised(made, lead)
    leads.open(page)
    assert leads.page.locator("main table").count() == 0
    assert ChildCode.objects.get().came == 2


def test_by_keyboard_alone_in_forced_colours_on_a_narrow_phone(lead, phone):
    made = opened(lead)
    ask(made, lead)
    there = made.child_codes.first()
    walk = phone(width=NARROW)
    walk.page.emulate_media(forced_colors="active")
    walk.open(f"/survey/{lead.user.language}/{there.code}/")
    walk.page.locator(SEND).click()
    walk.page.locator(".govuk-error-summary").wait_for()
    assert_accessible(walk.page)
    walk.page.locator("#id_question_1_5").focus()
    walk.page.keyboard.press("ArrowUp")
    assert walk.page.locator("#id_question_1_4").is_checked()
    walk.page.locator(SEND).focus()
    with walk.page.expect_navigation(url="**/thanks/"):
        walk.page.keyboard.press("Enter")
    walk.check()


def test_what_a_whole_town_answered(lead, phone):
    made = opened(lead)
    ask(made, lead)
    answer(made)
    summarised(made, lead)
    walk = phone(lead.user)
    walk.open(f"/service-map/rounds/{made.public_id}/children/")
    assert walk.page.locator("main table").count() >= 15
    assert walk.page.locator("main form[action$='/hide/']").count() == 8
    walk.open(f"/service-map/rounds/{made.public_id}/children/ask/")
