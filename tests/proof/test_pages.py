"""Every page in three languages at two widths: no violation, nothing wider than the window, nothing untranslated in
<html lang>."""

import pytest

from coordination.agencies.models import User
from pilots.measures.models import HandOver
from tests.access.world import World
from tests.journeys.axe import violations
from tests.journeys.every_page import WIDER, is_shown, pages, windows_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_is_accessible(open_context, live_server, prove, language, width):
    world, wrong, looked_at = World(), [], 0
    User.objects.update(language=language)
    HandOver.objects.update(language=language)
    windows = windows_of(world, open_context, live_server, width=width, language=language)
    for role, address in pages(world):
        page = windows[role]
        if not is_shown(page, address):
            continue
        looked_at += 1
        wrong += [f"{role} {address}: {fault}" for fault in violations(page)]
        if page.get_attribute("html", "lang") != language:
            wrong.append(f"{role} {address}: not in {language}")
        if page.evaluate(WIDER):
            wrong.append(f"{role} {address}: wider than {width} px")
    prove(f"Pages looked at in {language} at {width} px", looked_at, least=50)
    assert not wrong, "\n".join(wrong)
