"""What every page of the administration keeps to: the rights of the acting role, and the rows of its own area."""

from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from coordination.agencies.constraints import sentence_of
from coordination.agencies.role_permissions import of_role
from coordination.agencies.rules import NotNow


class SearchSelect(AutocompleteSelect):
    """Django asks the database for whatever was sent when a refused form is shown again; this asks for numbers."""

    def optgroups(self, name, value, attr=None):
        """The chosen rows, of those values that can be a row's number."""
        numbers = [one for one in map(str, value) if one.isascii() and one.isdigit() and len(one) < 19]
        return super().optgroups(name, numbers, attr)


class ActingRole:
    """Rights of the membership acted for now, not of all that the user has: a role in one town is none in another."""

    def allowed(self, request, action):
        """Whether the acting role's table and the user's own permissions both allow this action on this model."""
        codename = get_permission_codename(action, self.opts)
        permission = f"{self.opts.app_label}.{codename}"
        membership = getattr(request, "membership", None)
        return membership is not None and permission in of_role(membership.role) and request.user.has_perm(permission)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """The field, with a search instead of a giant select that stands whatever was sent."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SearchSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_view_permission(self, request, obj=None):
        return self.allowed(request, "view") or self.allowed(request, "change")

    def has_add_permission(self, request, obj=None):
        return self.allowed(request, "add")

    def has_change_permission(self, request, obj=None):
        return self.allowed(request, "change")

    def has_delete_permission(self, request, obj=None):
        """Nothing is deleted here: it ends, by a date or a mark, so that its history stays readable."""
        return False

    def get_field_queryset(self, db, db_field, request):
        """Choices of a related field: what the related model's own page would list, so a forged id is no choice."""
        try:
            related = self.admin_site.get_model_admin(db_field.remote_field.model)
        except NotRegistered:
            return super().get_field_queryset(db, db_field, request)
        return related.get_queryset(request)


class OwnAreaInline(ActingRole, admin.TabularInline):
    """Rows within a page of the own area."""

    extra = 0
    show_change_link = False


class _Refused:
    """A form whose saving was refused once has that as its error."""

    refused = ""

    def clean(self):
        """What the form itself finds, and the refusal."""
        data = super().clean()
        if self.refused:
            self.add_error(None, self.refused)
        return data


class OwnAreaAdmin(ActingRole, admin.ModelAdmin):
    """A model's pages, limited to the area of the acting membership. `own_area` is the model's way to its area."""

    own_area = "area"
    view_on_site = False
    show_full_result_count = False
    list_per_page = 50
    save_on_top = False

    def limit(self, queryset, area_id):
        """The rows of this area; a model with a longer way to its area says so here."""
        return queryset.filter(**{self.own_area: area_id})

    def get_queryset(self, request):
        return self.limit(super().get_queryset(request), request.membership.agency.area_id)

    def has_module_permission(self, request):
        return any(self.allowed(request, action) for action in ("view", "add", "change"))

    def get_object(self, request, object_id, from_field=None):
        """One row. Another area's row and a row that doesn't exist are the same 404."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def lookup_allowed(self, lookup, value, request):
        """Only what the page offers as a filter: otherwise any column could be guessed letter by letter."""
        filters = self.get_list_filter(request)
        offered = {one[0] if isinstance(one, tuple) else getattr(one, "parameter_name", one) for one in filters}
        return any(lookup == name or lookup.startswith(f"{name}__") for name in offered)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A rule that only the saving itself could check says its sentence above the form; nothing was saved, and what
        was typed stands there still. So does a constraint of a row within the page: Django asks those that name the
        page's own row of the database alone."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except NotNow as refusal:
            request.refused = refusal.sentence
        except IntegrityError as error:
            request.refused = sentence_of(error)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form's class, told who acts: forms check the same rules as the commands."""
        form = super().get_form(request, obj, change=change, **kwargs)
        told = {"by": request.membership, "refused": getattr(request, "refused", "")}
        return type(form.__name__, (_Refused, form), told)

    def history_view(self, request, object_id, extra_context=None):
        """The row's changes, in the one place where changes are kept."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, object_id)
        kind = ContentType.objects.get_for_model(self.model)
        query = urlencode({"content_type__id__exact": kind.pk, "object_id__exact": row.pk})
        return redirect(f"{reverse('admin:auditlog_logentry_changelist')}?{query}")

    def log_addition(self, request, obj, message):
        """Django's own list of changes would keep names for good; auditlog keeps the changes without them."""

    def log_change(self, request, obj, message):
        """As above."""

    def log_deletions(self, request, queryset):
        """As above."""
