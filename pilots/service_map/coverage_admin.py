"""The administration of the rules of coverage; gaps and overlaps to look through."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from coordination.agencies.own_area import OwnAreaAdmin
from pilots.service_map.models import CoverageRule, Finding

_LISTS = ("need", "service_class")


@admin.register(CoverageRule)
class CoverageRuleAdmin(OwnAreaAdmin):
    """The rules of the own area. They can be removed on their own page."""

    list_display = ("of_what", "thin_until", "double_from")
    list_select_related = _LISTS
    fields = (*_LISTS, "thin_until", "double_from")

    @admin.display(description=_("of what"))
    def of_what(self, rule):
        return rule.about.name if rule.about else _("everything without a rule of its own")

    def get_field_queryset(self, db, db_field, request):
        """Of the lists what is in use."""
        found = super().get_field_queryset(db, db_field, request)
        return found.filter(is_active=True) if db_field.name in _LISTS and found is not None else found

    def save_model(self, request, obj, form, change):
        """A new rule is of the area of whoever adds it; a page that shows the old one is told."""
        if change:
            obj.number += 1
        else:
            obj.area = request.membership.agency.area
        super().save_model(request, obj, form, change)


@admin.register(Finding)
class FindingAdmin(OwnAreaAdmin):
    """The gaps and overlaps of the own area; they are changed on their own pages."""

    list_display = ("title", "kind", "state", "decision", "opened_on", "due_on", "closed_on")
    list_filter = ("kind", "state", "decision", "outcome")
    search_fields = ("title",)
    fields = (
        *("title", "kind", "state", "words", "need", "service_class", "from_age", "to_age"),
        *("opened_on", "decision", "reason", "decided_on", "action", "due_on", "outcome", "closed_on", "page"),
    )
    readonly_fields = fields

    @admin.display(description=_("page"))
    def page(self, finding):
        return format_html('<a href="{}">{}</a>', finding.get_absolute_url(), _("As everybody reads it"))
