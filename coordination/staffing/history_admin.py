"""Who changed what in the area's reference data, to be read only."""

from allauth.mfa.models import Authenticator
from auditlog.mixins import LogEntryAdminMixin
from auditlog.models import LogEntry
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.agencies.models import (
    Agency,
    Area,
    CovenantParty,
    LegalGround,
    Membership,
    Municipality,
    Training,
    User,
)
from coordination.agencies.own_area import OwnAreaAdmin
from coordination.agencies.queries import of_area
from coordination.services.models import Service
from coordination.signing_in.models import FactorReset
from coordination.staffing.models import AddressChange, Invitation, SettingChange


def _rows_of(area_id):
    """The reference data of one area, a queryset for each model. Case content has no history here."""
    users = of_area(User.objects.all(), area_id)
    return [
        Area.objects.filter(pk=area_id),
        Municipality.objects.filter(area=area_id),
        LegalGround.objects.filter(area=area_id),
        Agency.objects.filter(area=area_id),
        Service.objects.filter(area=area_id),
        CovenantParty.objects.filter(area=area_id),
        users,
        Membership.objects.filter(agency__area=area_id),
        Training.objects.filter(user__in=users),
        Invitation.objects.filter(agency__area=area_id),
        FactorReset.objects.filter(user__in=users),
        Authenticator.objects.filter(user__in=users),
        AddressChange.objects.filter(user__in=users),
        SettingChange.objects.filter(area=area_id),
    ]


def _name_of(model):
    """What a kind of row is called; the sign-in library gives its own no name that could be translated."""
    return gettext("second factor") if model is Authenticator else str(model._meta.verbose_name)


class KindFilter(admin.SimpleListFilter):
    """Changes of one kind of row."""

    title = _("kind of row")
    parameter_name = "content_type__id__exact"

    def lookups(self, request, model_admin):
        kinds = ContentType.objects.get_for_models(*(rows.model for rows in _rows_of(None))).items()
        return sorted(((str(kind.pk), _name_of(model)) for model, kind in kinds), key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        offered = [pk for pk, _name in self.lookup_choices]
        return queryset.filter(content_type=self.value()) if self.value() in offered else queryset


def _shown(value):
    """A value of the history in words."""
    text = str(value)
    return {"": "–", "None": "–", "True": gettext("Yes"), "False": gettext("No")}.get(text, text)


@admin.register(LogEntry)
class HistoryAdmin(LogEntryAdminMixin, OwnAreaAdmin):
    list_display = ("created", "kind", "object_repr", "action", "actor")
    list_display_links = ("created",)
    list_select_related = ("content_type", "actor")
    list_filter = ("action", KindFilter)
    fields = ("created", "kind", "object_repr", "action", "actor", "msg")
    readonly_fields = fields
    date_hierarchy = None
    ordering = ("-timestamp", "-pk")

    def limit(self, queryset, area_id):
        shown = Q(pk__in=[])
        for rows in _rows_of(area_id):
            kind = ContentType.objects.get_for_model(rows.model)
            shown |= Q(content_type=kind, object_id__in=rows.order_by().values("pk"))
        return queryset.filter(shown)

    def lookup_allowed(self, lookup, value, request):
        """The history of one row is linked to by its number."""
        return lookup == "object_id__exact" or super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def history_view(self, request, object_id, extra_context=None):
        """A change has no history of its own: its page is all there is."""
        return self.changeform_view(request, object_id)

    @admin.display(description=_("Created"), ordering="timestamp")
    def created(self, entry):
        return date_format(timezone.localtime(entry.timestamp), "j.n.Y G.i")

    @admin.display(description=_("Changes"))
    def msg(self, entry):
        """What changed, from what to what. Names of rows that are pointed to are read now; none is kept."""
        changes = entry.changes_display_dict if entry.changes_dict else {}
        rows = sorted((capfirst(str(name)), _shown(before), _shown(after)) for name, (before, after) in changes.items())
        head = (gettext("Field"), gettext("From"), gettext("To"))
        return format_html(
            "<table><tr><th>{}</th><th>{}</th><th>{}</th></tr>{}</table>",
            *head,
            format_html_join("", "<tr><td>{}</td><td>{}</td><td>{}</td></tr>", rows),
        )

    @admin.display(description=_("kind of row"), ordering="content_type")
    def kind(self, entry):
        return _name_of(entry.content_type.model_class())
