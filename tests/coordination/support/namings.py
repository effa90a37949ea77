"""Short ways to a naming: the texts in force, agencies that accepted them, and somebody who is asked."""

from datetime import date
from uuid import uuid4

from django.utils import timezone

from coordination.support.commands.naming import name_one_adult
from coordination.support.models import PracticesAcceptance, SupportText

LONG_AGO = date(2026, 1, 1)


def text_of(kind, *, area=None, number=1, since=LONG_AGO, **texts):
    """A version of a text, made where it isn't there: a test that really commits leaves none of a migration's rows."""
    texts = {"text_fi": "# Otsikko", "text_sv": "# Rubrik", "text_en": "# Heading"} | texts
    values = {"in_force_from": since} | texts
    return SupportText.objects.get_or_create(kind=kind, area=area, number=number, defaults=values)[0]


def accepted(*agencies):
    """These agencies have accepted the shared practices, and there is a job description."""
    text_of("job")
    practices = text_of("practices")
    for agency in agencies:
        PracticesAcceptance.objects.get_or_create(agency=agency, text=practices)


def named(young_person, adult, *, by, **values):
    """The young person agreed to this adult, whose agency has accepted the practices, and the adult is asked."""
    accepted(adult.agency)
    return ask(young_person, adult, by=by, **values)


def ask(young_person, adult, *, by, **values):
    """The same, whatever the agency has accepted."""
    values = {
        "agreed_how": "face",
        "agreed_on": timezone.localdate(),
        "asked_by": by,
        "source": None,
        "token": uuid4(),
    } | values
    return name_one_adult(young_person=young_person, adult=adult, by=by, **values)
