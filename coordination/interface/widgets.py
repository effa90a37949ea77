"""Inputs that Django has not: a date in three boxes, and choices that can carry a hint each."""

import datetime
import re

from django import forms
from django.utils.translation import gettext_lazy as _

# "21.11.2026", "21/11/2026" or "21-11-2026" pasted into the first box, and the order of machines.
_WHOLE_DATE = re.compile(r"\s*(\d{1,2})[./-]\s*(\d{1,2})[./-]\s*(\d{4})\s*", re.ASCII)
_MACHINE_DATE = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*", re.ASCII)


class DateBoxes(forms.MultiWidget):
    """Day, month and year, each in its own box, posted as NAME_day, NAME_month and NAME_year.

    Three boxes, because a calendar to click through is the slowest way to a birth date, and one box leaves everybody
    guessing the order. A whole date pasted into the first box is understood as well.
    """

    parts = ("day", "month", "year")
    labels = (_("Day"), _("Month"), _("Year"))
    use_fieldset = True

    def __init__(self, attrs=None, *, autocomplete: tuple[str, str, str] | None = None):
        """``autocomplete`` names the three boxes' purposes, for dates of the reader's own only."""
        words = autocomplete or ("off", "off", "off")
        widgets = {
            part: forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": word})
            for part, word in zip(self.parts, words, strict=True)
        }
        super().__init__(widgets, attrs)

    def decompress(self, value) -> list:
        """A date to its three boxes; anything else to empty boxes."""
        if isinstance(value, datetime.date):
            return [value.day, value.month, value.year]
        return [None, None, None]

    def value_from_datadict(self, data, files, name) -> list:
        """Three texts as typed; a whole date in an otherwise empty row is taken apart."""
        day, month, year = (data.get(f"{name}_{part}", "") for part in self.parts)
        if isinstance(day, str) and len(day) < 30 and not month and not year:
            if found := _WHOLE_DATE.fullmatch(day):
                return list(found.groups())
            if found := _MACHINE_DATE.fullmatch(day):
                return list(reversed(found.groups()))
        return [day, month, year]


class _Hints:
    """Lets a list of choices say more about each: ``hints={"value": "text"}``."""

    def __init__(self, *args, hints: dict | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hints = {str(value): text for value, text in (hints or {}).items()}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        return option


class Radios(_Hints, forms.RadioSelect):
    """One of a few choices, all seen at once."""


class Ticks(_Hints, forms.CheckboxSelectMultiple):
    """Any number of choices, all seen at once."""
