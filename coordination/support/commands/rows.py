"""A support held for a change, and constraints that answer with their sentence."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from coordination.agencies.rules import NotNow
from coordination.people.holding import hold
from coordination.support.models import Support


def held(support):
    """The support as it is now, with everybody else who would change it waiting; the young person is held first."""
    hold(support.young_person)
    return (
        Support.objects.select_for_update(of=["self"])
        .select_related("young_person", "area", "adult__user", "adult__agency__area")
        .get(pk=support.pk)
    )


@contextmanager
def keeping_constraints(model):
    """Raise NotNow with the sentence of the model's constraint that is violated within; what was done before stands."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        for constraint in model._meta.constraints:
            if constraint.name == name:
                raise NotNow(constraint.get_violation_error_message()) from error
        if isinstance(error.__cause__, UniqueViolation):  # of a single field, such as the token of a form
            raise NotNow(_("This has been saved already. Look at it again.")) from error
        raise
