"""When, where and who; and afterwards who came and what was agreed."""

import re
from datetime import datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import CleanCharField, DateField3
from coordination.interface.forms import Form
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios
from coordination.meetings.models import Meeting

_TIME = re.compile(r"(\d{1,2})(?:[.:]?(\d{2}))?", re.ASCII)
ITEMS = 3
YOUNG_PERSON = "young_person"


class TimeField(CleanCharField):
    """A time of day as it is written in Finland: 9, 9.15, 09:15 or 0915; its value is a time."""

    default_error_messages = {
        "required": _("Enter the time."),
        "not_a_time": _("Enter the time like 9.15 or 14.00."),
    }

    def __init__(self, **kwargs):
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-5"}
        super().__init__(max_length=5, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value):
        """The time; raises ValidationError where it isn't one."""
        text = super().clean(value)
        if not text:
            return None
        found = _TIME.fullmatch(text)
        try:
            return time(int(found[1]), int(found[2] or 0))
        except (TypeError, ValueError):
            raise ValidationError(self.error_messages["not_a_time"], code="not_a_time") from None

    def prepare_value(self, value):
        """A time as 9.15; what was typed stays as it was typed."""
        return f"{value.hour}.{value.minute:02}" if isinstance(value, time) else value


class WhenForm(PostOnceForm):
    """When a meeting of any kind is held, and how long."""

    day = DateField3(label=_("Day"))
    time = TimeField(label=_("Time"), help_text=_("For example 9.15"))
    minutes = forms.TypedChoiceField(
        label=_("How long?"),
        coerce=int,
        choices=Meeting.Length.choices,
        initial=Meeting.Length.HOUR,
        widget=Radios,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )

    def clean(self):
        """The moment at which it begins."""
        data = super().clean()
        if data.get("day") and data.get("time"):
            data["starts_at"] = timezone.make_aware(datetime.combine(data["day"], data["time"]))
        return data


class MeetingForm(WhenForm):
    """A meeting to plan or change. `adults` are (membership, name, whether they are kept apart from the others); None
    stands for the coordinator, of whom everybody knows."""

    place = CleanCharField(
        label=_("Place"), max_length=200, help_text=_("Only those invited read it, after signing in.")
    )
    adults = forms.MultipleChoiceField(label=_("Who is invited?"), widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label=_("The young person has agreed to the meeting and to who comes"))

    def __init__(self, *args, adults, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(membership.public_id): (membership, apart) for membership, _name, apart in adults}
        self.fields["adults"].choices = [(str(membership.public_id), name) for membership, name, _apart in adults]

    def clean_adults(self):
        """The memberships; two whom the young person keeps apart don't meet."""
        chosen = [self.known[one] for one in self.cleaned_data["adults"]]
        beside = [apart for _membership, apart in chosen if apart is not None]
        if len(beside) > 1 and any(beside):
            raise ValidationError(
                _("Some of these may not know of each other. Arrange a meeting of its own for whoever is kept apart.")
            )
        return [membership for membership, _apart in chosen]

    def clean(self):
        """It is still to come."""
        data = super().clean()
        if "starts_at" in data and data["starts_at"] <= timezone.now():
            self.add_error("day", _("A meeting is planned for a moment to come."))
        return data

    def planned(self):
        """What the commands want to know."""
        data = self.cleaned_data
        return {name: data[name] for name in ("starts_at", "minutes", "place")} | {"memberships": data["adults"]}


class HeldForm(Form):
    """Who came, and up to three things that were agreed."""

    attended = forms.MultipleChoiceField(label=_("Who came?"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args, invited, **kwargs):
        """`invited` are (row, name as the reader may see it)."""
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row, _name in invited}
        names = [(str(row.pk), name) for row, name in invited]
        self.fields["attended"].choices = names
        for number in range(1, ITEMS + 1):
            self.fields[f"text_{number}"] = CleanCharField(
                label=_("What was agreed?"), max_length=200, required=False, help_text=_("In a few words, no reasons.")
            )
            self.fields[f"owner_{number}"] = forms.ChoiceField(
                label=_("Who does it?"),
                choices=[("", _("choose")), (YOUNG_PERSON, _("the young person")), *names],
                required=False,
            )
            self.fields[f"due_{number}"] = DateField3(label=_("By when?"), required=False)

    def items(self):
        """The fields of each agreed thing, for the page."""
        return [[self[f"{name}_{number}"] for name in ("text", "owner", "due")] for number in range(1, ITEMS + 1)]

    def clean(self):
        """Each agreed thing has somebody who does it and a day, or nothing of it is written."""
        data = super().clean()
        for number in range(1, ITEMS + 1):
            parts = {name: data.get(f"{name}_{number}") for name in ("text", "owner", "due")}
            if not any(parts.values()):
                continue
            missing = {"text": _("Say what was agreed."), "owner": _("Say who does it."), "due": _("Give the day.")}
            for name, sentence in missing.items():
                if not parts[name] and f"{name}_{number}" not in self.errors:
                    self.add_error(f"{name}_{number}", sentence)
        return data

    def held(self):
        """What the command wants to know."""
        data = self.cleaned_data
        agreed = [
            (data[f"text_{number}"], self.rows.get(data[f"owner_{number}"]), data[f"due_{number}"])
            for number in range(1, ITEMS + 1)
            if data[f"text_{number}"]
        ]
        return {"attended": {int(one) for one in data["attended"]}, "agreed": agreed}
