"""What of the list of pilots is asked for, in the query string: whatever stands there, the answer is a page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import CleanCharField
from coordination.interface.filters import FilterForm, age_filter, query_string
from pilots.registry.queries.lists import Filters, programmes
from pilots.registry.states import PilotState


class PilotFilterForm(FilterForm):
    """Filters of the list. A value that makes no sense is said beside its field, and filters nothing."""

    words = CleanCharField(label=_("Words"), max_length=200, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    county = forms.ChoiceField(label=_("Wellbeing services county"), required=False)
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=None, required=False, empty_label=_("all"))
    whose = forms.ChoiceField(
        label=_("Whose"), choices=[("", _("all areas'")), ("own", _("our own area's"))], required=False
    )
    age = age_filter()

    def __init__(self, *args, counties, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("all")), *PilotState.choices]
        self.fields["county"].choices = [("", _("all")), *((county.code, county.name) for county in counties)]
        self.fields["programme"].queryset = programmes()

    @property
    def filters(self):
        """The filters that make sense."""
        self.full_clean()
        said = self.cleaned_data
        return Filters(
            words=said.get("words", ""),
            state=said.get("state", ""),
            county=said.get("county", ""),
            programme=said.get("programme"),
            own_area=said.get("whose") == "own",
            age=said.get("age"),
        )

    @property
    def narrows(self):
        """Whether anything but words is asked for, or was asked for and makes no sense."""
        return any(self[name].data or self[name].errors for name in self.fields if name != "words")


def address_of(filters, **more):
    """The query string that asks for these filters, and for `more`; empty where nothing is asked for."""
    said = {
        "words": filters.words,
        "state": filters.state,
        "county": filters.county,
        "programme": filters.programme and filters.programme.pk,
        "whose": "own" if filters.own_area else "",
        "age": filters.age,
    }
    return query_string(said | more)
