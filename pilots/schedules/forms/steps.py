"""What became of one step."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.clocks.rules import today
from coordination.interface.fields import DateField3
from coordination.interface.forms import Form
from coordination.interface.widgets import Radios
from pilots.schedules.models import DueStep


class DoneForm(Form):
    """On which day it was done."""

    on = DateField3(label=_("On which day was it done?"), past_only=True, initial=today)


class LeaveOutForm(Form):
    """Why it isn't done."""

    why = forms.ChoiceField(
        label=_("Why is it left out?"),
        choices=DueStep.Why.choices,
        widget=Radios,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )
