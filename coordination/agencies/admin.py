"""The administration of areas, municipalities and agencies."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget, FilteredSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import (
    Agency,
    County,
    CovenantParty,
    LegalGround,
    Municipality,
    RevealReason,
)
from coordination.agencies.own_area import OwnAreaAdmin, OwnAreaInline
from coordination.interface.fields import CleanCharField, PhoneField

_NAMES = ("name_fi", "name_sv", "name_en")
_REACHED_AT = ("coordinator_phone", "coordinator_hours", "emergency_phone")


@admin.display(description=_("name"))
def named(row):
    """The name in the reader's language, as a column."""
    return row.name


def clean_names(form):
    """Have the names that are typed into this form cleaned as everywhere else."""
    for name in _NAMES:
        clean_text(form, name, 200)


def clean_text(form, name, max_length, *, multiline=False):
    """Have a text that is typed into this form cleaned as everywhere else; without it nothing changes. With `multiline`
    its lines stay lines."""
    if name in form.fields:
        old = form.fields[name]
        kept = {"required": old.required, "label": old.label, "help_text": old.help_text, "widget": old.widget}
        form.fields[name] = CleanCharField(max_length=max_length, multiline=multiline, **kept)


class AreaForm(forms.ModelForm):
    """The settings of one area and the municipalities that belong to it. Which settings, the administration's fieldsets
    say."""

    coordinator_phone = PhoneField(label=capfirst(_("coordinators' telephone")), widget=AdminTextInputWidget)
    municipalities = forms.ModelMultipleChoiceField(
        queryset=Municipality.objects.none(),
        label=capfirst(_("municipalities")),
        help_text=_("A municipality belongs to one area at most: those of other areas are not on the list."),
        widget=FilteredSelectMultiple(_("municipalities"), is_stacked=False),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        clean_names(self)
        clean_text(self, "coordinator_hours", 80)
        clean_text(self, "inform_basis", 1000)
        clean_text(self, "emergency_phone", 40)
        if "municipalities" in self.fields:
            self.fields["municipalities"].queryset = Municipality.objects.filter(
                Q(area=None) | Q(area=self.instance.pk)
            )
            self.initial.setdefault("municipalities", list(self.instance.municipalities.all()))

    def clean_municipalities(self):
        """The chosen ones, locked until they are saved: two areas can't take the same one at the same moment."""
        chosen = self.cleaned_data["municipalities"]
        locked = Municipality.objects.select_for_update(no_key=True).filter(pk__in=[one.pk for one in chosen])
        if any(one.area_id not in (None, self.instance.pk) for one in locked):
            raise ValidationError(_("Another area has just taken one of these municipalities. Choose again."))
        return list(locked)


class LegalGroundInline(OwnAreaInline):
    model = LegalGround
    fields = ("law", *_NAMES, "is_active")
    # Side by side these fields are wider than a screen.
    template = "admin/edit_inline/stacked.html"
    verbose_name_plural = _("legal grounds on which an authority may flag without the young person's permission")


class RevealReasonInline(OwnAreaInline):
    model = RevealReason
    fields = ("law", *_NAMES, "is_active")
    # Side by side these fields are wider than a screen.
    template = "admin/edit_inline/stacked.html"
    verbose_name_plural = _("reasons for which an authority may reveal what non-disclosure hides")


class CovenantPartyInline(OwnAreaInline):
    model = CovenantParty
    fields = ("agency", "signed_on", "ended_on")
    # Side by side these fields are wider than a screen.
    template = "admin/edit_inline/stacked.html"
    autocomplete_fields = ("agency",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("agency", "area")


class AreaAdmin(OwnAreaAdmin):
    """The settings of the own area. Areas begin on the command line, with their first administrator.

    How they are saved, and registered, stands in `staffing.settings_admin`: what widens sight takes two people.
    """

    own_area = "pk"
    form = AreaForm
    inlines = (LegalGroundInline, RevealReasonInline, CovenantPartyInline)
    list_display = (named, "threshold", "youngest_age", "oldest_age", "coordinator_phone")
    fieldsets = (
        (None, {"fields": (*_NAMES, "municipalities", *_REACHED_AT)}),
        (_("Match"), {"fields": ("threshold", "different_agencies", "days_to_contact", "reveal_rule", "inform_basis")}),
        (
            _("Who may be flagged, and how"),
            {
                "fields": (
                    "youngest_age",
                    "oldest_age",
                    "guardian_allows_under",
                    "guardians_heard_under",
                    "hetu_allowed",
                    "flag_lifetime_months",
                    "days_before_end_of_flag",
                    "undo_minutes",
                )
            },
        ),
        (_("Non-disclosure for safety"), {"fields": ("reveals_a_day",)}),
        (_("Settings that take two people"), {"fields": ("days_to_confirm",)}),
        (_("After a follow-up"), {"fields": ("days_seen_after_closing", "days_kept_after_closing")}),
        (_("Messages by a one-time link"), {"fields": ("days_link_works",)}),
        (
            _("One adult"),
            {
                "fields": (
                    "days_without_contact",
                    "months_permission_lasts",
                    "days_before_end_of_permission",
                    "days_former_adult_sees",
                )
            },
        ),
        (_("Rights that nobody uses"), {"fields": ("days_idle", "days_idle_notice")}),
        (_("Directory of services"), {"fields": ("directory_checked_days",)}),
        (_("Feedback on the portal"), {"fields": ("days_to_answer_feedback", "days_feedback_is_kept")}),
    )

    def has_add_permission(self, request, obj=None):
        return False

    def get_fieldsets(self, request, obj=None):
        """Whoever only looks sees the municipalities as words, not as a box to move them about in."""
        if self.has_change_permission(request, obj):
            return self.fieldsets
        first = (None, {"fields": (*_NAMES, "its_municipalities", *_REACHED_AT)})
        return (first, *self.fieldsets[1:])

    def get_readonly_fields(self, request, obj=None):
        return () if self.has_change_permission(request, obj) else ("its_municipalities",)

    @admin.display(description=_("municipalities"))
    def its_municipalities(self, area):
        return ", ".join(one.name for one in area.municipalities.all())


class ReferenceAdmin(OwnAreaAdmin):
    """The whole country's reference data: everybody's to read, and changed only by the command that loads it."""

    def limit(self, queryset, area_id):
        return queryset

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(County)
class CountyAdmin(ReferenceAdmin):
    list_display = ("code", named)
    list_display_links = (named,)
    search_fields = ("code", *_NAMES)
    fields = ("code", *_NAMES)


@admin.register(Municipality)
class MunicipalityAdmin(ReferenceAdmin):
    list_display = ("code", named, "county", "in_own_area")
    list_display_links = (named,)
    list_select_related = ("county",)
    search_fields = ("code", *_NAMES)
    fields = ("code", *_NAMES, "county", "region_code", "language_relation", "in_own_area")
    readonly_fields = ("in_own_area",)

    def get_queryset(self, request):
        own = Exists(Municipality.objects.filter(pk=OuterRef("pk"), area=request.membership.agency.area_id))
        return super().get_queryset(request).annotate(own=own)

    @admin.display(description=_("in your area"), boolean=True, ordering="own")
    def in_own_area(self, municipality):
        return municipality.own


class AgencyForm(forms.ModelForm):
    """An agency of the own area."""

    class Meta:
        model = Agency
        fields = (*_NAMES, "sector", "kind", "sensitive", "takes_reports")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        clean_names(self)


class AgencyAdmin(OwnAreaAdmin):
    """The agencies of the own area; saved, and registered, in `staffing.settings_admin`."""

    form = AgencyForm
    fields = (*_NAMES, "sector", "kind", "sensitive")
    list_display = (named, "sector", "kind", "sensitive", "takes_reports", "in_covenant")
    list_filter = ("sector", "kind", "sensitive")
    search_fields = _NAMES

    def get_fields(self, request, obj=None):
        """What lets its people read reports takes a second person, so it comes once the agency is there."""
        return (*self.fields, "takes_reports") if obj else self.fields

    def get_queryset(self, request):
        signed = CovenantParty.objects.filter(
            agency=OuterRef("pk"), area=OuterRef("area"), signed_on__lte=timezone.localdate()
        ).exclude(ended_on__lte=timezone.localdate())
        return super().get_queryset(request).annotate(signed=Exists(signed))

    @admin.display(description=_("in the covenant"), boolean=True, ordering="signed")
    def in_covenant(self, agency):
        return agency.signed
