"""Lists that are narrowed by the query string: whatever stands there, the answer is a page."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.interface.forms import Form

_OLDEST = 120


class FilterForm(Form):
    """Filters of a list; that they are optional goes without saying."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.needed_sometimes = True


def age_filter():
    """The field that asks for whose age something is meant, in full years."""
    return forms.IntegerField(
        label=_("Age of the child or young person"),
        min_value=0,
        max_value=_OLDEST,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )


def query_string(said):
    """The query string that says this; empty where nothing is said."""
    found = urlencode({name: value for name, value in said.items() if value not in (None, "")})
    return f"?{found}" if found else ""
