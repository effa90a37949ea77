"""The administration of the directory: each area keeps its own services."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from coordination.agencies.admin import ReferenceAdmin, clean_names, named
from coordination.agencies.models import Area
from coordination.agencies.own_area import OwnAreaAdmin
from coordination.interface.fields import CleanCharField
from coordination.services.models import Need, Service, ServiceClass

_NAMES = ("name_fi", "name_sv", "name_en")
_DESCRIPTIONS = ("description_fi", "description_sv", "description_en")
_TEXTS = {"provider_name": 200, "contact": 300} | dict.fromkeys(_DESCRIPTIONS, 1000)


class ServiceForm(forms.ModelForm):
    """One service of the own area."""

    class Meta:
        model = Service
        fields = (
            *_NAMES,
            "owner",
            "provider_name",
            "service_class",
            "needs",
            "youngest_age",
            "oldest_age",
            "threshold",
            *_DESCRIPTIONS,
            "contact",
            "also_in",
            "valid_from",
            "valid_until",
            "is_active",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        clean_names(self)
        for name, longest in _TEXTS.items():
            if name in self.fields:
                self.fields[name] = _cleaned(self.fields[name], longest, multiline=name in _DESCRIPTIONS)


def _cleaned(field, longest, *, multiline):
    widget = AdminTextareaWidget(attrs={"rows": 4}) if multiline else AdminTextInputWidget()
    texts = {"label": field.label, "help_text": field.help_text, "required": field.required}
    return CleanCharField(max_length=longest, multiline=multiline, widget=widget, **texts)


@admin.register(Service)
class ServiceAdmin(OwnAreaAdmin):
    """The services that the own area keeps. What another area offers here, too, is that area's to keep."""

    form = ServiceForm
    list_display = (named, "threshold", "ages", "is_active", "service_class", "provider")
    list_select_related = ("service_class", "owner")
    list_filter = ("is_active", "threshold", "service_class", "needs")
    search_fields = (*_NAMES, "provider_name", "owner__name_fi", "owner__name_sv", "owner__name_en")
    autocomplete_fields = ("owner",)
    filter_horizontal = ("also_in",)
    fieldsets = (
        (None, {"fields": (*_NAMES, "owner", "provider_name", "service_class", "needs")}),
        (_("For whom, and how one comes to it"), {"fields": ("youngest_age", "oldest_age", "threshold", "contact")}),
        (_("Description"), {"fields": _DESCRIPTIONS}),
        (_("Where and when it is offered"), {"fields": ("also_in", "valid_from", "valid_until", "is_active")}),
    )

    @admin.display(description=_("ages"))
    def ages(self, service):
        return service.ages

    @admin.display(description=_("provided by"))
    def provider(self, service):
        return service.owner or service.provider_name

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """The needs are few enough to be seen all at once."""
        if db_field.name == "needs":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_field_queryset(self, db, db_field, request):
        """Every other area can be chosen, though each administrates its own alone; of the lists what is in use."""
        if db_field.name == "also_in":
            return Area.objects.exclude(pk=request.membership.agency.area_id)
        found = super().get_field_queryset(db, db_field, request)
        return found.filter(is_active=True) if db_field.name in ("needs", "service_class") else found

    def save_model(self, request, obj, form, change):
        """A new service is kept by the area of whoever adds it."""
        if not change:
            obj.area = request.membership.agency.area
        super().save_model(request, obj, form, change)


class _ListAdmin(ReferenceAdmin):
    list_display = (named, "code", "is_active")
    list_filter = ("is_active",)
    search_fields = ("code", *_NAMES)


@admin.register(Need)
class NeedAdmin(_ListAdmin):
    fields = ("code", *_NAMES, "is_active")


@admin.register(ServiceClass)
class ServiceClassAdmin(_ListAdmin):
    fields = ("code", *_NAMES, "ptv_code", "is_active")
