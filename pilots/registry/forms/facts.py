"""What is said of a pilot beside its texts, and how another begins the same."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import County
from coordination.clocks.rules import today
from coordination.interface.fields import CleanCharField, DateField3
from coordination.interface.forms import Form
from coordination.interface.marked import NumberedForm
from coordination.interface.once import PostOnceForm
from coordination.interface.widgets import Ticks
from pilots.registry.models import Programme
from pilots.registry.queries.editing import programmes_for

_FIRST_DAY = date(1990, 1, 1)
_MOST_SITES = 50
_WRITTEN_IN_NUMBERS = _("Write the age in numbers, such as 13.")


def in_twenty_years():
    """The last day that a pilot can be planned for."""
    return today() + timedelta(days=20 * 366)


class DayField(DateField3):
    """A day on which something of a pilot begins, is due, or ends."""

    def __init__(self, **kwargs):
        super().__init__(not_before=_FIRST_DAY, not_after=in_twenty_years, **kwargs)


class AgeField(forms.IntegerField):
    """Whole years, typed."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"})
    default_error_messages = {
        "invalid": _WRITTEN_IN_NUMBERS,
        "min_value": _WRITTEN_IN_NUMBERS,
        "max_value": _WRITTEN_IN_NUMBERS,
    }

    def __init__(self, **kwargs):
        super().__init__(required=False, min_value=0, max_value=99, **kwargs)


class PlaceForm(Form):
    """When a pilot is done, in which counties, for which programme, and whom to ask; `area` is its own."""

    starts_on = DayField(label=_("When does it begin?"))
    ends_on = DayField(label=_("When does it end?"), required=False)
    programme = forms.ModelChoiceField(
        Programme.objects.none(),
        label=_("Programme"),
        required=False,
        empty_label=_("of no programme"),
        error_messages={"invalid_choice": _("Choose one of the programmes.")},
    )
    contact = CleanCharField(
        label=_("Whom can others ask about it?"),
        max_length=200,
        required=False,
        help_text=_("An office, with its telephone number or e-mail address. Everybody who is signed in sees this."),
    )
    counties = forms.ModelMultipleChoiceField(
        County.objects.none(),
        label=_("In which wellbeing services counties?"),
        required=False,
        widget=Ticks,
        error_messages={
            "invalid_choice": _("Choose among these counties."),
            "invalid_pk_value": _("Choose among these counties."),
            "invalid_list": _("Choose among these counties."),
        },
    )

    def __init__(self, *args, area, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes_for(area)
        self.fields["counties"].queryset = County.objects.order_by("name_fi")

    def clean(self):
        """It doesn't end before it begins."""
        typed = super().clean()
        if typed.get("starts_on") and typed.get("ends_on") and typed["ends_on"] < typed["starts_on"]:
            self.add_error("ends_on", gettext("It can't end before it begins."))
        return typed

    def facts(self):
        """What the commands keep of the pilot itself, and its counties."""
        names = ("programme", "starts_on", "ends_on", "contact", "counties")
        return {name: self.cleaned_data[name] for name in names}


class FactsForm(PlaceForm):
    """All of that, and which version of which method for whom."""

    youngest_age = AgeField(label=_("Youngest age"))
    oldest_age = AgeField(label=_("Oldest age"))
    method_version = CleanCharField(
        label=_("Version of the method"),
        max_length=40,
        required=False,
        help_text=_("Such as 1 or 2026-08: so that others know which one was tried."),
    )

    def clean(self):
        """The ages are in order."""
        typed = super().clean()
        youngest, oldest = typed.get("youngest_age"), typed.get("oldest_age")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("oldest_age", gettext("The oldest age can't be under the youngest."))
        return typed

    def facts(self):
        """What the commands keep."""
        more = ("method_version", "youngest_age", "oldest_age")
        return super().facts() | {name: self.cleaned_data[name] for name in more}


class ChangeFactsForm(NumberedForm, FactsForm):
    """The facts of a pilot that is there."""

    def __init__(self, *args, pilot, **kwargs):
        names = ("programme", "starts_on", "ends_on", "contact", "youngest_age", "oldest_age", "method_version")
        initial = {name: getattr(pilot, name) for name in names} | {"counties": pilot.counties.all()}
        super().__init__(*args, stands=pilot.number, area=pilot.area, initial=initial, **kwargs)


class SpreadForm(PlaceForm, PostOnceForm):
    """Where and when the own area does the same, and who leads it there."""

    sites = CleanCharField(
        label=_("Where is it done?"),
        max_length=2000,
        multiline=True,
        help_text=_("Schools, health centres or other places, one a line."),
    )
    lead = CleanCharField(
        label=_("Who leads it?"), max_length=200, help_text=_("An office or an agency, rather than a person.")
    )
    field_order = ["token", "sites", "lead", "starts_on"]

    def clean_sites(self):
        """The names of the places, as columns of Site; each fits where it is kept."""
        names = [line.strip() for line in self.cleaned_data["sites"].splitlines() if line.strip()]
        if len(names) > _MOST_SITES:
            raise forms.ValidationError(gettext("Write at most %(number)d places.") % {"number": _MOST_SITES})
        if any(len(name) > 200 for name in names):
            raise forms.ValidationError(gettext("Shorten the name of each place to 200 characters or fewer."))
        return [{"name_fi": name} for name in names]

    def typed(self):
        """What `spread` wants to know."""
        return self.facts() | {name: self.cleaned_data[name] for name in ("sites", "lead", "token")}
