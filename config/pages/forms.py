"""The one question asked on a likely double's page."""

from django import forms

from coordination.interface.forms import Form


class DoubleForm(Form):
    """Same or not the same."""

    decision = forms.ChoiceField(choices=[("same", "same"), ("not_same", "not_same")])
