"""On phones: an administrator names the coordination group; its lead opens a round, which a professional and a child
answer; the group summarises it, opens a gap, decides on it in a meeting and sees it through, and approves the round,
which stands beside the one before. Axe looks at every page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from coordination.clocks.rules import today
from coordination.interface import pdf
from pilots.service_map.commands.group import add_member, end_member
from pilots.service_map.models import (
    ChildCode,
    Finding,
    GroupAction,
    GroupMeeting,
    GroupMember,
    SurveyAnswer,
    SurveyRound,
)
from tests.cast import Cast
from tests.directory import lists
from tests.journeys.test_children import answers
from tests.journeys.test_pilots import SEND
from tests.journeys.walk import PHONE, Walk
from tests.pilots.service_map.surveying import approved, indicator

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOME = "/service-map/"


@pytest.fixture(params=["fi", "sv"])
def cast(transactional_db, request):
    """Last year's lead has left the group; a round of two indicators was approved before that."""
    lists()
    cast = Cast()
    for member in (cast.administrator, cast.coordinator, cast.teacher, cast.youth_worker):
        member.user.language = request.param
        member.user.save(update_fields=["language"])
    last = add_member(membership=cast.coordinator, leads=True, by=cast.administrator)
    for name in ("Lapsia kuullaan", "Jono on lyhyt"):
        indicator(cast.coordinator, name)
    approved(cast.coordinator, "not", "in_order", name="Viime vuosi")
    end_member(member=last, by=cast.administrator)
    return cast


@pytest.fixture
def phone(open_context):
    def opened(membership):
        return Walk(open_context(width=PHONE, language=membership.user.language, user=membership.user))

    return opened


def press_link(walk, name, row):
    """Press what leads to this page about this round or meeting."""
    address = reverse(f"service_map:{name}", args=[row.public_id])
    walk.press(f"main a[href='{address}']", to=f"**{address}")


def press_button(walk, name, row, *, to):
    """Press the button that is sent to this address."""
    walk.press(f"main form[action='{reverse(f'service_map:{name}', args=[row.public_id])}'] button", to=to)


def test_from_the_group_to_the_comparison(cast, phone, open_context):
    names_the_lead(phone(cast.administrator), cast.youth_worker)
    jussi, tiina = phone(cast.youth_worker), phone(cast.teacher)
    made = prepares_a_round(jussi, cast.teacher)
    asks_the_children(jussi, made)
    opens_it(jussi, made)
    answers_as_an_adult(tiina, made)
    # Somebody who has never signed in, on a phone of their own.
    child = Walk(open_context(width=PHONE, language=cast.teacher.user.language))
    child.open("/survey/")
    answers(child, ChildCode.objects.get())
    closes_and_summarises(jussi, made)
    gap = opens_a_gap(jussi)
    decides_on_it_in_a_meeting(jussi, gap, made)
    sees_it_through(jussi, gap)
    approves(jussi, made)
    reads_it(tiina, made, gap)


def names_the_lead(anna, lead):
    """Somebody who is a professional like any other, but for the group."""
    anna.open(HOME)
    anna.press("main a[href$='/group/']", to="**/group/")
    anna.choose("who", str(lead.public_id))
    anna.tick("[name=leads]")
    anna.press(SEND, to="**/group/")
    assert GroupMember.objects.get(ended_at=None).membership == lead


def prepares_a_round(jussi, teacher):
    """A full round in which the teacher is asked for one of the two indicators."""
    jussi.open(HOME)
    jussi.press("main a[href$='/indicators/']", to="**/indicators/")
    jussi.page.go_back()
    jussi.press("main a[href$='/rounds/new/']", to="**/rounds/new/")
    jussi.tick("[name=kind][value=full]")
    jussi.type("name", "Tämä vuosi")
    jussi.date("closes_on", today() + timedelta(days=30))
    jussi.press(SEND, to="**/ask/")
    made = SurveyRound.objects.get(name="Tämä vuosi")
    heard, _queue = made.answers.all()
    jussi.choose("who", str(teacher.public_id))
    jussi.tick(f"[name=answers][value='{heard.public_id}']")
    jussi.press(SEND, to="**/ask/")
    return made


