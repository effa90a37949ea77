"""Every page of an assessment costs the same statements, whether one of each takes part in it or thirty."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.assessments.models import Assessment, ChildView, Goal, Participant, PartVersion, PlanAction, Report
from coordination.clocks.rules import today
from coordination.interface import pdf
from tests.cast import sign_in
from tests.coordination.assessments.parting import child
from tests.coordination.assessments.planned import ready
from tests.directory import need, service

pytestmark = pytest.mark.django_db
OF_THE_ROOM = ["room", "child_view", "room_text", "room_paper", "sign", "action", "summary", "part"]
STATES = {
    "open": {"signed_at": None, "signed_by": None},
    "signed": {},
}


@pytest.fixture
def assessment(cast, monkeypatch):
    """One that could be signed; of a PDF only what it is made of is read."""
    monkeypatch.setattr(pdf, "unavailable", lambda: "")
    monkeypatch.setattr(pdf, "make", lambda template, context, **more: str(context["paper"]).encode())
    made = ready(cast, readers=[cast.nurse])
    child(made)
    return made


def grow(cast, assessment, number):
    """One more of everything that a list on some page has: with an agency, a service and a guardian of its own."""
    worker, agency = cast.social_worker, cast.agency(f"Toimija {number}", "school")
    professional = _part(assessment, worker, membership=cast.member(f"Eeva{number}", "Osallinen", agency))
    _version(professional, professional.membership).readers.set(assessment.participants.filter(membership=cast.nurse))
    for kind in ("guardian", "outside"):
        one = _part(assessment, worker, kind=kind, name=f"Joku {number}")
        _version(one, worker, heard_how="phone", heard_on=today())
        if kind == "guardian":
            assessment.bans.create(guardian=one, covers="child_view", why="x", made_by=worker)
    summary = assessment.summaries.last()
    summary.readers.add(professional)
    goal = Goal.objects.create(assessment=assessment, token=uuid4(), words="x")
    offered = service(cast.mikkeli, f"Palvelu {number}", owner=agency)
    for responsible, more in (
        (cast.nurse, {"kind": "service", "service": offered}),
        (professional.membership, {"kind": "service", "unmet": need(f"tarve{number}"), "goal": None}),
    ):
        values = {"goal": goal, "what": "x", "due_on": today(), "young_person": assessment.young_person} | more
        action = PlanAction(assessment=assessment, token=uuid4(), responsible=responsible, **values)
        action.done_at, action.done_by = assessment.began_at, professional.membership
        action.save()
    assessment.reopenings.create(why="x", by=professional.membership)
    _another_report(assessment, professional.membership)


def _part(assessment, by, *, kind="professional", **more):
    return Participant.objects.create(
        assessment=assessment, kind=kind, state="contributed", token=uuid4(), asked_by=by, **more
    )  # fmt: skip


def _version(participant, by, **more):
    columns = {"content": '{"risks": "x"}', "basis": "own", "written_by": by} | more
    return PartVersion.objects.create(participant=participant, number=1, **columns)


def _another_report(assessment, by):
    report = Report.objects.filter(assessment=assessment).first()
    deadlines = list(report.deadlines.all())
    for one, more in ((report, {"by": by, "received_by": by, "judged_by": by, "token": uuid4()}), *(
        (deadline, {}) for deadline in deadlines
    )):  # fmt: skip
        one.pk, one.public_id, one._state.adding = None, uuid4(), True
        for name, value in more.items():
            setattr(one, name, value)
        if one is not report:
            one.report = report
        one.save()


def costs(cast, assessment, state):
    """How many statements each page takes, by who reads it and which page it is."""
    values = {"state": state, "signed_at": assessment.began_at, "signed_by": cast.social_worker} | STATES[state]
    Assessment.objects.filter(pk=assessment.pk).update(**values)
    assessment.summaries.update(signed_at=values["signed_at"])
    own = assessment.participants.get(membership=cast.nurse)
    pages = [reverse(f"assessments:{word}", args=[assessment.public_id]) for word in OF_THE_ROOM]
    pages += ["/", reverse("assessments:mine"), reverse("assessments:actions")]
    pages += [reverse("pages:room_preview", args=[assessment.public_id, own.public_id])]
    child = assessment.participants.get(kind="child")
    pages += [reverse("assessments:family_copy", args=[assessment.public_id, child.public_id])]
    found = {}
    for reader in (cast.social_worker, cast.nurse):
        client = sign_in(Client(), reader)
        for page in pages:
            client.get(page)  # After a while a request writes that somebody is still there.
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(page)
            found[str(reader), page] = len(captured), answer.status_code
    return found


@pytest.mark.parametrize("state", STATES)
def test_a_page_costs_the_same_for_one_of_each_and_for_many(cast, assessment, state):
    grow(cast, assessment, 0)
    few = costs(cast, assessment, state)
    for number in range(1, 12):
        grow(cast, assessment, number)
    assert ChildView.objects.count() == 1
    many = costs(cast, assessment, state)
    assert {page: (few[page], many[page]) for page in few if few[page] != many[page]} == {}
    assert 200 in {status for _cost, status in many.values()}
