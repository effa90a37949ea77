"""Grounds and permission rows held against each other: two records of one fact, of which the door asks both."""

import logging

from django.db import transaction

from coordination.people.holding import hold
from coordination.people.models import YoungPerson
from coordination.people.permissions import recompute

log = logging.getLogger(__name__)


def drift(*, write=False, progress=None):
    """Compare every person's permission rows with the grounds; yields (person's pk, rows that were wrong).

    `progress` is called with the number of people looked at so far, every thousand.
    """
    for number, person in enumerate(YoungPerson.objects.order_by("pk").iterator(chunk_size=1000), start=1):
        with transaction.atomic():
            if write:
                hold(person)
            wrong = recompute(person, write=write)
        if wrong:
            yield person.pk, wrong
        if progress and number % 1000 == 0:
            progress(number)


def report_drift():
    """Log an error where grounds and permission rows have come apart; the door had asked both all along."""
    found = list(drift())
    if found:
        log.error("access rows differ from grounds for %s people; run rebuild_access", len(found))
