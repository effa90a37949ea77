"""Whether a flag may be posted: each refusal is a sentence about the flagger or what they typed, never of others."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.models import Area
from coordination.agencies.rules import NotNow
from coordination.clocks.rules import months_after, today
from coordination.people.rules import age_on, in_age_band
from flags.flagging.models import FlaggingCount, FlaggingUnlock

AN_HOUR = 20
A_DAY = 60
SAME_IDENTITY_A_DAY = 6


def posting_area(membership, municipality):
    """The area whose checks apply: the typed municipality's, else the flagger's agency's."""
    return (municipality and municipality.area) or membership.area


def check_age(area, birth_date):
    """Raise NotNow unless somebody born then is within the area's age band today."""
    if not in_age_band(area, birth_date):
        raise NotNow(
            _("In this area a young person of %(youngest)s to %(oldest)s years can be flagged.")
            % {"youngest": area.youngest_age, "oldest": area.oldest_age}
        )


def check_hetu_allowed(membership, area):
    """Raise NotNow unless the area allows personal identity codes and this professional is of an authority."""
    if not (area.hetu_allowed and membership.agency.is_authority):
        raise NotNow(_("In this area a flag is posted without a personal identity code."))


def needs_guardian(area, birth_date):
    """Whether those whom the law names must have been told and have allowed the flag too."""
    return age_on(birth_date, today()) < area.guardian_allows_under


def reveal_rule(area, told_rule, told_and_allowed):
    """What a match does with the flag: those who have flagged are informed only where the area does so, the young
    person was told so, and allowed it. A ground in law for flagging is none for informing others."""
    rules = Area.RevealRule
    return rules.INFORM if told_and_allowed and area.reveal_rule == told_rule == rules.INFORM else rules.CONSENT


def check_allowed(by, area, birth_date, told_and_allowed, guardian_allowed, legal_ground):
    """Raise NotNow unless there is a permission, or an authority flags on a ground in law from this area's list."""
    if told_and_allowed:
        if needs_guardian(area, birth_date) and not guardian_allowed:
            raise NotNow(_("The guardian, or whoever the law names, must also have been told and have allowed it."))
        return
    if legal_ground is None:
        raise NotNow(_("Tell the young person first, and flag when they allow it."))
    if not by.agency.is_authority or legal_ground.area_id != area.pk or not legal_ground.is_active:
        raise NotNow(_("Only an authority may flag on this ground, and only where the area has it in use."))


def reminded_on(flag, area):
    """The day on which the flagger is reminded that the flag ends."""
    return flag.until - timedelta(days=area.days_before_end_of_flag)


def can_be_undone(flag):
    """Whether the flag can still be undone: for the area's minutes after posting, whatever others have done. Until
    then it has met no other flag and nobody was told."""
    return flag.counts_from is not None and flag.settled_at is None and timezone.now() < flag.counts_from


def last_day(area, day):
    """The last day a flag posted on this day may hold: the area's months later (the month's last day if shorter)."""
    return months_after(day, area.flag_lifetime_months)


def check_not_searching(user, identity_key):
    """Raise NotNow once this user has posted and withdrawn so often that flagging could serve to search for people.

    20 an hour, 60 a day, and 6 a day of one typed identity; counted by what this user did alone.
    """
    unlock = FlaggingUnlock.objects.filter(user=user).order_by("-at").values_list("at", flat=True).first()
    now = timezone.now()
    since = max(now - timedelta(days=1), unlock or now - timedelta(days=1))
    own = FlaggingCount.objects.filter(user=user, at__gt=since)
    counts = list(own.values_list("at", "identity_key", "identity_key_even"))
    in_an_hour = sum(at > now - timedelta(hours=1) for at, *_key in counts)
    same = sum(identity_key.same_as(*keys) for _at, *keys in counts)
    if in_an_hour >= AN_HOUR or len(counts) >= A_DAY or same >= SAME_IDENTITY_A_DAY:
        raise NotNow(_("You have flagged and withdrawn unusually often. The coordinator can let you go on."))
