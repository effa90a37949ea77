"""Fields that answer anything typed with a value or a clear sentence, and never with an error of the program."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.interface.addresses import is_safe
from coordination.interface.widgets import DateBoxes, Radios

__all__ = ["CleanCharField", "DateField3", "PersonNameField", "PhoneField", "Radios"]

# Control characters but the line feed, halves of characters, and marks that turn the direction of writing: a name
# holding one of these can pose as another name on the screen.
_UNCLEAN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Invisible leftovers of copying; they make two equal names differ.
# Joiners and fillers that show nothing: a name of them alone would be an empty card.
_INVISIBLE = re.compile("[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u200b-\u200d\u2060\u3164\ufe00-\ufe0f\ufeff\uffa0]")
_HYPHENS = str.maketrans({"\N{HYPHEN}": "-", "\N{NON-BREAKING HYPHEN}": "-"})
# From so many letters on a text gets a box in which more than a few lines can be seen.
_LONG = 5000
_NAME_SIGNS = frozenset(" -'.\N{RIGHT SINGLE QUOTATION MARK}")

# An international number has at most 15 digits (ITU-T E.164); fewer than 7 with the country can't be a subscriber's.
_INTERNATIONAL = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)


class CleanCharField(forms.CharField):
    """Text that can be stored, searched and shown safely: composed letters (NFC), no control or direction marks."""

    default_error_messages = {
        "required": _("Fill in this field."),
        "unclean": _("The text has invisible characters that cannot be saved. Type it instead of pasting."),
        "max_length": _("Shorten the text to %(limit_value)d characters or fewer. It now has %(show_value)d."),
    }

    def __init__(self, *, max_length: int = 500, multiline: bool = False, **kwargs):
        """``multiline`` keeps line breaks and draws a larger box; otherwise they become spaces."""
        if multiline:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 8 if max_length >= _LONG else 4}))
        self.multiline = multiline
        super().__init__(max_length=max_length, **kwargs)

    def widget_attrs(self, widget) -> dict:
        """No ``maxlength``: a browser would cut pasted text off in silence."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs

    def to_python(self, value) -> str:
        """The cleaned text; raises ValidationError where it can't be cleaned without guessing."""
        text = super().to_python(value)
        # Composing letters shortens a text, but never by this much; a megabyte isn't worth composing.
        if len(text) > 4 * self.max_length:
            params = {"limit_value": self.max_length, "show_value": len(text)}
            raise ValidationError(self.error_messages["max_length"], code="max_length", params=params)
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
        if not self.multiline:
            text = text.replace("\n", " ")
        if _UNCLEAN.search(text):
            raise ValidationError(self.error_messages["unclean"], code="unclean")
        return text.strip() if self.strip else text


class PersonNameField(CleanCharField):
    """A first or last name in any script; stored as written, compared by `names.normalise_name`."""

    default_error_messages = {
        "required": _("Enter the name."),
        "not_a_name": _("A name can have letters, spaces, hyphens, apostrophes and full stops only."),
        "no_letters": _("A name needs at least one letter."),
        "max_length": _("Shorten the name to %(limit_value)d characters or fewer."),
    }

    def __init__(self, *, max_length: int = 100, **kwargs):
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value) -> str:
        """The name with single spaces and ordinary hyphens; raises ValidationError for anything but a name."""
        text = _INVISIBLE.sub("", super().to_python(value)).translate(_HYPHENS)
        name = " ".join(text.split())
        if not name:
            return self.empty_value
        if not all(sign in _NAME_SIGNS or unicodedata.category(sign)[0] in "LM" for sign in name):
            raise ValidationError(self.error_messages["not_a_name"], code="not_a_name")
        if unicodedata.category(name[0]).startswith("M"):
            raise ValidationError(self.error_messages["not_a_name"], code="not_a_name")
        if not any(unicodedata.category(sign).startswith("L") for sign in name):
            raise ValidationError(self.error_messages["no_letters"], code="no_letters")
        return name


