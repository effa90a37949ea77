"""Constraints of the database that answer with their sentence."""

from contextlib import contextmanager

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from coordination.agencies.rules import NotNow


@contextmanager
def keeping_constraints():
    """Raise NotNow with the sentence of the constraint that is violated within; what was done before stands."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise NotNow(sentence_of(error)) from error


def sentence_of(error):
    """What the constraint that this IntegrityError tells of says to people. Raises the error again where none of ours
    was violated."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return constraint.get_violation_error_message()
    if isinstance(error.__cause__, UniqueViolation):  # of a single field, such as the token of a form
        return _("This has been saved already. Look at it again.")
    raise error
