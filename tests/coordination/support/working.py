"""A support that goes on, for tests that begin where it does; how it comes about is tested beside the naming."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from coordination.clocks.rules import today
from coordination.people import access
from coordination.people.models import Ground
from coordination.support.commands.work import save_contact
from coordination.support.models import Substitution, Support, SupportText
from tests.acts import begun
from tests.forms.page_forms import forms_of

Kind = Ground.Kind


def job_description():
    """A job description in force."""
    texts = {"text_fi": "Toimenkuva", "text_sv": "Arbetsbeskrivning", "text_en": "Job description"}
    return SupportText.objects.get_or_create(kind="job", area=None, number=1, defaults=texts)[0]


def supported(cast, *, adult=None, young_person=None, by=None, days=10, **values):
    """A support that began so many days ago; the adult sees the young person because of it."""
    by, adult = by or cast.coordinator, adult or cast.nurse
    young_person = young_person or begun(cast, by=by).young_person
    at = timezone.localtime() - timedelta(days=days)  # at the same hour, whatever the clocks did since
    values = {"heard_on": timezone.localdate(at), "began_at": at, "state": "active"} | values
    support = Support.objects.create(
        token=uuid4(),
        young_person=young_person,
        area=by.agency.area,
        adult=adult,
        agreed_how="face",
        agreed_on=timezone.localdate(at),
        asked_by=by,
        named_by=by,
        named_at=at,
        job_description=job_description(),
        answered_at=at,
        **values,
    )
    if support.state == "active":
        see(support, Kind.SUPPORT, adult)
    return support


def see(support, kind, membership, **more):
    """This membership sees the young person because of the support."""
    more = {"source": support.public_id} | more
    return access.give_ground(young_person=support.young_person, kind=kind, membership=membership, **more)


def stands_in(support, membership, *, days=7):
    """Somebody stands in for the adult for some days."""
    until = timezone.localdate() + timedelta(days=days)
    see(support, Kind.SUPPORT, membership, until=until)
    return Substitution.objects.create(support=support, membership=membership, until=until, named_by=support.named_by)


def met(support, *, by=None, **values):
    """One contact, written down by the adult or by who stands in."""
    values = {
        "on": today(),
        "channel": "phone",
        "started_by": "adult",
        "minutes": 15,
        "came": True,
        "note": "",
        "token": uuid4(),
    } | values
    return save_contact(support=support, by=by or support.adult, **values)


def at(word, support, **more):
    """The address of a page of this support."""
    return reverse(f"support:{word}", kwargs={"public_id": support.public_id} | more)


def opened(client, path):
    """What a browser sends of this page without typing anything."""
    return next(form for form in forms_of(client.get(path), path) if form.action == path).data()
