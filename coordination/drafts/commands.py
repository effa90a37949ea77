"""Keeping what was typed, and letting it go.

The doer is a user, not a membership: a session locks for whoever is signed in, and nobody but the user ever reads it.
"""

from django.db import transaction
from django.utils import timezone

from coordination.agencies.models import User
from coordination.drafts.models import Draft
from coordination.drafts.rules import LIFETIME, MOST, Kept


@transaction.atomic
def keep(*, user, page, action, typed, membership):
    """Keep a form of this user, in place of an earlier one of the same page.

    `page` and `action` are own addresses, `typed` the form as it is posted (`rules.keepable`), `membership` the one
    acted for, or None.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    kept = Kept(page=page, action=action, typed=typed, membership=str(membership.public_id) if membership else "")
    earlier = list(Draft.objects.filter(user=user))
    # Addresses are encrypted, so they are compared here; a user's drafts are few.
    gone = [one.pk for place, one in enumerate(earlier, start=1) if place >= MOST or Kept.of(one).page == page]
    Draft.objects.filter(pk__in=gone).delete()
    return Draft.objects.create(user=user, kept=kept.as_text(), expires_at=timezone.now() + LIFETIME)


def erase(*, user, public_ids):
    """Erase these drafts of the user, sent after all or thrown away. Others' stay as they are."""
    Draft.objects.filter(user=user, public_id__in=public_ids).delete()


def erase_all_of(*, user):
    """Erase the drafts of somebody who is kept out."""
    Draft.objects.filter(user=user).delete()


def erase_expired():
    """Erase every draft whose time has passed."""
    Draft.objects.filter(expires_at__lte=timezone.now()).delete()
