"""On a phone: a teacher passes a worry on to social welfare, a social worker receives it by name, judges, decides and
begins, and the teacher works by a card. Every page is looked at by axe, in Finnish and in Swedish."""

from datetime import date

import pytest

from coordination.assessments.models import Report
from coordination.cards.models import CardUse
from coordination.clocks import reference
from coordination.clocks.rules import today
from tests.acts import begun, say
from tests.cast import Cast
from tests.coordination.assessments.reporting import at, open_intake
from tests.coordination.cards.writing import written
from tests.journeys.walk import PHONE, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["fi", "sv"])
def cast(transactional_db, request):
    cast = Cast()
    for member in (cast.teacher, cast.social_worker):
        member.user.language = request.param
        member.user.save(update_fields=["language"])
    reference.load()
    open_intake(cast.social)
    written(phase="notify")
    return cast


@pytest.fixture
def phone(open_context):
    def opened(membership):
        return Walk(open_context(width=PHONE, language=membership.user.language, user=membership.user))

    return opened


def write(teacher):
    """From the desk to the report that was sent."""
    teacher.open("/")
    teacher.press("header a[href='/reports/']", to="**/reports/")
    assert teacher.page.locator("main a[href='tel:112']").is_visible()
    teacher.press("a[href='/reports/new/notification/']", to="**/notification/")
    teacher.type("first_name", "Aino")
    teacher.type("last_name", "Virtanen")
    teacher.date("birth_date", date(2012, 3, 4))
    teacher.type("matter", "Poissaoloja")
    teacher.tick("[name=present][value=child]")
    teacher.type("child_said", "En jaksa enää")
    teacher.tick("[name=family_told][value=told]")
    teacher.press("main form button[type=submit]", to="**/reports/*-*/")


def take_in_hand(worker, report):
    """From the intake to the beginning of the assessment."""
    worker.open("/reports/intake/")
    worker.press(f"main a[href='{report.get_absolute_url()}']", to="**/reports/*-*/")
    worker.press("form[action$='/receive/'] button", to="**/reports/*-*/")
    worker.press("main a[href$='/judge/']", to="**/judge/")
    worker.tick("[name=urgency][value=not_urgent]")
    worker.type("why", "Arki sujuu")
    worker.press("main form button[type=submit]", to="**/reports/*-*/")
    worker.press("main a[href$='/decide/']", to="**/decide/")
    worker.tick("[name=answer][value=assess]")
    worker.tick("[name=scope][value=special_support]")
    worker.press("main form button[type=submit]", to="**/reports/*-*/")
    worker.press("main a[href$='/family/']", to="**/family/")
    worker.tick("[name=answer][value=told]")
    worker.date("on", today())
    worker.press("main form button[type=submit]", to="**/reports/*-*/")
    worker.press("form[action$='/begin/'] button", to="**/assessments/*-*/")


def test_from_the_worry_to_the_assessment(cast, phone):
    teacher, worker = phone(cast.teacher), phone(cast.social_worker)
    write(teacher)
    report = Report.objects.get()
    take_in_hand(worker, report)
    report.refresh_from_db()
    assert (report.state, report.received_by, report.scope) == ("begun", cast.social_worker, "special_support")
    teacher.open(at("report", report))
    assert cast.social_worker.user.get_full_name() in teacher.page.inner_text("main")
    assert "Arki sujuu" not in teacher.page.inner_text("main")


def test_a_card_beside_a_young_person(cast, phone):
    follow_up = begun(cast)
    say(follow_up, cast.teacher, by=cast.coordinator)
    teacher = phone(cast.teacher)
    teacher.open(f"/person/{follow_up.young_person.public_id}/")
    teacher.press("main a[href$='/cards/']", to="**/cards/")
    teacher.press("main a[href$='/school/notify/']", to="**/notify/")
    teacher.tick("[name=done][value='0']")
    teacher.tick("[name=signed]")
    teacher.press("main form button[type=submit]", to="**/notify/")
    assert (CardUse.objects.get().ticked, CardUse.objects.get().signed_at is not None) == ([0], True)
    teacher.press("main a[href$='/evaluate/']", to="**/evaluate/")
    teacher.tick("[name=helped][value=yes]")
    teacher.tick("[name=better][value=nothing]")
    teacher.press("main form button[type=submit]", to="**/cards/")
