"""Short ways to summaries and joint plans, for tests."""

from datetime import timedelta
from uuid import uuid4

from coordination.assessments.commands import plans, summaries
from coordination.assessments.models import Assessment, ChildView
from coordination.clocks.rules import today
from tests.coordination.assessments.rooming import begun, invited

COLUMNS = {
    "conclusions": "Tukea arkeen tarvitaan",
    "need_lasts": "temporary",
    "child_protection": False,
    "child_protection_why": "Kotona on turvallista",
    "services": "Perhetyö",
    "own_worker": True,
    "outcome": "social_welfare",
    "outcome_why": "Arki kuormittaa",
    "follow_up_on": None,
}


def written(assessment, *readers, number=0, **columns):
    """A version of the summary, with nothing missing; `readers` are participants."""
    columns = COLUMNS | {"rights_told_on": today()} | columns
    return summaries.write_summary(
        assessment=assessment, number=number, readers=readers, by=assessment.worker, **columns
    )  # fmt: skip


def heard(assessment):
    """The child has been heard."""
    return ChildView.objects.create(
        assessment=assessment,
        number=1,
        heard_on=today(),
        heard_how="face",
        met_alone=True,
        own_words="Haluan nukkua",
        maturity="able",
        maturity_why="Osaa kertoa",
        by=assessment.worker,
    )


def goal(assessment, words="Että jaksan kouluun"):
    return plans.add_goal(assessment=assessment, words=words, token=uuid4(), by=assessment.worker)


def action(assessment, responsible=None, *, token=None, days=7, **columns):
    """Something to be done by this member, the worker unless told otherwise, in so many days."""
    if not columns.get("responsible_name"):
        columns["responsible"] = responsible or assessment.worker
    values = {"goal": None, "kind": "action", "what": "Soittaa koululle", "service": None, "unmet": None}
    values |= {"responsible": None, "responsible_name": "", "due_on": today() + timedelta(days=days)} | columns
    return plans.add_action(assessment=assessment, token=token or uuid4(), by=assessment.worker, **values)


def columns_of(action, **changes):
    """The columns of an action, for changing it."""
    names = ("goal", "kind", "what", "service", "unmet", "responsible", "responsible_name", "due_on")
    return {name: getattr(action, name) for name in names} | changes


def signed(assessment):
    """The assessment, signed by its worker."""
    return summaries.sign(assessment=assessment, by=assessment.worker)


def ready(cast, *, readers=(), others=(), **typed):
    """An assessment that could be signed: with a reader's part for each of `readers`, and one for each of `others`."""
    assessment = begun(cast.social_worker, by=cast.teacher, **typed)
    reading = [invited(assessment, one) for one in readers]
    for one in others:
        invited(assessment, one)
    heard(assessment)
    written(assessment, *reading)
    return assessment


def fresh(row):
    """The row as it is now."""
    return row.__class__.objects.get(pk=row.pk)


def is_signed(assessment):
    return Assessment.objects.get(pk=assessment.pk).state == "signed"
