"""On a phone: from a worry to a signed plan, with five roles. A teacher raises it, a social worker receives it and
decides, a nurse and a youth worker write their parts, a parent writes behind a link, and the plan is signed and opened
on paper. Every page is looked at by axe, in Finnish and in Swedish."""

import json
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader

from coordination.assessments.models import Assessment, Participant, Report
from coordination.clocks import reference
from coordination.clocks.rules import today
from coordination.outbox.models import Mail
from tests.cast import Cast
from tests.coordination.assessments.reporting import open_intake
from tests.journeys.test_social_welfare import take_in_hand, write
from tests.journeys.walk import PHONE, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEND = "main form button[type=submit]"
NURSE, YOUTH_WORKER, PARENT, CHILD = "Nukahtaa vastaanotolla", "Soittaa rumpuja", "Teen iltavuoroa", "Haluan nukkua"


@pytest.fixture(params=["fi", "sv"])
def cast(transactional_db, request, settings, live_server):
    settings.PUBLIC_URL = live_server.url
    cast = Cast()
    cast.language = request.param
    for member in (cast.teacher, cast.social_worker, cast.nurse, cast.youth_worker):
        member.user.language = request.param
        member.user.save(update_fields=["language"])
    reference.load()
    open_intake(cast.social)
    return cast


@pytest.fixture
def phone(open_context):
    def opened(membership):
        return Walk(open_context(width=PHONE, language=membership.user.language, user=membership.user))

    return opened


class Story:
    """Everybody's browser, and the assessment that the social worker began."""

    def __init__(self, cast, phone):
        self.cast = cast
        self.teacher, self.worker = phone(cast.teacher), phone(cast.social_worker)
        write(self.teacher)
        take_in_hand(self.worker, Report.objects.get())
        self.assessment = Assessment.objects.get()
        self.address = self.assessment.get_absolute_url()

    def at_the_room(self):
        """The worker's page, anew."""
        self.worker.open(self.address)
        return self.worker

    def invite(self, membership):
        worker = self.at_the_room()
        worker.press("main a[href$='/invite/']", to="**/invite/**")
        worker.type("find", membership.user.last_name)
        worker.press("main button[name=search]", to="**/invite/")
        worker.tick(f"[name=who][value='{membership.public_id}']")
        worker.type("asked", "Mitä olet nähnyt?")
        worker.press("main button[type=submit]:not([name=search])", to=f"**{self.address}")

    def invite_parent(self):
        """A guardian stands in the room and gets a link; gives (path, code)."""
        worker = self.at_the_room()
        worker.press("main a[href$='/invite-outside/']", to="**/invite-outside/")
        worker.tick("[name=kind][value=guardian]")
        worker.type("name", "Mari Virtanen")
        worker.tick(f"main [name=language][value={self.cast.language}]")
        worker.press(SEND, to=f"**{self.address}")
        worker.press("main a[href$='/link/']", to="**/link/")
        worker.type("email", "mari@example.test")
        worker.press(SEND, to="**/link/")
        letter = json.loads(Mail.objects.get(kind=Mail.Kind.LETTER).letter)
        return urlsplit(letter["context"]["link"]).path, worker.page.locator(".code").inner_text()

    def hear_the_child(self):
        worker = self.at_the_room()
        worker.press("main a[href$='/child/']", to="**/child/")
        worker.date("heard_on", today())
        worker.tick("[name=heard_how][value=face]")
        worker.tick("[name=met_alone][value=yes]")
        worker.type("own_words", CHILD)
        worker.tick("[name=maturity][value=able]")
        worker.type("maturity_why", "Punnitsee itse")
        worker.press(SEND, to=f"**{self.address}")

    def summarise(self):
        worker = self.at_the_room()
        worker.press("main a[href$='/summary/']", to="**/summary/")
        worker.type("conclusions", "Uni ja arki")
        worker.tick("[name=need_lasts][value=temporary]")
        worker.date("rights_told_on", today())
        worker.tick("[name=child_protection][value=no]")
        worker.type("child_protection_why", "Koti on turvallinen")
        worker.tick("[name=own_worker][value=no]")
        worker.tick("[name=outcome][value=social_welfare]")
        worker.type("outcome_why", "Perhetyö riittää")
        worker.press(SEND, to=f"**{self.address}**")

    def plan(self, responsible):
        worker = self.at_the_room()
        worker.press("main a[href$='/goals/new/']", to="**/goals/new/")
        worker.type("words", CHILD)
        worker.press(SEND, to=f"**{self.address}**")
        worker.press("main a[href$='/actions/new/']", to="**/actions/new/")
        worker.tick("[name=kind][value=action]")
        worker.type("what", "Unirytmi kuntoon")
        worker.tick(f"[name=responsible][value='{responsible.public_id}']")
        worker.date("due_on", today() + timedelta(days=30))
        worker.press(SEND, to=f"**{self.address}**")

    def sign(self):
        worker = self.at_the_room()
        worker.press("main a[href$='/sign/']", to="**/sign/")
        worker.press(SEND, to=f"**{self.address}**")


