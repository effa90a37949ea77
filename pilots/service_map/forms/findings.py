"""Opening a gap or an overlap, deciding on it, and what comes of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.clocks.rules import today
from coordination.interface.fields import CleanCharField
from coordination.interface.forms import Form
from coordination.interface.marked import NumberedForm
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios
from pilots.registry.forms.facts import DayField
from pilots.service_map.forms.survey import OF_THESE, named
from pilots.service_map.models import Finding
from pilots.service_map.queries.deciding import able_to_see_to

_NOBODY = _("Nothing about a person: everybody who is signed in can read it.")


class SeenForm(Form):
    """What was seen, and who sees to it: somebody who works in the `area` and whom the `viewer` may know by name."""

    title = CleanCharField(label=_("Title"), max_length=200)
    words = CleanCharField(
        label=_("What was seen?"), max_length=1000, multiline=True, required=False, help_text=_NOBODY
    )
    owner = forms.ChoiceField(label=_("Who sees to it?"), required=False, error_messages=OF_THESE)

    def __init__(self, *args, area, viewer, there=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.able = {str(one.public_id): one for one in able_to_see_to(area)}
        those = named(self.able.values(), viewer, there=there)
        self.fields["owner"].choices = [("", _("the administrators of the area")), *those]

    def seen(self):
        """What the commands keep."""
        typed = self.cleaned_data
        return {"title": typed["title"], "words": typed["words"], "owner": self.able.get(typed["owner"])}


class OpenForm(SeenForm, PostOnceForm):
    """A new gap or overlap of a cell, with its words ready."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=Finding.Kind.choices, widget=Radios, error_messages=OF_THESE
    )
    field_order = ["token", "kind", "title", "words", "owner"]


class ChangeForm(NumberedForm, SeenForm):
    """What was seen, said otherwise."""

    def __init__(self, *args, finding, **kwargs):
        initial = {"title": finding.title, "words": finding.words}
        initial["owner"] = str(finding.owner.public_id) if finding.owner else ""
        there = {"area": finding.area, "there": finding.owner}
        super().__init__(*args, stands=finding.number, initial=initial, **there, **kwargs)


class DecideForm(NumberedForm):
    """What is done about it, why, and by when."""

    decision = forms.ChoiceField(
        label=_("What was decided?"), choices=Finding.Decision.choices, widget=Radios, error_messages=OF_THESE
    )
    reason = CleanCharField(
        label=_("Why?"),
        max_length=1000,
        multiline=True,
        required=False,
        help_text=_("Wanted where it is left as it is."),
    )
    action = CleanCharField(label=_("What is done?"), max_length=300, required=False)
    due_on = DayField(label=_("By when?"), required=False)
    decided_on = DayField(label=_("When was it decided?"), past_only=True, initial=today)

    def __init__(self, *args, finding, number_of_services, **kwargs):
        super().__init__(*args, stands=finding.number, **kwargs)
        self.finding = finding
        if finding.kind != Finding.Kind.OVERLAP or number_of_services < 2:
            merge = Finding.Decision.MERGE
            self.fields["decision"].choices = [one for one in Finding.Decision.choices if one[0] != merge]
        for name in ("reason", "action", "due_on"):
            self.fields[name].needed_sometimes = True

    def clean(self):
        """What a decision like it must say."""
        typed = super().clean()
        decision = typed.get("decision")
        if decision == Finding.Decision.LEAVE:
            self.demand("reason", _("Say why it is left as it is."))
        elif decision:
            self.demand("action", _("Say what is done."))
            self.demand("due_on", _("Say by when it is done."))
        if (day := typed.get("decided_on")) and day < self.finding.opened_on:
            self.add_error("decided_on", _("It was opened later than that."))
        return typed

    def decided(self):
        """What `decide` wants to know."""
        return {name: self.cleaned_data[name] for name in self.fields}


class NoteForm(PostOnceForm):
    """What was done or heard since."""

    words = CleanCharField(label=_("What was done or heard?"), max_length=1000, multiline=True, help_text=_NOBODY)


class CloseForm(NumberedForm):
    """What came of it."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=Finding.Outcome.choices, widget=Radios, error_messages=OF_THESE
    )


class ReopenForm(NumberedForm, PostOnceForm):
    """Why it has to be decided anew."""

    words = CleanCharField(
        label=_("Why does it have to be decided anew?"), max_length=1000, multiline=True, help_text=_NOBODY
    )


class MergeForm(Form):
    """Which of the overlap's services stays; of more than two also which one goes out of use for it."""

    kept = forms.ChoiceField(label=_("Which one stays?"), widget=Radios, error_messages=OF_THESE)
    retired = forms.ChoiceField(label=_("Which one goes out of use?"), widget=Radios, error_messages=OF_THESE)

    def __init__(self, *args, entries, **kwargs):
        super().__init__(*args, **kwargs)
        self.services = {str(one.service.public_id): one.service for one in entries}
        keys = list(self.services)
        if len(keys) == 2:
            # Each choice says both: where others are in use by now, it isn't one of theirs.
            del self.fields["retired"]
            keys = [" ".join(keys), " ".join(reversed(keys))]
        for field in self.fields.values():
            field.choices = [(key, one.service.name) for key, one in zip(keys, entries, strict=True)]
            field.widget.hints = {key: one.provider for key, one in zip(keys, entries, strict=True)}

    def clean(self):
        """Two different ones."""
        typed = super().clean()
        if typed.get("kept") and typed.get("kept") == typed.get("retired"):
            self.add_error("retired", _("Choose another one than the one that stays."))
        return typed

    def chosen(self):
        """What `merge` wants to know."""
        kept, retired = " ".join(self.cleaned_data[name] for name in self.fields).split()
        return {"kept": self.services[kept], "retired": self.services[retired]}
