"""Signing up and cancelling without an account, by an address that whoever leads the training gives on.

The answer is the same whether or not the typed address was known, and whether or not there was a place: what is so
stands in a letter to that address.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from coordination.interface.secret_words import hash_of
from pilots.trainings import letters, rules
from pilots.trainings.commands.signing_up import take_back
from pilots.trainings.models import SignUp
from pilots.trainings.queries.trainings import begins_last, free_places, held
from pilots.trainings.states import OPEN, SignUpState

_A_DAY = timedelta(days=1)


@transaction.atomic
def sign_up_outside(*, training, name, email, agency, language, token):
    """Sign up somebody without an account, and write to them. Whoever has signed up already is written to again, at
    most once a day; the same `token` again does nothing.

    Raises NotNow where nobody can sign up any more, and where very many have done so today.
    """
    secret = training.secret
    training = held(training)
    rules.check_address(secret, training.secret)
    if training.sign_ups.filter(token=token).exists():
        return
    rules.check_open(training, begins_last=begins_last(training))
    outsiders = training.sign_ups.filter(membership=None)
    rules.check_not_flooded(outsiders.filter(made_at__gt=timezone.now() - _A_DAY).count())
    if known := _known(outsiders, email):
        _write_again(known)
        return
    made = SignUp(training=training, token=token, name=name, email=email, agency=agency, language=language)
    made.state = rules.first_state(free_places(training))
    made.secret = secrets.token_urlsafe(32)
    made.secret_hash = hash_of(made.secret)
    made.save()
    _write(made)


def _known(outsiders, email):
    """The open sign-up of this address. Addresses are encrypted, so they are compared here: each training has few."""
    rows = outsiders.filter(state__in=OPEN).select_related("training__area")
    return next((one for one in rows if one.email.lower() == email.lower()), None)


def _write_again(sign_up):
    if sign_up.mailed_at is None or sign_up.mailed_at <= timezone.now() - rules.BETWEEN_MAILS:
        _write(sign_up)


def _write(sign_up):
    letters.mail(sign_up, letters.PLACE if sign_up.state == SignUpState.IN else letters.WAITING)


@transaction.atomic
def cancel_outside(*, sign_up):
    """Somebody without an account doesn't come; nothing of who they are is kept. Raises NotNow the second time."""
    training = held(sign_up.training)
    found = training.sign_ups.filter(pk=sign_up.pk, state__in=OPEN).first()
    rules.check_there(found)
    return take_back(training, found)


@transaction.atomic
def cancel_outside_again(sign_up):
    """In a restored backup, what somebody without an account had cancelled; tells whether there was anything."""
    if sign_up.state not in OPEN or sign_up.membership_id:
        return False
    take_back(held(sign_up.training), sign_up)
    return True
