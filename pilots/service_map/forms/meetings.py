"""Meetings of the group, what was written down of them, and who is in the network, as people type them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import CleanCharField
from coordination.interface.forms import Form
from coordination.interface.marked import NumberedForm
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Ticks
from coordination.meetings.forms import WhenForm
from pilots.registry.forms.facts import DayField
from pilots.service_map.forms.survey import OF_PEOPLE, OF_THESE, named

_MOST_MATTERS = 20
_LONGEST_MATTER = 300


class MeetingForm(NumberedForm, WhenForm):
    """When and where the group meets, and what it takes up: open things to tick, and other matters."""

    day = DayField(label=_("Day"))
    place = CleanCharField(label=_("Place"), max_length=200, help_text=_("Or the address of a video meeting."))
    things = forms.MultipleChoiceField(
        label=_("Which open things are taken up?"), widget=Ticks, required=False, error_messages=OF_THESE
    )
    words = CleanCharField(
        label=_("What else is taken up?"),
        max_length=3000,
        multiline=True,
        required=False,
        help_text=_("One on a line."),
    )

    def __init__(self, *args, things, meeting=None, **kwargs):
        super().__init__(*args, stands=meeting.number if meeting else 0, initial=_initial(meeting), **kwargs)
        self.known = {str(one.about): one for one in things}
        if self.known:
            self.fields["things"].choices = [(key, one.words) for key, one in self.known.items()]
        else:
            del self.fields["things"]

    def clean_words(self):
        """The matters, line by line."""
        lines = [line.strip() for line in self.cleaned_data["words"].splitlines() if line.strip()]
        if len(lines) > _MOST_MATTERS or any(len(line) > _LONGEST_MATTER for line in lines):
            limits = {"number": _MOST_MATTERS, "letters": _LONGEST_MATTER}
            raise ValidationError(
                _("Write at most %(number)d lines, each at most %(letters)d characters."), params=limits
            )
        return lines

    def planned(self):
        """What the commands want to know."""
        data = self.cleaned_data
        found = {name: data[name] for name in ("starts_at", "minutes", "words")} | {"where": data["place"]}
        return found | {"things": [self.known[one] for one in data.get("things", [])]}


def _initial(meeting):
    if meeting is None:
        return {}
    starts_at = timezone.localtime(meeting.starts_at)
    found = {"day": starts_at.date(), "time": starts_at.time(), "minutes": meeting.minutes, "place": meeting.where}
    agenda = list(meeting.agenda.all())
    found["things"] = [str(item.about) for item in agenda if item.about]
    return found | {"words": "\n".join(item.words for item in agenda if item.about is None)}


class MinutesForm(NumberedForm):
    """Who came, what was decided of each item of the agenda, and one matter that wasn't on it."""

    attended = forms.MultipleChoiceField(
        label=_("Who came?"), widget=forms.CheckboxSelectMultiple, required=False, error_messages=OF_PEOPLE
    )
    matter = CleanCharField(label=_("What else was taken up?"), max_length=_LONGEST_MATTER, required=False)
    decision = CleanCharField(label=_("What was decided of it?"), max_length=1000, multiline=True, required=False)

    def __init__(self, *args, meeting, members, agenda, **kwargs):
        """`members` are (row of the group, name as the reader sees it); `agenda` are the meeting's items."""
        there = [str(one.public_id) for one in meeting.attended.all()]
        super().__init__(*args, stands=meeting.number, initial={"attended": there}, **kwargs)
        self.members = {str(one.public_id): one for one, _name in members}
        self.fields["attended"].choices = [(str(one.public_id), name) for one, name in members]
        self.agenda = agenda
        for item in agenda:
            self.fields[_box(item)] = CleanCharField(
                label=item.words, max_length=1000, multiline=True, required=False, initial=item.decided
            )
        self.order_fields(["number", "attended", *map(_box, agenda)])
        for field in self.fields.values():
            field.needed_sometimes = True

    def clean(self):
        """What was decided is decided of something."""
        data = super().clean()
        if data.get("decision"):
            self.demand("matter", _("Write what it was about."))
        return data

    def written(self):
        """What `write_minutes` keeps."""
        data = self.cleaned_data
        decided = {item.pk: data[_box(item)] for item in self.agenda}
        attended = [self.members[one] for one in data["attended"]]
        return {name: data[name] for name in ("matter", "decision", "number")} | {
            "attended": attended,
            "decided": decided,
        }


def _box(item):
    return f"decided_{item.pk}"


class ActionForm(NumberedForm, PostOnceForm):
    """Who does what by when; `action` is what was agreed on."""

    words = CleanCharField(label=_("What is done?"), max_length=300)
    who = forms.ChoiceField(label=_("Who does it?"), error_messages=OF_PEOPLE)
    due_on = DayField(label=_("By when?"))

    def __init__(self, *args, able, viewer, action=None, **kwargs):
        owner = action and action.owner
        initial = {"words": action.words, "due_on": action.due_on} if action else {}
        initial |= {"who": str(owner.public_id)} if owner else {}
        super().__init__(*args, stands=action.number if action else 0, initial=initial, **kwargs)
        self.able = {str(one.public_id): one for one in able}
        self.fields["who"].choices = [("", _("Choose")), *named(able, viewer, there=owner)]

    def agreed(self, *more):
        """What the commands keep of it, and `more` of its fields."""
        data = self.cleaned_data
        return {name: data[name] for name in ("words", "due_on", *more)} | {"owner": self.able[data["who"]]}


class NetworkForm(Form):
    """What somebody says of themselves in the network."""

    asks_about = CleanCharField(
        label=_("What can the others ask you about?"),
        max_length=200,
        required=False,
        help_text=_("Such as: school absences, family work in Swedish. Everybody who works in the area reads it."),
    )
    gets_letter = forms.BooleanField(label=_("I want the monthly letter: what is new and what worked"), required=False)

    def __init__(self, *args, contact, **kwargs):
        initial = {"gets_letter": True}
        if contact:
            initial = {"asks_about": contact.asks_about, "gets_letter": contact.gets_letter}
        super().__init__(*args, initial=initial, **kwargs)
