"""A form is built from a template and approved in the administration; on phones three parties fill it in, the young
person behind a link; a receiver reads it and takes it on paper. Every page of ours is looked at by axe, in Finnish and
in Swedish."""

import json
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader

from coordination.agencies import role_permissions
from coordination.outbox.models import Mail
from pilots.questionnaires.models import QuestionnaireVersion, Sheet
from tests.cast import Cast
from tests.journeys.walk import PHONE, Walk
from tests.pilots.questionnaires.filling import key, load_templates

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEND = "main form button[type=submit]:not([name=search])"
READY = "main button[name=ready]"
OWN_WORDS = "Piirtää, kun saa olla rauhassa"
WISH = "Että joku kysyy aamulla"


@pytest.fixture(params=["fi", "sv"])
def cast(transactional_db, request, settings, live_server):
    settings.PUBLIC_URL = live_server.url
    cast = Cast()
    role_permissions.apply()
    load_templates()
    cast.language = request.param
    for member in (cast.coordinator, cast.administrator, cast.social_worker, cast.youth_worker):
        member.user.language = request.param
        member.user.save(update_fields=["language"])
    cast.person = cast.match().young_person
    return cast


@pytest.fixture
def phone(open_context):
    def opened(membership, width=PHONE):
        return Walk(open_context(width=width, language=membership.user.language, user=membership.user))

    return opened


def build(cast, phone):
    """The coordinator adapts the template, and the administrator marks it as approved."""
    template = QuestionnaireVersion.objects.get(questionnaire__code="esitieto-laitos-osasto")
    desk = phone(cast.coordinator, width=1280)
    desk.open("/admin/pilots/questionnaireversion/add/")
    desk.choose("base", str(template.pk))
    desk.choose("controller", str(cast.social.pk))
    desk.press("input[name=_save]", to="**/change/")
    desk.type("questions-5-label_fi", "Missä lapsi on hyvä?")
    desk.type("decided_by", "Palvelupäällikkö")
    desk.type("decided_on", "5.1.2026")
    desk.press("input[name=_save]", to="**/questionnaireversion/")
    made = QuestionnaireVersion.objects.get(questionnaire__area=cast.mikkeli)
    desk.open(f"/forms/versions/{made.public_id}/")
    other = phone(cast.administrator, width=1280)
    other.open("/admin/pilots/questionnaireversion/")
    other.tick(f"input[name=_selected_action][value='{made.pk}']")
    other.choose("action", "approve")
    other.press("button[name=index]", to="**/questionnaireversion/**")
    return QuestionnaireVersion.objects.get(pk=made.pk)


def begin(walk, cast, version):
    walk.open(f"/person/{cast.person.public_id}/")
    walk.press("main a[href*='/forms/of/']", to="**/forms/of/**")
    walk.tick(f"[name=which][value='{version.pk}-{version.parties.first().pk}']")
    walk.press(SEND, to="**/forms/*-*/")
    return Sheet.objects.get()


def ask(walk, sheet, place, membership):
    """The professional who fills in that part is found by name."""
    walk.open(sheet.get_absolute_url())
    walk.press(f"main a[href*='/ask/{place.pk}/']", to="**/ask/**")
    walk.type("find", membership.user.last_name)
    walk.press("main button[name=search]", to="**/ask/**")
    walk.tick(f"[name=who][value='{membership.public_id}']")
    walk.press(SEND, to=f"**{sheet.get_absolute_url()}")


def send_link(walk, cast, sheet, place):
    """The young person stands in the form and gets a link; gives (path, code)."""
    walk.press(f"main a[href*='/ask/{place.pk}/']", to="**/ask/**")
    walk.tick(f"main [name=language][value={cast.language}]")
    walk.press(SEND, to=f"**{sheet.get_absolute_url()}")
    walk.press("main a[href$='/link/']", to="**/link/")
    walk.type("email", "aino@example.test")
    walk.press(SEND, to="**/link/")
    return _path(), walk.page.locator(".code").inner_text().replace(" ", "")


def _path():
    letter = json.loads(Mail.objects.filter(kind=Mail.Kind.LETTER).latest("pk").letter)
    return urlsplit(letter["context"]["link"]).path


