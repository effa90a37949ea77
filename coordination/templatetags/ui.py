"""Dates as Finns write them, deadlines with their rule, and links that know where the reader is."""

import re
from datetime import date, datetime, timedelta

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()

# Days before a deadline from which it is shown as near.
NEAR_DAYS = 2

# Country codes of one or two digits (ITU-T E.164); all others have three.
_SHORT_CODES = [
    *("1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48"),
    *("49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84"),
    *("86", "90", "91", "92", "93", "94", "95", "98"),
]


def soon() -> date:
    """The last day of what is due now: this week's last one; near its end what the first days of the next bring."""
    today = timezone.localdate()
    return today + timedelta(days=max(6 - today.weekday(), NEAR_DAYS))


@register.filter
def finnish_date(value: date | datetime | None) -> str:
    """The date as "27.11.2026", in every language; nothing for None."""
    if not value:
        return ""
    day = _local(value)
    return f"{day.day}.{day.month}.{day.year}"


@register.filter
def weekday_date(value: date | datetime | None) -> str:
    """The date as "pe 27.11.2026", with the weekday in the reader's language, for deadlines and meetings."""
    return f"{WEEKDAYS_ABBR[_local(value).weekday()]} {finnish_date(value)}" if value else ""


@register.filter
def finnish_moment(value: datetime | None) -> str:
    """The moment as "27.11.2026 klo 9.15", by the reader's clock."""
    if not value:
        return ""
    return _at_time(value, finnish_date(value))


@register.filter
def weekday_moment(value: datetime | None) -> str:
    """The moment as "pe 27.11.2026 klo 9.15", with the weekday in the reader's language, for deadlines in minutes."""
    return _at_time(value, weekday_date(value)) if value else ""


def _at_time(value: datetime, day: str) -> str:
    moment = _local(value)
    return _("%(date)s at %(time)s") % {"date": day, "time": f"{moment.hour}.{moment.minute:02}"}


@register.filter
def phone(number: str) -> str:
    """A telephone number in groups that can be read aloud: "040 123 4567", or "+46 701 234 567" from elsewhere."""
    compact = "".join((number or "").split())
    if compact.startswith("+358"):
        compact = f"0{compact[4:]}"
    if compact.startswith("+") and compact[1:].isdigit():
        code = next((code for code in _SHORT_CODES if compact.startswith(code, 1)), compact[1:4])
        return f"+{code} {_in_groups(compact[1 + len(code) :])}"
    return _in_groups(compact) if compact.isdigit() else number or ""


def _in_groups(digits: str) -> str:
    """Three digits at a time, the last group taking the one left over."""
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return " ".join(groups)


@register.inclusion_tag("components/clock.html")
def clock(due: date | datetime | None, rule: str = "", label: str = "") -> dict:
    """A deadline: its weekday and date, how near it is in words, and the rule that sets it."""
    day = _local(due)
    day = day.date() if isinstance(day, datetime) else day
    days_left = (day - timezone.localdate()).days if day else None
    if days_left is None:
        state = "none"
    elif days_left < 0:
        state = "late"
    elif days_left == 0:
        state = "today"
    else:
        state = "near" if days_left <= NEAR_DAYS else "later"
    return {"due": day, "rule": _unbroken(rule), "label": label, "state": state}


def _unbroken(rule):
    """The rule with each section on one line with its number and its law."""
    return re.sub(r" (?=\d+ [a-z]? ?§|§)", "\N{NO-BREAK SPACE}", str(rule))


@register.simple_tag(takes_context=True)
def nav_link(context, name: str, text: str) -> str:
    """One entry of the navigation to the page called ``name``, marked when the reader is there."""
    match = getattr(context.get("request"), "resolver_match", None)
    current = mark_safe(' aria-current="page"') if match and match.view_name == name else ""
    return format_html('<li><a class="nav__link" href="{}"{}>{}</a></li>', reverse(name), current, text)


def _local(value: date | datetime | None):
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
