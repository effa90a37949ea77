"""The pages of a pilot's files: sent by those who lead it, saved by everybody, removed with their bytes."""

import io
import tracemalloc
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from pilots.registry.commands.attachments import attach
from pilots.registry.models import Attachment, AttachmentContent
from pilots.registry.states import PilotState
from tests.pilots.registry.documents import HTML, PDF, SVG, good, sent
from tests.pilots.registry.pages import Browser, address, is_refused
from tests.pilots.registry.piloting import in_state, of_the_portal


@pytest.fixture
def post_file(coordinator, pilot):
    def post(name, content, **typed):
        path = address("attach", pilot)
        return coordinator.client.post(path, coordinator.form(path) | {"file": sent(name, content)} | typed)

    return post


@pytest.mark.parametrize("kind", ["pdf", "docx", "ods", "png", "txt"])
def test_a_file_is_attached_and_saved_by_anybody_signed_in(cast, pilot, post_file, kind):
    content = good()[kind]
    assert post_file(f"../../Väliarvio.{kind}", content)["Location"] == address("attach", pilot)
    made = Attachment.objects.get()
    assert (made.name, made.added_by) == (f"Väliarvio.{kind}", cast.coordinator)
    path = reverse("registry:attachment", args=[made.public_id])
    for member in (cast.teacher, cast.stranger, cast.other_coordinator):
        answer = Browser(Client(), member).client.get(path)
        assert answer.content == content
        assert answer["Content-Type"] == made.content_type
        assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''V%C3%A4liarvio")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]
    assert Client().get(path).status_code == 302
    assert Browser(Client(), cast.teacher).status(reverse("registry:attachment", args=[uuid4()])) == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.html", HTML, "Only these kinds of files are taken"),
        ("a.svg", SVG, "Only these kinds of files are taken"),
        ("a.exe", b"MZ", "Only these kinds of files are taken"),
        ("../../a", PDF, "Only these kinds of files are taken"),
        ("a.pdf", HTML, "This is not a .pdf file inside."),
        ("a.txt", HTML, "something in it that runs"),
        ("a.pdf", b"", "The file is empty."),
        ("a.txt", b"a" * 10_000_001, "The file is larger than 10 MB."),
    ],
)
def test_a_wrong_file_comes_back_with_a_sentence(post_file, name, content, words):
    assert is_refused(post_file(name, content), words)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("typed", [{"file": ""}, {"file": "a"}, {"token": "x"}])
def test_a_mangled_form_comes_back(post_file, typed):
    assert is_refused(post_file("a.pdf", PDF, **typed), "Something needs mending")
    assert not Attachment.objects.exists()


def test_200_megabytes_are_refused_and_never_held(coordinator, pilot):
    path, bound = address("attach", pilot), "x-x-x"
    token = coordinator.form(path)["token"]
    head = f'--{bound}\r\nContent-Disposition: form-data; name="token"\r\n\r\n{token}\r\n--{bound}\r\n'
    head += 'Content-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    sent_bytes = Endless(head.encode(), 200_000_000, f"\r\n--{bound}--\r\n".encode())
    tracemalloc.start()
    answer = coordinator.client.generic(
        "POST", path, b"", content_type=f"multipart/form-data; boundary={bound}",
        **{"CONTENT_LENGTH": str(len(sent_bytes)), "wsgi.input": sent_bytes},
    )  # fmt: skip
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert is_refused(answer, "The file is larger than 10 MB.")
    assert peak < 40_000_000
    assert not Attachment.objects.exists()


class Endless(io.RawIOBase):
    """What is sent: a head, so many bytes of nothing, and a tail, made while they are read."""

    def __init__(self, head, size, tail):
        self.parts = [io.BytesIO(head), io.BytesIO(tail)]
        self.left, self.size = size, len(head) + size + len(tail)

    def __len__(self):
        return self.size

    def readinto(self, room):
        head, tail = self.parts
        part = head.read(len(room))
        if not part and self.left:
            part = b"a" * min(len(room), self.left)
            self.left -= len(part)
        part = part or tail.read(len(room))
        room[: len(part)] = part
        return len(part)


def test_the_same_file_twice_is_attached_once(coordinator, pilot):
    path = address("attach", pilot)
    data = coordinator.form(path)
    for _time in range(2):
        assert coordinator.client.post(path, data | {"file": sent("a.pdf", PDF)}).status_code == 302
    assert Attachment.objects.count() == 1


def test_a_file_belongs_to_a_decision(client, cast):
    browser = Browser(client, cast.coordinator)
    pilot = in_state(PilotState.RUNNING, cast.coordinator)
    decision, path = pilot.decisions.get(), address("attach", pilot)
    assert f'value="{decision.public_id}" selected' in browser.text(f"{path}?decision={decision.public_id}")
    browser.client.post(path, browser.form(path) | {"decision": str(decision.public_id), "file": sent("a.pdf", PDF)})
    assert Attachment.objects.get().decision == decision
    other = in_state(PilotState.RUNNING, cast.other_coordinator).decisions.get()
    data = browser.form(path) | {"decision": str(other.public_id), "file": sent("b.pdf", PDF)}
    assert is_refused(browser.client.post(path, data), "Choose one of the decisions.")


def test_only_leads_remove_a_file_and_its_bytes_go(cast, coordinator, pilot):
    made = attach(pilot=pilot, file=sent("a.pdf", PDF), token=uuid4(), by=cast.coordinator)
    path = reverse("registry:remove_attachment", args=[made.public_id])
    for member in (cast.teacher, cast.other_coordinator):
        assert Browser(Client(), member).client.post(path).status_code == 404
    assert coordinator.client.get(path)["Location"] == address("attach", pilot)
    assert AttachmentContent.objects.count() == 1
    assert coordinator.client.post(path)["Location"] == address("attach", pilot)
    assert not AttachmentContent.objects.exists()
    assert coordinator.client.post(path).status_code == 404


def test_files_of_the_portals_pilots_are_nobodys_to_remove(cast, coordinator):
    portal = of_the_portal()
    made = Attachment.objects.create(pilot=portal, token=uuid4(), name="a.pdf", content_type="a", size=1, digest="a")
    assert coordinator.client.post(reverse("registry:remove_attachment", args=[made.public_id])).status_code == 404
    assert Attachment.objects.exists()
