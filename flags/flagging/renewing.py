"""Renewing a flag with a fresh permission, and reminding of it in time."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.models import Area, Membership
from coordination.agencies.rules import NotNow, check_may_flag, holds
from coordination.clocks.rules import today
from coordination.encryption.index import of_row
from coordination.interface.each import each
from coordination.interface.wake import wake
from coordination.outbox.commands import done, tell
from coordination.outbox.models import Notification
from coordination.people.access import end_informing, let_ground_of_flag_last
from flags.flagging import notices, rules
from flags.flagging.models import Flag, FlaggingCount


@transaction.atomic
def renew_flag(*, flag, by, token, until, told_and_allowed, guardian_allowed=False, legal_ground=None):
    """Let one's own flag hold longer, with a permission as fresh as for a new one; matched or not, nobody is told.

    The flag keeps its place, its moment and its id, and one that lies inert goes on lying so. Everything is checked as
    for posting and counted as such. Raises NotNow with the sentence that explains it. The same `token` again changes
    nothing.
    """
    open_flags = Flag.objects.filter(pk=flag.pk, ended_at=None, until__gte=today())
    flag = (
        open_flags.select_for_update(of=["self"])
        .select_related("membership__user", "membership__agency", "area")
        .first()
    )
    if flag is None:
        raise NotNow(_("This flag has ended. Post a new one if the young person allows it."))
    if FlaggingCount.objects.filter(user=by.user, token=token).exists():
        return flag
    key = of_row(flag, "identity_key")
    if not holds(flag.membership):
        raise NotNow(_("You no longer act for the agency for which you flagged."))
    check_may_flag(flag.membership, flag.area)
    rules.check_age(flag.area, flag.birth_date)
    rules.check_allowed(flag.membership, flag.area, flag.birth_date, told_and_allowed, guardian_allowed, legal_ground)
    rules.check_not_searching(by.user, key)
    FlaggingCount.objects.create(user=by.user, token=token, **key.columns("identity_key"))
    flag.until = min(until, rules.last_day(flag.area, today()))
    flag.told_and_allowed = told_and_allowed
    flag.guardian_allowed = guardian_allowed
    ground, flag.legal_ground = flag.legal_ground, None if told_and_allowed else legal_ground
    flag.renewed_at = timezone.now()
    fields = ["until", "told_and_allowed", "guardian_allowed", "legal_ground", "renewed_at"]
    if not told_and_allowed:
        # As for posting: a ground in law for flagging is none for informing others. A later permission is for the flag
        # alone, so what was taken back here never comes back.
        flag.reveal_rule = Area.RevealRule.CONSENT
        fields.append("reveal_rule")
        end_informing(flag)
    if ground != flag.legal_ground and flag.settled_at:
        # The call sheet, if there is one, says on what the flag stands: it meets the others anew.
        flag.settled_at = None
        fields.append("settled_at")
        wake("flags.settle_flag", flag.pk)
    flag.save(update_fields=fields)
    let_ground_of_flag_last(flag)
    done(about=flag.public_id)
    return flag


def remind_of_ends():
    """Tell each flagger in good time that a flag of theirs ends, once for each last day, matched or not.

    A flag that was posted or renewed for so short a time that the reminder would come at once needs none.
    """
    for area in Area.objects.all():
        last = today() + timedelta(days=area.days_before_end_of_flag)
        told = Notification.objects.filter(about=OuterRef("public_id"), due_on=OuterRef("until"))
        ending = Flag.objects.filter(area=area, ended_at=None, until__range=(today(), last)).exclude(Exists(told))
        keys = ending.values_list("pk", flat=True).iterator(chunk_size=500)
        each(keys, partial(_remind, area), otherwise="flag %s could not be told of")


@transaction.atomic
def _remind(area, pk):
    flag = Flag.objects.select_for_update(of=["self"]).filter(
        pk=pk, ended_at=None, membership__in=Membership.objects.open()
    ).select_related("membership__user").first()  # fmt: skip
    if flag is None or rules.reminded_on(flag, area) <= timezone.localdate(flag.renewed_at or flag.made_at):
        return
    tell(
        notices.FLAG_ENDS_SOON,
        to=[flag.membership],
        about=flag.public_id,
        link=reverse("flagging:renew", args=[flag.public_id]),
        due_on=flag.until,
        dedupe=f"{flag.public_id}:{flag.until}",
    )
