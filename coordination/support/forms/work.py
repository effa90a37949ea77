"""What the one adult writes down: a contact in few taps, a matter, a service gone along to, a need, what is next."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.rules import NotNow
from coordination.clocks.rules import today
from coordination.interface.fields import CleanCharField, DateField3
from coordination.interface.forms import Form
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios, Ticks
from coordination.support import rules
from coordination.support.models import Contact, MatterKind, Support
from coordination.support.models.work import NOTE_LENGTH
from coordination.support.states import MatterState


def _in_two_years():
    return today() + timedelta(days=731)


class _OfADay(Form):
    """A form with the day of what is written down, today unless said otherwise."""

    def __init__(self, *args, support, **kwargs):
        self.support = support
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today

    def clean_on(self):
        """The day; it lies between the support's first day and today."""
        day = self.cleaned_data["on"]
        try:
            rules.check_day_of_work(self.support, day)
        except NotNow as problem:
            raise forms.ValidationError(problem.sentence) from None
        return day


class ContactForm(_OfADay, PostOnceForm):
    """One contact. All but the channel and the minutes is filled in as it mostly is, so it takes two choices."""

    CAME = [("yes", _("we were in contact")), ("no", _("nobody came or answered"))]
    channel = forms.ChoiceField(label=_("How?"), choices=Contact.Channel.choices, widget=Radios)
    minutes = forms.TypedChoiceField(
        label=_("How long did it take you?"), choices=Contact.Minutes.choices, coerce=int, widget=Radios
    )
    came = forms.TypedChoiceField(
        label=_("Did it come about?"), choices=CAME, coerce=lambda value: value == "yes", initial="yes", widget=Radios
    )
    started_by = forms.ChoiceField(
        label=_("Who began it?"),
        choices=Contact.StartedBy.choices,
        initial=Contact.StartedBy.ADULT,
        widget=Radios,
    )
    on = DateField3(label=_("Day"), past_only=True)
    note = CleanCharField(
        label=_("Note for yourself"),
        max_length=NOTE_LENGTH,
        multiline=True,
        required=False,
        help_text=_(
            "At most 280 characters. Write nothing about health, and nothing about other people. Whoever stands in for"
            " you reads it, nobody else."
        ),
    )

    @property
    def more_has_errors(self):
        """Whether something needs mending that is out of sight at first."""
        return any(name in self.errors for name in ("on", "note"))

    def contact(self):
        """What the command wants to know."""
        return self.cleaned_data


class MatterForm(Form):
    """A matter of the closed list; those that are open already need no second one."""

    kind = forms.ChoiceField(label=_("What is it about?"), choices=MatterKind.choices, widget=Radios)

    def __init__(self, *args, support, **kwargs):
        super().__init__(*args, **kwargs)
        # Whatever was sent is understood, so that a second tab hears why it can't be.
        if not self.is_bound:
            is_open = set(support.matters.exclude(state=MatterState.SOLVED).values_list("kind", flat=True))
            self.fields["kind"].choices = [(code, word) for code, word in MatterKind.choices if code not in is_open]


class MoveForm(Form):
    """Where a matter is moved to."""

    to = forms.ChoiceField(choices=MatterState.choices)


class GoneAlongForm(_OfADay):
    """To which service, and when. `directory` is what can be chosen."""

    service = forms.ChoiceField(
        label=_("Which service?"),
        error_messages={"invalid_choice": _("One of these can't be chosen any more. Choose again.")},
    )
    on = DateField3(label=_("Day"), past_only=True)

    def __init__(self, *args, directory, **kwargs):
        super().__init__(*args, **kwargs)
        self.services = {str(one.public_id): one for one in directory.services}
        choices = [(public_id, one.name) for public_id, one in self.services.items()]
        self.fields["service"].choices = [("", _("Choose")), *choices]

    def clean_service(self):
        """The chosen service."""
        return self.services[self.cleaned_data["service"]]


class MissingForm(Form):
    """Which needs no service answers; what is marked already needs no second tick."""

    needs = forms.MultipleChoiceField(
        label=_("Needed but not available"),
        widget=Ticks,
        help_text=_("It is counted without anybody's name: so it is seen which services are missing."),
        error_messages={"invalid_choice": _("One of these can't be chosen any more. Choose again.")},
    )

    def __init__(self, *args, directory, unmet, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {one.code: one for one in directory.needs}
        marked = set() if self.is_bound else {one.need_id for one in unmet}
        self.fields["needs"].choices = [(one.code, one.name) for one in directory.needs if one.pk not in marked]

    def clean_needs(self):
        """The chosen needs."""
        return [self.known[code] for code in self.cleaned_data["needs"]]


class NextStepForm(Form):
    """What comes next, and when; neither where nothing is agreed."""

    NOTHING = "nothing"
    next_step = forms.ChoiceField(
        label=_("What is next?"),
        choices=[*Support.NextStep.choices, (NOTHING, _("nothing is agreed now"))],
        widget=Radios,
    )
    next_step_on = DateField3(label=_("When?"), required=False, not_after=_in_two_years)

    def __init__(self, *args, support, **kwargs):
        self.support = support
        initial = {"next_step": support.next_step, "next_step_on": support.next_step_on}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self):
        """A step has a day, and nothing has none; a new day isn't past."""
        data = super().clean()
        step, day = data.get("next_step"), data.get("next_step_on")
        if step == self.NOTHING:
            return data | {"next_step": "", "next_step_on": None}
        if step and not day and "next_step_on" not in self.errors:
            self.add_error("next_step_on", gettext("Give the day of the next step."))
        elif day and day < today() and day != self.support.next_step_on:
            self.add_error("next_step_on", gettext("The day of the next step can't be in the past."))
        return data
