"""The administration of schedules: an area's own, and the portal's to read and to adapt."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coordination.agencies.admin import clean_names, named
from pilots.questionnaires.models import Questionnaire, QuestionnaireVersion
from pilots.registry.admin import PartOfOwn, PortalsToo, whose
from pilots.registry.models import Pilot
from pilots.registry.models.programmes import LANGUAGES
from pilots.registry.queries.texts import text_of
from pilots.schedules.commands.adapting import adapt
from pilots.schedules.models import Schedule, ScheduleStep

_NAMES = tuple(f"name_{code}" for code in LANGUAGES)


class _Named(forms.ModelForm):
    """Something with a name in three languages."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        clean_names(self)


class StepInline(PartOfOwn, admin.StackedInline):
    """What is to be done when."""

    model = ScheduleStep
    form = _Named
    template = "admin/edit_inline/stacked.html"
    fields = (
        ("order", *_NAMES),
        ("kind", "questionnaire", "instrument"),
        ("when", "after_days", "school_year", "month", "day"),
        ("days_before", "youngest_age", "oldest_age"),
    )

    def has_delete_permission(self, request, obj=None):
        """A step that came to nobody can go; the others are kept by what came of them."""
        return obj is not None and self.has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """The forms and instruments of the own area and of the portal, forms by the name of the latest version."""
        area = request.membership.agency.area_id
        kwargs["queryset"] = db_field.remote_field.model.objects.filter(Q(area=area) | Q(area=None))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.remote_field.model is Questionnaire:
            found = QuestionnaireVersion.objects.filter(questionnaire__in=kwargs["queryset"]).order_by("number")
            names = {version.questionnaire_id: version.name for version in found}
            field.label_from_instance = lambda one: names.get(one.pk, str(one))
        return field


@admin.register(Schedule)
class ScheduleAdmin(PortalsToo):
    """The schedules of the own area, and those that come with the portal. Their days are ours, to adapt."""

    form = _Named
    inlines = (StepInline,)
    list_display = (named, "begins_with", "youngest_age", "oldest_age", "in_use", whose)
    list_select_related = ("area",)
    list_filter = ("begins_with", "in_use", ("area", admin.EmptyFieldListFilter))
    search_fields = _NAMES
    fieldsets = (
        (None, {"fields": (*_NAMES, "pilot", "in_use")}),
        (_("For whom"), {"fields": ("begins_with", "youngest_age", "oldest_age")}),
    )
    actions = ("adapt_here",)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """The pilots of the own area and of the portal, by their names."""
        found = Pilot.objects.filter(Q(area=request.membership.agency.area_id) | Q(area=None))
        field = super().formfield_for_foreignkey(db_field, request, queryset=found.prefetch_related("texts"), **kwargs)
        field.label_from_instance = lambda pilot: text_of(pilot).name
        return field

    @admin.action(description=_("Copy for the own area, to adapt"), permissions=["add"])
    def adapt_here(self, request, queryset):
        """Make copies of these that the own area can change."""
        made = [adapt(schedule=one, by=request.membership) for one in queryset]
        said = ngettext("%(count)d schedule copied.", "%(count)d schedules copied.", len(made)) % {"count": len(made)}
        self.message_user(request, said)
