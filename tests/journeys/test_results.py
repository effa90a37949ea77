"""On a phone: a coordinator follows a pilot by numbers, writes its evaluation, finishes it, and decides to spread it.
Axe looks at every page, in Finnish and in Swedish."""

from datetime import timedelta

import pytest
from pypdf import PdfReader

from coordination.clocks.rules import months_after, today
from coordination.interface import pdf
from pilots.registry.states import PilotState
from pilots.results.models import Evaluation, IndicatorValue
from pilots.results.queries.evaluations import COLUMNS
from pilots.results.rules import first_of
from tests.cast import Cast
from tests.journeys.test_pilots import SEND, decide
from tests.journeys.walk import PHONE, Walk
from tests.pilots.registry.piloting import in_state, now, text
from tests.pilots.results.following import at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["fi", "sv"])
def cast(transactional_db, request):
    cast = Cast()
    cast.coordinator.user.language = request.param
    cast.coordinator.user.save(update_fields=["language"])
    return cast


@pytest.fixture
def pilot(cast):
    texts = {language: text("Aamukahvit") for language in ("fi", "sv")}
    return in_state(PilotState.RUNNING, cast.coordinator, texts=texts)


def test_from_an_indicator_to_the_decision(cast, pilot, open_context):
    language = cast.coordinator.user.language
    walk = Walk(open_context(width=PHONE, language=language, user=cast.coordinator.user))
    walk.open(pilot.get_absolute_url())
    walk.press("main a[href$='/results/']", to="**/results/")
    walk.press("main a[href$='/indicator/']", to="**/indicator/")
    walk.type("name_fi", "Poissaolotunnit")
    walk.choose("unit", "hours")
    walk.choose("period", "month")
    walk.tick("[name=better][value=less]")
    walk.type("baseline", "21,5")
    walk.type("target", "12")
    walk.date("target_on", today() + timedelta(days=90))
    walk.press(SEND, to="**/values/")

    last = first_of("month", months_after(today(), -1))
    before = months_after(last, -1)
    walk.type(f"value_{before:%Y_%m}", "20")
    walk.type(f"value_{last:%Y_%m}", "11,5")
    walk.type(f"note_{last:%Y_%m}", "Syyslomaviikko mukana")
    walk.press(SEND, to="**/results/")
    assert IndicatorValue.objects.count() == 2
    for said in ("Poissaolotunnit", "11,5 h", "Syyslomaviikko mukana"):
        assert said in walk.text
    assert walk.page.locator("main svg[role=img]:visible").count() == 1

    walk.press("main a[href$='/evaluation/']", to=f"**/evaluation/{language}/")
    for name in COLUMNS:
        walk.type(name, f"Kerrottu: {name}")
    walk.date("covers_from", pilot.starts_on)
    walk.date("covers_to", today())
    walk.tick("[name=recommends][value=spread]")
    walk.press(SEND, to="**/finish/")
    walk.press(SEND, to="**/evaluations/*/")
    evaluation = Evaluation.objects.get()
    assert evaluation.finished_by == cast.coordinator
    assert evaluation.rows.get().value == IndicatorValue.objects.last().value
    if not pdf.unavailable():
        with walk.page.expect_download() as download:
            walk.page.click("main a[href$='.pdf']")
        pages = PdfReader(download.value.path()).pages
        assert "Kerrottu: heard" in " ".join(" ".join(page.extract_text() for page in pages).split())

    walk.open(at("evaluation", pilot, evaluation.public_id))
    decide(walk, "evaluated", evidence="counted")
    walk.open(at("evaluation", pilot, evaluation.public_id))
    assert walk.page.locator("main a[href*='state=spread']").count() == 1
    decide(walk, "spread", evidence="counted")
    assert now(pilot).state == PilotState.SPREAD

    walk.open(at("evaluation", pilot, evaluation.public_id))
    walk.press("main a[href$='/publish/']", to="**/publish/")
    walk.press(SEND, to="**/evaluations/*/")
    nobody = Walk(open_context(width=PHONE))
    nobody.open(f"/good-practice/{language}/")
    nobody.press("main article a", to="**/good-practice/**/*-*/")
    assert "Kerrottu: worked" in nobody.text


def test_what_was_refused_stays_on_a_phone(cast, pilot, open_context):
    """A share that can't be, and an indicator without its name: said on top and beside the box, and accessible."""
    walk = Walk(open_context(width=PHONE, language=cast.coordinator.user.language, user=cast.coordinator.user))
    walk.page.goto(at("add", pilot))
    walk.page.fill("[name=baseline]", "1e9")
    walk.page.click(SEND)
    assert walk.page.locator(".govuk-error-summary li").count() >= 2
    assert walk.page.input_value("[name=baseline]") == "1e9"
