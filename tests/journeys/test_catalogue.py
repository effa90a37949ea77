"""A town's services come into the directory from a file of the national catalogue, in a real browser: the file is
sent, the page says how far it is and then what came of it, and the services can be found."""

import pytest

from coordination.services.catalogue import commands
from coordination.services.catalogue.models import CatalogueRun
from tests.cast import Cast
from tests.coordination.services.catalogue.importing import demo_town
from tests.directory import lists
from tests.journeys.walk import PHONE, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEND = "main form button.govuk-button[type=submit]"


@pytest.fixture
def cast(transactional_db):
    lists()
    return Cast()


@pytest.mark.parametrize(
    ("language", "width", "words"),
    [
        ("fi", 1280, ["Lisätty: 150", "P16.5", "Lapsen saaminen"]),
        ("sv", PHONE, ["Tillagda: 150", "P16.5", "Att få barn"]),
    ],
)
def test_a_town_comes_in_from_a_file(cast, open_context, language, width, words):
    user = cast.other_coordinator.user
    user.language = language
    user.save(update_fields=["language"])
    walk = Walk(open_context(width=width, language=language, user=user))
    walk.open("/services/")
    walk.press("main a[href='/services/catalogue/']", to="**/services/catalogue/")
    walk.tick("[name=source][value=file]")
    file = {"name": "kerava.json", "mimeType": "application/json", "buffer": demo_town()}
    walk.page.locator("[name=file]").set_input_files(file)
    walk.press(SEND, to="**/catalogue/*-*/")
    seen = []

    def looked(run):
        walk.press("main .banner a", to="**/catalogue/*-*/")
        seen.append(walk.page.locator("progress").get_attribute("value"))

    commands.go_through(CatalogueRun.objects.get().pk, progress=looked)
    assert seen == ["100", "155"]
    walk.press("main .banner a", to="**/catalogue/*-*/")
    assert words[0] in walk.text
    assert words[1] in walk.text
    walk.press("main li a >> text=/Äitiysneuvola|Mödrarådgivning/", to="**/services/*-*/")
    assert words[2] in walk.text
