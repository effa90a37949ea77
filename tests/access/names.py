"""By which names a test knows that a page shows somebody."""

from types import SimpleNamespace

from coordination.assessments.models import Assessment, Report
from coordination.people.models import YoungPerson


def person_names():
    """The names by which a test knows that a page shows a young person, each with the keys by which the use log knows
    the person, or an assessment of theirs and what was sent for it."""
    found = []
    for one in YoungPerson.objects.exclude(last_name=""):
        assessments = Assessment.objects.filter(young_person=one)
        reports = Report.objects.filter(assessment__in=assessments)
        keys = {*one.log_keys, *(row.log_key for row in [*assessments, *reports])}
        found += [SimpleNamespace(name=name, keys=keys) for name in (one.first_name, one.last_name)]
    return found
