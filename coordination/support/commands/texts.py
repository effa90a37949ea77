"""The texts that are said yes to: a new version, and an agency's acceptance of the shared practices."""

from django.db import transaction
from django.db.models import Max

from coordination.agencies.constraints import keeping_constraints
from coordination.agencies.models import Area
from coordination.support import rules
from coordination.support.models import SupportText


@transaction.atomic
def save_text(*, text, by):
    """Save a version of the own area: a new one with the next number, or one that isn't in force yet.

    Raises NotNow for one that has come into force, since somebody may have said yes to it, and for a day that has
    passed: what was in force on that day can't change afterwards.
    """
    area = Area.objects.select_for_update(no_key=True).get(pk=by.agency.area_id)
    rules.check_comes_into_force(text.in_force_from)
    if text.pk:
        rules.check_not_in_force(SupportText.objects.get(pk=text.pk), area)
    else:
        latest = SupportText.objects.filter(kind=text.kind, area=area).aggregate(latest=Max("number"))["latest"]
        text.area, text.number = area, (latest or 0) + 1
    with keeping_constraints():
        text.save()
    return text


@transaction.atomic
def save_acceptance(*, acceptance):
    """Write down that an agency has accepted the shared practices, or mend the day."""
    rules.check_accepted_on(acceptance.accepted_on, acceptance.text)
    with keeping_constraints():
        acceptance.save()
    return acceptance