def contribute(walk, story, section, text, *, readers=()):
    """A professional's own part, from the desk."""
    walk.open("/")
    walk.press(f"main a[href='{story.address}']", to=f"**{story.address}")
    walk.press("main a[href$='/part/']", to="**/part/")
    walk.type(section, text)
    walk.tick("[name=basis][value=permission]")
    for reader in readers:
        walk.tick(f"[name=readers][value='{reader}']")
    walk.press(SEND, to=f"**{story.address}**")


def answer_by_link(walk, path, code):
    """The parent opens the link with the code, and writes."""
    walk.open(path)
    walk.type("code", code)
    walk.press(SEND, to=f"**{path}")
    walk.type("words", PARENT)
    walk.press(SEND, to=f"**{path}")


def paper_of(walk, address):
    """The PDF that this browser's session gets."""
    answer = walk.page.context.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    return PdfReader(BytesIO(answer.body()))


def test_from_a_worry_to_a_signed_plan(cast, phone, open_context):
    story = Story(cast, phone)
    for membership in (cast.nurse, cast.youth_worker):
        story.invite(membership)
    path, code = story.invite_parent()
    nurse, youth_worker = phone(cast.nurse), phone(cast.youth_worker)
    reader = Participant.objects.get(membership=cast.youth_worker).public_id
    contribute(nurse, story, "health", NURSE, readers=[reader])
    contribute(youth_worker, story, "friends", YOUTH_WORKER)
    answer_by_link(Walk(open_context(width=PHONE, language=cast.language)), path, code)
    story.hear_the_child()
    worker = story.at_the_room()
    assert all(text in worker.text for text in (NURSE, YOUTH_WORKER, PARENT, CHILD))
    # The nurse chose the youth worker, who chose nobody.
    nurse.open(story.address)
    assert YOUTH_WORKER not in nurse.text
    assert PARENT not in nurse.text
    assert CHILD not in nurse.text
    youth_worker.open(story.address)
    assert NURSE in youth_worker.text
    assert PARENT not in youth_worker.text
    assert story.teacher.page.goto(story.address).status == 404

    story.summarise()
    story.plan(cast.youth_worker)
    story.sign()
    assert Assessment.objects.get().state == "signed"
    youth_worker.open("/")
    assert "Unirytmi kuntoon" in youth_worker.text

    paper = paper_of(worker, f"{story.address}assessment.pdf?language={cast.language}")
    text = "\n".join(page.extract_text() for page in paper.pages)
    assert all(words in text for words in ("Nukahtaa", "rumpuja", "iltavuoroa", "Haluan nukkua", "Sosiaalipalvelut"))
    root = paper.trailer["/Root"]
    assert root["/Lang"] == cast.language
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert paper.metadata.title
    assert f"/ {len(paper.pages)}" in text or f"/{len(paper.pages)}" in text


def test_the_record_is_handed_over(cast, phone):
    story = Story(cast, phone)
    story.hear_the_child()
    story.summarise()
    story.sign()
    worker = story.at_the_room()
    worker.press("main a[href$='/hand-over/']", to="**/hand-over/")
    worker.date("on", today())
    worker.type("receipt", "Apotti 123, Liisa Kirjaaja")
    worker.tick("[name=looks][value=release]")
    worker.press(SEND, to=f"**{story.address}**")
    assert Assessment.objects.get().state == "handed_over"
