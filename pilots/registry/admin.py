"""The administration of the programmes, and the pilots to look through."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from coordination.agencies.admin import ReferenceAdmin, clean_names, clean_text, named
from coordination.agencies.own_area import OwnAreaAdmin, OwnAreaInline
from coordination.templatetags.ui import finnish_date
from pilots.registry.models import Pilot, Programme
from pilots.registry.models.programmes import LANGUAGES
from pilots.registry.queries.texts import text_of

_NAMES = tuple(f"name_{code}" for code in LANGUAGES)
_FUNDERS = tuple(f"funder_{code}" for code in LANGUAGES)
_ORIGINS = tuple(f"origin_{code}" for code in LANGUAGES)


class ProgrammeForm(forms.ModelForm):
    """One programme of the own area."""

    class Meta:
        model = Programme
        fields = (*_NAMES, *_FUNDERS, *_ORIGINS, "from_year", "until_year", "counties")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        clean_names(self)
        for name, longest in (dict.fromkeys(_FUNDERS, 200) | dict.fromkeys(_ORIGINS, 500)).items():
            clean_text(self, name, longest)


@admin.display(description=_("whose"))
def whose(row):
    """Of which area it is, as a column."""
    return row.area or _("comes with the portal")


def is_own(request, row):
    """Whether the row is of the own area, or not there yet: the portal's are read alone."""
    return row is None or row.area_id == request.membership.agency.area_id


class PartOfOwn(OwnAreaInline):
    """Rows within a page, changed where the page's own row is of the own area."""

    def has_add_permission(self, request, obj=None):
        return is_own(request, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return is_own(request, obj) and super().has_change_permission(request, obj)


class PortalsToo(OwnAreaAdmin):
    """Rows of the own area, and those that come with the portal to read."""

    def limit(self, queryset, area_id):
        return queryset.filter(Q(area=area_id) | Q(area=None))

    def has_change_permission(self, request, obj=None):
        return is_own(request, obj) and super().has_change_permission(request, obj)

    def save_model(self, request, obj, form, change):
        """A new row is of the area of whoever adds it."""
        if not change:
            obj.area = request.membership.agency.area
        super().save_model(request, obj, form, change)


@admin.register(Programme)
class ProgrammeAdmin(PortalsToo):
    """The programmes of the own area, and those that come with the portal to read."""

    form = ProgrammeForm
    list_display = (named, "funder", "from_year", "until_year", whose)
    list_select_related = ("area",)
    list_filter = (("area", admin.EmptyFieldListFilter), "counties")
    search_fields = (*_NAMES, *_FUNDERS)
    filter_horizontal = ("counties",)
    fieldsets = (
        (None, {"fields": (*_NAMES, *_FUNDERS)}),
        (_("How it began"), {"fields": _ORIGINS}),
        (_("Where and when"), {"fields": ("from_year", "until_year", "counties")}),
    )

    @admin.display(description=_("funder"))
    def funder(self, programme):
        return programme.funder


@admin.register(Pilot)
class PilotAdmin(ReferenceAdmin):
    """Every pilot, as everybody may read them; they are changed on their own pages by those who lead them."""

    list_display = ("pilot_name", "state", whose, "programme", "starts_on")
    list_select_related = ("area", "programme")
    list_filter = ("state", "area", "programme")
    search_fields = ("texts__name", "texts__aim", "sites__name_fi", "sites__name_sv", "sites__name_en")
    fields = (
        *("pilot_name", "state", whose, "programme", "method_version", "ages", "period"),
        *("its_counties", "contact", "spread_from_name", "page"),
    )
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("texts")

    @admin.display(description=_("name"))
    def pilot_name(self, pilot):
        return text_of(pilot).name

    @admin.display(description=_("ages"))
    def ages(self, pilot):
        return pilot.ages

    @admin.display(description=_("period"))
    def period(self, pilot):
        return f"{finnish_date(pilot.starts_on)}–{finnish_date(pilot.ends_on)}"

    @admin.display(description=_("wellbeing services counties"))
    def its_counties(self, pilot):
        return ", ".join(county.name for county in pilot.counties.all()) or "–"

    @admin.display(description=_("spread from"))
    def spread_from_name(self, pilot):
        return text_of(pilot.spread_from).name if pilot.spread_from else "–"

    @admin.display(description=_("page"))
    def page(self, pilot):
        return format_html('<a href="{}">{}</a>', pilot.get_absolute_url(), _("The pilot as everybody reads it"))
