"""What of the list of services is asked for, in the query string: whatever stands there, the answer is a page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.interface.fields import CleanCharField
from coordination.interface.filters import FilterForm, age_filter, query_string
from coordination.services.models import Need, Service, ServiceClass, TargetGroup
from coordination.services.queries.lists import Filters

_LISTS = {"service_class": ServiceClass, "need": Need, "group": TargetGroup}
_CHOSEN = {
    "language": Service.Language,
    "threshold": Service.Threshold,
    "cost": Service.Cost,
    "channel": Service.Channel,
    "priority": Service.Priority,
    "kind": Service.Kind,
}


def _choice(label):
    return forms.ChoiceField(label=label, required=False)


class PublicFilterForm(FilterForm):
    """Filters of the list. A value that makes no sense is said beside its field, and filters nothing."""

    words = CleanCharField(label=_("What are you looking for?"), max_length=200, required=False)
    need = _choice(_("Need"))
    group = _choice(_("For whom"))
    age = age_filter()
    service_class = _choice(_("Kind of service"))
    municipality = _choice(_("Municipality"))
    language = _choice(_("Language"))
    threshold = _choice(_("How one comes to it"))
    cost = _choice(_("Cost"))
    channel = _choice(_("Where it is given"))
    kind = _choice(_("Service or project"))

    def __init__(self, *args, lists, towns, **kwargs):
        super().__init__(*args, **kwargs)
        choices = {name: [(row.code, row.name) for row in lists[model]] for name, model in _LISTS.items()}
        choices |= {name: chosen.choices for name, chosen in _CHOSEN.items()}
        choices["municipality"] = [(town.code, town.name) for town in towns]
        for name in choices.keys() & self.fields.keys():
            self.fields[name].choices = [("", _("all")), *((str(value), label) for value, label in choices[name])]

    @property
    def filters(self):
        """The filters that make sense."""
        self.full_clean()
        said = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return Filters(**said)

    @property
    def narrowed_by(self):
        """How many filters are set beside the words, those that make no sense among them."""
        return sum(bool(self[name].data) for name in self.fields if name != "words")


class ServiceFilterForm(PublicFilterForm):
    """For whoever is signed in: what the towns want more of, other areas' services, too, and those that are old."""

    priority = _choice(_("Priority"))
    county = _choice(_("Wellbeing services county"))
    everywhere = forms.BooleanField(label=_("All areas"), required=False)
    stale = forms.BooleanField(label=_("Only entries that nobody has checked for long"), required=False)

    def __init__(self, *args, towns, **kwargs):
        super().__init__(*args, towns=towns, **kwargs)
        counties = {town.county.code: town.county.name for town in towns}
        self.fields["county"].choices = [("", _("all")), *sorted(counties.items(), key=lambda pair: pair[1])]


def address_of(filters, **more):
    """The query string that asks for these filters, and for `more`; empty where nothing is asked for."""
    said = vars(filters) | {name: "on" if getattr(filters, name) else "" for name in ("stale", "everywhere")} | more
    return query_string(said)
