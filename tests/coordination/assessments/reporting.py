"""Short ways to contacts and notifications, for tests."""

from uuid import uuid4

from django.urls import reverse

from coordination.assessments.commands import reports
from coordination.assessments.models import Report
from coordination.outbox.models import Mail, Notification
from tests.cast import born

TYPED = {
    "first_name": "Aino",
    "last_name": "Virtanen",
    "birth_date": born(14),
    "reach": "Äiti Mari 040 765 4321",
    "matter": "Poissaoloja ja yksinäisyyttä",
    "present": ["child"],
    "child_said": "En jaksa enää",
    "family_told": "told",
    "family_told_why": "",
    "not_yet": "",
    "crime_suspected": False,
}


def open_intake(agency):
    """This agency receives contacts and notifications."""
    agency.takes_reports = True
    agency.save()


def sent(by, *, kind="notification", **typed):
    """A notification that this member has sent."""
    said = {"contact_ground": "agreed"} if kind == "contact" else {}
    return reports.send(by=by, kind=kind, token=uuid4(), **(TYPED | said | typed))


def fresh(report):
    return Report.objects.get(pk=report.pk)


def at(word, report, **more):
    return reverse(f"assessments:{word}", kwargs={"public_id": report.public_id} | more)


def posted(**changes):
    """What a browser sends from the form of a notification."""
    born_on = TYPED["birth_date"]
    return {
        "token": str(uuid4()),
        "first_name": "Aino",
        "last_name": "Virtanen",
        "birth_date_day": born_on.day,
        "birth_date_month": born_on.month,
        "birth_date_year": born_on.year,
        "matter": "Poissaoloja",
        "family_told": "told",
    } | changes


def waits(member, code):
    """How many notices of this code wait for the member."""
    return Notification.objects.filter(membership=member, code=code, done_at=None).count()


def mailed(member):
    """How many mails there are for the member."""
    return Mail.objects.filter(user=member.user).count()
