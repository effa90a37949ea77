"""Handing the record over to the controller's own system."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.clocks.rules import today
from coordination.interface.fields import CleanCharField, DateField3
from coordination.interface.forms import Form
from coordination.interface.widgets import Radios


class HandOverForm(Form):
    """Where it was received, and whether the young person may read now who has looked."""

    LOOKS = [("release", _("released to the young person now")), ("hold", _("held for a reason in law"))]
    on = DateField3(label=_("When was it received there?"), past_only=True)
    receipt = CleanCharField(
        label=_("Who confirmed it, and under which number?"),
        max_length=300,
        help_text=_("Name and system, and the number of the record where it has one."),
    )
    looks = forms.ChoiceField(
        label=_("Who has looked at the assessment, and at what was sent to you?"),
        choices=LOOKS,
        widget=Radios,
        help_text=_(
            "Released, it stands among who has looked at the young person. What is held can be released later."
        ),
    )
    held_why = CleanCharField(
        label=_("If held: on which law, and why?"), max_length=1000, multiline=True, required=False
    )

    def __init__(self, *args, assessment, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        self.fields["held_why"].shown_when = "looks=hold"
        self.fields["held_why"].needed_sometimes = True
        if assessment.looks_released_at:
            del self.fields["looks"], self.fields["held_why"]

    def clean(self):
        """What is held has its reason."""
        typed = super().clean()
        if typed.get("looks") == "hold":
            self.demand("held_why", gettext("Say on which law and why the young person may not read it yet."))
        return typed