def asks_the_children(jussi, made):
    """Ten ready questions, and a code for one class."""
    page = reverse("children:results", args=[made.public_id])
    jussi.open(made.get_absolute_url())
    jussi.press(f"main a[href='{page}']", to=f"**{page}")
    jussi.press(f"main a[href='{page}ask/']", to=f"**{page}ask/")
    jussi.press("form[action$='/standard/'] button", to=f"**{page}ask/")
    jussi.press("main a[href$='/codes/new/']", to="**/codes/new/")
    jussi.type("label", "3 B")
    jussi.type("most", "20")
    jussi.press(SEND, to=f"**{page}ask/")


def opens_it(jussi, made):
    """From now on the round is answered."""
    jussi.open(made.get_absolute_url())
    press_button(jussi, "open", made, to=f"**{made.get_absolute_url()}")


def answers_as_an_adult(tiina, made):
    """The teacher is told, and answers what she is asked."""
    heard, _queue = made.answers.all()
    tiina.open("/notices/")
    tiina.open(HOME)
    press_link(tiina, "answer", heard)
    tiina.tick("[name=stands][value=partly]")
    tiina.type("words", "Oppilaskunnat saivat määrärahan.")
    tiina.type("evidence", "Koulujen kysely")
    tiina.press(SEND, to=f"**{HOME}")
    assert SurveyAnswer.objects.get(pk=heard.pk).answered_by.user.first_name == "Tiina"


def closes_and_summarises(jussi, made):
    """Nobody answers any more; what adults and children said is read, and each goal has its summary."""
    jussi.open(made.get_absolute_url())
    press_button(jussi, "close", made, to=f"**{made.get_absolute_url()}")
    assert "Oppilaskunnat saivat määrärahan." in jussi.text
    jussi.press("main a[href$='/children/']", to="**/children/")
    assert jussi.page.locator("main strong").first.inner_text() == "1"
    assert jussi.page.locator("main section").count() == 10
    jussi.open(made.get_absolute_url())
    jussi.press(f"main a[href*='/rounds/{made.public_id}/summary/']", to="**/summary/**")
    jussi.type("words", "Kuuleminen parani.")
    jussi.press(SEND, to=f"**{made.get_absolute_url()}")


def opens_a_gap(jussi):
    """What the round speaks of is lacking in the matrix, too."""
    jussi.open(HOME)
    jussi.press("main a[href='/service-map/coverage/']", to="**/coverage/")
    jussi.press("main td a[href*='row=mental'][href*='band=13-15']", to="**/cell/**")
    jussi.press("main a[href*='/gaps/open/']", to="**/gaps/open/**")
    jussi.type("title", "Keskusteluapu puuttuu")
    jussi.press(SEND, to="**/gaps/*-*/")
    return Finding.objects.get()


def decides_on_it_in_a_meeting(jussi, gap, made):
    """On the agenda beside the round, written down in the minutes, and from there to the gap itself."""
    jussi.open(HOME)
    jussi.press("main a[href$='/meetings/new/']", to="**/meetings/new/")
    jussi.date("day", today() + timedelta(days=1))
    jussi.type("time", "9.15")
    jussi.type("place", "Kaupungintalo")
    for one in (made, gap):
        jussi.tick(f"[name=things][value='{one.public_id}']")
    jussi.press(SEND, to="**/meetings/*-*/")
    meeting = GroupMeeting.objects.get()
    GroupMeeting.objects.update(starts_at=timezone.now() - timedelta(hours=2))
    press_link(jussi, "minutes", meeting)
    jussi.type(f"decided_{meeting.agenda.get(about=made.public_id).pk}", "Hyväksytään.")
    jussi.type(f"decided_{meeting.agenda.get(about=gap.public_id).pk}", "Perustetaan ryhmä.")
    jussi.tick("[name=attended]")
    jussi.press(SEND, to=f"**{meeting.get_absolute_url()}")
    assert "Perustetaan ryhmä." in jussi.text
    jussi.press(f"main a[href='{gap.get_absolute_url()}']", to=f"**{gap.get_absolute_url()}")
    jussi.press("main a[href$='/decide/']", to="**/decide/")
    jussi.tick("[name=decision][value=start]")
    jussi.type("action", "Perustetaan ryhmä")
    jussi.date("due_on", today() + timedelta(days=30))
    jussi.press(SEND, to=f"**{gap.get_absolute_url()}")


