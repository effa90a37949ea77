"""Whether now: what can still be changed of a deadline rule."""

from django.utils.translation import gettext as _

from coordination.agencies.rules import NotNow
from coordination.clocks.days import Unit
from coordination.clocks.rules import today

LONGEST_TO_RECEIPT = 60


def has_begun(rule):
    """Whether the rule holds already, or has held: deadlines may have been shown by it."""
    return rule.valid_from <= today()


def has_ended(rule):
    """Whether its last day has passed: then it is history."""
    return rule.valid_until is not None and rule.valid_until < today()


def check_own(rule, area):
    """Raise NotNow for a rule of another area, or one that comes with the portal."""
    if rule.area_id != area.pk:
        raise NotNow(_("This rule is not your area's. Add one of your own instead."))


def check_receipt(rule):
    """Raise NotNow for a receipt that could come later than the product promises whoever reports: an hour."""
    if rule.what == rule.What.RECEIPT and (rule.unit != Unit.MINUTES or rule.number > LONGEST_TO_RECEIPT):
        raise NotNow(_("A receipt comes within 60 minutes at the latest: whoever reports may wait for no longer."))


def check_begins(day):
    """Raise NotNow for a first day that has passed: what was counted by then stays as it was."""
    if day < today():
        raise NotNow(_("A rule begins to hold today or later."))


def check_last_day(day):
    """Raise NotNow for a last day that has passed; None is no last day."""
    if day is not None and day < today():
        raise NotNow(_("The last day is today or later."))


def check_only_ends(before, after):
    """Raise NotNow where anything but the last day of a rule differs from what holds already."""
    fields = {field.attname for field in after._meta.concrete_fields} - {"valid_until"}
    if any(getattr(before, name) != getattr(after, name) for name in fields):
        raise NotNow(_("What holds already is not changed. Give it a last day, and add a new rule."))


def check_not_ended(rule):
    """Raise NotNow once the last day has passed."""
    if has_ended(rule):
        raise NotNow(_("This rule no longer holds, so it stays as it was."))
