"""The address of an account: changed by its owner's word alone, since whoever has it can ask for a new password."""

import secrets
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from coordination.agencies.models import User
from coordination.interface.secret_words import hash_of
from coordination.outbox.commands import tell
from coordination.staffing import letters, notices, queries, rules
from coordination.staffing.models import AddressChange


@transaction.atomic
def ask_for_address(*, user, email, by):
    """Ask the owner of an account to confirm a new address: a link goes there, the earlier address is told, and it
    stays until then. Asking again takes the place of what waits."""
    for earlier in AddressChange.objects.waiting().select_for_update().filter(user=user):
        earlier.withdrawn_at, earlier.secret_hash = timezone.now(), None
        earlier.save()
    secret = secrets.token_urlsafe(32)
    change = AddressChange(
        user=user,
        email=email,
        secret_hash=hash_of(secret),
        made_by=by,
        expires_at=timezone.now() + rules.INVITATION_LIFETIME,
    )
    change.full_clean()
    change.save()
    letters.mail_new_address(change, secret, area=by.agency.area)
    letters.mail_address_asked(user, area=by.agency.area)
    return change


@transaction.atomic
def confirm_address(*, secret, user):
    """Use the link up: the account of `user`, who is signed in, has the new address from now on.

    Nothing is left by which one could sign in or ask for a new password with the earlier one, which is told, and so is
    everybody with power in the area. Raises NotNow where the link works no more, belongs to another account, or
    somebody else has taken the address meanwhile.
    """
    change = queries.address_by_secret(secret, lock=True)
    if change is None or change.user_id != user.pk:
        raise rules.address_no_longer_valid()
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    earlier, user.email = user.email, change.email
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError as taken:
        raise rules.address_taken() from taken
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()
    change.confirmed_at, change.secret_hash = timezone.now(), None
    change.save()
    _tell_of_new_address(user, earlier)
    return user


def _tell_of_new_address(user, earlier):
    areas = queries.areas_of(user)
    for area in areas[:1]:
        letters.mail_address_changed(earlier_address=earlier, language=user.language, area=area)
    for area in areas:
        tell(
            notices.ADDRESS_CHANGED,
            to=[one for one in queries.with_power(area.pk) if one.user_id != user.pk],
            link=reverse("admin:coordination_user_change", args=[user.pk]),
            dedupe=uuid4(),
            about=user,
        )
