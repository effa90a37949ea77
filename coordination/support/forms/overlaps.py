"""Ticks of the agencies and what each does; whom to ask to close a double; what that professional answers."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.interface.forms import Form
from coordination.interface.widgets import Radios, Ticks
from coordination.support.models import ClientRelationship, ClientTask, SaidHow

ANOTHER = "another"


class ListForm(Form):
    """The agencies and what each does, a block of ticks for each agency, and one more for an agency to add.

    `rows` are the relationships that go on, `names` the agencies of the blocks by key, `choosable` (agency, name) all
    that can be chosen. `was` holds what was ticked when the page was shown, so that only what changed is written down.
    """

    was = forms.Field(required=False, widget=forms.HiddenInput)
    at_naming = forms.BooleanField(
        label=_("What I tick now was so already when the support began"), required=False, initial=False
    )

    def __init__(self, *args, rows, names, choosable, began, **kwargs):
        super().__init__(*args, **kwargs)
        self.began = began
        self.choosable = {str(agency.pk): (agency, name) for agency, name in choosable}
        sent = self.data if self.is_bound else {}
        # An agency that was near when the page was shown keeps its block, whatever happened since.
        names |= {agency.pk: name for agency, name in self.choosable.values() if _does(agency.pk) in sent}
        self.keys = sorted(names, key=lambda key: (names[key].casefold(), key))
        ticked = {key: [one.task for one in rows if one.agency_id == key] for key in names}
        for key in self.keys:
            same = any(one.same_adult for one in rows if one.agency_id == key)
            self._block(key, names[key], initial=ticked[key], same=same)
        others = [(key, name) for key, (agency, name) in self.choosable.items() if agency.pk not in names]
        self.fields[ANOTHER] = forms.ChoiceField(
            label=_("Another agency"),
            required=False,
            choices=[("", _("Choose")), *others],
            error_messages={"invalid_choice": _("This agency can't be chosen any more. Choose again.")},
        )
        self._block(ANOTHER, _("What does it do?"))
        self.fields["was"].initial = " ".join(f"{one.agency_id}:{one.task}" for one in rows)
        # What is ticked first of all was so when the support began.
        if not began:
            del self.fields["at_naming"]

    def _block(self, key, name, *, initial=(), same=False):
        self.fields[_does(key)] = forms.MultipleChoiceField(
            label=name, choices=ClientTask.choices, required=False, widget=Ticks, initial=list(initial)
        )
        self.fields[_same(key)] = forms.BooleanField(
            label=_("One and the same adult does all of this"), required=False, initial=same
        )

    @property
    def blocks(self):
        """The blocks of the agencies, each with its ticks, the one below them, and in words what is ticked."""
        return [
            {"does": self[_does(key)], "same": self[_same(key)], "ticked": self._ticked(self[_does(key)])}
            for key in self.keys
        ]

    def _ticked(self, does):
        ticked = does.value() or []
        return ", ".join(str(label) for task, label in ClientTask.choices if task in ticked)

    @property
    def addition(self):
        """The block of an agency to add; `another` is its field, by which a template would find it."""
        return {"agency": self[ANOTHER], "does": self[_does(ANOTHER)], "same": self[_same(ANOTHER)]}

    def clean_was(self):
        """The pairs that were ticked when the page was shown; what can't be read was none."""
        known = {f"{key}:{task}": (key, task) for key in self.keys for task in ClientTask.values}
        return {known[part] for part in str(self.cleaned_data["was"] or "").split() if part in known}

    def clean(self):
        """An agency that is added does something, and what is ticked is done by an agency."""
        data = super().clean()
        agency, does = data.get(ANOTHER), data.get(_does(ANOTHER))
        if agency and not does:
            self.add_error(_does(ANOTHER), gettext("Tick what this agency does."))
        elif does and not agency and ANOTHER not in self.errors:
            self.add_error(ANOTHER, gettext("Choose the agency."))
        return data

    def kept(self):
        """What the command wants to know."""
        data, ticked, same = self.cleaned_data, set(), {}
        for key in self.keys:
            ticked |= {(key, task) for task in data[_does(key)]}
            same[key] = data[_same(key)]
        if data[ANOTHER]:
            key = self.choosable[data[ANOTHER]][0].pk
            ticked |= {(key, task) for task in data[_does(ANOTHER)]}
            same[key] = data[_same(ANOTHER)]
        return {
            "added": ticked - data["was"],
            "gone": data["was"] - ticked,
            "same_adult": same,
            "at_naming": data.get("at_naming", True),
        }


def _does(key):
    return f"does_{key}"


def _same(key):
    return f"same_{key}"


class ProposeForm(Form):
    """Which agency goes on, whom of the other to ask, and how the young person said yes to it. `others` are the
    relationships that do the same, `members` (membership, words) whom one can ask."""

    stays = forms.ChoiceField(label=_("Who goes on?"), widget=Radios)
    asked = forms.ChoiceField(label=_("Whom do you ask?"), widget=Radios)
    said_how = forms.ChoiceField(
        label=_("How did the young person say yes to asking this?"),
        choices=SaidHow.choices,
        widget=Radios,
        help_text=_("Whoever is asked learns which other agency does the same."),
    )

    def __init__(self, *args, others, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.others = {str(one.public_id): one for one in others}
        self.members = {str(one.public_id): (one, text) for one, text in members}
        self.fields["stays"].choices = [(key, one.shown) for key, one in self.others.items()]
        self.fields["asked"].choices = [(key, text) for key, (_one, text) in self.members.items()]
        for name, known in (("stays", self.others), ("asked", self.members)):
            if len(known) == 1:
                self.fields[name].initial = next(iter(known))

    def proposed(self):
        """What the command wants to know."""
        data = self.cleaned_data
        return {
            "stays": self.others[data["stays"]],
            "asked": self.members[data["asked"]][0],
            "said_how": data["said_how"],
        }


class AnswerForm(Form):
    """Yes, with the hours that it takes the agency; or both go on, which needs no reason."""

    YES, NO = "yes", "no"
    hours = forms.TypedChoiceField(
        label=_("About how much time does it take your agency in a month?"),
        choices=ClientRelationship.Hours.choices,
        coerce=int,
        widget=Radios,
        help_text=_("Only the sum of all hours is shown in figures."),
    )
    answer = forms.ChoiceField(choices=[(YES, YES), (NO, NO)], required=False)

    def clean(self):
        """An answer is one of the two buttons; whoever agrees says the hours."""
        data = super().clean()
        if not data.get("answer"):
            raise forms.ValidationError(gettext("Press one of the two buttons below."))
        if data["answer"] == self.NO:
            self.errors.pop("hours", None)
        return data

    def answered(self):
        """What the command wants to know."""
        agrees = self.cleaned_data["answer"] == self.YES
        return {"agrees": agrees, "hours": self.cleaned_data["hours"] if agrees else None}