class PhoneField(CleanCharField):
    """A telephone number, kept as "+358401234567"; a number without a country is Finnish."""

    default_error_messages = {
        "required": _("Enter the telephone number."),
        "not_a_phone": _("Enter a telephone number, for example 040 123 4567 or +46 70 123 45 67."),
    }

    def __init__(self, *, max_length: int = 40, **kwargs):
        attrs = {"inputmode": "tel", "autocomplete": "off", "class": "govuk-input--width-20"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value) -> str:
        """The number with its country and without spaces; raises ValidationError where it isn't one."""
        text = _INVISIBLE.sub("", super().to_python(value)).translate(_HYPHENS)
        if not text:
            return self.empty_value
        number = re.sub(r"[\s\-./()]", "", text[: self.max_length].replace("(0)", ""))
        number = re.sub(r"^00", "+", number)
        number = re.sub(r"^(\+?358)?0(?=\d)", "+358", number)
        number = re.sub(r"^358", "+358", number)
        if len(text) > self.max_length or not _INTERNATIONAL.fullmatch(number):
            raise ValidationError(self.error_messages["not_a_phone"], code="not_a_phone")
        return number


class WebsiteField(CleanCharField):
    """The address of a web page, to which a browser may be led safely."""

    default_error_messages = {
        "not_safe": _("Write the address of the web page with https:// at its beginning, without spaces."),
    }

    def to_python(self, value) -> str:
        """The address as it was typed; raises ValidationError where it isn't one, or leads elsewhere than it says."""
        text = super().to_python(value)
        if text and not is_safe(text):
            raise ValidationError(self.error_messages["not_safe"], code="not_safe")
        return text


class DateField3(forms.Field):
    """A date typed into three boxes; each mistake has its own sentence, and what was typed stays."""

    widget = DateBoxes
    default_error_messages = {
        "required": _("Enter the date: day, month and year."),
        "missing_day": _("The day is missing."),
        "missing_month": _("The month is missing."),
        "missing_year": _("The year is missing."),
        "not_numbers": _("Write the date in numbers, for example 21 11 2026."),
        "short_year": _("Write the year with four numbers, for example 2026."),
        "not_a_date": _("There is no such date. Check the day and the month."),
        "too_late": _("The date is too far ahead."),
        "too_early": _("The date is too far back."),
        "in_future": _("The date is in the future."),
        "in_past": _("The date has already passed."),
    }

    def __init__(
        self,
        *,
        not_after: date | Callable[[], date] | None = None,
        not_before: date | Callable[[], date] | None = None,
        past_only: bool = False,
        future_only: bool = False,
        too_late=None,
        too_early=None,
        **kwargs,
    ):
        """Both limits are allowed dates themselves, and so is today with ``past_only`` and ``future_only``.

        ``too_late`` and ``too_early`` replace the sentences said beyond ``not_after`` and before ``not_before``.
        """
        super().__init__(**kwargs)
        self.not_after, self.not_before = not_after, not_before
        self.past_only, self.future_only = past_only, future_only
        self.error_messages |= {code: text for code, text in (("too_late", too_late), ("too_early", too_early)) if text}

    def to_python(self, value) -> date | None:
        """The date of the three boxes, or None when all are empty; raises ValidationError with a sentence."""
        if value is None or isinstance(value, date):
            return value
        if not isinstance(value, list | tuple) or len(value) != 3:
            self._refuse("not_numbers")
        texts = ["" if box is None else str(box).strip().rstrip(".") for box in value]
        if not any(texts):
            return None
        if missing := [part for part, text in zip(DateBoxes.parts, texts, strict=True) if not text]:
            raise ValidationError(
                [ValidationError(self.error_messages[f"missing_{part}"], code=f"missing_{part}") for part in missing]
            )
        if not all(re.fullmatch(r"\d{1,4}", text, re.ASCII) for text in texts):
            self._refuse("not_numbers")
        if len(texts[2]) != 4:
            self._refuse("short_year")
        try:
            return date(int(texts[2]), int(texts[1]), int(texts[0]))
        except ValueError:
            self._refuse("not_a_date")

    def validate(self, value: date | None) -> None:
        """Raise ValidationError when the date is missing or beyond its limits."""
        super().validate(value)
        if value is None:
            return
        today = timezone.localdate()
        if self.past_only and value > today:
            self._refuse("in_future")
        if self.future_only and value < today:
            self._refuse("in_past")
        if self.not_after and value > _limit(self.not_after):
            self._refuse("too_late")
        if self.not_before and value < _limit(self.not_before):
            self._refuse("too_early")

    def has_changed(self, initial, data) -> bool:
        """Whether the boxes now mean another date; what can't be understood counts as a change."""
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True

    def _refuse(self, code: str):
        raise ValidationError(self.error_messages[code], code=code)


def _limit(limit: date | Callable[[], date]) -> date:
    return limit() if callable(limit) else limit