def sees_it_through(jussi, gap):
    """What was done about the gap is noted, and the gap is closed."""
    jussi.press("main a[href$='/note/']", to="**/note/")
    jussi.type("words", "Ryhmä alkoi.")
    jussi.press(SEND, to=f"**{gap.get_absolute_url()}")
    jussi.press("main a[href$='/close/']", to="**/close/")
    jussi.tick("[name=outcome][value=filled]")
    jussi.press(SEND, to=f"**{gap.get_absolute_url()}")
    assert Finding.objects.get().state == "closed"


def approves(jussi, made):
    """The group said so in its meeting."""
    jussi.open(made.get_absolute_url())
    press_link(jussi, "approve", made)
    jussi.date("approved_on", today())
    jussi.press(SEND, to=f"**{made.get_absolute_url()}")
    assert SurveyRound.objects.get(pk=made.pk).state == "approved"


def reads_it(tiina, made, gap):
    """Everybody reads what became of it since last year, what children said, and what was done about the gap."""
    tiina.open(made.get_absolute_url())
    better = {"fi": "parantunut", "sv": "bättre"}[tiina.page.locator("html").get_attribute("lang")]
    for words in ("Kuuleminen parani.", "Viime vuosi", better):
        assert words in tiina.text, words
    if not pdf.unavailable():
        with tiina.page.expect_download() as download:
            tiina.page.click("main a[href$='.pdf']")
        pages = PdfReader(download.value.path()).pages
        assert "Kuuleminen parani." in " ".join(" ".join(page.extract_text() for page in pages).split())
    tiina.press("main a[href$='/children/']", to="**/children/")
    assert tiina.page.locator("main strong").first.inner_text() == "<5"
    tiina.open(gap.get_absolute_url())
    assert "Ryhmä alkoi." in tiina.text


def test_from_the_agenda_to_what_is_done(cast, phone):
    add_member(membership=cast.coordinator, leads=True, by=cast.administrator)
    kaisa = phone(cast.coordinator)
    kaisa.open(HOME)
    kaisa.press("main a[href$='/meetings/new/']", to="**/meetings/new/")
    kaisa.date("day", today() + timedelta(days=1))
    kaisa.type("time", "9.15")
    kaisa.type("place", "Kaupungintalo")
    kaisa.tick("[name=things]")
    kaisa.type("words", "Talousarvio")
    kaisa.press(SEND, to="**/meetings/*-*/")
    meeting = GroupMeeting.objects.get()
    assert "Lapsia kuullaan" in kaisa.text
    GroupMeeting.objects.update(starts_at=timezone.now() - timedelta(hours=2))
    press_link(kaisa, "minutes", meeting)
    for item in meeting.agenda.all():
        kaisa.type(f"decided_{item.pk}", f"Päätettiin: {item.words}")
    kaisa.tick("[name=attended]")
    kaisa.press(SEND, to=f"**{meeting.get_absolute_url()}")
    press_link(kaisa, "add_action", meeting)
    kaisa.type("words", "Soittaa kouluille")
    kaisa.choose("who", str(cast.teacher.public_id))
    kaisa.date("due_on", today() + timedelta(days=7))
    kaisa.press(SEND, to=f"**{meeting.get_absolute_url()}")

    tiina = phone(cast.teacher)
    tiina.open(HOME)
    action = GroupAction.objects.get()
    press_button(tiina, "action_done", action, to=f"**{HOME}")
    assert GroupAction.objects.get().done_at
    tiina.open(meeting.get_absolute_url())
    assert "Päätettiin: Talousarvio" in tiina.text

    tiina.open("/service-map/network/")
    tiina.type("asks_about", "Poissaolot")
    tiina.press("main form.narrow button.govuk-button[type=submit]", to="**/network/")
    assert "Poissaolot" in tiina.text
    tiina.press("main form[action$='/network/leave/'] button", to="**/network/")
    assert "Poissaolot" not in tiina.page.locator("#contacts ~ ul").first.inner_text()
