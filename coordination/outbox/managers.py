"""Which notices and mails count for what."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coordination.agencies.models import Membership
from coordination.outbox.states import MailState


class NotificationQuerySet(models.QuerySet):
    """Notices by reader and by whether there is still something to tell."""

    def of(self, membership):
        """What this membership was told and may read by now; nothing for None."""
        told = Q(held_until=None) | Q(held_until__lte=timezone.now())
        return self.filter(told, membership=membership) if membership else self.none()

    def waiting(self):
        """What waits for its reader, whether or not it has been seen."""
        return self.filter(kind=self.model.Kind.WAITS, done_at=None)

    def unseen(self):
        """What the reader hasn't marked as seen."""
        return self.filter(seen_at=None)

    def still_to_tell(self):
        """What a mail may still speak of: it waits and isn't done, or is for information and hasn't been seen.

        Nothing is told for a membership that has ended: its holder may no longer open what the notice leads to.
        """
        return self.filter(
            Q(kind=self.model.Kind.WAITS) | Q(kind=self.model.Kind.FYI, seen_at=None),
            done_at=None,
            membership__in=Membership.objects.open(),
        )


class MailQuerySet(models.QuerySet):
    """Mails by what is to be done with them."""

    def for_a_human(self):
        """What the machine gave up: refused for good, or nobody knows whether it left."""
        return self.filter(state__in=[MailState.FAILED, MailState.STUCK])

    def of_area(self, area_id):
        """Mails to people who work in this area now, and letters sent on its behalf.

        Somebody who has left is no longer this area's to write to.
        """
        users = Membership.objects.open().filter(agency__area=area_id).values("user")
        return self.filter(Q(area=area_id) | Q(user__in=users))
