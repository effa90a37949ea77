import uuid
from email.message import EmailMessage

import pytest
from django.urls import reverse

from coordination.outbox.commands import tell
from coordination.outbox.models import Notification
from coordination.outbox.queries import PAGE_SIZE
from tests.coordination.outbox.conftest import FYI, WAITS


@pytest.fixture
def reader(person):
    return person(language="en")


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader.user)
    return client


def test_notices_are_those_of_the_acting_membership(signed_in, reader, person):
    tell(WAITS, to=[reader], link="/mine/", dedupe="x")
    tell(WAITS, to=[person()], link="/others/", dedupe="x")
    page = signed_in.get(reverse("outbox:notices")).content.decode()
    assert 'href="/mine/"' in page
    assert "/others/" not in page
    assert "Something waits for you." in page


def test_a_get_marks_nothing_as_seen_a_post_does(signed_in, reader, person):
    tell(FYI, to=[reader, person()], link="/", dedupe="x")
    signed_in.get(reverse("outbox:notices"))
    assert Notification.objects.unseen().count() == 2
    own = Notification.objects.get(membership=reader)
    assert signed_in.get(reverse("outbox:seen")).status_code == 405
    ids = list(Notification.objects.values_list("public_id", flat=True))
    assert signed_in.post(reverse("outbox:seen"), {"notice": ids}).status_code == 302
    own.refresh_from_db()
    assert own.seen_at
    assert Notification.objects.unseen().count() == 1


@pytest.mark.parametrize(
    "posted", [["x"], ["\0"], [""], [str(uuid.uuid4())], ["9" * 10_000], [str(uuid.uuid4())] * 500]
)
def test_any_post_is_answered(signed_in, posted):
    assert signed_in.post(reverse("outbox:seen"), {"notice": posted}).status_code == 302


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "\0", "99999999999999999999", "1.5", ""])
def test_any_page_number_is_answered(signed_in, page):
    assert signed_in.get(reverse("outbox:notices"), {"page": page}).status_code == 200


def test_older_and_newer(signed_in, reader):
    for number in range(PAGE_SIZE + 1):
        tell(FYI, to=[reader], link=f"/n{number}/", dedupe=number)
    first = signed_in.get(reverse("outbox:notices")).content.decode()
    assert "page=2" in first
    assert 'href="/n0/"' not in first
    second = signed_in.get(reverse("outbox:notices"), {"page": 2}).content.decode()
    assert 'href="/n0/"' in second
    assert "page=1" in second
    assert "page=3" not in second


@pytest.mark.parametrize("rows", [1, 25])
def test_same_statements_for_one_row_and_for_a_page(signed_in, reader, rows, django_assert_max_num_queries):
    for number in range(rows):
        tell(FYI, to=[reader], link="/", dedupe=number)
    with django_assert_max_num_queries(7):
        signed_in.get(reverse("outbox:notices"))


def test_preferences_take_effect_at_once(signed_in, reader):
    address = reverse("outbox:preferences")
    assert "Mail and language" in signed_in.get(address).content.decode()
    response = signed_in.post(address, {"rhythm": "weekly", "language": "sv"})
    assert response.status_code == 302
    reader.user.refresh_from_db()
    assert (reader.user.rhythm, reader.user.language) == ("weekly", "sv")
    assert signed_in.get(address).headers["Content-Language"] == "sv"


@pytest.mark.parametrize("posted", [{}, {"rhythm": "hourly", "language": "de"}, {"rhythm": "\0", "language": "fi"}])
def test_wrong_preferences_change_nothing(signed_in, reader, posted):
    response = signed_in.post(reverse("outbox:preferences"), posted)
    assert response.status_code == 200
    assert response.context["form"].errors
    reader.user.refresh_from_db()
    assert (reader.user.rhythm, reader.user.language) == ("daily", "en")


@pytest.mark.parametrize("name", ["notices", "preferences"])
def test_behind_the_login(client, db, name):
    assert client.get(reverse(f"outbox:{name}")).status_code == 302


@pytest.fixture
def demo(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.DEMO_MODE = True
    (tmp_path / "mail").mkdir()
    for number, to in enumerate(["aino@demo.invalid", "bo@demo.invalid"]):
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "Rinnalla <r@demo.invalid>", to, f"Hei <b>{number}</b>"
        message.set_content(f"Text {number}: http://localhost:8000/notices/ <script>x</script>")
        message.add_alternative("<p>HTML</p>", subtype="html")
        (tmp_path / "mail" / f"{number}.eml").write_bytes(message.as_bytes())


@pytest.mark.django_db
def test_the_demo_shows_mails_without_signing_in(client, demo):
    page = client.get(reverse("outbox:demo_mails")).content.decode()
    assert page.index("Text 1") < page.index("Text 0")
    assert "<b>0</b>" not in page
    assert "<script>x" not in page
    assert '<a href="http://localhost:8000/notices/"' in page


@pytest.mark.django_db
def test_the_demo_shows_the_mails_of_one_receiver(client, demo):
    page = client.get(reverse("outbox:demo_mails"), {"to": "bo@demo.invalid"}).content.decode()
    assert "Text 1" in page
    assert "Text 0" not in page
    assert "bo@demo.invalid" in page


@pytest.mark.django_db
def test_no_such_page_in_a_real_installation(client, demo, settings):
    settings.DEMO_MODE = False
    assert client.get(reverse("outbox:demo_mails")).status_code == 404


@pytest.mark.django_db
def test_an_empty_demo_says_so(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert client.get(reverse("outbox:demo_mails")).status_code == 200
