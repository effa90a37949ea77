"""Short ways to own parts and to what is heard, and to what somebody's pages show of them, for tests."""

import json
import re

from django.test import Client
from django.urls import reverse

from coordination.assessments.commands import parts, views
from coordination.assessments.models import Participant, Section
from coordination.clocks.rules import today
from tests.cast import sign_in

# The words by which a test knows a text wherever it stands.
WORD = re.compile(r"\bsana[a-z0-9_]+\b")


def texts(participant):
    """What each version says."""
    return [json.loads(version.content) for version in participant.versions.all()]


def wrote(member, assessment, text, *, readers=(), number=0, **more):
    """The version of this member's own part in which this text stands, with these participants as readers."""
    content = {Section.RISKS.value: text}
    values = {"content": content, "basis": "permission", "basis_why": "", "readers": list(readers)} | more
    return parts.write_part(assessment=assessment, number=number, by=member, **values)


def heard(participant, text, *, number=0, by=None, **more):
    """What somebody without an account said to the worker."""
    by = by or participant.assessment.worker
    values = {"words": text, "how": "phone", "on": today()} | more
    return views.hear_participant(participant=participant, number=number, by=by, **values)


def heard_child(assessment, text, *, number=0, by=None, **more):
    """The child's own view as the worker heard it."""
    values = {
        "heard_on": today(),
        "heard_how": "face",
        "met_alone": True,
        "why_not_alone": "",
        "own_words": text,
        "maturity": "able",
        "maturity_why": "Puhuu selvästi",
    } | more
    return views.hear_child(assessment=assessment, number=number, by=by or assessment.worker, **values)


def banned(guardian, covers="child_view", *, by=None):
    """What this guardian must not be told."""
    return views.ban(participant=guardian, covers=covers, why="Pelkää", by=by or guardian.assessment.worker)


def child(assessment):
    """The child's place in the assessment."""
    return Participant.objects.create(
        assessment=assessment,
        kind="child",
        name="Aino",
        language="fi",
        token=assessment.log_key,
        asked_by=assessment.worker,
    )


def of(assessment, word, participant=None):
    """The address of one of the assessment's pages."""
    of_somebody = {"participant": participant.public_id} if participant else {}
    return reverse(f"assessments:{word}", kwargs={"public_id": assessment.public_id, **of_somebody})


def words_for(member, assessment):
    """The words that this member's browser gets: of the room, and of every page that reads a part there."""
    client = sign_in(Client(), member)
    found = set()
    pages = [of(assessment, "room"), of(assessment, "child_view"), of(assessment, "part")]
    for one in Participant.objects.filter(assessment=assessment):
        pages += [of(assessment, word, one) for word in ("read_part", "heard")]
    for page in pages:
        found |= set(WORD.findall(client.get(page).content.decode()))
    return found
