"""What somebody writes about the portal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import Area
from coordination.feedback.models import Feedback
from coordination.interface.fields import CleanCharField
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Radios


class FeedbackForm(PostOnceForm):
    """Feedback on the portal; somebody who isn't signed in says which area's portal it is about."""

    area = forms.ModelChoiceField(
        label=_("Which area's portal is it about?"), queryset=Area.objects.all(), empty_label=None, widget=Radios
    )
    kind = forms.ChoiceField(label=_("What is it about?"), choices=Feedback.Kind.choices, widget=Radios)
    text = CleanCharField(
        label=_("Tell about it"),
        max_length=2000,
        multiline=True,
        help_text=_("Never write about a young person here. Say which page it was and what you tried to do."),
    )
    reply_to = forms.EmailField(label=_("E-mail, if you want an answer"), max_length=254, required=False)

    def __init__(self, *args, area=None, **kwargs):
        """`area` is the reader's own, and then nobody asks which."""
        super().__init__(*args, **kwargs)
        if area:
            del self.fields["area"]
