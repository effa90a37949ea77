"""On a phone: a coordinator begins a pilot and takes it to its spreading, and another area's administrator takes it
into use. Every page is looked at by axe, in Finnish and in Swedish."""

from datetime import date, timedelta

import pytest

from coordination.clocks.rules import today
from pilots.registry.models import Attachment, Pilot
from pilots.registry.states import PilotState
from tests.cast import Cast
from tests.journeys.walk import PHONE, Walk
from tests.pilots.registry.documents import PDF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEND = "main form button.govuk-button[type=submit]"


@pytest.fixture(params=["fi", "sv"])
def cast(transactional_db, request):
    cast = Cast()
    cast.other_administrator = cast.member("Alli", "Muualla", cast.other_school, role="administrator")
    for member in (cast.coordinator, cast.other_administrator):
        member.user.language = request.param
        member.user.save(update_fields=["language"])
    return cast


@pytest.fixture
def phone(open_context):
    def opened(membership):
        return Walk(open_context(width=PHONE, language=membership.user.language, user=membership.user))

    return opened


def press_link(walk, page):
    """Press what leads from the pilot to this page about it."""
    walk.press(f"main a[href*='/{page}/']", to=f"**/{page}/**")


def decide(walk, state, *, evidence):
    """Decide this on the phone; the pilot's page comes back."""
    press_link(walk, "decide")
    walk.tick(f"[name=state][value={state}]")
    walk.date("decided_on", today())
    walk.type("decided_by_fi", "Lasten palvelujen johtoryhmä")
    walk.type("reason_fi", "Poissaolot vähenivät.")
    walk.tick(f"[name=evidence][value={evidence}]")
    walk.press(SEND, to="**/pilots/*-*/")


def begin(walk):
    walk.open("/pilots/new/")
    walk.type("name", "Aamukahvit")
    walk.type("aim", "Kukaan ei jää kotiin yksin.")
    walk.type("target_group", "Yläkoululaiset")
    walk.date("starts_on", date(2026, 9, 1))
    walk.type("in_place", "Huone on varattu\nKaksi aikuista on nimetty")
    walk.press(SEND, to="**/pilots/*-*/")
    return Pilot.objects.get()


def test_a_pilot_from_its_beginning_to_another_area(cast, phone):
    walk = phone(cast.coordinator)
    pilot = begin(walk)
    press_link(walk, "checklist")
    walk.tick("[name=in_place][value='0']")
    walk.tick("[name=in_place][value='1']")
    walk.press(SEND, to="**/pilots/*-*/")
    decide(walk, "running", evidence="none")

    press_link(walk, "milestone")
    walk.type("name_fi", "Ensimmäinen mittaus")
    walk.date("due_on", today() + timedelta(days=30))
    walk.press(SEND, to="**/milestone/")
    assert "Ensimmäinen mittaus" in walk.text
    walk.open(pilot.get_absolute_url())
    press_link(walk, "attach")
    walk.page.set_input_files("[name=file]", {"name": "mittaus.pdf", "mimeType": "application/pdf", "buffer": PDF})
    walk.press(SEND, to="**/attach/")
    with walk.page.expect_download() as download:
        walk.page.click("main a[href*='/attachment/']")
    assert download.value.suggested_filename == "mittaus.pdf"
    assert Attachment.objects.get().added_by == cast.coordinator

    walk.open(pilot.get_absolute_url())
    decide(walk, "evaluated", evidence="counted")
    decide(walk, "spread", evidence="compared")
    pilot.refresh_from_db()
    assert pilot.state == PilotState.SPREAD
    assert [one.evidence for one in pilot.decisions.all()] == ["none", "counted", "compared"]

    elsewhere = phone(cast.other_administrator)
    elsewhere.open(pilot.get_absolute_url())
    press_link(elsewhere, "spread")
    elsewhere.type("sites", "Keravan lukio")
    elsewhere.type("lead", "Keravan kaupunki")
    elsewhere.date("starts_on", today() + timedelta(days=60))
    elsewhere.press(SEND, to="**/pilots/*-*/")
    child = Pilot.objects.get(spread_from=pilot)
    assert (child.area, child.state, child.sites.get().name) == (cast.kerava, PilotState.PLANNED, "Keravan lukio")
    assert "Aamukahvit" in elsewhere.text


def test_every_page_of_editing_on_a_phone(cast, phone):
    """What the way above doesn't pass."""
    walk = phone(cast.coordinator)
    address = begin(walk).get_absolute_url()
    for page in ("change", "text", "text/sv", "text/en", "points", "decide", "site", "partner", "risk", "leads"):
        assert walk.open(f"{address}{page}/") == 200
    # A refused form names what is missing, and stays accessible.
    walk.page.goto(f"{address}risk/")
    walk.page.click(SEND)
    assert walk.page.locator(".govuk-error-summary").count() == 1
