"""Where the young person is: one press."""

from django import forms

from coordination.interface.forms import Form
from coordination.support.models import Whereabouts


class WhereForm(Form):
    """What a press of one of the buttons says."""

    moment = forms.ChoiceField(choices=Whereabouts.Moment.choices)
    period = forms.IntegerField(min_value=0, max_value=999)
    where = forms.ChoiceField(choices=Whereabouts.Where.choices)
