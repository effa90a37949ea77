"""Who came, how it was, and who comes without an account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import CleanCharField
from coordination.interface.forms import Form
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios, Ticks
from pilots.trainings.models import TrainingFeedback

_OF_THESE = {"invalid_choice": _("Choose one of these.")}


class AttendanceForm(Form):
    """Who of these `people` came."""

    came = forms.MultipleChoiceField(
        label=_("Who came?"),
        widget=Ticks,
        required=False,
        error_messages={
            "invalid_choice": _("Choose among these people."),
            "invalid_list": _("Choose among these people."),
        },
    )

    def __init__(self, *args, people, came, **kwargs):
        self.keys = {str(one.sign_up.public_id): one.sign_up.pk for one in people}
        initial = {"came": [key for key, pk in self.keys.items() if came.get(pk)]}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["came"].choices = [(str(one.sign_up.public_id), one.words) for one in people]

    def marked(self):
        """The keys of those who came."""
        return {self.keys[key] for key in self.cleaned_data["came"]}


class FeedbackForm(PostOnceForm):
    """How it was: two questions."""

    useful = forms.ChoiceField(
        label=_("Was it useful in your work?"),
        choices=TrainingFeedback.Useful.choices,
        widget=Radios,
        error_messages=_OF_THESE,
    )
    better = forms.ChoiceField(
        label=_("What would make it better?"),
        choices=TrainingFeedback.Better.choices,
        widget=Radios,
        error_messages=_OF_THESE,
    )


class JoinForm(PostOnceForm):
    """Somebody without an account signs up."""

    name = CleanCharField(label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We write there whether you have a place, and if anything changes."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    agency = CleanCharField(
        label=_("Where you work or whom you represent"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


class SignUpForm(PostOnceForm):
    """The button by which a professional signs up."""
