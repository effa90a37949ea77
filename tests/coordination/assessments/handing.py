"""A whole assessment, with words in every place where somebody can write."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

from django.utils import timezone

from coordination.assessments import notices
from coordination.assessments.models import (
    Assessment,
    ChildView,
    DisclosureBan,
    Goal,
    Participant,
    PartVersion,
    PlanAction,
    Reopening,
    Report,
    ReportDeadline,
    Summary,
)
from coordination.clocks.rules import today
from coordination.links.commands import send_link
from coordination.outbox.commands import tell
from tests.coordination.assessments.rooming import begun, invited

# Of each model the columns that somebody writes in, and that no choice limits.
WRITTEN = {
    Report: ["reach", "matter", "child_said", "family_told_why", "sent_to", "urgency_why", "decision_why"],
    ReportDeadline: ["missed_why"],
    Assessment: ["receipt", "looks_held_why"],
    Participant: ["name", "asked"],
    DisclosureBan: ["why"],
    Reopening: ["why"],
    PartVersion: ["content", "basis_why"],
    ChildView: ["why_not_alone", "own_words", "maturity_why"],
    Summary: ["conclusions", "child_protection_why", "services", "outcome_why"],
    Goal: ["words"],
    PlanAction: ["what", "responsible_name"],
}


class Words:
    """Words that are nowhere else; `of` knows which stands where."""

    def __init__(self):
        self.number, self.of = count(), {}

    def __call__(self, place):
        self.of[place] = f"Sanaton{next(self.number):03}"
        return self.of[place]


def whole(cast, *, worker=None, **typed):
    """An assessment of Xenobia Yxkukainen with everybody and everything in it, and its words (`Words`) as `words`."""
    typed = {"first_name": "Xenobia", "last_name": "Yxkukainen"} | typed
    worker, word = worker or cast.social_worker, Words()
    said = {name: word(f"report.{name}") for name in ("reach", "matter", "child_said", "family_told_why")}
    assessment = begun(worker, by=cast.teacher, family_told="not_told", **said, **typed)
    report = assessment.reports.get()
    for name in ("urgency_why", "decision_why", "sent_to"):
        setattr(report, name, word(f"report.{name}"))
    report.save()
    for one in report.deadlines.all():
        one.missed_why = word(f"deadline.{one.what}")
        one.save()
    nurse = invited(assessment, cast.nurse)
    mother, father = (people(assessment, "guardian", word(f"{one}.name")) for one in ("mother", "father"))
    child = people(assessment, "child", word("child.name"))
    outside = people(assessment, "outside", word("outside.name"))
    for one in (nurse, mother, child, outside):
        one.asked = word(f"asked.{one.kind}")
        one.save()
        part(one, word, readers=[nurse])
    _heard(assessment, word)
    ban = {"guardian": father, "covers": "everything", "why": word("ban")}
    DisclosureBan.objects.create(assessment=assessment, made_by=worker, **ban)
    Reopening.objects.create(assessment=assessment, why=word("reopening"), by=worker)
    _planned(cast, assessment, word, nurse)
    send_link(
        about=mother.public_id,
        young_person=assessment.young_person,
        content={"heading": word("link"), "paragraphs": []},
        email="xenobia@example.test",
        language="fi",
        back="/",
        by=worker,
    )
    for about in (assessment, mother, nurse):
        tell(notices.PARTICIPANT_LEFT, to=[worker], about=about, link=assessment.get_absolute_url(), dedupe=uuid4())
    assessment.words = word.of
    return assessment


def people(assessment, kind, name, *, language="sv"):
    """Somebody without an account, also a guardian of somebody who has come of age since."""
    return Participant.objects.create(
        assessment=assessment, kind=kind, name=name, language=language, token=uuid4(), asked_by=assessment.worker
    )


def part(participant, word, *, number=1, readers=(), **values):
    """A version of a part."""
    text = word(f"part.{participant.kind}.{number}")
    version = PartVersion.objects.create(
        participant=participant,
        number=number,
        content=f'{{"own_words": "{text}"}}',
        basis="permission",
        basis_why=word(f"basis.{participant.kind}.{number}"),
        written_by=participant.membership,
        **values,
    )
    version.readers.set(readers)
    return version


def _heard(assessment, word):
    values = {name: word(f"child.{name}") for name in ("why_not_alone", "own_words", "maturity_why")}
    ChildView.objects.create(
        assessment=assessment,
        number=1,
        heard_on=today(),
        heard_how="face",
        met_alone=False,
        maturity="able",
        by=assessment.worker,
        **values,
    )


def _planned(cast, assessment, word, nurse):
    names = ("conclusions", "child_protection_why", "services", "outcome_why")
    summary = Summary.objects.create(
        assessment=assessment,
        number=1,
        need_lasts="temporary",
        child_protection=False,
        own_worker=True,
        outcome="general",
        by=assessment.worker,
        **{name: word(f"summary.{name}") for name in names},
    )
    summary.readers.set([nurse])
    goal = Goal.objects.create(token=uuid4(), assessment=assessment, words=word("goal"))
    action(assessment, word("action.nurse"), goal=goal, responsible=cast.nurse)
    action(assessment, word("action.mother"), responsible_name=word("action.by"))


def action(assessment, what, **values):
    """An action of the joint plan, due in a week."""
    known = {"young_person": assessment.young_person, "assessment": assessment, "token": uuid4()}
    return PlanAction.objects.create(what=what, due_on=today() + timedelta(days=7), **known | values)


def signed(assessment):
    """The assessment as its worker has signed it."""
    Assessment.objects.filter(pk=assessment.pk).update(
        state="signed", signed_at=timezone.now(), signed_by=assessment.worker
    )
    Summary.objects.filter(assessment=assessment).update(signed_at=timezone.now())
    return afresh(assessment)


def afresh(assessment):
    """The assessment as it is now, with its words."""
    found = Assessment.objects.select_related("young_person", "worker__user", "area").get(pk=assessment.pk)
    found.words = getattr(assessment, "words", {})
    return found
