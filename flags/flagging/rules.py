"""Whether a flag may be posted: each refusal is a sentence about the flagger or what they typed, never of others."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.people.rules import age_on
from flags.flagging.models import FlaggingCount, FlaggingUnlock

AN_HOUR = 20
A_DAY = 60
SAME_IDENTITY_A_DAY = 6


def posting_area(membership, municipality):
    """The area whose checks apply: the typed municipality's, else the flagger's agency's."""
    return (municipality and municipality.area) or membership.area


def check_age(area, birth_date):
    """Raise NotNow unless somebody born then is within the area's age band today."""
    age = age_on(birth_date, today())
    if not area.youngest_age <= age <= area.oldest_age:
        raise NotNow(
            _("In this area a young person of %(youngest)s to %(oldest)s years can be flagged.")
            % {"youngest": area.youngest_age, "oldest": area.oldest_age}
        )


def too_old_if_born_by(area, day):
    """The last date of birth of those who are over the area's age band on this day."""
    year = day.year - area.oldest_age - 1
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February: those born on 1 March are a year younger until tomorrow
        return day.replace(year=year, day=28)


def check_hetu_allowed(membership, area):
    """Raise NotNow unless the area allows personal identity codes and this professional is of an authority."""
    if not (area.hetu_allowed and membership.agency.is_authority):
        raise NotNow(_("In this area a flag is posted without a personal identity code."))


def needs_guardian(area, birth_date):
    """Whether those whom the law names must have been told and have allowed the flag too."""
    return age_on(birth_date, today()) < area.guardian_allows_under


def last_day(area, day):
    """The last day a flag posted on this day may hold: the area's months later (the month's last day if shorter)."""
    month = day.month - 1 + area.flag_lifetime_months
    year, month = day.year + month // 12, month % 12 + 1
    number = day.day
    while True:
        try:
            return day.replace(year=year, month=month, day=number)
        except ValueError:
            number -= 1


def check_not_searching(user, identity_key):
    """Raise NotNow once this user has posted and withdrawn so often that flagging could serve to search for people.

    20 an hour, 60 a day, and 6 a day of one typed identity; counted by what this user did alone.
    """
    unlock = FlaggingUnlock.objects.filter(user=user).order_by("-at").values_list("at", flat=True).first()
    now = timezone.now()
    since = max(now - timedelta(days=1), unlock or now - timedelta(days=1))
    counts = list(FlaggingCount.objects.filter(user=user, at__gt=since).values_list("at", "identity_key"))
    in_an_hour = sum(at > now - timedelta(hours=1) for at, _key in counts)
    same = sum(bytes(key) == identity_key for _at, key in counts)
    if in_an_hour >= AN_HOUR or len(counts) >= A_DAY or same >= SAME_IDENTITY_A_DAY:
        raise NotNow(_("You have flagged and withdrawn unusually often. The coordinator can let you go on."))
