"""Files of a pilot: what is taken is what its name says, is served as a file and never as a page, and goes whole."""

import hashlib
import io
import tracemalloc
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from coordination.agencies.rules import NotNow
from coordination.interface.files import is_cut_off, sent_file
from pilots.registry import rules
from pilots.registry.commands.attachments import attach, remove_attachment
from pilots.registry.file_kinds import KINDS, clean_name
from pilots.registry.models import Attachment, AttachmentContent
from pilots.registry.queries.pilots import attachments_of, content_of, laid_out
from pilots.registry.states import PilotState
from tests.pilots.registry.documents import HTML, PDF, good, hostile, sent
from tests.pilots.registry.piloting import begun, in_state, of_the_portal

pytestmark = pytest.mark.django_db


def attached(pilot, by, name="arvio.pdf", content=PDF, **more):
    return attach(pilot=pilot, file=sent(name, content), by=by, **{"token": uuid4()} | more)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_that_is_taken_comes_back_as_it_was(cast, kind):
    content = good()[kind]
    made = attached(begun(cast.coordinator), cast.coordinator, f"Väliarvio.{kind.upper()}", content)
    made.refresh_from_db()
    assert (made.name, made.content_type, made.size) == (f"Väliarvio.{kind.upper()}", KINDS[kind], len(content))
    assert made.digest == hashlib.sha256(content).hexdigest()
    assert made.added_by == cast.coordinator
    assert content_of(made) == content


@pytest.mark.parametrize("what", hostile())
def test_what_is_not_what_it_says_is_refused_with_its_sentence(cast, what):
    name, content, words = hostile()[what]
    pilot = begun(cast.coordinator)
    with pytest.raises(NotNow) as refusal, translation.override("en"):
        attached(pilot, cast.coordinator, name, content)
    assert words in refusal.value.sentence
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../x", "x"),
        ("..\\..\\Windows\\x.pdf", "x.pdf"),
        ("/etc/passwd", "passwd"),
        ("a\0\n\x7fb.pdf", "ab.pdf"),
        ("laskufdp\u202etxt.pdf", "laskufdptxt.pdf"),
        ("A\u0308rade.pdf", "Ärade.pdf"),
        ("  a   b .pdf. ", "a b .pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("..", ""),
    ],
)
def test_a_name_is_a_name_and_no_path(name, clean):
    assert clean_name(name) == clean


def test_a_path_as_a_name_is_stored_as_the_name_alone(cast):
    assert attached(begun(cast.coordinator), cast.coordinator, "../../x.pdf").name == "x.pdf"


def test_what_is_also_a_page_is_served_as_a_file_alone(cast):
    """Bytes that are a PDF and a page at once: a browser must not be free to choose."""
    made = attached(begun(cast.coordinator), cast.coordinator, "Särö.pdf", PDF + HTML)
    answer = sent_file(content_of(made), name=made.name, content_type=made.content_type)
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''S%C3%A4r%C3%B6.pdf"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"


def test_the_sandbox_stays_behind_the_middleware():
    from csp.middleware import CSPMiddleware

    def view(request):
        return sent_file(b"", name="a.pdf", content_type="application/pdf")

    request = RequestFactory().get("/")
    assert CSPMiddleware(view)(request)["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "sandbox" not in CSPMiddleware(lambda request: HttpResponse())(request)["Content-Security-Policy"]


class Endless(io.RawIOBase):
    """A form with one file of this size, made while it is read."""

    def __init__(self, size):
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        self.left = [head, *[b"a" * 1_000_000] * (size // 1_000_000), b"\r\n--x--\r\n"]
        self.length = sum(map(len, self.left))

    def read(self, size=-1):
        if not self.left:
            return b""
        part = self.left.pop(0)
        if 0 <= size < len(part):
            self.left.insert(0, part[size:])
            part = part[:size]
        return part


def uploaded(size):
    """A request that brings a file of this size."""
    body = Endless(size)
    environ = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": body}
    return RequestFactory().request(CONTENT_LENGTH=str(body.length), **environ), body


def test_200_megabytes_are_cut_off_and_never_held():
    request, body = uploaded(200_000_000)
    tracemalloc.start()
    try:
        assert "file" not in request.FILES
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert body.left == []
    assert most < 10_000_000
    assert is_cut_off(request, settings.ATTACHMENT_MEGABYTES * 1_000_000)


def test_the_largest_file_that_is_taken_comes_through():
    request, _body = uploaded(settings.ATTACHMENT_MEGABYTES * 1_000_000)
    assert request.FILES["file"].size == settings.ATTACHMENT_MEGABYTES * 1_000_000


def test_removing_a_file_removes_its_bytes(cast):
    pilot = begun(cast.coordinator)
    kept, gone = attached(pilot, cast.coordinator), attached(pilot, cast.coordinator)
    remove_attachment(attachment=gone, by=cast.coordinator)
    assert list(AttachmentContent.objects.values_list("attachment", flat=True)) == [kept.pk]
    with pytest.raises(NotNow):
        remove_attachment(attachment=gone, by=cast.coordinator)


def test_the_same_file_sent_twice_is_one(cast):
    pilot, token = begun(cast.coordinator), uuid4()
    first, second = (attached(pilot, cast.coordinator, token=token) for _again in range(2))
    assert first == second
    assert AttachmentContent.objects.count() == 1


def test_a_file_can_belong_to_a_decision_of_the_same_pilot(cast):
    pilot, other = (in_state(PilotState.RUNNING, cast.coordinator) for _one in range(2))
    decision = pilot.decisions.get()
    beside, own = attached(pilot, cast.coordinator), attached(pilot, cast.coordinator, decision=decision)
    shown = laid_out(pilot, cast.teacher)
    assert shown.attachments == [beside]
    assert [list(one.attachments.all()) for one in shown.decisions] == [[own]]
    assert set(attachments_of(pilot)) == {beside, own}
    with pytest.raises(NotNow):
        attached(other, cast.coordinator, decision=decision)


def test_a_pilot_has_so_many_files_at_most(cast, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ATTACHMENTS", 1)
    pilot = begun(cast.coordinator)
    attached(pilot, cast.coordinator)
    with pytest.raises(NotNow):
        attached(pilot, cast.coordinator)


@pytest.mark.parametrize("who", ["teacher", "second_coordinator", "stranger", "other_coordinator"])
def test_who_does_not_lead_the_pilot_adds_and_removes_nothing(cast, who):
    pilot = begun(cast.coordinator)
    made = attached(pilot, cast.coordinator)
    with pytest.raises(NotNow):
        attached(pilot, getattr(cast, who))
    with pytest.raises(NotNow):
        remove_attachment(attachment=made, by=getattr(cast, who))
    assert Attachment.objects.get() == made


def test_nobody_adds_to_what_comes_with_the_portal(cast):
    with pytest.raises(NotNow):
        attached(of_the_portal(), cast.administrator)
