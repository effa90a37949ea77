"""Numbers as people type them."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from coordination.agencies.rules import NotNow
from coordination.interface.fields import CleanCharField
from pilots.results import rules

_NUMBER = re.compile(r"\d{1,8}(?:[.,]\d)?", re.ASCII)
_SPACES = re.compile(r"[ \u00a0\u202f]")


class NumberField(CleanCharField):
    """A number with at most one decimal after a comma or a point; spaces between its thousands don't matter."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"})
    default_error_messages = {"not_a_number": _("Write a number with at most one decimal, for example 12 or 12,5.")}

    def __init__(self, **kwargs):
        super().__init__(max_length=20, required=False, **kwargs)

    def clean(self, value):
        """The number, or None; raises ValidationError for what is none."""
        text = _SPACES.sub("", super().clean(value))
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise ValidationError(self.error_messages["not_a_number"], code="not_a_number")
        return Decimal(text.replace(",", "."))

    def prepare_value(self, value):
        """As the reader's language writes it; what was typed as it was typed."""
        if not isinstance(value, Decimal):
            return value
        return number_format(value, decimal_pos=0 if value == int(value) else 1)


def refuse(form, name, check, *said):
    """Say beside this field what a rule has against what was typed; not where something is wrong with it anyway."""
    if name in form.errors:
        return
    try:
        check(*said)
    except NotNow as refusal:
        form.add_error(name, refusal.sentence)


def refuse_misfits(form, unit, *names):
    """Say beside each of these fields where its number is none of this unit."""
    for name in names:
        refuse(form, name, rules.check_fits, unit, form.cleaned_data.get(name))
