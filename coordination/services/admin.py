"""The administration of the directory: each area keeps its own services, here and in the portal's own pages."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from coordination.agencies.admin import ReferenceAdmin, clean_names, named
from coordination.agencies.models import Area, Municipality
from coordination.agencies.own_area import OwnAreaAdmin
from coordination.clocks.rules import today
from coordination.interface.fields import CleanCharField, WebsiteField
from coordination.services.commands.words import rebuild_one
from coordination.services.models import Need, Service, ServiceClass, TargetGroup

_LISTS = ("needs", "service_class", "target_groups")
_NAMES = ("name_fi", "name_sv", "name_en")
_DESCRIPTIONS = ("description_fi", "description_sv", "description_en")
_TEXTS = {"provider_name": 200, "contact": 300, "cost_note": 200, "website": 300} | dict.fromkeys(_DESCRIPTIONS, 1000)


class ServiceForm(forms.ModelForm):
    """One service of the own area."""

    class Meta:
        model = Service
        # Nothing is put before what was typed: the address is whole or refused.
        field_classes = {"website": forms.CharField}
        fields = (
            *_NAMES,
            "kind",
            "owner",
            "provider_name",
            "service_class",
            "needs",
            "target_groups",
            "youngest_age",
            "oldest_age",
            "municipalities",
            "languages",
            "threshold",
            "channels",
            "cost",
            "cost_note",
            *_DESCRIPTIONS,
            "contact",
            "website",
            "priority",
            "keeper",
            "is_public",
            "also_in",
            "valid_from",
            "valid_until",
            "is_active",
        )

    languages = forms.MultipleChoiceField(
        label=_("languages in which one is served"),
        choices=Service.Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    channels = forms.MultipleChoiceField(
        label=_("where it is given"),
        choices=Service.Channel.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        clean_names(self)
        for name, longest in _TEXTS.items():
            kind = WebsiteField if name == "website" else CleanCharField
            if name in self.fields:
                self.fields[name] = _cleaned(self.fields[name], kind, longest, multiline=name in _DESCRIPTIONS)


def _cleaned(field, kind, longest, *, multiline):
    widget = AdminTextareaWidget(attrs={"rows": 4}) if multiline else AdminTextInputWidget()
    texts = {"label": field.label, "help_text": field.help_text, "required": field.required}
    return kind(max_length=longest, multiline=multiline, widget=widget, **texts)


@admin.register(Service)
class ServiceAdmin(OwnAreaAdmin):
    """The services that the own area keeps. What another area offers here, too, is that area's to keep."""

    form = ServiceForm
    list_display = (named, "kind", "threshold", "ages", "is_active", "service_class", "provider", "checked_on")
    list_select_related = ("service_class", "owner")
    list_filter = ("is_active", "kind", "threshold", "cost", "priority", "service_class", "needs", "target_groups")
    search_fields = (*_NAMES, "provider_name", "owner__name_fi", "owner__name_sv", "owner__name_en")
    autocomplete_fields = ("owner", "keeper")
    filter_horizontal = ("also_in", "municipalities")
    fieldsets = (
        (None, {"fields": (*_NAMES, "kind", "owner", "provider_name", "service_class", "needs", "priority")}),
        (
            _("For whom, and how one comes to it"),
            {
                "fields": (
                    *("target_groups", "youngest_age", "oldest_age", "languages", "threshold", "channels"),
                    *("cost", "cost_note", "contact", "website"),
                )
            },
        ),
        (_("Description"), {"fields": _DESCRIPTIONS}),
        (
            _("Where and when it is offered"),
            {"fields": ("municipalities", "also_in", "valid_from", "valid_until", "is_active")},
        ),
        (_("In the directory"), {"fields": ("keeper", "is_public")}),
    )

    @admin.display(description=_("ages"))
    def ages(self, service):
        return service.ages

    @admin.display(description=_("provided by"))
    def provider(self, service):
        return service.owner or service.provider_name

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """The lists are short enough to be seen all at once."""
        if db_field.name in ("needs", "target_groups"):
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_field_queryset(self, db, db_field, request):
        """Every other area can be chosen, though each administrates its own alone; of the lists what is in use."""
        area = request.membership.agency.area_id
        if db_field.name == "also_in":
            return Area.objects.exclude(pk=area)
        if db_field.name == "municipalities":
            return Municipality.objects.filter(area=area)
        found = super().get_field_queryset(db, db_field, request)
        return found.filter(is_active=True) if db_field.name in _LISTS else found

    def save_model(self, request, obj, form, change):
        """A new service is kept by the area of whoever adds it; whoever saves an entry has looked at it."""
        if change:
            obj.number += 1
        else:
            obj.area = request.membership.agency.area
        obj.checked_on = today()
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """What it is found by comes last, when all that belongs to it is there."""
        super().save_related(request, form, formsets, change)
        rebuild_one(form.instance)


class _ListAdmin(ReferenceAdmin):
    list_display = (named, "code", "is_active")
    list_filter = ("is_active",)
    search_fields = ("code", *_NAMES)


@admin.register(Need)
class NeedAdmin(_ListAdmin):
    fields = ("code", *_NAMES, "is_active")


@admin.register(TargetGroup)
class TargetGroupAdmin(_ListAdmin):
    fields = ("code", *_NAMES, "is_active")


@admin.register(ServiceClass)
class ServiceClassAdmin(_ListAdmin):
    fields = ("code", *_NAMES, "ptv_code", "is_active")
