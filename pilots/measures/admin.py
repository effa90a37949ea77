"""The administration of instruments, and of the wording that an owner of a licence adds to them."""

from django import forms
from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from coordination.agencies.admin import clean_names, clean_text, named
from coordination.agencies.own_area import OwnAreaAdmin
from coordination.clocks.rules import today
from pilots.measures.models import Cutoff, Instrument, LicensedWording, Scale, Source
from pilots.measures.queries.instruments import is_used
from pilots.registry.admin import PartOfOwn, PortalsToo, whose
from pilots.registry.models.programmes import LANGUAGES

_NAMES = tuple(f"name_{code}" for code in LANGUAGES)
_NOTES = tuple(f"licence_note_{code}" for code in LANGUAGES)
_LINES = ("names", "lows", "highs")


class ScaleInline(PartOfOwn):
    """Its scales. Once something was answered on them they stay as they are: the numbers are kept by their order."""

    model = Scale
    fields = ("number", "kind", "lowest", "highest")

    def has_add_permission(self, request, obj=None):
        return not is_used(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return not is_used(obj) and super().has_change_permission(request, obj)


class CutoffInline(PartOfOwn):
    """Its cut-offs by age."""

    model = Cutoff
    fields = ("respondent", "from_age", "to_age", "value")


class InstrumentForm(forms.ModelForm):
    """One instrument of the own area."""

    respondents = forms.MultipleChoiceField(
        label=capfirst(_("who answers")), choices=Source.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        clean_names(self)
        for name, longest in {"licence_holder": 200, "version": 40, **dict.fromkeys(_NOTES, 500)}.items():
            clean_text(self, name, longest)


@admin.register(Instrument)
class InstrumentAdmin(PortalsToo):
    """The instruments of the own area, and those that come with the portal to read."""

    form = InstrumentForm
    inlines = (ScaleInline, CutoffInline)
    list_display = (named, "kind", "youngest_age", "oldest_age", "reliable_change", "in_use", whose)
    list_select_related = ("area",)
    list_filter = ("kind", "in_use", ("area", admin.EmptyFieldListFilter))
    search_fields = (*_NAMES, "licence_holder")
    fieldsets = (
        (None, {"fields": (*_NAMES, "version", "in_use")}),
        (_("What it asks, when and whom"), {"fields": ("kind", "when", "respondents", "youngest_age", "oldest_age")}),
        (_("What a change says"), {"fields": ("reliable_change", "alert_drop")}),
        (_("Licence"), {"fields": ("licence_holder", *_NOTES)}),
    )


class WordingForm(forms.ModelForm):
    """What the scales say, and that there is a licence for it."""

    holds_licence = forms.BooleanField(
        label=_("We hold a licence that lets us use this wording, in this language, in the portal")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        clean_text(self, "licence", 200)

    def clean(self):
        """As many lines as the instrument has scales."""
        data = super().clean()
        instrument = data.get("instrument")
        number = instrument.scales.count() if instrument else 0
        for name in _LINES:
            lines = [line.strip() for line in data.get(name, "").splitlines() if line.strip()]
            data[name] = "\n".join(lines)
            if instrument and lines and len(lines) != number:
                said = _("The instrument has %(number)d scales: write one line for each.") % {"number": number}
                self.add_error(name, said)
        return data


@admin.register(LicensedWording)
class LicensedWordingAdmin(OwnAreaAdmin):
    """The wordings of the own area and its agencies, each with who confirmed the licence."""

    form = WordingForm
    list_display = ("instrument", "language", "agency", "licence", "confirmed_by", "confirmed_on")
    list_select_related = ("instrument", "agency", "confirmed_by__user", "confirmed_by__agency")
    list_filter = ("language", "instrument__kind")
    search_fields = ("licence", *(f"instrument__{name}" for name in _NAMES))
    fieldsets = (
        (None, {"fields": ("instrument", "agency", "language")}),
        (_("Wording"), {"fields": _LINES}),
        (_("Licence"), {"fields": ("licence", "holds_licence", "confirmed_by", "confirmed_on")}),
    )
    autocomplete_fields = ("instrument", "agency")
    readonly_fields = ("confirmed_by", "confirmed_on")

    def save_model(self, request, obj, form, change):
        """Whoever saves it confirms the licence on that day."""
        if not change:
            obj.area = request.membership.agency.area
        obj.confirmed_by, obj.confirmed_on = request.membership, today()
        super().save_model(request, obj, form, change)