def open_with_code(open_context, cast, path, code):
    guest = Walk(open_context(width=PHONE, language=cast.language))
    guest.open(path)
    guest.type("code", code)
    guest.press(SEND, to=f"**{path}")
    return guest


def ask_to_read(walk, sheet, membership):
    """The professional who receives the form is found by name."""
    walk.press("main a[href$='/give/']", to="**/give/")
    walk.type("find", membership.user.last_name)
    walk.press("main button[name=search]", to="**/give/")
    walk.tick(f"[name=who][value='{membership.public_id}']")
    walk.press(SEND, to=f"**{sheet.get_absolute_url()}")


def test_a_form_from_the_template_to_its_receiver(cast, phone, open_context):
    version = build(cast, phone)
    assert version.approved_by == cast.administrator
    kaisa, sanna = phone(cast.coordinator), phone(cast.social_worker)
    sheet = begin(kaisa, cast, version)
    _instructor, nurse, young, _guardian = version.parties.all()
    ask(kaisa, sheet, nurse, cast.social_worker)
    path, code = send_link(kaisa, cast, sheet, young)

    kaisa.open(sheet.get_absolute_url())
    kaisa.press("main a[href*='/parts/']:not([href$='/link/']):not([href$='/leave-out/'])", to="**/parts/**")
    assert kaisa.page.locator("[name^=q]").first.input_value() == "Aino Virtanen"
    kaisa.type(f"q{key(sheet, 'Missä lapsi on hyvä?')}", OWN_WORDS)
    who = key(sheet, "Kuka toimittaa ajantasaisen lääkelistan osastolle ja milloin?")
    follow_up = kaisa.page.locator(f"[name=q{who}]")
    assert not follow_up.is_visible()
    kaisa.tick(f"[name=q{key(sheet, 'Onko lapsella säännöllinen lääkitys?')}][value='1']")
    assert follow_up.is_visible()
    kaisa.press("main form .govuk-button--secondary", to=f"**{sheet.get_absolute_url()}")
    kaisa.press("main a[href*='/parts/']:not([href$='/link/']):not([href$='/leave-out/'])", to="**/parts/**")
    kaisa.press(READY, to=f"**{sheet.get_absolute_url()}")

    sanna.open("/")
    sanna.press(f"main a[href='{sheet.get_absolute_url()}']", to=f"**{sheet.get_absolute_url()}")
    sanna.press("main a[href*='/parts/']", to="**/parts/**")
    sanna.press(READY, to=f"**{sheet.get_absolute_url()}")
    assert OWN_WORDS not in sanna.text

    aino = open_with_code(open_context, cast, path, code)
    aino.type(f"q{key(sheet, 'Mitä sinä toivot nyt ja jakson jälkeen?')}", WISH)
    aino.press(READY, to=f"**{path}")

    kaisa.open(sheet.get_absolute_url())
    assert WISH in kaisa.text
    kaisa.press("main form[action$='/submit/'] button", to=f"**{sheet.get_absolute_url()}")
    kaisa.press("main a[href$='/give/outside/']", to="**/give/outside/")
    kaisa.tick("[name=kind][value=elsewhere]")
    kaisa.type("name", "Tyks")
    kaisa.type("email", "osasto@example.test")
    kaisa.tick(f"main [name=language][value={cast.language}]")
    kaisa.press(SEND, to="**/give/outside/")
    code = kaisa.page.locator(".code").inner_text().replace(" ", "")
    reader = open_with_code(open_context, cast, _path(), code)
    assert WISH in reader.text
    assert OWN_WORDS in reader.text

    kaisa.open(sheet.get_absolute_url())
    ask_to_read(kaisa, sheet, cast.youth_worker)
    jussi = phone(cast.youth_worker)
    jussi.open(sheet.get_absolute_url())
    assert WISH in jussi.text
    paper = jussi.page.request.get(f"{sheet.get_absolute_url()}paper/")
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.body())).pages)
    for words in (OWN_WORDS, WISH, "Aino Virtanen"):
        assert words in " ".join(said.split())
